"""Methods: which one a counsellor follows with a household, and what its steps change.

A household follows at most one method at a time. Steps come in order, at sessions. Each talk
of a step does its part of what the step does; leaving early leaves what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import LegalPhase, Method, Organisation, Stage
from ....agents.rules.beliefs import moved
from ....agents.rules.methods import (
    AIMS,
    LENGTH,
    METHODS,
    MOST_STEPS,
    NEEDS,
    Aim,
    Need,
    after_talk,
    is_finished,
    may_talk,
    method_drawn,
    pack_step,
)
from ..chance import Decision
from ..events import Event
from .told import of_hope, of_origin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

    Array = NDArray[np.float64]

USES: Final = {
    Method.SAFE_FUTURE: "safe_future_use",
    Method.BEWOGEN_TERUGKEER: "bewogen_terugkeer_use",
    Method.LIFE_LINE: "life_line_use",
    Method.FUTURE_IN_PERSPECTIVE: "future_in_perspective_use",
}
TALKS: Final = {
    Method.SAFE_FUTURE: "safe_future_talks",
    Method.BEWOGEN_TERUGKEER: "bewogen_terugkeer_talks",
    Method.LIFE_LINE: "life_line_talks",
    Method.FUTURE_IN_PERSPECTIVE: "future_in_perspective_talks",
}


class Heard(NamedTuple):
    """How a session is heard by those in it.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Whole households.
    skill : ndarray of float64, shape (n,)
        Of the counsellor.
    trusts : ndarray of float64, shape (n,)
        What the session does to trust: 1 raises it, 0 leaves it, -1 lowers it.
    listens : ndarray of float64, shape (n,)
        Share of what is said that is heard, by trust, felt justice and skill.
    open_to : ndarray of float64, shape (n,)
        The same for what is said of the future, which may be 0 while a procedure runs.
    against_hope : ndarray of float64, shape (n,)
        The same for what speaks against hope of a permit.
    moves : bool
        Whether sessions move what intention rests on (switch `counselling_moves_intention`).
    """

    rows: Rows
    skill: Array
    trusts: Array
    listens: Array
    open_to: Array
    against_hope: Array
    moves: bool

    def part(self, at: NDArray[np.intp]) -> Heard:
        """Return how the persons at some positions hear it."""
        return Heard(
            self.rows[at],
            self.skill[at],
            self.trusts[at],
            self.listens[at],
            self.open_to[at],
            self.against_hope[at],
            self.moves,
        )


def follow_methods(world: World, heard: Heard) -> None:
    """Begin methods, and hold the talks that are due in them."""
    uses = [world.organisations.numbers(world.now, use) for use in USES.values()]
    shares = np.stack(uses, axis=1)
    if not shares.any() and not world.people.method[heard.rows].any():
        return
    begun = _begin(world, heard.rows, shares)
    people, now = world.people, world.now
    running = np.flatnonzero(LENGTH[people.method[heard.rows]] > 0)
    rows = heard.rows[running]
    method, step = people.method[rows].astype(np.intp), people.method_step[rows].astype(np.intp)
    due = may_talk(
        method,
        step,
        world.week - people.method_week[rows],
        now.vector("method_weeks_apart"),
        _holds(world, rows),
    )
    leaving = np.zeros(len(Method))
    leaving[list(METHODS)] = now.vector("method_dropout")
    gone = due & ~begun[running] & (world.draw(Decision.METHOD_LEFT, rows) < leaving[method])
    _end(world, rows[gone], Event.METHOD_LEFT)
    _talk(world, heard.part(running[due & ~gone]))


def leave_methods(world: World, rows: Rows) -> None:
    """Leave the methods of households whose help ends: with another helper a new one may begin."""
    people = world.people
    running = rows[LENGTH[people.method[rows]] > 0]
    _end(world, running, Event.METHOD_LEFT)
    people.method[rows] = Method.NONE
    people.method_step[rows] = 0
    people.method_talks[rows] = 0


def _begin(world: World, rows: Rows, shares: Array) -> NDArray[np.bool_]:
    """Begin the method drawn for a household and its helper once its first step can be taken."""
    people = world.people
    begun = np.zeros(len(rows), dtype=np.bool_)
    fresh = np.flatnonzero(people.method[rows] == Method.NONE)
    new = rows[fresh]
    # one draw for all of the time with a helper
    uniform = world.chance.uniform(
        Decision.METHOD, people.helper_since[new].astype(np.int64), people.household_key[new]
    )
    drawn = method_drawn(shares[people.helper[new]], uniform)
    needs = NEEDS[drawn, 0]
    starts = (drawn > Method.NONE) & (_holds(world, new) | ~needs).all(axis=1)
    begun[fresh[starts]] = True
    new = new[starts]
    people.method[new] = drawn[starts]
    people.method_step[new] = 0
    people.method_talks[new] = 0
    people.method_week[new] = 0
    world.note(Event.METHOD_BEGUN, new, step_of_method=pack_step(drawn[starts], 0))
    return begun


def method_goes_on(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return who is in a method of which nothing but time keeps the next talk."""
    method, step = world.people.method[rows], world.people.method_step[rows]
    open_to = (_holds(world, rows) | ~NEEDS[method, step]).all(axis=1)
    return np.asarray((LENGTH[method] > 0) & open_to)


