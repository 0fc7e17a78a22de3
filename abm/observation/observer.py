"""One observer for each table: how events become the rows that somebody could have published.

A model is compared with a table only through its observer, which says whom
the table counts, when, and what it cannot see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from ...agents.places import labels
from ..world.calendar import year_of
from ..world.events import JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...agents.codes import Code

COLUMNS: Final = ("year", "table", "item", "group", "persons")
ALL: Final = "all"

BACKGROUND: Final = {"background": ("asylum", "other")}
ORIGIN_GROUP: Final = {"origin_group": ("safe", "not_safe")}
HOUSEHOLD: Final = {"household": ("family", "no_family")}
DIMENSIONS: Final = {**BACKGROUND, **ORIGIN_GROUP, **HOUSEHOLD}

Unit = Literal[
    "closing", "start", "person", "departure", "stay", "person_week", "transition", "euro"
]


@dataclass(frozen=True)
class Observed:
    """What an observer may look at.

    Parameters
    ----------
    events : pandas.DataFrame
        `EventLog.frame()`.
    weekly : pandas.DataFrame
        Persons by week, place, phase and population (`RunResult.weekly`).
    scale : float
        Persons for each simulated person.
    circumstances : pandas.DataFrame, optional
        How persons lived, by year (`RunResult.circumstances`).
    spending : pandas.DataFrame, optional
        Euros by week and post (`RunResult.spending`).
    """

    events: pd.DataFrame
    weekly: pd.DataFrame
    scale: float
    circumstances: pd.DataFrame | None = None
    spending: pd.DataFrame | None = None


@dataclass(frozen=True)
class Observer:
    """How one table is counted.

    Parameters
    ----------
    table : str
        Name of the table: the published file's name where there is one.
    items : tuple of str
        Every row that the table can hold; a row in which nobody falls is 0.
    population : str
        Whom the table counts.
    unit : str
        What is counted: a closing of a file, the start of a measure, a
        person, a departure, a stay, a person's week, a transition, or a euro.
    year_rule : str
        Which moment decides the year.
    rounding : int
        To what the published counts are rounded (0: not published or exact).
        Simulated counts are never rounded.
    blind_spots : str
        What the table cannot see, or counts differently from the model.
    source : str
        Locator of the published table, or `own` with the definition's place.
    count : callable
        Takes `Observed` and returns one row for each unit counted: `year`,
        `item`, a column for each key of `dimensions` and, where a unit is not
        simply `scale` persons, `value`.
    dimensions : mapping of str to tuple of str, optional
        Columns by which the table is split, with every value they have.
    total : bool, optional
        Whether the table has rows for everybody together (group `all`).
    aggregate : {"sum", "mean"}, optional
        What becomes of the values of one year, item and group. A sum over
        nobody is 0; a mean over nobody is missing.
    cannot_tell : callable, optional
        Takes `Observed` and returns the items about which this run says nothing:
        they are missing in every year and group, never 0.
    """

    table: str
    items: tuple[str, ...]
    population: str
    unit: Unit
    year_rule: str
    rounding: int
    blind_spots: str
    source: str
    count: Callable[[Observed], pd.DataFrame]
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    total: bool = True
    aggregate: Literal["sum", "mean"] = "sum"
    cannot_tell: Callable[[Observed], tuple[str, ...]] | None = None

    def rows(self, observed: Observed, first_year: int, last_year: int) -> pd.DataFrame:
        """Count the table.

        Parameters
        ----------
        observed : Observed
            The run's events and weeks.
        first_year, last_year : int
            Years to report, both included; events before them are in `observed` too.

        Returns
        -------
        pandas.DataFrame
            Columns `year, table, item, group, persons`: a row for every item, year
            and group; 0 or missing where nobody is counted.

        Raises
        ------
        ValueError
            If something was counted under an item that the table does not have.
        """
        counted = self.count(observed)
        counted = counted[counted["year"].between(first_year, last_year)]
        unknown = sorted(set(counted["item"].unique()) - set(self.items))
        if unknown:
            raise ValueError(f"table {self.table!r} has no item for {', '.join(unknown)}")
        if "value" not in counted:
            counted = counted.assign(value=float(observed.scale))
        years = range(first_year, last_year + 1)
        parts = []
        if self.total:
            parts.append(self._fill(counted.assign(group=ALL), years, (ALL,)))
        for name, values in self.dimensions.items():
            labelled = counted.assign(group=name + "=" + counted[name].astype(str))
            parts.append(self._fill(labelled, years, tuple(f"{name}={value}" for value in values)))
        table = pd.concat(parts, ignore_index=True).assign(table=self.table)
        if self.cannot_tell is not None:
            table.loc[table["item"].isin(self.cannot_tell(observed)), "persons"] = float("nan")
        return table[list(COLUMNS)]

    def _fill(self, counted: pd.DataFrame, years: range, groups: tuple[str, ...]) -> pd.DataFrame:
        """Add up or average, with a row also where nobody was counted."""
        keys = ["year", "item", "group"]
        grid = pd.MultiIndex.from_product([list(years), self.items, groups], names=keys)
        values = counted.astype({"item": object}).groupby(keys, observed=True)["value"]
        filled = values.sum() if self.aggregate == "sum" else values.mean()
        empty = 0.0 if self.aggregate == "sum" else float("nan")
        return filled.reindex(grid, fill_value=empty).rename("persons").reset_index()


@dataclass(frozen=True)
class NotProduced:
    """A published table that the model does not produce, and why.

    Parameters
    ----------
    table : str
        Name of the published file.
    role : {"input", "context", "later"}
        `input` drives the model or bounds a prior; `context` counts another
        population; `later` needs a part that this version does not have.
    why : str
        The reason, in one sentence.
    """

    table: str
    role: Literal["input", "context", "later"]
    why: str


def nobody_weighs(observed: Observed) -> bool:
    """Return whether departure is a rate in this run, so that nobody weighs or applies in it."""
    columns = {str(mark.name).lower() for mark in JUDGED}
    return not columns <= set(observed.events.columns)


def only_weighed(items: tuple[str, ...]) -> Callable[[Observed], tuple[str, ...]]:
    """Return what `cannot_tell` asks for, of items that need persons who weigh."""
    return lambda observed: items if nobody_weighs(observed) else ()


def years_of(weeks: pd.Series[int]) -> pd.Series[int]:
    """Return the ISO year of each week, in int64."""
    years = {int(week): year_of(int(week)) for week in weeks.unique()}
    return weeks.map(years).astype(np.int64)


def within(column: pd.Series[str], members: Iterable[Code]) -> pd.Series[bool]:
    """Return which labels of a column are those of a set of codes."""
    return column.isin(labels(members))


def labelled(events: pd.DataFrame, item: pd.Series[str] | str) -> pd.DataFrame:
    """Give each event the item under which it is counted.

    Parameters
    ----------
    events : pandas.DataFrame, shape (n, ...)
        Rows of the event frame.
    item : Series of shape (n,), or str
        The item of each row, or of all.

    Returns
    -------
    pandas.DataFrame
        Columns `year`, `item` and those of `DIMENSIONS`.
    """
    household = events["family"].map({True: "family", False: "no_family"})
    return pd.DataFrame(
        {
            "year": events["year"],
            "item": item,
            "background": events["background"],
            "origin_group": events["origin_group"],
            "household": household,
        },
        index=events.index,
    )
