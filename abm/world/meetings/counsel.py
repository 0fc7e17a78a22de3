"""Counsellors: how households come to organisations, wait, have sessions and are referred.

The phase `meet` calls `counsel` after the talks of case managers. Whole households act together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Kind, LegalPhase, Organisation, Place, Stage, Stance, Track
from ....agents.kinds import KIND_OF
from ..chance import Decision
from ..events import Event
from ..help.guidance import out_of_projects
from ..help.kinds import FOR_RETURN, by_sender
from ..help.organisations import IN_TERM
from ..matching import fitting
from .methods import leave_methods, method_goes_on
from .sessions import hold_sessions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

# stage from which a kind of organisation sends clients on to one that helps with the return itself
SENDS_FROM: Final = {
    # s2 E5: those who choose return; s3 B.7: coached toward it were more than on the decision
    # (705, 492), and four of five of them did not leave with cash: people who still weigh it
    Kind.VWN: Stage.CONSIDERING,
    Kind.LEGAL_AID: Stage.INTENDING,  # s0 C3, E8: law first, nearly no room for support
    Kind.COA: Stage.CONSIDERING,  # s0 C2 L1936-1938
    Kind.MUNICIPAL_DESK: Stage.CONSIDERING,  # s0 C3, C5: advises contact in a talk on all options
}
_SENDS_FROM: Final = np.array([SENDS_FROM.get(kind, Stage.PREPARING + 1) for kind in Kind])[KIND_OF]


def counsel(world: World) -> None:
    """Let households come to organisations, wait, have sessions and be sent on.

    Where no organisation can hold anybody, nothing happens and nothing is drawn.
    """
    organisations = world.organisations
    organisations.look_up(world.now)
    organisations.served[:] = 0
    people = world.people
    helped = world.rows((people.helper > 0) & (people.place != Place.ORIGIN))
    if not organisations.open.any() and not len(helped):
        return
    counsellors = organisations.counsellors
    counsellors.begin_week(world, organisations.numbers(world.now, "helper_training"))
    _end(world, helped)
    _hand_over(world)
    _leave_queues(world)
    _turn_to(world)
    _leave_projects(world)
    _match(world)
    counsellors.match(world)
    sitting = _sessions_due(world)
    organisations.served += np.bincount(people.helper[sitting], minlength=len(Organisation))
    hold_sessions(world, sitting)
    counsellors.hold(world, sitting)
    _meet_iom_on_the_way(world, sitting)
    _send_on(world, sitting)


def _end(world: World, rows: Rows) -> None:
    """End help for those out of reach, who drop out, or who have no plan after all sessions.

    While a method goes on, help does not end for want of sessions.
    """
    people, now = world.people, world.now
    helper = people.helper[rows]
    over = ~world.organisations.reach[helper, people.place[rows]]
    over |= (helper == Organisation.COA) & ~IN_TERM[people.phase[rows]]
    most = world.organisations.numbers(now, "trajectory_sessions")[helper]
    without_more = (people.sessions[rows] >= most) & (people.stage[rows] < Stage.INTENDING)
    over |= without_more & ~method_goes_on(world, rows)
    hazard = world.organisations.numbers(now, "helper_dropout_hazard")[helper]
    over |= world.draw(Decision.HELPER_DROPPED, rows) < -np.expm1(-hazard)
    _end_help(world, rows[over])


def _end_help(world: World, rows: Rows) -> None:
    """End the help that households have."""
    people = world.people
    leave_methods(world, rows)
    people.helper[rows] = Organisation.NONE
    people.helper_since[rows] = 0
    people.counsellor[rows] = 0
    people.sessions[rows] = 0
    people.bond[rows] = 0.0


def _hand_over(world: World) -> None:
    """Let referred households arrive or be lost: most referrals are not followed up (s0 C5)."""
    people, now = world.people, world.now
    pending = world.rows((people.referred > 0) & (people.place != Place.ORIGIN))
    due = world.happens(Decision.HANDOVER_WEEK, pending, 1.0 / now.number("handover_weeks"))
    if not len(due):
        return
    target, sender = people.referred[due], people.sender[due]
    arrives = world.draw(Decision.HANDOVER_ARRIVES, due) < by_sender(now)[sender]
    arrives &= world.organisations.takes(world, due)[np.arange(len(due)), target]
    arrives &= target != people.helper[due]
    still = sender == people.helper[due]
    world.organisations.counsellors.hear_of(world, due[still], target[still], arrives[still])
    people.referred[due] = Organisation.NONE
    people.referred_by[due[arrives]] = sender[arrives]
    people.awaits[due[arrives]] = target[arrives]
    world.note(Event.REACHED, due[arrives], helper=target[arrives])
    lost = ~arrives
    world.note(Event.REFERRAL_LOST, due[lost], helper=target[lost], referred_by=sender[lost])


def _leave_queues(world: World) -> None:
    """Let households that wait give up, or lose the organisation by moving away."""
    people = world.people
    waiting = world.rows((people.awaits > 0) & (people.place != Place.ORIGIN))
    if not len(waiting):
        return
    gone = ~world.organisations.reach[people.awaits[waiting], people.place[waiting]]
    hazard = 1.0 / world.now.number("queue_patience_weeks")
    gone |= world.draw(Decision.QUEUE_LEFT, waiting) < -np.expm1(-hazard)
    people.awaits[waiting[gone]] = Organisation.NONE


def _turn_to(world: World) -> None:
    """Let households turn to an organisation by themselves, or be found by one."""
    people, organisations = world.people, world.organisations
    situation = organisations.situations(world)
    hazard = organisations.hazard(situation)
    rows = world.rows((hazard > 0) & (people.referred == 0))
    coming = world.happens(Decision.CONTACT, rows, hazard[rows])
    if not len(coming):
        return
    whom = organisations.whom(situation[coming], world.draw(Decision.CONTACT_WHOM, coming))
    new = whom != people.helper[coming]
    people.awaits[coming[new]] = whom[new]


def _leave_projects(world: World) -> None:
    """Take households out of projects, or refuse them, where these disturb a removal (s1 C4).

    A household that has had no session there yet is refused.
    """
    people = world.people
    with_one = FOR_RETURN[people.helper] | FOR_RETURN[people.awaits]
    with_one |= FOR_RETURN[people.referred]
    rows = world.rows(with_one & people.spell_open)
    rows = rows[out_of_projects(world, rows)]
    if not len(rows):
        return
    clients = FOR_RETURN[people.helper[rows]]
    waits = np.where(FOR_RETURN[people.awaits[rows]], people.awaits[rows], people.referred[rows])
    whose = np.where(clients, people.helper[rows], waits)
    begun = clients & (people.sessions[rows] > 0)
    world.note(Event.PROJECT_LOST, rows[begun], helper=whose[begun])
    world.note(Event.PROJECT_REFUSED, rows[~begun], helper=whose[~begun])
    _end_help(world, rows[clients])
    for column in (people.awaits, people.referred):
        column[rows] = np.where(FOR_RETURN[column[rows]], Organisation.NONE, column[rows])


def _match(world: World) -> None:
    """Give the free places of each organisation to households that wait, by lottery."""
    people, organisations = world.people, world.organisations
    waiting = world.rows((people.awaits > 0) & (people.place != Place.ORIGIN))
    if not len(waiting):
        return
    draw = world.draw(Decision.HELPER_LOTTERY, waiting)
    taken = np.bincount(organisations.clients(people), minlength=len(Organisation))
    wanted = people.awaits[waiting]
    # a fraction of a place in a scaled model is rounded up in that share of seeds, for a whole run
    slots = np.arange(len(Organisation), dtype=np.uint64)
    luck = world.chance.uniform(Decision.HELPER_ROUNDING, 0, slots)
    places = np.floor(organisations.capacity / world.scale + luck).astype(np.int64) - taken
    for organisation in np.unique(wanted):
        free = int(places[organisation])
        if free <= 0:
            continue
        seeking = np.flatnonzero(wanted == organisation)
        rows = waiting[seeking]
        edge = world.draw(Decision.HELPER_EDGE, rows)
        got = rows[fitting(people.household[rows], draw[seeking], free, edge)]
        _end_help(world, got)
        people.helper[got] = organisation
        people.helper_since[got] = world.week
        people.awaits[got] = Organisation.NONE


def _sessions_due(world: World) -> Rows:
    """Return the rows of persons who have a session this week."""
    people, now = world.people, world.now
    helped = world.rows((people.helper > 0) & (people.place != Place.ORIGIN))
    hazard = world.organisations.numbers(now, "session_hazard")[people.helper[helped]]
    due = world.draw(Decision.SESSION, helped) < -np.expm1(-hazard)
    with_coa = people.helper[helped] == Organisation.COA
    due[with_coa] = _coa_talks(world, helped[with_coa])
    return helped[due]


def _coa_talks(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons have a COA talk this week: the first, one of two, or the last.

    Those refused in the extended procedure have the first, then the training, in which they must
    take part, and the last talk only if they have a plan: it is held if applicable (s0 C2).
    """
    people, now = world.people, world.now
    first, early, late, last = now.vector("coa_talk_weeks")
    week = world.weeks_in_phase(rows)
    middle = np.where(world.draw_once(Decision.COA_TALK, rows) < 1 / 2, early, late)
    extended = people.track[rows] == Track.EXTENDED
    trains = np.isin(week, now.vector("coa_training_weeks"))
    closes = (week == last) & (~extended | (people.stage[rows] >= Stage.INTENDING))
    talks = (week == first) | closes | np.where(extended, trains, week == middle)
    return np.asarray((people.phase[rows] == LegalPhase.DEPARTURE_TERM) & talks)


