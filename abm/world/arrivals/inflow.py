"""The inflow: derived once from the record's closings, then frozen (ODD: Inflow).

What happens in a run does not change it. Closings `c(t)` follow a smooth curve through
the yearly totals; openings are `c(t) + lead * c'(t)` (Little's law with a
constant mean spell), with the mix of countries of as many weeks later; first openings are
openings less re-entries. Persons of asylum background enter earlier than their file opens, by
the length of their procedure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self, cast

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.stats import gamma

from ....agents.codes import OriginGroup, Track
from ...evidence.timeline import Override, Timeline
from ..calendar import first_week, sunday, week_of, year_of
from ..values import Values
from .backgrounds import asylum_propensity, others_by_year
from .undecided import left_undecided

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.typing import NDArray

    from ...evidence.registry import Registry

FIRST_DATA_YEAR: Final = 2011
LAST_DATA_YEAR: Final = 2017
SPIN_UP_YEARS: Final = 3
LARGEST_SCALE: Final = 5_000.0  # above, fewer than three households would enter in a year
WEEKS_OF_YEAR: Final = 52
LONGEST_PROCEDURE_WEEKS: Final = 130  # with a mean of 56 weeks, shape 4, under 0.5 % is longer
TRACKS: Final = (Track.DUBLIN, Track.SAFE_COUNTRY, Track.GENERAL, Track.EXTENDED)
ABROAD: Final = slice(2, 4)  # onward and home among the places of those unobserved
OTHER_COUNTRIES: Final = {OriginGroup.SAFE: "other_safe", OriginGroup.NOT_SAFE: "other_not_safe"}
MACEDONIA: Final = "Macedonia"  # sources name it, the record counts it among the other safe ones


@dataclass(frozen=True)
class Inflow:
    """Persons who enter, by week and stratum, before rounding to agents.

    Parameters
    ----------
    countries : tuple of str
        Countries of origin in the order of their codes.
    origin_groups : ndarray of uint8, shape (countries,)
        `OriginGroup` of each country.
    start : int
        Week of the first row of the arrays.
    asylum : ndarray of float, shape (weeks, countries)
        Persons a week who ask asylum and would be refused at first.
    other : ndarray of float, shape (weeks, countries)
        Persons a week of other background who get a file.
    openings : ndarray of float, shape (weeks + LONGEST_PROCEDURE_WEEKS, countries)
        First files a week of persons of asylum background.
    earlier_families : ndarray of float, shape (weeks, countries)
        Persons a week in families from before the start who come into view: they get a place
        in a family location in the year after these open.
    undecided : ndarray of float, shape (weeks,)
        Persons a week outside the model who leave through IOM while they wait for a decision that
        would be a permit.
    procedure : ndarray of float, shape (weeks, 2, tracks, LONGEST_PROCEDURE_WEEKS)
        For each week of entry, origin group, track and weeks of waiting: the
        chance that a decision of that later week falls on this track and wait,
        over the share still there to hear it.
    read : frozenset of str
        Names of the records that the derivation used.
    """

    countries: tuple[str, ...]
    origin_groups: NDArray[np.uint8]
    start: int
    asylum: NDArray[np.float64]
    other: NDArray[np.float64]
    openings: NDArray[np.float64]
    earlier_families: NDArray[np.float64]
    undecided: NDArray[np.float64]
    procedure: NDArray[np.float64]
    read: frozenset[str]

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return itself: it never changes, so copies of a model share it."""
        return self

    def undecided_by_year(self) -> dict[int, float]:
        """Return departures of undecided persons outside the model, in persons by year."""
        years = [year_of(week) for week in range(self.start, self.start + len(self.undecided))]
        counted = np.bincount(years, weights=self.undecided)
        return {year: float(counted[year]) for year in sorted(set(years))}

    def procedure_given_entry(self, week: int) -> NDArray[np.float64]:
        """Return the distribution of track and weeks of waiting of those who enter in a week.

        Returns
        -------
        ndarray of float, shape (countries, tracks * LONGEST_PROCEDURE_WEEKS)
            For each country of origin cumulative chances in the order track,
            weeks; the last is 1.
        """
        row = week - self.start
        by_group = self.procedure[row].reshape(2, -1, LONGEST_PROCEDURE_WEEKS)
        openings = self.openings[row : row + LONGEST_PROCEDURE_WEEKS].T
        chances = by_group[self.origin_groups] * openings[:, np.newaxis, :]
        cumulative = np.cumsum(chances.reshape(len(self.countries), -1), axis=1)
        return np.asarray(cumulative / cumulative[:, -1:])


