"""Which rows of its tables a run keeps."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import pandas as pd

from ..errors import InputError
from ..evidence.mistakes import did_you_mean
from ..observation.catalogue import OBSERVERS
from ..observation.departures import OUTSIDE_GROUP, OUTSIDE_TABLE, outside_stream
from ..observation.observer import ALL, COLUMNS
from ..observation.outcomes import outcomes, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from ..observation.observer import Observer
    from .result import RunResult

    Catalogue: TypeAlias = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

ANY: Final = "*"
Choice: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True)
class Outcomes:
    """The rows that a run keeps, of all that can be counted.

    Parameters
    ----------
    choices : tuple of (str, str, str)
        Table, item and group of each; `*` stands for all. Sorted.
    """

    choices: tuple[Choice, ...]

    @property
    def everything(self) -> bool:
        """Whether all rows are kept."""
        return (ANY, ANY, ANY) in self.choices

    def count(self, result: RunResult) -> pd.DataFrame:
        """Count what was chosen in one run; tables and splits not chosen are not counted at all.

        Returns
        -------
        pandas.DataFrame
            Columns `year, table, item, group, persons`, sorted by them.
        """
        years = result.first_year, result.last_year
        labels, order = _labels(self, *years)
        observed = result.observed
        values = [
            each.ravel()
            for observer in self.observers
            for each in observer.values(observed, *years, self.splits(observer)).values()
        ]
        if self.holds(OUTSIDE_TABLE):
            values.append(outside_stream(range(years[0], years[1] + 1))["persons"].to_numpy())
        return labels.assign(persons=np.concatenate(values)[order])

    @property
    def observers(self) -> list[Observer]:
        """The observers of the tables that are chosen."""
        return [each for each in OBSERVERS if self.holds(each.table)]

    def holds(self, table: str) -> bool:
        """Return whether something of a table is chosen."""
        return any(each in {ANY, table} for each, _, _ in self.choices)

    def splits(self, observer: Observer) -> list[str]:
        """Return by what a table is split, as far as a group of it is chosen."""
        chosen = {group for table, _, group in self.choices if table in {ANY, observer.table}}
        return [
            split
            for split, groups in observer.splits.items()
            if not chosen.isdisjoint({ANY, *groups})
        ]

    def kept(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are chosen, by their columns `table, item, group`."""
        if self.everything:
            return rows
        keep = pd.Series(data=False, index=rows.index)
        for choice in self.choices:
            fits = pd.Series(data=True, index=rows.index)
            for column, value in zip(("table", "item", "group"), choice, strict=True):
                if value != ANY:
                    fits &= rows[column] == value
            keep |= fits
        return rows[keep]


@functools.lru_cache(maxsize=16)
def _labels(
    chosen: Outcomes, first_year: int, last_year: int
) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    """Return the labels of the rows that are kept, sorted, and the place of each when counted."""
    parts = [each.labels(first_year, last_year, chosen.splits(each)) for each in chosen.observers]
    if chosen.holds(OUTSIDE_TABLE):
        parts.append(outside_stream(range(first_year, last_year + 1)).drop(columns="persons"))
    rows = pd.concat(parts, ignore_index=True)
    rows = chosen.kept(rows).sort_values(list(COLUMNS[:-1]), kind="stable")
    return rows.reset_index(drop=True), rows.index.to_numpy()


def choose(chosen: Iterable[str | tuple[str, ...]]) -> Outcomes:
    """Return a choice of outcomes, checked.

    Parameters
    ----------
    chosen : iterable of str or tuple of str
        A table's name, `(table, item)` or `(table, item, group)`; what is left
        out or `*` stands for all.

    Raises
    ------
    InputError
        If a table, item or group does not exist, or nothing is chosen; with
        every problem.
    """
    choices: set[Choice] = set()
    found: list[str] = []
    for each in chosen:
        given = (each,) if isinstance(each, str) else tuple(each)
        if not 1 <= len(given) <= 3:  # noqa: PLR2004 - table, item, group
            found.append(f"outcome {each!r}: give (table, item, group), or the first of these.")
            continue
        table, item, group = (*given, ANY, ANY, ANY)[:3]
        found += _unknown(table, item, group)
        choices.add((table, item, group))
    if not choices and not found:
        found.append("outcomes: none chosen; name at least one table.")
    if found:
        raise InputError(found)
    return Outcomes(tuple(sorted(choices)))


@functools.cache
def catalogue() -> Catalogue:
    """Return the items and the groups of every table."""
    known: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for each in OBSERVERS:
        known[each.table] = (each.items, tuple(chain.from_iterable(each.splits.values())))
    outside = outside_stream(range(1900, 2100))
    known[OUTSIDE_TABLE] = (tuple(outside["item"].unique()), (OUTSIDE_GROUP,))
    return known


def _unknown(table: str, item: str, group: str) -> list[str]:
    """Return a sentence for each part of a choice that does not exist."""
    known = catalogue()
    if table == ANY:
        items = tuple(each for one, _ in known.values() for each in one)
        groups = tuple(each for _, one in known.values() for each in one)
    elif table in known:
        items, groups = known[table]
    else:
        return [f"outcome table {table!r}: unknown.{did_you_mean(table, known)}"]
    return [
        f"outcome {table!r} {what} {name!r}: unknown.{did_you_mean(name, there)}"
        for what, name, there in (("item", item, items), ("group", group, groups))
        if name != ANY and name not in there
    ]


def values_of(result: RunResult, ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the outcomes of one run, for commands that compare runs.

    Parameters
    ----------
    ids : iterable of str, optional
        Outcomes wanted; those that must stand beside them are added. All if left out.

    Returns
    -------
    pandas.DataFrame
        As `observation.outcomes.outcomes` gives them.
    """
    ids = None if ids is None else tuple(ids)
    return outcomes(rows_for(ids).count(result), ids)


def rows_for(ids: Iterable[str] | None = None) -> Outcomes:
    """Return the rows that a store must keep so that outcomes can be computed from it.

    These are all items and groups of the tables that the outcomes need.

    Parameters
    ----------
    ids : iterable of str, optional
        Outcomes wanted; those that must stand beside them are added. All if left out.
    """
    tables = {table for each in together(ids) for table in each.tables}
    return Outcomes(tuple((table, ANY, ANY) for table in sorted(tables)))


EVERYTHING: Final = Outcomes(((ANY, ANY, ANY),))
HEADLINE: Final = Outcomes(
    tuple(
        sorted(
            (table, ANY, ALL)
            for table in (
                "dtv_caseload_outflow",
                "dtv_caseload_outflow_total",
                "harm",
                "voluntariness",
                "voluntariness_of_adults",
                "unobserved_true_place",
            )
        )
    )
)