def _holds(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which of the `Need`s hold, one column for each."""
    people, now = world.people, world.now
    found = np.empty((len(rows), len(Need)), dtype=np.bool_)
    stability = now.vector("place_stability")[people.place[rows]]
    found[:, Need.CALM] = stability >= now.number("method_calm_from")
    found[:, Need.RULING] = people.phase[rows] != LegalPhase.PROCEDURE
    found[:, Need.CONSIDERS] = people.stage[rows] >= Stage.CONSIDERING
    return found


def _talk(world: World, heard: Heard) -> None:
    """Hold a talk of the method: it does its part of the step, and may finish it."""
    people, now, rows = world.people, world.now, heard.rows
    method, step = people.method[rows].astype(np.intp), people.method_step[rows].astype(np.intp)
    needed = np.ones((len(Method), MOST_STEPS + 1))
    for each, name in TALKS.items():
        needed[each, : LENGTH[each]] = now.vector(name)
    talks_of_step = needed[method, step]
    after, talks, done = after_talk(step, people.method_talks[rows], talks_of_step)
    people.method_step[rows] = after
    people.method_talks[rows] = talks
    people.method_week[rows] = world.week
    world.note(Event.METHOD_STEP, rows[done], step_of_method=pack_step(method[done], after[done]))
    gain = np.zeros(len(Method))
    gain[list(METHODS)] = now.vector("method_step_gain")
    aims = AIMS[method, step]
    aims[~done, Aim.DECISION] = False  # a decision has no parts
    _work(world, heard, aims, gain[method] / talks_of_step)
    intends = people.stage[rows] >= Stage.INTENDING
    _end(world, rows[is_finished(method, after, intends) & done], Event.METHOD_FINISHED)


def _end(world: World, rows: Rows, event: Event) -> None:
    """End methods; none begins any more with the same helper."""
    people = world.people
    world.note(event, rows, step_of_method=pack_step(people.method[rows], people.method_step[rows]))
    people.method[rows] = Method.OVER


def _work(world: World, heard: Heard, aims: NDArray[np.bool_], gain: Array) -> None:
    """Move what the steps of talks work on, by the gain of a talk.

    `aims` holds a column for each `Aim`. What is said is heard as in any session; own direction
    and relations grow with the skill of the counsellor, and trust as the session lets it.
    """
    people, rows = world.people, heard.rows
    grows = np.minimum(gain * heard.skill, 1.0)
    told = np.minimum(gain * heard.listens, 1.0) * aims[:, Aim.KNOWLEDGE]
    inform(world, rows, told, moves=heard.moves)
    for aim, column in (
        (Aim.AGENCY, people.agency),
        (Aim.BOND, people.bond),
        (Aim.HORIZON, people.horizon),
    ):
        column[rows] = moved(column[rows], 1.0, grows * aims[:, aim])
    toward = (heard.trusts > 0).astype(np.float64)
    trusts = grows * np.abs(heard.trusts) * aims[:, Aim.TRUST]
    iom = people.helper[rows] == Organisation.IOM
    coa = people.helper[rows] == Organisation.COA
    for whose, column in (
        (iom, people.trust_iom),
        (coa, people.trust_state),
        (~iom & ~coa, people.trust_ngo),
    ):
        column[rows] = moved(column[rows], toward, trusts * whose)
    people.decides_week[rows[aims[:, Aim.DECISION]]] = world.week
    if heard.moves:
        _move_beliefs(world, heard, aims, gain)


def _move_beliefs(world: World, heard: Heard, aims: NDArray[np.bool_], gain: Array) -> None:
    """Move what people believe, and what they feel that kin expect, where steps work on that."""
    people, now, rows = world.people, world.now, heard.rows
    open_to = np.minimum(gain * heard.open_to, 1.0)
    against_hope = np.minimum(gain * heard.against_hope, 1.0)
    safety, livelihood = of_origin(world, rows)
    hope = of_hope(world, rows)
    lifts = np.where(hope > people.hope[rows], open_to, against_hope)
    for aim, column, toward, weight in (
        (Aim.SAFETY, people.believed_safety, safety, against_hope),
        (Aim.LIVELIHOOD, people.believed_livelihood, livelihood, against_hope),
        (
            Aim.ILLEGALITY,
            people.illegality_prospects,
            now.number("illegality_truth"),
            against_hope,
        ),
        (Aim.HOPE, people.hope, hope, lifts),
        (Aim.HANDS, people.social_debt, 0.0, np.minimum(gain * heard.skill, 1.0)),
    ):
        column[rows] = moved(column[rows], toward, weight * aims[:, aim])


def inform(world: World, rows: Rows, weight: Array, *, moves: bool) -> None:
    """Inform about support: kept apart from other knowledge where that moves no intention."""
    column = world.people.knowledge if moves else world.people.told
    column[rows] = moved(column[rows], 1.0, weight)
