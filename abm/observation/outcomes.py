"""Outcomes by stable name, always together: what runs are reported and compared by.

An outcome is a sum of rows of yearly tables, or a ratio of two such sums. A number of
departures or returns never comes without harm and voluntariness (ODD: Observation).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from .after_outcomes import AFTER_RETURN_OUTCOMES, COHORT_OUTCOMES, SPENDING_OUTCOMES
from .departure_outcomes import RECORDED_OUTCOMES, TRUE_OUTCOMES, VOLUNTARINESS_OUTCOMES
from .harm_outcomes import HARM_OUTCOMES
from .help.case_manager_outcomes import CASE_MANAGER_OUTCOMES
from .help.help_outcomes import MEASURE_OUTCOMES, SUPPORT_OUTCOMES
from .law.law_outcomes import LAW_OUTCOMES
from .reintegration_outcomes import REINTEGRATION_OUTCOMES
from .reported import OF_LEAVING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from .reported import Part, ReportedOutcome

OUTCOMES: Final[tuple[ReportedOutcome, ...]] = (
    *RECORDED_OUTCOMES,
    *TRUE_OUTCOMES,
    *VOLUNTARINESS_OUTCOMES,
    *HARM_OUTCOMES,
    *MEASURE_OUTCOMES,
    *LAW_OUTCOMES,
    *CASE_MANAGER_OUTCOMES,
    *SUPPORT_OUTCOMES,
    *AFTER_RETURN_OUTCOMES,
    *REINTEGRATION_OUTCOMES,
    *COHORT_OUTCOMES,
    *SPENDING_OUTCOMES,
)
BY_ID: Final[Mapping[str, ReportedOutcome]] = {each.id: each for each in OUTCOMES}
TABLES: Final = tuple(dict.fromkeys(table for each in OUTCOMES for table in each.tables))
# what stands beside every number of departures or returns
COMPANIONS: Final = (
    "share_all_three",
    "weeks_without_stable_shelter",
    "out_of_sight_end",
    "returned_into_high_real_danger",
)
# some of every family but cohorts, with all companions: what a page or a picture has room for
HEADLINES: Final = (
    *(each.id for each in RECORDED_OUTCOMES if not each.stock),
    "returned_independent",
    "returned_forced",
    "returned_unseen",
    "moved_on",
    "got_permit",
    "out_of_sight_end",
    *(each.id for each in VOLUNTARINESS_OUTCOMES[:5]),
    "weeks_without_stable_shelter",
    "child_weeks_without_stable_shelter",
    "weeks_held",
    "share_poor_mental_health",
    "children_returned",
    "returned_into_high_real_danger",
    "detention_placements",
    "applications",
    "left_with_help_in_kind",
    "sustained_52w",
    "hard_52w",
    "share_sustained_52w",
    "share_left_again_52w",
    "spending_total",
    "spending_reception",
    "spending_municipal_shelter",
    "spending_detention",
)
COLUMNS: Final = ("outcome", "group", "period", "value")
KEYS: Final = ("scenario", "seed", "draw")  # columns that set runs apart, where there are any


def together(ids: Iterable[str] | None = None) -> tuple[ReportedOutcome, ...]:
    """Return outcomes, with those that must stand beside them.

    Parameters
    ----------
    ids : iterable of str, optional
        Names of outcomes; all if left out.

    Returns
    -------
    tuple of ReportedOutcome
        In the order of `OUTCOMES`; where one tells of leaving or returning, `COMPANIONS`
        are among them.

    Raises
    ------
    KeyError
        If there is no outcome of a name.
    """
    if ids is None:
        return OUTCOMES
    wanted = {BY_ID[name].id for name in ids}
    if any(BY_ID[name].family in OF_LEAVING for name in wanted):
        wanted |= set(COMPANIONS)
    return tuple(each for each in OUTCOMES if each.id in wanted)


@dataclass(frozen=True)
class _Table:
    """A yearly table of runs.

    Parameters
    ----------
    items : tuple of str
        Its items.
    persons : ndarray of float64, shape (runs, groups, years, items)
        Missing where there is no row.
    there : ndarray of bool, shape (runs, groups, years)
        Whether there is any row.
    """

    items: tuple[str, ...]
    persons: NDArray[np.float64]
    there: NDArray[np.bool_]

    def added(self, part: Part, *, stock: bool) -> NDArray[np.float64]:
        """Return the sum of some items: by year, then for the whole period."""
        if missing := sorted(set(part.items) - set(self.items)):
            raise ValueError(f"the rows of table {part.table} hold no item {', '.join(missing)}")
        columns = [self.persons[..., self.items.index(item)] for item in part.items]
        by_year = functools.reduce(np.add, columns)
        # reduceat: the order in which pandas adds up a group
        whole = by_year[..., -1] if stock else np.add.reduceat(by_year, [0], axis=-1)[..., 0]
        return np.concatenate([by_year, whole[..., np.newaxis]], axis=-1)


def outcomes(yearly: pd.DataFrame, ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return outcomes of runs in one table: by year, for the whole period, and by broad group.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Yearly rows as `observe` counts them and stores keep them: `year, table, item, group,
        persons`, and those of `scenario, seed, draw` that set runs apart.
    ids : iterable of str, optional
        Outcomes wanted, to which `together` adds; all if left out.

    Returns
    -------
    pandas.DataFrame
        The columns that set runs apart, and `outcome` (str), `group` (`all`, or a broad
        group such as `origin_group=safe`), `period` (a year, or the first and last with a
        hyphen) and `value` (float; missing where a run can't tell or nobody is
        counted), in the order of `OUTCOMES`.

    Raises
    ------
    ValueError
        If the rows lack a table or an item that an outcome needs, or hold a row twice.
    """
    wanted = together(ids)
    needed = {table for each in wanted for table in each.tables}
    keys = [key for key in KEYS if key in yearly.columns]
    run: NDArray[np.integer] = np.zeros(len(yearly), dtype=np.intp)
    if keys:
        run = yearly.groupby(keys, observed=True, dropna=False).ngroup().to_numpy()
    one_of_each = np.unique(run, return_index=True)[1]
    runs = yearly[keys].take(one_of_each).infer_objects()
    group, groups = pd.factorize(yearly["group"], sort=True)
    years, year = np.unique(yearly["year"], return_inverse=True)
    rows = yearly[["table", "item", "persons"]].assign(run=run, group=group, year=year)
    kept = {str(name): part for name, part in rows.groupby("table", observed=True)}
    missing = sorted(needed - set(kept))
    if missing:
        raise ValueError(f"the rows hold no table {', '.join(missing)}: outcomes stand together")
    shape = len(runs), len(groups), len(years)
    tables = {name: _table(kept[name], shape) for name in needed}
    there = np.stack([_there(each, tables) for each in wanted])
    outcome, one, group, period = np.nonzero(there)
    periods = [*map(str, years), f"{years[0]}-{years[-1]}"]
    labels = {
        "outcome": pd.Index([each.id for each in wanted]).take(outcome),
        "group": pd.Index(list(groups)).take(group),
        "period": pd.Index(periods).take(period),
    }
    values = np.stack([_values(each, tables) for each in wanted])[there]
    return runs.take(one).reset_index(drop=True).assign(**labels, value=values)


