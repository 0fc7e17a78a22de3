"""How the model itself weighs a household that is made up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.calendar import WEEKS_PER_YEAR, sunday, week_of, year_of
from terugkeer.abm.world.chance import Chance, hash_numbers
from terugkeer.abm.world.countries.origin import OriginConditions
from terugkeer.abm.world.decision.moderators import capacity
from terugkeer.abm.world.decision.weighing import Weights, available, weigh_options
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.help.scheme_lists import EVERYBODY
from terugkeer.abm.world.meetings.talks import talk as case_manager_talks
from terugkeer.abm.world.phases.weigh import deliberate
from terugkeer.abm.world.state import World
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Option, Stage
from terugkeer.agents.rules.occasions import chance_of_weighing
from terugkeer.agents.rules.options import probabilities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from terugkeer.abm.world.decision.weighing import Weighed

DAY: Final = date(2014, 3, 31)
SEED: Final = 1
WEEK: Final = week_of(DAY)
SURELY: Final = 1e6  # 1/week: nobody lets a week pass
SINCE: Final = ("arrival_week", "phase_since", "place_since", "spell_since")  # weeks before now


@dataclass(frozen=True)
class Invented:
    """A household that is made up.

    Parameters
    ----------
    shared : mapping of str to object
        Columns that members have alike; those of `SINCE` in weeks before now.
    adults : mapping of str to mapping
        What the page calls each adult, and its own columns; `age` in years.
    children : tuple of float, optional
        Ages in years.
    neighbours : tuple of int, optional
        Others at the same place: how many consider return, how many do not.
    """

    number: int
    origin: str
    shared: Mapping[str, Any]
    adults: Mapping[str, Mapping[str, Any]]
    children: tuple[float, ...] = ()
    neighbours: tuple[int, int] = (0, 0)

    def having(self, *names: str, **state: object) -> Invented:
        """Return the household with another state.

        Parameters
        ----------
        *names : str
            Adults whose state changes; all members if left out.
        **state : object
            Values by column.
        """
        alike = {} if names else {key: state.pop(key) for key in [*state] if key in self.shared}
        adults = {
            name: {**own, **state} if name in (names or self.adults) else own
            for name, own in self.adults.items()
        }
        shared = {**self.shared, **alike}
        return replace(self, adults=adults, shared=shared)


@dataclass(frozen=True)
class Change:
    """One thing that differs.

    Parameters
    ----------
    now : mapping of str to object, optional
        Values that differ, by name of the record.
    talk : bool, optional
        Whether the case manager talks with the household before it weighs.
    """

    text: str
    household: Invented
    now: Mapping[str, Any] = field(default_factory=dict)
    talk: bool = False

    def weighing(self) -> Weighing:
        """Return the weighing under the change."""
        return weighing(self.household, self.now, talk=self.talk)


@dataclass(frozen=True)
class Weighing:
    """What a household makes of its options.

    Parameters
    ----------
    open_to : ndarray of bool, shape (4, 1)
        Which options are open.
    """

    world: World
    weighed: Weighed
    open_to: NDArray[np.bool_]

    @property
    def against_wait(self) -> float:
        """What return gains on waiting, in log odds of the household."""
        household = self.weighed.household[:, 0]
        return float(household[Option.RETURN] - household[Option.WAIT])

    @property
    def chances(self) -> NDArray[np.float64]:
        """Probability of each option."""
        return probabilities(self.weighed.household, self.open_to)[:, 0]

    @property
    def forces(self) -> NDArray[np.float64]:
        """The four forces, mean over the adults."""
        return np.asarray(self.weighed.forces.mean(axis=1))

    @property
    def capacity(self) -> float:
        """Mean capacity of the adults."""
        return float(capacity(self.world, self.weighed.adults).mean())

    def weekly(self, *, occasion: bool) -> float:
        """Return the chance to weigh in a week with or without an occasion; nothing is applied for.

        Parameters
        ----------
        occasion : bool
            Whether the week brings an occasion.
        """
        now = self.world.now
        rate, at_occasion = now.number("deliberation_rate"), now.number("occasion_chance")
        return float(chance_of_weighing(self.capacity, occasion, rate, at_occasion))


@lru_cache(maxsize=1)
def ground() -> tuple[Timeline, OriginConditions, list[str], NDArray[np.uint8], Chance]:
    """Return what all worlds share."""
    inflow = derive_inflow(registry(), ())
    origins = OriginConditions(registry(), inflow.countries, inflow.origin_groups)
    chance = Chance(SEED, WEEK + 1)
    return Timeline(registry()), origins, list(inflow.countries), inflow.origin_groups, chance


def weighing(
    household: Invented, now: Mapping[str, Any] | None = None, *, talk: bool = False
) -> Weighing:
    """Let an invented household weigh its options in the model.

    Parameters
    ----------
    now : mapping of str to object, optional
        Values that differ, by name of the record.
    talk : bool, optional
        Whether the case manager talks with it first.
    """
    world = _world(household, now or {})
    if talk:
        world.people.spell_since[:] = WEEK - 1  # by its second week the first talk falls due
        case_manager_talks(world)
    rows = np.flatnonzero(world.people.household == household.number)
    weighed = weigh_options(world, world.weights, rows)
    return Weighing(world, weighed, available(world, weighed.adults[weighed.first]))


def deliberated(household: Invented) -> World:
    """Return the world after a week in which the household has weighed its options."""
    world = _world(household, {"deliberation_rate": SURELY})
    deliberate(world)
    return world


def _world(household: Invented, now: Mapping[str, Any]) -> World:
    """Return a world that holds a household and its neighbours, and has not run."""
    timeline, origins, _, _, chance = ground()
    values = Values({**timeline.at(sunday(WEEK)), **now})
    conditions = origins.at(year_of(WEEK), values)
    world = World(chance, values, WEEK, 1.0, Weights(registry().factors()), conditions)
    world.listed = EVERYBODY  # the countries stand for groups: they are taken to be on all lists
    world.people.add(columns_of(household))
    return world


def columns_of(household: Invented) -> dict[str, NDArray[Any]]:
    """Return the columns of a household and of its neighbours in the week of `DAY`.

    Returns
    -------
    dict of str to ndarray, shape (persons,)
        Values for `People.add`, members side by side, neighbours after them.
    """
    _, _, countries, groups, _ = ground()
    country = countries.index(household.origin)
    ages = [adult["age"] for adult in household.adults.values()] + [*household.children]
    born = [WEEK - round(age * WEEKS_PER_YEAR) for age in ages]
    shared = {
        "price_share": 1.0,  # prices are those of the household: they have not moved yet
        **household.shared,
        **{name: WEEK - household.shared.get(name, 0) for name in SINCE},
        "country": country,
        "household_size": len(ages),
        "origin_group": groups[country],
        "youngest_birth_week": max(born),
        "eldest_birth_week": born[len(household.adults) if household.children else 0],
    }
    own = [*household.adults.values(), *({} for _ in household.children)]
    people = [
        {**shared, **state, "birth_week": week, "person": household.number * MEMBERS + place}
        for place, (state, week) in enumerate(zip(own, born, strict=True))
    ]
    considering, others = household.neighbours
    for next_door in range(1, considering + others + 1):
        stage = Stage.CONSIDERING if next_door <= considering else Stage.NOT_CONSIDERING
        person = (household.number + next_door) * MEMBERS
        people.append({**people[0], "household_size": 1, "stage": stage, "person": person})
    names = {name for person in people for name in person} - {"age"}
    columns = {name: np.array([each.get(name, 0) for each in people]) for name in names}
    numbers = columns["person"] // MEMBERS
    return {
        **columns,
        "household": numbers,
        "key": hash_numbers(columns["person"]),
        "household_key": hash_numbers(numbers),
    }
