"""The split of first files by background: asylum, or other (ODD: Inflow)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import brentq

from ..calendar import first_week, sunday
from ..values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ...evidence.registry import Registry
    from ...evidence.timeline import Timeline

FIRST_APPLICATIONS: Final = 2013  # first year of the table of applications by nationality


def asylum_propensity(
    registry: Registry,
    countries: tuple[str, ...],
    shares: dict[int, NDArray[np.float64]],
    pooled_share: float,
    limits: NDArray[np.float64],
    others: dict[int, float],
) -> dict[int, NDArray[np.float64]]:
    """Return by year, for each country, the chance that a first file is of asylum background.

    The odds are proportional to first applications over departures in
    2013-2017 (table 4 and 5), and inversely to how many others get a file in the year, with one
    factor chosen so that the pooled share comes out; countries that the tables do not name get the
    mean ratio.

    Parameters
    ----------
    countries : tuple of str
        Countries in the order of their codes.
    shares : dict of int to ndarray of float, shape (countries,)
        Shares among departures by year.
    pooled_share : float
        Asylum share of first files, pooled over 2013-2017.
    limits : ndarray of float, shape (2,)
        Least and greatest odds before the two factors.
    others : dict of int to float
        How many persons of other background get a file, by year and relative to any one year.

    Returns
    -------
    dict of int to ndarray of float, shape (countries,)
        Chances inside (0, 1), by year of the opening.
    """
    asked = registry.tables.frame("asylum_applications_2013_2017_by_nationality.csv")
    applications = asked.set_index("country")["first_applications_2013_2017"]
    departures = registry.tables.frame("departures_by_nationality_all_types.csv")
    pooled = (
        departures[departures["year"] >= FIRST_APPLICATIONS].groupby("country")["persons"].sum()
    )
    ratio = np.array(
        [
            float(applications.get(country, 0)) / float(pooled[country])
            if country in pooled.index
            else np.nan
            for country in countries
        ]
    )
    ratio[np.isnan(ratio)] = np.nanmean(ratio)
    odds = np.clip(ratio, *limits)
    years = [year for year in others if year >= FIRST_APPLICATIONS]

    def chances(log_factor: float, year: int) -> NDArray[np.float64]:
        scaled = odds * np.exp(log_factor) / others[year]
        return np.asarray(scaled / (1.0 + scaled))

    def excess(log_factor: float) -> float:
        asylum = [np.sum(shares[year] * chances(log_factor, year)) for year in years]
        return float(np.mean(asylum)) - pooled_share

    log_factor = brentq(excess, -15.0, 15.0)
    return {year: chances(log_factor, year) for year in others}


def others_by_year(
    timeline: Timeline, years: Iterable[int]
) -> tuple[dict[int, float], frozenset[str]]:
    """Return by year how many persons of other background get a file, relative to 2011-15.

    `apprehended x course + refused at the border x course + permits expired`, with the shares of
    `route_shares_other`: those who come in through detention follow the inflow of detention.

    Returns
    -------
    found : dict of int to float
        Relative numbers by year.
    read : frozenset of str
        Names of the records that were read.
    """
    found, read = {}, frozenset[str]()
    for year in years:
        now = Values(timeline.at(sunday(first_week(year))))
        found[year] = float(routes_other(now).sum())
        read |= now.read
    return found, read


def routes_other(now: Values) -> NDArray[np.float64]:
    """Return files of apprehended, refused and expired permits, in parts of the mean of 2011-15.

    Returns
    -------
    ndarray of float, shape (3,)
        In the order of `route_shares_other`; they do not sum to 1.
    """
    course = now.number("apprehension_course")
    return np.asarray(now.vector("route_shares_other") * (course, course, 1.0))
