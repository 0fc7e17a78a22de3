"""Outcomes by stable name, always together: what runs are reported and compared by.

An outcome is a sum of rows of yearly tables, or a ratio of two such sums. A number of
departures or returns never comes without harm and voluntariness (ODD: Observation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from .after_outcomes import AFTER_RETURN_OUTCOMES, COHORT_OUTCOMES, SPENDING_OUTCOMES
from .departure_outcomes import RECORDED_OUTCOMES, TRUE_OUTCOMES, VOLUNTARINESS_OUTCOMES
from .harm_outcomes import HARM_OUTCOMES
from .help_outcomes import MEASURE_OUTCOMES, SUPPORT_OUTCOMES
from .reported import OF_LEAVING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .reported import Part, ReportedOutcome

OUTCOMES: Final[tuple[ReportedOutcome, ...]] = (
    *RECORDED_OUTCOMES,
    *TRUE_OUTCOMES,
    *VOLUNTARINESS_OUTCOMES,
    *HARM_OUTCOMES,
    *MEASURE_OUTCOMES,
    *SUPPORT_OUTCOMES,
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
    by = [*keys, "group", "year"]
    # pivot_table would drop what is missing
    wide = {
        name: kept[name].pivot(index=by, columns="item", values="persons")  # noqa: PD010 - pivot_table would drop what is missing
        for name in {table for each in wanted for table in each.tables}
    }
    parts = [_values(each, wide, by, years) for each in wanted]
    table = pd.concat(parts, ignore_index=True)
    return table[[*keys, *COLUMNS]]


def _values(
    outcome: ReportedOutcome, wide: Mapping[str, pd.DataFrame], by: list[str], years: list[int]
) -> pd.DataFrame:
    """Return an outcome by year, then for the whole period."""
    by_run = by[:-1]

    def added(part: Part) -> pd.Series[float]:
        return wide[part.table][list(part.items)].sum(axis=1, skipna=False)

    def whole(values: pd.Series[float]) -> pd.Series[float]:
        if outcome.stock:
            values = values[values.index.get_level_values("year") == years[-1]]
        # a sum of which one year is missing is missing
        return values.groupby(by_run).sum(min_count=1 if outcome.stock else len(years))

    def divided(above: pd.Series[float], below: pd.Series[float] | None) -> pd.DataFrame:
        if below is not None:
            under = below.reindex(above.index)
            above = outcome.times * above / under.where(under > 0.0)
        return above.rename("value").reset_index()

    above = added(outcome.part)
    below = None if outcome.over is None else added(outcome.over)
    yearly = divided(above, below)
    yearly["period"] = yearly.pop("year").astype(str)
    period = divided(whole(above), None if below is None else whole(below))
    period["period"] = f"{years[0]}-{years[-1]}"
    table = pd.concat([yearly, period], ignore_index=True).assign(outcome=outcome.id)
    return table.sort_values(by_run, kind="stable", ignore_index=True)
