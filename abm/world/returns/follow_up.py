"""After return: what becomes of those who went home, told at follow-ups.

How a return goes is drawn at the departure, from what a household leaves with and
comes home to, and is told at the follow-ups some weeks later. What that needs is kept here by
person number, because the rows of persons move and are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import Application, Destination, LegalPhase, Outcome, Place, Plan, Went
from ....agents.rules.after_return import (
    embeddedness,
    leaving_hazard,
    levels,
    pack,
    pack_help,
    thinks_of_leaving,
    weeks_until_left,
    went,
)
from ....agents.rules.plans import done
from ..chance import Decision
from ..events import Event
from ..help.schemes import promised_cash
from ..values import Derived
from .homecoming import (
    AFTERCARE,
    CARRIED_OUT,
    EFFECTS,
    NOTHING,
    Leaving,
    conditions,
    danger,
    of_adults,
    of_households,
)
from .reintegration import came_of_plans, grant, had_help

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..values import Values

    Array = NDArray[np.float64]

# draws of a person, for life: common to all dimensions, of each, and of thinking of leaving
LUCK: Final = (
    Decision.EMBEDDED_COMMON,
    Decision.EMBEDDED_ECONOMIC,
    Decision.EMBEDDED_SOCIAL,
    Decision.EMBEDDED_PSYCHOSOCIAL,
    Decision.THINKS_OF_LEAVING,
)


class FollowUp(NamedTuple):
    """What is told of returns at one follow-up, by person."""

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

    def at(self, index: NDArray[np.generic]) -> FollowUp:
        """Return the persons at some positions, or of a mask."""
        return FollowUp(*(column[index] for column in self))


class Returns:
    """Persons who went home: how their returns go, and when that is told.

    `cash_eur` and `in_kind_eur` are what this week's departures were granted, or promised by a
    case manager, in euros for simulated persons.
    """

    def __init__(self) -> None:
        self._leaving: list[Leaving] = []
        self._to_tell: dict[int, list[tuple[Event, FollowUp]]] = {}
        self.cash_eur = 0.0
        self.in_kind_eur = 0.0
        self._effects = Derived(effects)

    def expect(self, world: Moment, rows: Rows, outcome: NDArray[np.uint8]) -> None:
        """Note households that are about to go home, before any of their columns change."""
        if len(rows) and world.weighs:
            self._leaving.append(Leaving(rows, world.people.place[rows], outcome))

    def follow(self, world: Moment) -> NDArray[np.int64]:
        """Begin to follow persons who left this week, and log the follow-ups due this week.

        It must run before rows move.

        Returns
        -------
        ndarray of int64, shape (n,)
            Numbers of persons who leave the origin again this week.
        """
        self.cash_eur = self.in_kind_eur = 0.0
        if self._leaving:
            rows, place, outcome = zip(*self._leaving, strict=True)
            order = np.argsort(np.concatenate(rows), kind="stable")  # members stand side by side
            columns = (np.concatenate(each)[order] for each in (rows, place, outcome))
            self._begin(world, Leaving(*columns))
            self._leaving = []
        telling = self._to_tell.pop(world.week, [])
        for event, told in telling:
            world.log.append(
                world.week,
                event,
                told.person,
                traits=told.traits,
                phase=int(LegalPhase.RETURNED),
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
        again = [told.person for event, told in telling if event == Event.LEFT_AGAIN]
        return np.concatenate(again) if again else np.zeros(0, dtype=np.int64)

    def _begin(self, world: Moment, leaving: Leaving) -> None:
        """Draw how returns will go, and set the weeks in which that is told."""
        people, now = world.people, world.now
        rows, n = leaving.rows, len(leaving.rows)
        household = world.household_of(rows)
        adult = world.adult(rows)
        independent = leaving.outcome == Outcome.INDEPENDENT
        granted = independent & (people.application[rows] == Application.GRANTED)
        self.cash_eur += float(people.cash_eur[rows[granted & adult]].sum())
        self.cash_eur += float(promised_cash(world, rows)[independent & adult].sum())
        self.in_kind_eur += float(people.in_kind_eur[rows[granted & adult]].sum())
        followed = int(now.number("returned_followed_weeks"))
        checks = np.unique([followed // 2, followed])
        checks = checks[checks > 0]
        if not len(checks):
            return
        many, check = len(checks), np.repeat(checks, n)  # all follow-ups of all at once
        at_return = conditions(world, leaving, granted, independent)
        given = grant(world, rows, granted)
        found = np.tile(at_return, (many, 1))
        found[:, AFTERCARE] *= np.minimum(now.number("aftercare_weeks") / check, 1.0)
        aftercare = found[:, AFTERCARE].reshape(many, n)
        had = had_help(world, rows, independent, given, aftercare.max(axis=0))
        plan = came_of_plans(world, (rows, independent), given, aftercare, checks)
        found[:, CARRIED_OUT] = done(plan, now.number("plan_partly"))
        found[:, NOTHING] = plan == Plan.NOTHING
        luck = [world.chance.uniform(each, 0, people.key[rows]) for each in LUCK]
        latent = embeddedness(
            found,
            self._effects.at(now),
            now.vector("embedded_start"),
            np.tile(luck[0], many),
            np.tile(np.stack(luck[1:4], axis=1), (many, 1)),
            now.number("embedded_correlation"),
        )
        homes = np.concatenate([household + k * (household[-1] + 1) for k in range(many)])
        latent = of_adults(latent, homes, np.tile(adult, many))
        forced = np.tile(leaving.outcome == Outcome.FORCED, many)
        hazard = leaving_hazard(
            latent,
            now.number("leaves_again_hazard"),
            now.number("leaves_again_steepness"),
            np.where(forced, now.number("leaves_again_forced_ratio"), 1.0),
        )
        left_week = weeks_until_left(
            of_households(hazard.reshape(many, n), household),
            checks,
            world.draw_once(Decision.LEAVES_AGAIN, rows),
        )
        left = np.tile(left_week, many) <= check
        level = levels(latent, now.vector("embedded_low_share"), now.vector("embedded_high_share"))
        how = went(level, left)
        level[left] = 0
        plan[left & (plan > 0)] = Plan.MADE
        thinks = ~left & thinks_of_leaving(
            hazard,
            now.number("thinks_of_leaving_ratio"),
            now.number("leaves_again_span_weeks"),
            np.tile(luck[4], many),
        )
        fared = pack(level, how, thinks) | pack_help(plan, np.tile(had, (many, 1)))
        told = self._told(world, leaving)
        for k, weeks in enumerate(checks.tolist()):
            part = slice(k * n, (k + 1) * n)
            self._put(world.week, weeks, Event.FARED, told, fared[part], how[part])
        if left.any():
            self._tell_of_leaving(world.week, told, left_week, followed)

    def _tell_of_leaving(self, week: int, told: FollowUp, left_week: Array, followed: int) -> None:
        """Set the weeks in which persons leave again."""
        how = np.full(len(left_week), int(Went.LEFT_AGAIN), dtype=np.uint8)
        for weeks in np.unique(left_week[left_week <= followed]).astype(int).tolist():
            now = np.flatnonzero(left_week == weeks)
            none = np.zeros(len(now), dtype=np.uint16)
            self._put(week, weeks, Event.LEFT_AGAIN, told.at(now), none, how[now])

    def _told(self, world: Moment, leaving: Leaving) -> FollowUp:
        """Return what is told of persons however their return goes."""
        people, rows = world.people, leaving.rows
        return FollowUp(
            people.person[rows],
            people.traits[rows],
            leaving.place,
            leaving.outcome,
            people.helper[rows],
            people.applied[rows],
            danger(world, rows),
            np.zeros(len(rows), dtype=np.uint16),
            np.zeros(len(rows), dtype=np.uint8),
            np.zeros(len(rows), dtype=np.float32),
        )

    def _put(
        self,
        week: int,
        weeks: int,
        event: Event,
        told: FollowUp,
        fared: NDArray[np.uint16],
        how: NDArray[np.uint8],
    ) -> None:
        """Set what is told `weeks` after the departure."""
        since = np.full(len(how), weeks, dtype=np.float32)
        told = told._replace(fared=fared, went=how, weeks=since)
        self._to_tell.setdefault(week + weeks, []).append((event, told))


def effects(now: Values) -> Array:
    """Return the effects of all conditions on embeddedness.

    Returns
    -------
    ndarray of float64, shape (conditions, 3)
        Standard deviations, by condition and `Dimension`.
    """
    return np.array([now.vector(name) for name in EFFECTS])
