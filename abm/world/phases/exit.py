"""Phase 11, exit: causes of exit compete, and the first closes a file or changes a life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Application, Destination, LegalPhase, Outcome, Payer, Place
from ....agents.places import IS_HELD
from ....agents.rules.case_work.identity_data import chance_cancelled
from ....agents.rules.exits import race
from ..chance import Decision
from ..decision.hazards import Cause
from ..events import Event
from ..help.guidance import without_data
from ..help.journey import payer
from ..help.schemes import prepares_in_kind
from .decide_law import apply_at_last_minute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

DRAWS: Final = {
    Cause.INDEPENDENT: Decision.EXIT_INDEPENDENT,
    Cause.FORCED: Decision.EXIT_FORCED,
    Cause.UNOBSERVED: Decision.EXIT_UNOBSERVED,
    Cause.PERMIT: Decision.EXIT_PERMIT,
    Cause.OTHER: Decision.EXIT_OTHER,
    Cause.ONWARD: Decision.EXIT_ONWARD,
    Cause.HOME_UNOBSERVED: Decision.EXIT_HOME_UNOBSERVED,
}
# what a cause writes into a file, and where it leads. Two exceptions: being lost from view leads
# to a drawn place, and forced departure of Dublin claimants to a member state
LEADS_TO: Final = {
    Cause.INDEPENDENT: (Outcome.INDEPENDENT, Destination.ORIGIN),
    Cause.FORCED: (Outcome.FORCED, Destination.ORIGIN),
    Cause.UNOBSERVED: (Outcome.UNOBSERVED, Destination.NETHERLANDS),
    Cause.PERMIT: (Outcome.PERMIT, Destination.PERMIT),
    Cause.OTHER: (Outcome.OTHER, Destination.OTHER),
    Cause.ONWARD: (Outcome.UNOBSERVED, Destination.ONWARD),
    Cause.HOME_UNOBSERVED: (Outcome.UNOBSERVED, Destination.HOME_UNOBSERVED),
}
_OUTCOME: Final = np.array([LEADS_TO[cause][0] for cause in Cause], dtype=np.uint8)
_DESTINATION: Final = np.array([LEADS_TO[cause][1] for cause in Cause], dtype=np.uint8)


def exits(world: World) -> None:
    """Run the race of causes, by the hazards that `weigh` has set.

    Persons whose file closed earlier in the week do not take part. A new application, or missing
    data, stops some removals of held persons. Without a file nothing is recorded, except that IOM
    knows whom it has helped to return.
    """
    people = world.people
    first = race(
        len(people),
        (
            (rows, world.draw(DRAWS[cause], rows), hazard)
            for cause, (rows, hazard) in zip(Cause, world.hazards, strict=True)
        ),
    )
    settled = (people.phase == LegalPhase.RETURNED) | (people.closed_week == world.week)
    rows = np.flatnonzero((first >= 0) & ~settled)
    rows = rows[~_overtaken(world, rows, first[rows])]
    rows = rows[~_stopped(world, rows, first[rows])]
    rows = rows[~_unprepared(world, rows, first[rows])]
    cause = first[rows]
    outcome, destination = _OUTCOME[cause], _DESTINATION[cause]
    destination[(cause == Cause.FORCED) & people.dublin[rows]] = Destination.MEMBER_STATE
    lost = cause == Cause.UNOBSERVED
    place = np.full(len(rows), int(Place.STREET), dtype=np.uint8)
    destination[lost], place[lost] = world.hiding_place(rows[lost], decided=True)
    with_file = people.spell_open[rows]
    stays = destination == Destination.NETHERLANDS
    unseen, gone = ~with_file & stays, ~with_file & ~stays
    world.move(rows[unseen], place[unseen], from_next_week=True)
    world.leave(rows[gone], outcome[gone], destination[gone])
    world.close_files(
        rows[with_file],
        outcome[with_file],
        destination[with_file],
        place[with_file],
        from_next_week=True,
    )


def _stopped(world: World, rows: Rows, cause: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return whose removal from detention a new application stops at the last minute."""
    stopped = np.asarray(cause == Cause.FORCED)
    drawn = world.draw(Decision.LAST_MINUTE_APPLICATION, rows[stopped])
    stopped[stopped] = drawn < world.now.number("last_minute_application_share")
    world.note(Event.NOTICED, rows[stopped])
    apply_at_last_minute(world, rows[stopped])
    return stopped


def _unprepared(world: World, rows: Rows, cause: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return whose removal from detention is cancelled since data are missing (s4 F17)."""
    stopped = np.asarray(cause == Cause.FORCED)
    flown = rows[stopped]
    fails = world.now.number("removal_fails_without_data")
    chance = chance_cancelled(0.0, without_data(world, flown), fails)
    stopped[stopped] = world.draw(Decision.UNPREPARED_FLIGHT, flown) < chance
    for event in (Event.NOTICED, Event.CANCELLED, Event.UNPREPARED):
        world.note(event, rows[stopped])
    return stopped


def _overtaken(world: World, rows: Rows, cause: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return which exits cannot happen because of what has happened since `weigh`.

    Persons held or found this week cannot leave unseen. Nobody who has just applied for
    assistance leaves before the decision, nobody who has just been granted help in kind leaves
    before it is prepared, and nobody whose support has just been refused or withdrawn leaves
    without the means.
    """
    people = world.people
    unseen = (cause == Cause.ONWARD) | (cause == Cause.HOME_UNOBSERVED)
    held = IS_HELD[people.place[rows]] & (unseen | (cause == Cause.UNOBSERVED))
    found = people.spell_open[rows] & (people.spell_since[rows] == world.week)
    asked = people.application[rows] == Application.PENDING
    asked &= people.applied_week[rows] == world.week
    asked |= prepares_in_kind(world, rows)
    if world.weighs:
        asked |= payer(world, rows) == Payer.NONE
    waits = asked & ((cause == Cause.INDEPENDENT) | (cause == Cause.HOME_UNOBSERVED))
    return np.asarray(held | (found & unseen) | waits)