def closings_curve(
    closings: dict[int, float],
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return a smooth curve of closings a week that keeps the yearly totals.

    A natural cubic spline through the cumulated totals at the turns of the
    years; its slope is the rate, with no trend at both ends. Before the first
    year the rate of its start holds.

    Parameters
    ----------
    closings : dict of int to float
        Closings by year, consecutive years.

    Returns
    -------
    callable
        Rate in persons/week as a function of weeks since the epoch.
    """
    years = sorted(closings)
    knots = np.array([first_week(year) for year in [*years, years[-1] + 1]], dtype=np.float64)
    totals = np.concatenate([[0.0], np.cumsum([closings[year] for year in years])])
    slope = CubicSpline(knots, totals, bc_type="natural").derivative()

    def rate(weeks: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(slope(np.clip(weeks, knots[0], knots[-1])), dtype=np.float64)

    return rate


def country_mix(
    registry: Registry, macedonia: float
) -> tuple[tuple[str, ...], NDArray[np.uint8], dict[int, NDArray[np.float64]]]:
    """Return countries, their origin group and their yearly shares among departures.

    The ten largest countries of each group are named by the record; the rest
    of each group's national total is `other_safe` and `other_not_safe`. Macedonia has a part
    of the rest of the safe countries.

    Parameters
    ----------
    macedonia : float
        Share of Macedonia in the rest of the safe countries, the same in all years.

    Returns
    -------
    countries : tuple of str
        Names in the order of their codes.
    origin_groups : ndarray of uint8, shape (countries,)
        `OriginGroup` of each.
    shares : dict of int to ndarray of float, shape (countries,)
        Shares by year, summing to 1.
    """
    table = registry.tables.frame("departures_by_nationality_all_types.csv")
    totals = registry.tables.frame("national_departures_total_by_origin_group.csv")
    named = list(dict.fromkeys(table["country"]))
    group_of = dict(zip(table["country"], table["origin_group"], strict=True))
    groups = [OriginGroup[group_of[country].upper()] for country in named]
    shares = {}
    for year in range(FIRST_DATA_YEAR, LAST_DATA_YEAR + 1):
        of_year = table[table["year"] == year].set_index("country")["persons"]
        persons = [float(of_year[country]) for country in named]
        rests = {}
        for group in OTHER_COUNTRIES:
            total = totals[
                (totals["year"] == year) & (totals["origin_group"] == group.name.lower())
            ]["persons"].sum()
            known = sum(p for p, g in zip(persons, groups, strict=True) if g is group)
            rests[group] = max(float(total) - known, 0.0)
        apart = macedonia * rests[OriginGroup.SAFE]
        rests[OriginGroup.SAFE] -= apart
        persons += [*rests.values(), apart]
        shares[year] = np.array(persons) / sum(persons)
    # at the end, so that the codes of the others, and with them all draws, stay
    countries = (*named, *OTHER_COUNTRIES.values(), MACEDONIA)
    groups += [*OTHER_COUNTRIES, OriginGroup.SAFE]
    return countries, np.array(groups, dtype=np.uint8), shares


def _weeks_chances(mean: float, shape: float) -> NDArray[np.float64]:
    """Return the chances of 0, 1, 2 ... weeks of a gamma duration cut at the longest."""
    edges = np.arange(LONGEST_PROCEDURE_WEEKS + 1, dtype=np.float64)
    chances = np.diff(gamma.cdf(edges, shape, scale=mean / shape))
    return np.asarray(chances / chances.sum())


def _procedure(
    timeline: Timeline, start: int, weeks: int
) -> tuple[NDArray[np.float64], frozenset[str]]:
    """Return chances of track and weeks of waiting, by week of decision and origin group."""
    turns = [week_of(day) for day in timeline.changes()]
    edges = sorted({start, *(turn for turn in turns if start < turn < start + weeks)})
    chances = np.empty((weeks, 2, len(TRACKS), LONGEST_PROCEDURE_WEEKS))
    read: frozenset[str] = frozenset()
    for first, last in zip(edges, [*edges[1:], start + weeks], strict=True):
        now = Values(timeline.at(sunday(first)))
        shape = now.number("procedure_shape")
        general = now.number("procedure_weeks_general")
        means = (
            now.number("procedure_weeks_dublin"),
            now.number("procedure_weeks_safe_country"),
            general,
            general + now.number("procedure_weeks_extended"),
        )
        rows = np.array([_weeks_chances(mean, shape) for mean in means])
        dublin, long = now.number("dublin_share"), now.number("extended_share")
        slow = (dublin, 0.0, (1.0 - dublin) * (1.0 - long), (1.0 - dublin) * long)
        fast = (dublin, 1.0 - dublin, 0.0, 0.0) if now.flag("safe_country_track") else slow
        block = np.empty((2, *rows.shape))
        block[OriginGroup.SAFE] = np.array(fast)[:, np.newaxis] * rows
        block[OriginGroup.NOT_SAFE] = np.array(slow)[:, np.newaxis] * rows
        chances[first - start : last - start] = block
        read |= now.read
    return chances, read


def derive_inflow(registry: Registry, draws: tuple[Override, ...] = ()) -> Inflow:
    """Derive the frozen inflow from the record and the evidence values.

    Parameters
    ----------
    draws : tuple of Override, optional
        Other values of uncertain parameters, and whether people weigh. Levers
        don't belong here: the inflow is the same under every policy.
    """
    key = f"{registry.evidence_hash()} {draws!r}"
    if key not in _DERIVED:
        _DERIVED.clear()  # one is enough: runs in a row share it
        _DERIVED[key] = _derive(registry, draws)
    return _DERIVED[key]


_DERIVED: Final[dict[str, Inflow]] = {}


def _earlier_families(
    persons: float, ruling: date, start: int, asylum: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return persons a week in families from before the start, by week and country.

    They come evenly over the year after the ruling that gives them shelter, with the mix of the
    first year of data.
    """
    found = np.zeros_like(asylum)
    mix = asylum[:WEEKS_OF_YEAR].sum(axis=0)
    first = week_of(ruling) - start
    found[first : first + WEEKS_OF_YEAR] = persons / WEEKS_OF_YEAR * mix / mix.sum()
    return found


def _data_year(week: int) -> int:
    """Return the year of a week, or the nearest year of the data."""
    return min(max(year_of(week), FIRST_DATA_YEAR), LAST_DATA_YEAR)


def _derive(registry: Registry, draws: tuple[Override, ...]) -> Inflow:
    """Derive the inflow anew."""
    start = first_week(FIRST_DATA_YEAR - SPIN_UP_YEARS)
    end = first_week(LAST_DATA_YEAR + 1)
    long = end - start + LONGEST_PROCEDURE_WEEKS
    totals = registry.tables.frame("dtv_caseload_outflow_total.csv")
    rate = closings_curve(dict(zip(totals["year"], totals["persons"].astype(float), strict=True)))
    weeks = np.arange(start, start + long, dtype=np.float64) + 0.5
    change = rate(weeks + 0.5) - rate(weeks - 0.5)
    timeline = Timeline(registry, draws)
    values = Values(timeline.at(sunday(start)))
    lead = values.number("stock_lead_weeks")
    reentry = values.number("reentry_share_of_openings")
    first = (1.0 - reentry) * np.maximum(rate(weeks) + lead * change, 0.0)
    countries, groups, shares = country_mix(
        registry, values.number("macedonia_share_of_other_safe")
    )
    others, read_of_others = others_by_year(timeline, range(FIRST_DATA_YEAR, LAST_DATA_YEAR + 1))
    propensity = asylum_propensity(
        registry,
        countries,
        shares,
        values.number("asylum_share_of_openings"),
        values.vector("asylum_odds_limits"),
        others,
    )
    ahead = round(lead)  # a file that opens now closes, on average, so many weeks later
    years = [_data_year(week + ahead) for week in range(start, start + long)]
    by_country = first[:, np.newaxis] * np.array([shares[year] for year in years])
    chances = np.array([propensity[_data_year(week)] for week in range(start, start + long)])
    openings = by_country * chances
    procedure, read = _procedure(timeline, start, long)
    # those who leave before the decision must enter too, so that the number of files is right
    waiting = np.arange(LONGEST_PROCEDURE_WEEKS)
    lost = values.vector("unobserved_place_shares")[ABROAD].sum()
    leaving = values.number("hazard_independent_procedure") + lost * values.number(
        "hazard_unobserved_procedure"
    )
    if values.text("decision") == "weighed":
        leaving = values.number("gone_before_decision_hazard")
    staying = np.exp(leaving * waiting)
    procedure *= staying
    by_entry = np.empty((end - start, *procedure.shape[1:]))
    for delay in waiting:
        by_entry[..., delay] = procedure[delay : delay + end - start, :, :, delay]
    later = np.lib.stride_tricks.sliding_window_view(openings, LONGEST_PROCEDURE_WEEKS, axis=0)
    waits = by_entry.sum(axis=2)[:, groups]  # week of entry, country, weeks of waiting
    asylum = np.einsum("wcd,wcd->wc", waits, later[: end - start])
    ruling = cast("date", registry["earlier_families_from"].value)
    members = values.number("earlier_family_members")
    undecided, read_of_undecided = left_undecided(registry, timeline, start, end)
    return Inflow(
        countries=countries,
        origin_groups=groups,
        start=start,
        asylum=asylum,
        other=(by_country * (1.0 - chances))[: end - start],
        openings=openings,
        earlier_families=_earlier_families(members, ruling, start, asylum),
        undecided=undecided,
        procedure=by_entry,
        read=values.read | read | read_of_others | read_of_undecided,
    )
