"""Households and persons as they enter, each with a number of its own.

The number of a household is made of entry week, stratum and an index within both;
that of a person is the household's and a position in it. More inflow adds indices: it
changes nobody's number and nobody's draws.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.special import gammaincinv, ndtri

from ....agents import traits
from ....agents.codes import Background, Household, LegalPhase, Place, Route, Track
from ..calendar import WEEKS_PER_YEAR, year_of
from ..chance import Chance, Decision, hash_numbers
from ..events import MEMBERS
from .backgrounds import routes_other
from .inflow import FIRST_DATA_YEAR, LONGEST_PROCEDURE_WEEKS, TRACKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..values import Values
    from .endowment import Endowment
    from .inflow import Inflow

ADULTS: Final = np.array([1, 1, 2, 1, 2])  # by `Household`
STRATA: Final = 256  # background and country, with room
INDICES: Final = 1 << 20
OTHER: Final = 64  # first stratum of other background
OLDER_HIDDEN: Final = 128  # first stratum of persons whose file closed before the start
EARLIER_FAMILIES: Final = 192  # of these, the first of families whom the ruling of 2011 shelters


class Entrances:
    """The households that enter, week by week.

    Households of a stratum arrive by systematic rounding: the running total of
    expected households plus one keyed phase, rounded down. Totals are inputs,
    so they have no noise of their own.

    Parameters
    ----------
    inflow : Inflow
        The frozen inflow.
    pulled : Inflow, optional
        The inflow under levers, used instead; persons whose file closed before the model
        starts still follow `inflow`.
    """

    def __init__(
        self,
        inflow: Inflow,
        values: Values,
        chance: Chance,
        scale: float,
        pulled: Inflow | None = None,
    ) -> None:
        self._start = inflow.start
        self._chance = chance
        self.end = inflow.start + len(inflow.other)
        children = values.vector("children_shares")
        self._persons = {  # of each simulated household, by the first stratum of a background
            first: scale * mean_household_size(values.vector(shares), children)
            for first, shares in (
                (Background.ASYLUM.value, "asylum_household_shares"),
                (OTHER, "other_household_shares"),
            )
        }
        self._counts = self._entering(pulled or inflow)
        self._counts[OLDER_HIDDEN] = self._round(
            self._older(inflow, values), OLDER_HIDDEN, self._persons[OTHER]
        )
        self._counts[EARLIER_FAMILIES] = self._round(
            inflow.earlier_families,
            EARLIER_FAMILIES,
            scale * mean_household_size(families_alone(values), children),
        )

    def under(self, pulled: Inflow) -> Entrances:
        """Return the entrances under other levers on the inflow.

        Persons whose file closed before the model starts enter as before.
        """
        other = copy(self)
        other._counts = self._counts | self._entering(pulled)  # noqa: SLF001 (its own class)
        return other

    def _entering(self, inflow: Inflow) -> dict[int, NDArray[np.int64]]:
        """Return households by week and country, of both backgrounds."""
        rates = {Background.ASYLUM.value: inflow.asylum, OTHER: inflow.other}
        return {first: self._round(rates[first], first, self._persons[first]) for first in rates}

    def households(self, week: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the households that enter in a week.

        Returns
        -------
        number : ndarray of int64, shape (households,)
            Household numbers, ascending.
        stratum : ndarray of int64, shape (households,)
            Stratum of each: country, plus 64 for other background, plus 128 for persons
            whose file closed before the model starts, or 192 if they are families who get
            shelter by the ruling of 2011.
        """
        row = week - self._start
        strata, indices = [], []
        for first, counts in self._counts.items():
            of_week = counts[row]
            strata.append(np.repeat(np.arange(len(of_week)) + first, of_week))
            ends = np.cumsum(of_week)
            indices.append(np.arange(ends[-1]) - np.repeat(ends - of_week, of_week))
        stratum = np.concatenate(strata).astype(np.int64)
        index = np.concatenate(indices).astype(np.int64)
        return (np.int64(week) * STRATA + stratum) * INDICES + index, stratum

    @staticmethod
    def _older(inflow: Inflow, values: Values) -> NDArray[np.float64]:
        """Return persons a week who come back into view; their file closed before the start."""
        years = (
            np.arange(len(inflow.other)) / WEEKS_PER_YEAR + year_of(inflow.start) - FIRST_DATA_YEAR
        )
        decline = np.exp(-values.number("irregular_stock_decline_per_year") * years)
        rate = values.number("older_hidden_reemerging_per_year") / WEEKS_PER_YEAR * decline
        mix = (inflow.asylum + inflow.other).sum(axis=0)
        return np.asarray(rate[:, np.newaxis] * (mix / mix.sum()))

    def _round(self, persons: NDArray[np.float64], first: int, of_each: float) -> NDArray[np.int64]:
        """Return households by week and stratum, rounded with one keyed phase for each stratum."""
        keys = hash_numbers(np.arange(persons.shape[1], dtype=np.int64) + first)
        phase = self._chance.uniform(Decision.ROUNDING, 0, keys)
        running = np.floor(np.cumsum(persons / of_each, axis=0) + phase)
        return np.diff(running, axis=0, prepend=np.floor(phase)[np.newaxis]).astype(np.int64)


