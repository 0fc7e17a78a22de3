"""Departures through IOM of people who wait for a decision and would get a permit.

They are not persons of the model, whose entrants of asylum background would all be refused at
first: an expected number, from recorded requests for asylum (ODD: Population, *outside*).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import gamma

from ..calendar import monday, sunday
from ..values import Values

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from ...evidence.registry import Registry
    from ...evidence.timeline import Timeline

LONGEST_WAIT: Final = 260  # weeks; the longest mean is 56
MONTHS: Final = 12


def left_waiting(
    entering: NDArray[np.float64], waits: NDArray[np.float64], hazard: float
) -> NDArray[np.float64]:
    """Return how many of those who wait for a decision leave, by week.

    `left(t) = sum over d of entering(t - d) P(W > d) exp(-h d) (1 - exp(-h))`, with the wait W of
    those who enter in week `t - d`.

    Parameters
    ----------
    entering : ndarray of float, shape (weeks,)
        Persons who enter.
    waits : ndarray of float, shape (weeks, longest)
        Chance that the decision of those who enter in a week is 1, 2, 3 ... whole weeks away or
        more.
    hazard : float
        Hazard of leaving, 1/week. 0: nobody leaves.

    Returns
    -------
    ndarray of float, shape (weeks,)
        Persons a week, never more in total than entered.
    """
    weeks, longest = waits.shape
    stays = np.exp(-hazard * np.arange(longest))
    left = np.zeros(weeks + longest)
    for week in range(weeks):
        left[week : week + longest] += entering[week] * waits[week] * stays
    return np.asarray(left[:weeks] * -np.expm1(-hazard))


def left_undecided(
    registry: Registry, timeline: Timeline, start: int, end: int
) -> tuple[NDArray[np.float64], frozenset[str]]:
    """Return departures through IOM of people who would get a permit, by week from the start on.

    Who enters are the requests of a year times the share granted, spread over its weeks as
    monthly inflow. All of them wait as in the general or the extended procedure: a Dublin claimant
    gets no permit. No lever moves this number.

    Returns
    -------
    left : ndarray of float, shape (end - start,)
        Persons a week.
    read : frozenset of str
        Names of the records that were read.
    """
    weeks = range(start, end)
    thursdays = [monday(week) + timedelta(days=3) for week in weeks]
    of_year = _within_year(registry, thursdays)
    entering = np.empty(len(weeks))
    waits = np.empty((len(weeks), LONGEST_WAIT))
    further: dict[tuple[float, ...], NDArray[np.float64]] = {}
    read = frozenset[str]()
    for row, week in enumerate(weeks):
        now = Values(timeline.at(sunday(week)))
        requests = now.number("asylum_requests") * now.number("asylum_granted_share")
        entering[row] = requests * of_year[row]
        general, long = now.number("procedure_weeks_general"), now.number("extended_share")
        shape, extended = now.number("procedure_shape"), now.number("procedure_weeks_extended")
        key = (general, extended, shape, long)
        if key not in further:
            short = _more_than(general, shape)
            further[key] = (1.0 - long) * short + long * _more_than(general + extended, shape)
        waits[row] = further[key]
        read |= now.read
    now = Values(timeline.at(sunday(start)))
    left = left_waiting(entering, waits, now.number("undecided_iom_hazard"))
    return left, read | now.read


def _more_than(mean: float, shape: float) -> NDArray[np.float64]:
    """Return the chance that a gamma wait ends more than 1, 2, 3 ... weeks from now."""
    weeks = np.arange(1, LONGEST_WAIT + 1, dtype=np.float64)
    return np.asarray(gamma.sf(weeks, shape, scale=mean / shape))


def _within_year(registry: Registry, thursdays: list[date]) -> NDArray[np.float64]:
    """Return the share of the year's requests in each week: that of its month, spread evenly.

    In years of which not all months are on record each week has the same share. A week belongs
    to the year and the month of its Thursday.
    """
    table = registry.tables.frame("asylum_inflow_monthly.csv")
    persons = dict(
        zip(zip(table["year"], table["month"], strict=True), table["persons"], strict=True)
    )
    years = np.array([day.year for day in thursdays])
    months = np.array([day.month for day in thursdays])
    shares = np.empty(len(thursdays))
    for year in np.unique(years):
        known = [persons.get((int(year), month + 1)) for month in range(MONTHS)]
        of_year = years == year
        weights = np.ones(MONTHS)
        if None not in known:
            counts = np.bincount(months[of_year] - 1, minlength=MONTHS)
            weights = np.array(known, dtype=np.float64) / np.maximum(counts, 1)
        shares[of_year] = weights[months[of_year] - 1]
        shares[of_year] /= shares[of_year].sum()
    return shares
