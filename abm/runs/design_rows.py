"""The rows of a design: what each must hold, and in which types."""

from __future__ import annotations

import math
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ..errors import InputError
from ..evidence.mistakes import did_you_mean
from ..evidence.value import freeze, like
from ..world.arrivals.inflow import FIRST_DATA_YEAR, LARGEST_SCALE, LAST_DATA_YEAR
from ..world.chance import LARGEST_SEED
from ..world.scenario import Scenario, load_scenario
from .extra_tables import EXTRA_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..evidence.registry import Registry
    from ..evidence.value import Value

COLUMNS: Final = ("scenario", "seed", "scale", "first_year", "last_year")


def about_columns(rows: pd.DataFrame, registry: Registry, keeps: tuple[str, ...]) -> list[str]:
    """Return what is wrong with a design before any row is read."""
    found = [f"design: column {name!r} is missing; add it." for name in COLUMNS if name not in rows]
    for name in rows.columns:
        if name in COLUMNS:
            continue
        if name not in registry:
            hint = did_you_mean(str(name), [*COLUMNS, *registry.names()])
            found.append(f"design: column {name!r} names no record.{hint}")
        elif registry[name].role == "fixed" or registry[name].value is None:
            found.append(f"design: column {name!r} is fixed, so no run changes it; remove it.")
    if not rows.columns.is_unique:
        found.append("design: a column stands twice; remove one.")
    if rows.empty and not found:
        found.append("design: no rows, so there is nothing to run.")
    found += [
        f"design: table {name!r} cannot be kept.{did_you_mean(name, EXTRA_TABLES)} "
        f"Known: {', '.join(EXTRA_TABLES)}."
        for name in keeps
        if name not in EXTRA_TABLES
    ]
    return found


def scenarios_of(
    rows: pd.DataFrame, registry: Registry, given: Iterable[Scenario], found: list[str]
) -> dict[str, Scenario]:
    """Return the scenarios by the names that rows give them.

    Parameters
    ----------
    given : iterable of Scenario
        Scenarios that need not be loaded.
    found : list of str
        Takes a sentence for each scenario that cannot be used.
    """
    known: dict[str, Scenario] = {}
    for scenario in given:
        known.setdefault(scenario.name, scenario)
        if known[scenario.name].entries != scenario.entries:
            found += [f"design: two scenarios are called {scenario.name!r}; rename one."]
    for name in rows["scenario"].unique():
        if str(name) in known:
            continue
        try:
            known[str(name)] = load_scenario(str(name), registry)
        except InputError as error:
            found += [f"design: {each}" for each in error.problems]
    return known


def about_numbers(row: Mapping[Any, Any]) -> list[str]:
    """Return what is wrong with a row's seed, scale and years."""
    wrong = []
    for name, low, high in (
        ("seed", 0, LARGEST_SEED),
        ("first_year", FIRST_DATA_YEAR, LAST_DATA_YEAR),
        ("last_year", FIRST_DATA_YEAR, LAST_DATA_YEAR),
    ):
        value = row[name]
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        if not whole or not low <= int(value) <= high:
            wrong.append(f"{name} = {value!r}: give a whole number from {low} to {high}.")
    try:
        scale = float(row["scale"])
    except (TypeError, ValueError):
        scale = math.nan
    if not 0.0 < scale <= LARGEST_SCALE:
        wrong.append(
            f"scale = {row['scale']!r}: give a number of persons above 0, at most "
            f"{LARGEST_SCALE:g}."
        )
    if not wrong and row["first_year"] > row["last_year"]:
        wrong.append(f"first_year {row['first_year']} lies after last_year; swap the two.")
    return wrong


def values_of(
    row: Mapping[Any, Any], names: list[str], registry: Registry, wrong: list[str]
) -> tuple[tuple[str, Value], ...]:
    """Return the values that a row sets, in the types of their records.

    Parameters
    ----------
    names : list of str
        Columns named by records.
    wrong : list of str
        Takes a sentence for each value that cannot be used.

    Returns
    -------
    tuple of (str, Value)
        Records and values; missing cells are left out.
    """
    values = []
    for name in names:
        raw = row[name]
        if raw is None or (isinstance(raw, float) and math.isnan(raw)) or raw is pd.NA:
            continue
        model = registry[name].value
        try:
            plain_type = raw.item() if hasattr(raw, "item") else raw
            if isinstance(plain_type, float) and isinstance(model, int) and plain_type.is_integer():
                plain_type = int(plain_type)  # a column with a gap holds floats
            values.append((name, like(freeze(plain_type), model) if model is not None else 0))
        except ValueError as error:
            wrong.append(f"{name} = {raw!r}: {error}.")
    return tuple(values)