def _meet_iom_on_the_way(world: World, rows: Rows) -> None:
    """Let clients of return organisations meet IOM, which arranges every journey (s0 B4).

    Nobody does where IOM is closed.
    """
    if not world.organisations.open[Organisation.IOM]:
        return
    people = world.people
    iom = np.uint16(1 << Organisation.IOM)
    ready = rows[
        FOR_RETURN[people.helper[rows]]
        & (people.stage[rows] == Stage.PREPARING)
        & (people.met[rows] & iom == 0)
    ]
    people.met[ready] |= iom
    world.note(Event.MET, ready, helper=Organisation.IOM)


def _send_on(world: World, rows: Rows) -> None:
    """Refer clients who weigh or want a return to an organisation that helps with it.

    Which one goes by `onward_shares`, by places among those that can take the client, and by what
    the counsellor remembers of earlier referrals there.
    """
    people, now, organisations = world.people, world.now, world.organisations
    helper = people.helper[rows]
    share = world.organisations.numbers(now, "refers_share")[helper]
    sent = (people.stage[rows] >= _SENDS_FROM[helper]) & (people.referred[rows] == 0)
    sent &= people.awaits[rows] == 0
    sent &= world.draw(Decision.REFERS_ONWARD, rows) < share
    rows = rows[sent]
    if not len(rows):
        return
    takes = organisations.takes(world, rows)
    weight = organisations.onward(now, people.helper[rows], takes)
    weight *= organisations.counsellors.remembered(people, rows)
    edges = np.cumsum(weight, axis=1)
    anybody = edges[:, -1] > 0
    point = world.draw(Decision.REFERS_TO_WHOM, rows)[:, np.newaxis] * edges[:, -1:]
    target = (point >= edges).sum(axis=1)[anybody]
    rows = rows[anybody]
    people.referred[rows] = target
    people.sender[rows] = people.helper[rows]
    organisations.counsellors.send(world, rows)
    world.note(Event.REFERRED, rows, helper=target, referred_by=people.helper[rows])


def reexamined(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return whose protection claim a counsellor has looked at again and found plausible.

    True for clients of an organisation that puts legal options first, after a session, if
    their country is less safe than `reexamination_line`.
    """
    people, organisations = world.people, world.organisations
    found = (people.sessions[rows] > 0) & (people.helper[rows] > 0)
    found &= organisations.stance[people.helper[rows]] == Stance.LEGAL_FIRST
    danger = world.origin.safety < world.now.number("reexamination_line")
    found[found] = danger[people.country[rows[found]]]
    return found
