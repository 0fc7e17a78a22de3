"""The targets of a file, strictly checked against observers, record and bibliography."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ValidationError

from ..abm.errors import InputError
from ..abm.evidence.bibliography import Source
from ..abm.evidence.mistakes import did_you_mean, sentences
from ..abm.evidence.registry import registry
from ..abm.evidence.toml_file import read_toml
from ..abm.observation.observer import ALL
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
        or record has, differs from its record, cites an unknown document, measures what another
        one does or what one of the other use does in part, or none is for calibration; with every
        problem.
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
        if "id" in raw:
            found.append(
                f"{place} id = {raw['id']!r}: unknown key. The name in [ ] is that of the target; "
                "remove it."
            )
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
        found += [f"{place}: {each}" for each in _again(target, targets)]
        targets.append(target)
    if not found and all(each.used_for != "calibration" for each in targets):
        found.append(
            f'{called} used_for: no target is for calibration; write used_for = "calibration" in '
            "at least one."
        )
    if found:
        raise InputError(found)
    return tuple(targets)


def _again(target: Target, earlier: Iterable[Target]) -> list[str]:
    """Return what a target measures that an earlier one does, wholly or for the other use."""
    found = []
    for each in earlier:
        if each.rows() == target.rows():
            found.append(
                f"measures what [{each.id}] does. What calibration has seen can validate "
                "nothing, and a target counts once; remove one of the two."
            )
        elif each.used_for != target.used_for and each.shares_rows(target):
            found.append(
                f"measures in part what [{each.id}] does, which is for {each.used_for}. What "
                "calibration has seen can validate nothing; use both for the same, or choose "
                "other items or years."
            )
    return found


def _known(target: Target) -> tuple[Target, list[str]]:
    """Return the target with its items written out, and what it names that does not exist."""
    known = catalogue()
    if target.table not in known:
        hint = did_you_mean(target.table, known)
        unknown = (
            f"table = {target.table!r}: no observer produces it.{hint} docs/running.md lists the "
            "tables; `terugkeer explain targets` shows which ones targets use."
        )
        return target, [unknown]
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
    if target.table not in PUBLISHED:
        return []
    rows = record[record["table"] == target.table]
    found = _unpublished(target, rows)
    if found:
        return found
    recorded = float(measured(target, wide_tables(rows, [target.table]))[0])
    given = f"value = {target.value:g}"
    slack = CLOSE * abs(recorded)
    if not math.isfinite(recorded):
        return [f"{given}: the rows of the record count nobody below the line; choose others."]
    if target.bound and target.value > recorded + slack:
        return [
            f"{given}: a floor above what the rows of the record give, {recorded:.4g}; lower it."
        ]
    if not target.bound and abs(recorded - target.value) > slack:
        return [f"{given}: the rows of the record give {recorded:.4g}; correct it."]
    return []


def _unpublished(target: Target, rows: pd.DataFrame) -> list[str]:
    """Return which rows of a target its published table has not."""
    groups = list(dict.fromkeys(rows["group"]))
    found = [
        f"{key} = {group!r}: nothing is published of {target.table} for this group; it has "
        f"{_listed(map(repr, groups))}. Choose among them."
        for key, group in (("group", target.group), ("against", target.against))
        if group and group not in groups
    ]
    items = list(dict.fromkeys(rows["item"]))
    found += [
        f"{key} = {item!r}: nothing is published of {target.table} for this item; it has "
        f"{_listed(map(repr, items))}. Choose among them."
        for key in ("item", "over")
        for item in getattr(target, key)
        if item not in items
    ]
    if found:
        return found
    for key in ("years", "before"):
        for item in dict.fromkeys((*target.item, *target.over)):
            for group in (target.group, target.against):
                of = (rows["item"] == item) & (rows["group"] == group)
                there = set(rows.loc[of, "year"])
                without = [year for year in getattr(target, key) if group and year not in there]
                if without:
                    found.append(
                        f"{key}: no record of {target.table} {item!r}"
                        f"{'' if group == ALL else f' for {group!r}'} in {_listed(without)}; it "
                        f"has {_listed(sorted(there)) or 'none'}. Choose years among them."
                    )
    return found


def _listed(each: Iterable[object]) -> str:
    return ", ".join(map(str, each))
