"""After return: what becomes of those who went home, told at follow-ups.

How a return goes is drawn at the departure, from what a household leaves with and
comes home to, and told when its weeks have come. What is needed for that is kept here by
person, apart from the columns of persons, whose rows move and are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ...agents.after_return import (
    embeddedness,
    leaving_hazard,
    levels,
    pack,
    thinks_of_leaving,
    weeks_until_left,
    went,
)
from ...agents.codes import Application, Destination, Outcome, Phase, Place
from .chance import Decision
from .events import Event
from .homecoming import EFFECTS, Leaving, conditions, danger, of_adults
from .switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .moment import Moment, Rows
    from .state import World

    Array = NDArray[np.float64]

OWN_LUCK: Final = (
    Decision.EMBEDDED_ECONOMIC,
    Decision.EMBEDDED_SOCIAL,
    Decision.EMBEDDED_PSYCHOSOCIAL,
)


class Told(NamedTuple):
    """What is told of returns in one week, by person."""

    person: NDArray[np.int64]
    traits: NDArray[np.int32]
    place: NDArray[np.uint8]  # the last in the Netherlands
    outcome: NDArray[np.uint8]  # of the departure
    helper: NDArray[np.uint8]
    scheme: NDArray[np.uint8]
    danger: NDArray[np.uint8]
    fared: NDArray[np.uint16]
    went: NDArray[np.uint8]
    weeks: NDArray[np.float32]

    def at(self, index: NDArray[np.generic]) -> Told:
        """Return a part of what is told.

        Parameters
        ----------
        index : ndarray
            Numbers or a mask.

        Returns
        -------
        Told
            That part.
        """
        return Told(*(column[index] for column in self))


class Returns:
    """Those who went home: how their return goes, and when that is told."""

    def __init__(self) -> None:
        self._leaving: list[Leaving] = []
        self._to_tell: dict[int, list[tuple[Event, Told]]] = {}
        self.told: list[tuple[Event, Told]] = []
        self.cash_eur = 0.0
        self.in_kind_eur = 0.0

    def expect(self, world: Moment, rows: Rows, outcome: NDArray[np.uint8]) -> None:
        """Note who is about to go home, before anything of them changes.

        Parameters
        ----------
        world : Moment
            The state of the world.
        rows : ndarray of intp, shape (n,)
            Rows of whole households.
        outcome : ndarray of uint8, shape (n,)
            `Outcome` of the departure.
        """
        if len(rows) and chosen(world.now, "decision")():
            self._leaving.append(Leaving(rows, world.people.place[rows], outcome))

    def follow(self, world: World) -> NDArray[np.int64]:
        """Begin to follow who has left this week, and tell whose weeks have come.

        Parameters
        ----------
        world : World
            The state of the world, before rows move.

        Returns
        -------
        ndarray of int64, shape (n,)
            Persons who leave the origin again this week.
        """
        self.cash_eur = self.in_kind_eur = 0.0
        if self._leaving:
            rows, place, outcome = zip(*self._leaving, strict=True)
            order = np.argsort(np.concatenate(rows), kind="stable")  # members stand side by side
            columns = (np.concatenate(each)[order] for each in (rows, place, outcome))
            self._begin(world, Leaving(*columns))
            self._leaving = []
        self.told = self._to_tell.pop(world.week, [])
        for event, told in self.told:
            world.log.append(
                world.week,
                event,
                told.person,
                traits=told.traits,
                phase=int(Phase.RETURNED),
                place=told.place,
                to_place=int(Place.ORIGIN),
                outcome=told.outcome,
                destination=int(Destination.ORIGIN),
                weeks=told.weeks,
                helper=told.helper,
                scheme=told.scheme,
                danger=told.danger,
                fared=told.fared,
            )
        again = [told.person for event, told in self.told if event == Event.LEFT_AGAIN]
        return np.concatenate(again) if again else np.zeros(0, dtype=np.int64)

    def _begin(self, world: World, leaving: Leaving) -> None:
        """Draw how returns will go, and put down when that is told."""
        people, now = world.people, world.now
        rows = leaving.rows
        household = np.cumsum(np.diff(people.household[rows], prepend=-1) != 0) - 1
        adult = world.adult(rows)
        independent = leaving.outcome == Outcome.INDEPENDENT
        granted = independent & (people.application[rows] == Application.GRANTED)
        self.cash_eur += float(people.cash_eur[rows[granted & adult]].sum())
        self.in_kind_eur += float(people.in_kind_eur[rows[granted & adult]].sum())
        followed = int(now.number("returned_followed_weeks"))
        found = conditions(world, leaving, granted, independent)
        aftercare = found[:, -1].copy()
        effects = np.array([now.vector(name) for name in EFFECTS])
        common = world.chance.uniform(Decision.EMBEDDED_COMMON, 0, people.key[rows])
        own = np.stack(
            [world.chance.uniform(each, 0, people.key[rows]) for each in OWN_LUCK], axis=1
        )
        correlation = now.number("embedded_correlation")
        left_week: Array = np.full(len(rows), np.inf)
        for check in (followed // 2, followed):
            if check == 0:
                continue
            found[:, -1] = aftercare * min(now.number("aftercare_weeks") / check, 1.0)
            latent = of_adults(
                embeddedness(
                    found, effects, now.vector("embedded_start"), common, own, correlation
                ),
                household,
                adult,
            )
            if check == followed // 2 or followed == 1:
                left_week = self._leave_again(world, leaving, latent, household)
            level = levels(
                latent, now.vector("embedded_low_share"), now.vector("embedded_high_share")
            )
            left = left_week <= check
            how = went(level, left)
            level[left] = 0
            thinks = ~left & thinks_of_leaving(
                self._hazard(world, leaving, latent),
                now.number("thinks_of_leaving_ratio"),
                now.number("leaves_again_span_weeks"),
                world.chance.uniform(Decision.THINKS_OF_LEAVING, 0, people.key[rows]),
            )
            told = self._told(world, leaving, pack(level, how, thinks), how, float(check))
            self._put(world.week + check, Event.FARED, told)
        again = np.flatnonzero(left_week <= followed)
        none = np.zeros(len(rows), dtype=np.uint16)
        how = np.full(len(rows), int(went([[0]], [True])[0]), dtype=np.uint8)
        for week in np.unique(left_week[again]):
            told = self._told(world, leaving, none, how, float(week))
            self._put(world.week + int(week), Event.LEFT_AGAIN, told.at(left_week == week))

    def _hazard(self, world: World, leaving: Leaving, latent: Array) -> Array:
        forced = leaving.outcome == Outcome.FORCED
        return leaving_hazard(
            latent,
            world.now.number("leaves_again_hazard"),
            world.now.number("leaves_again_steepness"),
            np.where(forced, world.now.number("leaves_again_forced_ratio"), 1.0),
        )

    def _leave_again(
        self, world: World, leaving: Leaving, latent: Array, household: NDArray[np.intp]
    ) -> Array:
        """Return in which week since the return each household leaves again."""
        hazard = self._hazard(world, leaving, latent)
        mean = np.bincount(household, hazard) / np.bincount(household)
        uniform = world.draw_once(Decision.LEAVES_AGAIN, leaving.rows)
        return weeks_until_left(mean[household], uniform)

    def _told(
        self,
        world: World,
        leaving: Leaving,
        fared: NDArray[np.uint16],
        how: NDArray[np.uint8],
        weeks: float,
    ) -> Told:
        people, rows = world.people, leaving.rows
        return Told(
            people.person[rows],
            people.traits[rows],
            leaving.place,
            leaving.outcome,
            people.helper[rows],
            people.applied[rows],
            danger(world, rows),
            fared,
            how,
            np.full(len(rows), weeks, dtype=np.float32),
        )

    def _put(self, week: int, event: Event, told: Told) -> None:
        self._to_tell.setdefault(week, []).append((event, told))


def news_of_return(world: Moment) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return whose return is told of this week, and how it went: what news may carry.

    Parameters
    ----------
    world : Moment
        The state of the world, after `resettle`.

    Returns
    -------
    person : ndarray of int64, shape (n,)
        Numbers of persons who went home; most stand in the columns of persons no more,
        or will not for long.
    went : ndarray of uint8, shape (n,)
        `Went`.
    """
    told = [each for _, each in world.returns.told]
    if not told:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    return (
        np.concatenate([each.person for each in told]),
        np.concatenate([each.went for each in told]),
    )
