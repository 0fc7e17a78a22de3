"""Outcomes by stable name, always together: what runs are told and compared by.

An outcome is a sum of rows of yearly tables, or a ratio of two such sums. A number of
departures or returns never comes without harm and voluntariness (MODEL section 8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from .after_outcomes import AFTER_RETURN_OUTCOMES, COHORT_OUTCOMES, SPENDING_OUTCOMES
from .departure_outcomes import RECORDED_OUTCOMES, TRUE_OUTCOMES, VOLUNTARINESS_OUTCOMES
from .harm_outcomes import HARM_OUTCOMES
from .reported import OF_LEAVING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .reported import Part, ReportedOutcome

OUTCOMES: Final[tuple[ReportedOutcome, ...]] = (
    *RECORDED_OUTCOMES,
    *TRUE_OUTCOMES,
    *VOLUNTARINESS_OUTCOMES,
    *HARM_OUTCOMES,
    *AFTER_RETURN_OUTCOMES,
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
        If the rows lack a table that an outcome needs.
    """
    keys = [key for key in KEYS if key in yearly.columns]
    wanted = together(ids)
    kept = {str(name): rows for name, rows in yearly.groupby("table", observed=True)}
    missing = sorted({table for each in wanted for table in each.tables} - set(kept))
    if missing:
        raise ValueError(f"the rows hold no table {', '.join(missing)}: outcomes stand together")
    years = sorted(int(year) for year in yearly["year"].unique())
    parts = [_values(each, kept, keys, years) for each in wanted]
    table = pd.concat(parts, ignore_index=True)
    return table[[*keys, *COLUMNS]]


def _values(
    outcome: ReportedOutcome, kept: Mapping[str, pd.DataFrame], keys: list[str], years: list[int]
) -> pd.DataFrame:
    """Return an outcome by year, then for the whole period."""
    by_year = [*keys, "group", "year"]
    values = _told(outcome, kept, by_year, years).reset_index()
    values["period"] = values.pop("year").astype(str)
    whole = _told(outcome, kept, by_year[:-1], years).reset_index()
    whole["period"] = f"{years[0]}-{years[-1]}"
    told = pd.concat([values, whole], ignore_index=True).assign(outcome=outcome.id)
    return told.sort_values([*keys, "group"], kind="stable", ignore_index=True)


def _told(
    outcome: ReportedOutcome, kept: Mapping[str, pd.DataFrame], by: list[str], years: list[int]
) -> pd.Series[float]:
    """Return an outcome by some columns: with the year among them, or for the whole period."""
    counted = 1 if "year" in by or outcome.stock else len(years)

    def added(part: Part) -> pd.Series[float]:
        rows = kept[part.table]
        rows = rows[rows["item"].isin(part.items)]
        if outcome.stock and "year" not in by:
            rows = rows[rows["year"] == years[-1]]
        # a sum of which one part is missing is missing
        return rows.groupby(by)["persons"].sum(min_count=counted * len(part.items))

    values = added(outcome.part)
    if outcome.over is not None:
        below = added(outcome.over).reindex(values.index)
        values = outcome.times * values / below.where(below > 0.0)
    return values.rename("value")
