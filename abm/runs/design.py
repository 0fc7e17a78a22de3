"""Designs: the runs that are wanted, one row for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..errors import InputError
from ..evidence.timeline import Timeline
from ..evidence.value import plain
from ..world.scenario import Scenario, load_scenario
from .design_rows import COLUMNS, about_columns, about_numbers, scenarios_of, values_of
from .outcomes import EVERYTHING, Outcomes
from .planned_run import PlannedRun, run_key
from .sources import loaded_sources, sources_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..evidence.registry import Registry

TOLD: Final = 20  # problems told at once


@dataclass(frozen=True)
class Design:
    """The runs that are wanted.

    Parameters
    ----------
    runs : tuple of PlannedRun
        Each with its key; no key stands twice.
    keeps : tuple of str
        Further tables that each run keeps, of `EXTRA_TABLES`.
    """

    runs: tuple[PlannedRun, ...]
    registry: Registry
    outcomes: Outcomes
    keeps: tuple[str, ...]

    def columns(self) -> list[str]:
        """Return the records that rows set, in order of appearance."""
        return list(dict.fromkeys(name for run in self.runs for name, _ in run.sets))

    def frame(self) -> pd.DataFrame:
        """Return the design as a table.

        Returns
        -------
        pandas.DataFrame
            Columns `key, scenario, seed, scale, first_year, last_year` and one
            for each record that rows set (missing where a row leaves it).
        """
        rows = [
            {
                "key": run.key,
                "scenario": run.scenario.name,
                "seed": run.seed,
                "scale": run.scale,
                "first_year": run.first_year,
                "last_year": run.last_year,
                **{name: plain(value) for name, value in run.sets},
            }
            for run in self.runs
        ]
        return pd.DataFrame(rows, columns=None if rows else ["key", *COLUMNS])


def cross(
    scenarios: Iterable[Scenario | str],
    seeds: Iterable[int],
    *,
    scale: float,
    first_year: int,
    last_year: int,
    registry: Registry,
    outcomes: Outcomes = EVERYTHING,
    keeps: Iterable[str] = (),
) -> Design:
    """Plan every scenario with every seed.

    Parameters
    ----------
    seeds : iterable of int
        Replicates; the same seed gives the same person the same luck in all
        scenarios.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    outcomes : Outcomes, optional
        Rows that each run keeps; all by default.
    keeps : iterable of str, optional
        Further tables that each run keeps, of `EXTRA_TABLES`.

    Returns
    -------
    Design
        The runs in the order of scenarios, then seeds.

    Raises
    ------
    InputError
        With every problem.
    """
    loaded = [
        each if isinstance(each, Scenario) else load_scenario(each, registry) for each in scenarios
    ]
    rows = pd.DataFrame(
        [(each.name, seed) for seeds_ in [list(seeds)] for each in loaded for seed in seeds_],
        columns=["scenario", "seed"],
    ).assign(scale=scale, first_year=first_year, last_year=last_year)
    return plan(rows, registry=registry, scenarios=loaded, outcomes=outcomes, keeps=keeps)


def matrix(
    values: pd.DataFrame,
    seeds: Iterable[int],
    *,
    scenario: Scenario | str = "baseline",
    scale: float,
    first_year: int,
    last_year: int,
    registry: Registry,
    outcomes: Outcomes,
    keeps: Iterable[str] = (),
) -> Design:
    """Plan every row of a matrix of values with every seed.

    Parameters
    ----------
    values : pandas.DataFrame
        A column for each record that is set, a row for each parameter set.
    seeds : iterable of int
        Replicates; all rows have the same.
    scenario : Scenario or str, optional
        Every run starts from it.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    keeps : iterable of str, optional
        Further tables that each run keeps, of `EXTRA_TABLES`.

    Returns
    -------
    Design
        The runs in the order of rows, then seeds.

    Raises
    ------
    InputError
        With every problem.
    """
    base = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, registry)
    numbers = pd.DataFrame({"seed": list(seeds)}, dtype=object)
    rows = values.merge(numbers, how="cross").assign(
        scenario=base.name, scale=scale, first_year=first_year, last_year=last_year
    )
    return plan(rows, registry=registry, scenarios=[base], outcomes=outcomes, keeps=keeps)


def plan(
    rows: pd.DataFrame,
    *,
    registry: Registry,
    scenarios: Iterable[Scenario] = (),
    outcomes: Outcomes,
    keeps: Iterable[str] = (),
) -> Design:
    """Plan the runs of a table.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row for each run: `scenario` (name or file), `seed`, `scale`,
        `first_year`, `last_year`. Every other column has the name of a record and
        holds its value from the start; a missing value leaves the evidence as it is.
    scenarios : iterable of Scenario, optional
        Scenarios that `scenario` may name besides those that ship.
    keeps : iterable of str, optional
        Further tables that each run keeps, of `EXTRA_TABLES`.

    Returns
    -------
    Design
        The runs in the order of the rows.

    Raises
    ------
    InputError
        If a column, scenario, number or value is wrong, or a run stands twice;
        with every problem, at most 20 of them in words.
    """
    kept = tuple(sorted(set(keeps)))
    found = about_columns(rows, registry, kept)
    if found:
        raise InputError(found)
    known = scenarios_of(rows, registry, scenarios, found)
    names = [str(each) for each in rows.columns if each not in COLUMNS]
    runs = []
    sound: set[tuple[str, str]] = set()
    for place, row in enumerate(rows.to_dict("records"), start=1):
        wrong = about_numbers(row)
        values = values_of(row, names, registry, wrong)
        scenario = known.get(str(row["scenario"]))
        if wrong or scenario is None:
            found += [f"design row {place}: {each}" for each in wrong]
            continue
        run = PlannedRun(
            scenario,
            values,
            int(row["seed"]),
            float(row["scale"]),
            int(row["first_year"]),
            int(row["last_year"]),
        )
        checked = (scenario.name, repr(values))
        if checked not in sound:
            sound.add(checked)
            try:
                Timeline(registry, run.drawn().entries)
            except InputError as error:
                found += [f"design row {place}: {each}" for each in error.problems]
        runs.append(run)
    if found:
        raise InputError([*found[:TOLD], *_rest(found)])
    return keyed(runs, registry, outcomes, kept)


def keyed(
    runs: Iterable[PlannedRun], registry: Registry, outcomes: Outcomes, keeps: tuple[str, ...]
) -> Design:
    """Give each checked run its key.

    Raises
    ------
    InputError
        If a run stands twice.
    """
    hashes = sources_hash(loaded_sources()), registry.evidence_hash()
    planned: dict[str, PlannedRun] = {}
    found = []
    for place, run in enumerate(runs, start=1):
        key = run_key(run, registry, outcomes, keeps, hashes)
        if key in planned:
            found.append(
                f"design row {place}: the same run as row {list(planned).index(key) + 1} "
                f"({run.scenario.name}, seed {run.seed}); remove one."
            )
        planned[key] = replace(run, key=key)
    if found:
        raise InputError([*found[:TOLD], *_rest(found)])
    return Design(tuple(planned.values()), registry, outcomes, keeps)


def _rest(found: list[str]) -> list[str]:
    more = len(found) - TOLD
    return [f"... and {more} more problems of this kind."] if more > 0 else []