def week_of_entry(household: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the week of entry that is part of a household's number."""
    return household // (STRATA * INDICES)


def mean_household_size(
    household_shares: NDArray[np.float64], children_shares: NDArray[np.float64]
) -> float:
    """Return the mean number of persons in a household.

    Parameters
    ----------
    household_shares : ndarray of float, shape (5,)
        Shares by `Household`.
    children_shares : ndarray of float, shape (4,)
        Shares of families with one to four children.
    """
    children = float(children_shares @ np.arange(1, len(children_shares) + 1))
    adults = ADULTS.astype(np.float64)
    families = household_shares[Household.ONE_PARENT] + household_shares[Household.TWO_PARENTS]
    return float(household_shares @ adults + families * children)


def families_alone(values: Values) -> NDArray[np.float64]:
    """Return the shares by `Household` of asylum background, of families with minors alone."""
    shares = values.vector("asylum_household_shares").copy()
    shares[: Household.ONE_PARENT] = 0.0
    return np.asarray(shares / shares.sum())


def _pick(shares: NDArray[np.float64], uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each uniform the index of the share it falls into."""
    edges = np.cumsum(shares)
    return np.minimum(np.searchsorted(edges, uniform, side="right"), len(shares) - 1)


class Newcomers:
    """Builds the columns of persons who enter in a week.

    Parameters
    ----------
    endowment : Endowment, optional
        Draws what persons bring; without it the columns of their state stay 0.
    """

    def __init__(self, inflow: Inflow, chance: Chance, endowment: Endowment | None = None) -> None:
        self.inflow = inflow
        self._chance = chance
        self._endowment = endowment

    def build(
        self,
        week: int | NDArray[np.int64],
        number: NDArray[np.int64],
        stratum: NDArray[np.int64],
        now: Values,
    ) -> dict[str, NDArray[Any]]:
        """Return the columns of all members of the households that enter.

        Parameters
        ----------
        week : int or ndarray of int64, shape (households,)
            Week of entry.
        number : ndarray of int64, shape (households,)
            Household numbers.
        stratum : ndarray of int64, shape (households,)
            Strata of `Entrances.households`.

        Returns
        -------
        dict of str to ndarray, shape (persons,)
            Values for `People.add`, members of a household side by side.
        """
        key = hash_numbers(number)
        weeks = np.broadcast_to(np.asarray(week, dtype=np.int64), number.shape)
        house = self._households(weeks, key, stratum, now)
        adults = ADULTS[house["household_kind"]]
        size = adults + house["children"]
        member_of = np.repeat(np.arange(len(number)), size)
        position = np.arange(len(member_of)) - np.repeat(np.cumsum(size) - size, size)
        person = number[member_of] * MEMBERS + position
        person_key = hash_numbers(person)
        child = position >= adults[member_of]
        birth = self._birth_weeks(weeks[member_of], person_key, now, child=child)
        starts = np.cumsum(size) - size
        columns: dict[str, NDArray[Any]] = {
            name: values[member_of] for name, values in house.items() if name != "children"
        }
        columns |= {
            "person": person,
            "household": number[member_of],
            "key": person_key,
            "household_key": key[member_of],
            "birth_week": birth,
            "youngest_birth_week": np.maximum.reduceat(birth, starts)[member_of]
            if len(starts)
            else birth,
            "household_size": size[member_of],
            "female": self._female(
                person_key, house["household_kind"][member_of], position, child, now
            ),
        }
        columns["traits"] = traits.pack(
            {
                **columns,
                "family": (house["children"] > 0)[member_of],
                "minor": child,
            }
        )
        if self._endowment is not None:
            columns |= self._endowment.columns(weeks[member_of], columns, child, now)
        return columns

    def _households(
        self,
        week: NDArray[np.int64],
        key: NDArray[np.uint64],
        stratum: NDArray[np.int64],
        now: Values,
    ) -> dict[str, NDArray[Any]]:
        """Return the columns that members of a household share, and the number of children."""
        draw = self._chance.uniform
        asylum = stratum < OTHER
        older = stratum >= OLDER_HIDDEN
        earlier = stratum >= EARLIER_FAMILIES
        country = stratum % OTHER
        kind_draw = draw(Decision.HOUSEHOLD_KIND, week, key)
        kind = np.select(
            [asylum, earlier],
            [
                _pick(now.vector("asylum_household_shares"), kind_draw),
                _pick(families_alone(now), kind_draw),
            ],
            _pick(now.vector("other_household_shares"), kind_draw),
        )
        children = _pick(now.vector("children_shares"), draw(Decision.CHILDREN, week, key)) + 1
        children *= kind >= Household.ONE_PARENT
        routes = np.array([Route.APPREHENDED, Route.BORDER, Route.PERMIT_EXPIRED])
        of_routes = routes_other(now)
        shares = of_routes / of_routes.sum()
        route = routes[_pick(shares, draw(Decision.ROUTE, week, key))]
        route[asylum] = Route.ASYLUM
        route[older] = Route.OLDER_HIDDEN
        track, wait = self._procedures(week, key, country, asylum)
        wait = np.rint(wait * now.number("procedure_length_factor")).astype(np.int64)
        stay = -np.log1p(-draw(Decision.PRIOR_STAY, week, key))
        stay *= np.where(
            earlier, now.number("earlier_family_stay_weeks"), now.number("prior_stay_weeks_other")
        )
        stay = stay.astype(np.int64)
        stay[asylum | (route == Route.BORDER)] = 0
        stay += older * (week - self.inflow.start)  # they were here before the model starts
        stay = np.minimum(stay, week)
        shape = 1.0 / now.number("detention_frailty_variance")
        frailty = gammaincinv(shape, draw(Decision.FRAILTY, week, key)) / shape
        documented = draw(Decision.DOCUMENTED, week, key) < now.number("documented_share")
        documented &= track != Track.DUBLIN  # what counts there is the member state's agreement
        zeros = np.zeros(len(key), dtype=np.int64)
        return {
            "country": country,
            "origin_group": self.inflow.origin_groups[country].astype(np.int64),
            "background": np.where(asylum | older, Background.ASYLUM, Background.OTHER),
            "household_kind": kind,
            "children": children,
            "route": route,
            "track": track,
            "dublin": (track == Track.DUBLIN).astype(np.int64),
            "arrival_week": week - stay,
            "decision_week": week + wait,
            "phase": np.select(
                [asylum, older],
                [LegalPhase.PROCEDURE, LegalPhase.OBLIGED],
                LegalPhase.DEPARTURE_TERM,
            ),
            "phase_since": zeros + week,
            "place": np.select(
                [asylum, earlier & now.flag("family_location_open")],
                [Place.AZC, Place.FAMILY_LOCATION],
                Place.PRIVATE_NETWORK,
            ),
            "place_since": zeros + week,
            "spells": older.astype(np.int64),
            "document": documented.astype(np.int64),
            "frailty": frailty,
            "closed_week": zeros - 1,
        }

    def _procedures(
        self,
        week: NDArray[np.int64],
        key: NDArray[np.uint64],
        country: NDArray[np.int64],
        asylum: NDArray[np.bool_],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return track and weeks to the first decision."""
        track = np.full(len(key), int(Track.NONE), dtype=np.int64)
        wait = np.zeros(len(key), dtype=np.int64)
        rows = np.flatnonzero(asylum)
        if not len(rows):
            return track, wait
        draws = self._chance.uniform(Decision.TRACK_AND_WEEKS, week[rows], key[rows])
        cell = np.empty(len(rows), dtype=np.int64)
        for entry in np.unique(week[rows]):
            # one search for all countries: the chances of country i run from i to i + 1
            of_week = np.flatnonzero(week[rows] == entry)
            place = country[rows[of_week]]
            chances = self.inflow.procedure_given_entry(int(entry))
            ladder = (chances + np.arange(len(chances))[:, np.newaxis]).ravel()
            found = np.searchsorted(ladder, draws[of_week] + place, side="right")
            cell[of_week] = np.minimum(found - place * chances.shape[1], chances.shape[1] - 1)
        track[rows] = np.array(TRACKS, dtype=np.int64)[cell // LONGEST_PROCEDURE_WEEKS]
        wait[rows] = cell % LONGEST_PROCEDURE_WEEKS
        return track, wait

    def _birth_weeks(
        self,
        week: NDArray[np.int64],
        key: NDArray[np.uint64],
        now: Values,
        *,
        child: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Return weeks of birth: ages of adults are lognormal above 17, of children even."""
        median, spread = now.number("adult_age_median"), now.number("adult_age_log_sd")
        majority = now.number("majority_years")
        above = median - (majority - 1)
        adult_age = (
            majority
            - 1
            + above * np.exp(spread * ndtri(self._chance.uniform(Decision.ADULT_AGE, week, key)))
        )
        adult_age = np.clip(adult_age, majority, now.number("oldest_age"))
        child_age = majority * self._chance.uniform(Decision.CHILD_AGE, week, key)
        age = np.where(child, child_age, adult_age)
        return np.asarray(week - np.floor(age * WEEKS_PER_YEAR), dtype=np.int64)

    def _female(
        self,
        key: NDArray[np.uint64],
        kind: NDArray[np.int64],
        position: NDArray[np.int64],
        child: NDArray[np.bool_],
        now: Values,
    ) -> NDArray[np.bool_]:
        """Return which persons are women or girls; the second adult of a couple is a woman."""
        girls = self._chance.uniform(Decision.CHILD_SEX, 0, key)
        parent = self._chance.uniform(Decision.PARENT_SEX, 0, key)
        female = (kind == Household.SINGLE_WOMAN) | (position == 1)
        female |= (kind == Household.ONE_PARENT) & (
            parent < now.number("single_parent_women_share")
        )
        female[child] = girls[child] < now.number("girls_share")
        return np.asarray(female)