def _table(rows: pd.DataFrame, shape: tuple[int, int, int]) -> _Table:
    """Return a table of rows that hold the places of run, group and year."""
    item, items = pd.factorize(rows["item"])
    at = tuple(rows[name].to_numpy() for name in ("run", "group", "year"))
    cell = np.ravel_multi_index((*at, item), (*shape, len(items)))
    if len(np.unique(cell)) < len(cell):
        raise ValueError(
            "a row stands there twice: say what sets runs apart (scenario, seed, draw)"
        )
    persons = np.full((*shape, len(items)), np.nan)
    persons.flat[cell] = rows["persons"]
    there = np.zeros(shape, dtype=np.bool_)
    there[at] = True
    return _Table(tuple(items), persons, there)


def _values(outcome: ReportedOutcome, tables: Mapping[str, _Table]) -> NDArray[np.float64]:
    """Return an outcome by run, group and period."""
    above = tables[outcome.part.table].added(outcome.part, stock=outcome.stock)
    if outcome.over is None:
        return above
    below = tables[outcome.over.table].added(outcome.over, stock=outcome.stock)
    return outcome.times * above / np.where(below > 0.0, below, np.nan)


def _there(outcome: ReportedOutcome, tables: Mapping[str, _Table]) -> NDArray[np.bool_]:
    """Return which values of an outcome are told, missing or not."""
    there = tables[outcome.part.table].there
    whole = there[..., -1] if outcome.stock else np.any(there, axis=-1)
    return np.concatenate([there, whole[..., np.newaxis]], axis=-1)
