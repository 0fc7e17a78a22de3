"""The targets of a file, strictly checked against observers, record and bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ValidationError

from ..abm.errors import InputError
from ..abm.evidence.bibliography import Source
from ..abm.evidence.mistakes import did_you_mean, sentences
from ..abm.evidence.registry import registry
from ..abm.evidence.toml_file import read_toml
from ..abm.observation.published import PUBLISHED, published_rows
from ..abm.runs.outcomes import catalogue
from .statistic import RUN, measured, wide_tables
from .target import ErrorModel, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

FILE: Final = Path(__file__).with_name("targets.toml")
NESTED: Final[dict[str, type[BaseModel]]] = {"error": ErrorModel, "source": Source}
CLOSE: Final = 0.005  # of a record: how far a value in four digits may be from its rows
ANY_END: Final = "*"


def load_targets(path: Path = FILE) -> tuple[Target, ...]:
    """Read the targets of a file.

    Parameters
    ----------
    path : Path, optional
        Those that ship if left out.

    Returns
    -------
    tuple of Target
        In the order of the file; items that end in `*` are written out.

    Raises
    ------
    InputError
        If the file can't be read, a target is not as it should be, names rows that no observer
        has or years without a record, differs from its record, cites an unknown document, or
        measures what another one does; with every problem.
    """
    called = path.name if path == FILE else str(path)
    found: list[str] = []
    targets: list[Target] = []
    record = published_rows().assign(**{RUN: "record"})
    for name, raw in read_toml(path, called).items():
        place = f"{called} [{name}]"
        if not isinstance(raw, dict):
            found.append(f"{place}: not a table of a target; write [{name}] and its keys below.")
            continue
        try:
            target = Target(id=name, **{str(key): each for key, each in raw.items() if key != "id"})
        except ValidationError as error:
            found += sentences(error, place, Target, NESTED)
            continue
        target, wrong = _known(target)
        wrong = wrong or _against_record(target, record)
        if target.source.ref not in registry().bibliography:
            known = registry().bibliography
            wrong.append(
                f"source.ref = {target.source.ref!r}: no such document."
                f"{did_you_mean(target.source.ref, known)} Known: {', '.join(known)}."
            )
        found += [f"{place} {each}" for each in wrong]
        twin = next((each for each in targets if each.rows() == target.rows()), None)
        if twin is not None:
            found.append(
                f"{place}: measures what [{twin.id}] does. What calibration has seen can validate "
                "nothing, and a target counts once; remove one of the two."
            )
        targets.append(target)
    if found:
        raise InputError(found)
    return tuple(targets)


def _known(target: Target) -> tuple[Target, list[str]]:
    """Return the target with its items written out, and what it names that does not exist."""
    known = catalogue()
    if target.table not in known:
        hint = did_you_mean(target.table, known)
        return target, [f"table = {target.table!r}: no observer produces it.{hint}"]
    items, groups = known[target.table]
    found = []
    written: dict[str, tuple[str, ...]] = {}
    for key in ("item", "over"):
        all_of: list[str] = []
        for name in getattr(target, key):
            start = name.removesuffix(ANY_END)
            some = [
                each
                for each in items
                if each == name or (start != name and each[: len(start)] == start)
            ]
            if not some:
                hint = did_you_mean(name, items)
                found.append(f"{key} = {name!r}: table {target.table!r} has no such item.{hint}")
            all_of += some
        written[key] = tuple(dict.fromkeys(all_of))
    found += [
        f"{key} = {group!r}: table {target.table!r} has no such group.{did_you_mean(group, groups)}"
        for key, group in (("group", target.group), ("against", target.against))
        if group and group not in groups
    ]
    return target.model_copy(update=written), found


def _against_record(target: Target, record: pd.DataFrame) -> list[str]:
    """Return what a target says otherwise than the published table that it names."""
    if target.table not in PUBLISHED or target.bound:
        return []
    rows = record[record["table"] == target.table]
    found = []
    for key in ("years", "before"):
        for item in (*target.item, *target.over):
            there = sorted(set(rows.loc[rows["item"] == item, "year"]))
            without = [year for year in getattr(target, key) if year not in there]
            if without:
                found.append(
                    f"{key}: no record of {target.table} {item!r} in {_listed(without)}; it has "
                    f"{_listed(there)}. Choose years among them."
                )
    if found:
        return found
    recorded = float(measured(target, wide_tables(rows, [target.table]))[0])
    if abs(recorded - target.value) > CLOSE * abs(recorded):
        return [
            f"value = {target.value:g}: the rows of the record give {recorded:.4g}; correct it."
        ]
    return []


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, years))
