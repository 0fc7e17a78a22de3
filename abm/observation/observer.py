"""One observer for each table: how events become the rows that somebody could have published.

A model is compared with a table only through its observer, which says whom
the table counts, when, and what it cannot see.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from ...agents.places import labels
from .items import Items, same

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from ...agents.codes import Code
    from .events import Events

COLUMNS: Final = ("year", "table", "item", "group", "persons")
ALL: Final = "all"

BACKGROUND: Final = {"background": ("asylum", "other")}
ORIGIN_GROUP: Final = {"origin_group": ("safe", "not_safe")}
HOUSEHOLD: Final = {"household": ("family", "no_family")}
DIMENSIONS: Final = {**BACKGROUND, **ORIGIN_GROUP, **HOUSEHOLD}

Unit = Literal[
    "closing",
    "start",
    "measure",
    "person",
    "departure",
    "stay",
    "person_week",
    "transition",
    "euro",
]


@dataclass(frozen=True)
class Observed:
    """What an observer may look at.

    Parameters
    ----------
    events : Events
        What happened, the spin-up included.
    weekly : pandas.DataFrame
        Persons by week, place, phase and population (`RunResult.weekly`).
    scale : float
        Persons for each simulated person.
    circumstances : pandas.DataFrame, optional
        How persons lived, by year (`RunResult.circumstances`).
    spending : pandas.DataFrame, optional
        Euros by week and post (`RunResult.spending`).
    undecided : mapping of int to float, optional
        Undecided persons outside the model who leave through IOM (`RunResult.undecided`).
    """

    events: Events
    weekly: pd.DataFrame
    scale: float
    circumstances: pd.DataFrame | None = None
    spending: pd.DataFrame | None = None
    undecided: Mapping[int, float] | None = None


def _no_groups(split: str) -> NDArray[np.intp]:
    raise KeyError(split)


@dataclass(frozen=True)
class Units:
    """Units that a table counts.

    Parameters
    ----------
    year : ndarray of int, shape (n,)
        The year in which each is counted.
    item : Items
        The item of each.
    group : callable, optional
        Takes a dimension and returns the group of each unit: its place among the dimension's
        values. A table without dimensions needs none.
    value : ndarray of float, shape (n,), optional
        What each unit adds; `scale` persons if left out.
    """

    year: NDArray[np.integer]
    item: Items
    group: Callable[[str], NDArray[np.integer]] = _no_groups
    value: NDArray[np.float64] | None = None

    def between(self, first_year: int, last_year: int) -> Units:
        """Return the units of some years, both included."""
        rows = (self.year >= first_year) & (self.year <= last_year)
        return Units(
            self.year[rows],
            self.item[rows],
            lambda split: self.group(split)[rows],
            None if self.value is None else self.value[rows],
        )

    def worth(self, scale: float) -> NDArray[np.float64]:
        """Return what each unit adds."""
        return np.full(len(self.year), scale) if self.value is None else self.value


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
        What is counted: a closing of a file, the start of a measure, a measure, a
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
        Takes `Observed` and returns the units counted.
    dimensions : mapping of str to tuple of str, optional
        What the table is split by, with every value it has.
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
    count: Callable[[Observed], Iterable[Units]]
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    total: bool = True
    aggregate: Literal["sum", "mean"] = "sum"
    cannot_tell: Callable[[Observed], tuple[str, ...]] | None = None

    @property
    def splits(self) -> dict[str, tuple[str, ...]]:
        """Return the groups of the table: of everybody together (`all`), and by dimension."""
        together = {ALL: (ALL,)} if self.total else {}
        return together | {
            name: tuple(f"{name}={value}" for value in values)
            for name, values in self.dimensions.items()
        }

    def values(
        self,
        observed: Observed,
        first_year: int,
        last_year: int,
        splits: Collection[str] | None = None,
    ) -> dict[str, NDArray[np.float64]]:
        """Count the table.

        Parameters
        ----------
        observed : Observed
            The run's events and weeks.
        first_year, last_year : int
            Years to report, both included; events before them are in `observed` too.
        splits : collection of str, optional
            Those of `splits` that are wanted; all if left out.

        Returns
        -------
        dict of str to ndarray of float64, shape (years, items, groups)
            By split; 0 or missing where nobody is counted.

        Raises
        ------
        ValueError
            If something was counted under an item that the table does not have.
        """
        counted = [each.between(first_year, last_year) for each in self.count(observed)]
        cell = _end_to_end([each.year - first_year for each in counted]) * len(self.items)
        cell += _end_to_end([self._places(each.item) for each in counted])
        value = None
        if self.aggregate == "mean" or any(each.value is not None for each in counted):
            value = _end_to_end([each.worth(observed.scale) for each in counted])
        untold = () if self.cannot_tell is None else self.cannot_tell(observed)
        found = {}
        for split, groups in self.splits.items():
            if splits is not None and split not in splits:
                continue
            within = cell * len(groups)
            if split != ALL:
                within += _end_to_end([each.group(split) for each in counted])
            shape = (last_year - first_year + 1, len(self.items), len(groups))
            persons = self._added(within, value, observed.scale, int(np.prod(shape))).reshape(shape)
            persons[:, [self.items.index(item) for item in untold]] = np.nan
            found[split] = persons
        return found

    def _places(self, item: Items) -> NDArray[np.intp]:
        """Return the place of each unit's item among those of the table."""
        place = _places(item.names, self.items)[item.code]
        if (place < 0).any():
            unknown = sorted(set(item[place < 0].labels()))
            raise ValueError(f"table {self.table!r} has no item for {', '.join(unknown)}")
        return place

    def _added(
        self, cell: NDArray[np.intp], value: NDArray[np.float64] | None, scale: float, size: int
    ) -> NDArray[np.float64]:
        """Add up or average what stands in each cell."""
        if value is None:
            return np.asarray(np.bincount(cell, minlength=size) * float(scale))
        values = pd.Series(value).groupby(cell)
        # a value that is missing leaves its cell missing
        added = values.sum(min_count=1) if self.aggregate == "sum" else values.mean()
        dense = np.full(size, 0.0 if self.aggregate == "sum" else np.nan)
        dense[added.index] = added.to_numpy()
        return dense

    def rows(self, observed: Observed, first_year: int, last_year: int) -> pd.DataFrame:
        """Count the table, and return it with its labels.

        Returns
        -------
        pandas.DataFrame
            Columns `year, table, item, group, persons`: a row for every item, year
            and group; 0 or missing where nobody is counted.

        Raises
        ------
        ValueError
            As `values`, whose parameters it takes.
        """
        found = self.values(observed, first_year, last_year)
        persons = np.concatenate([each.ravel() for each in found.values()])
        return self.labels(first_year, last_year).assign(persons=persons)

    def labels(
        self, first_year: int, last_year: int, splits: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Return the labels of the rows: columns `year, table, item, group`.

        The rows stand in the order of the cells of `values`, split by split.
        """
        years = range(first_year, last_year + 1)
        rows = [
            row
            for split, groups in self.splits.items()
            if splits is None or split in splits
            for row in product(years, (self.table,), self.items, groups)
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS[:-1]))


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
    return not observed.events.log.judged


def only_weighed(items: tuple[str, ...]) -> Callable[[Observed], tuple[str, ...]]:
    """Return what `cannot_tell` asks for, of items that need persons who weigh."""
    return lambda observed: items if nobody_weighs(observed) else ()


def within(column: pd.Series[str], members: Iterable[Code]) -> NDArray[np.bool_]:
    """Return which labels of a column are those of a set of codes."""
    return column.isin(labels(members)).to_numpy()


def labelled(
    events: Events,
    item: Items | str,
    *,
    year: NDArray[np.integer] | None = None,
    value: NDArray[np.float64] | None = None,
) -> Units:
    """Give each event the item under which it is counted.

    Parameters
    ----------
    events : Events
        One for each unit.
    item : Items or str
        The item of each event, or of all.
    year : ndarray of int, shape (n,), optional
        The year in which each is counted; that of the event if left out.
    value : ndarray of float, shape (n,), optional
        What each adds; `scale` persons if left out.
    """

    def group(split: str) -> NDArray[np.integer]:
        if split == "household":  # a family is the first of its values
            return 1 - events["family"]
        return events[split]

    return Units(
        events["year"] if year is None else year,
        same(item, len(events)) if isinstance(item, str) else item,
        group,
        value,
    )


def _end_to_end(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])


@functools.lru_cache(maxsize=1024)
def _places(names: tuple[str, ...], items: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the place of each name among the items; -1 where it is none of them."""
    place = {item: number for number, item in enumerate(items)}
    return np.array([place.get(name, -1) for name in names], dtype=np.intp)
