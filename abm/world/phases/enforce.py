"""Phase 10, enforce: detention, closed family locations, planned removals, apprehension.

A forced departure needs three things at once: a document or agreement, no legal
obstacle, and a person who can be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Destination, LegalPhase, Measure, Outcome, Place, Reading
from ....agents.places import IN_TOWN, IS_HIDDEN, IS_IN_VIEW, table
from ....agents.rules.case_work.identity_data import chance_cancelled
from ..chance import Decision
from ..decision.hiding import chance_lost
from ..events import Event, Mark
from ..help.guidance import awaits_transfer, can_be_removed, measures, without_data
from ..matching import fitting
from .decide_law import apply_at_last_minute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

# places where the state can find persons who are not held
_IN_TOWN: Final = table(*IN_TOWN)


def detain(world: World, rows: Rows, *, from_next_week: bool = False) -> None:
    """Detain persons with an open file if removal is in prospect and the review is passed.

    Parameters
    ----------
    from_next_week : bool, optional
        Whether detention counts from the coming week, as in `World.move`.
    """
    people = world.people
    ease = world.now.number("detention_prospect_ease")
    prospect = people.document[rows] | people.dublin[rows] | (people.frailty[rows] >= ease)
    _hold(world, rows[prospect], Place.DETENTION, from_next_week=from_next_week)


def _hold(world: World, rows: Rows, place: Place, *, from_next_week: bool) -> None:
    """Hold persons whose detention passes the review; their departure term ends."""
    passed = world.draw(Decision.DETENTION_TEST, rows) < world.now.number("detention_test_passed")
    held = rows[passed]
    if place == Place.DETENTION:
        held = _with_a_cell(world, held)
    in_term = world.people.phase[held] == LegalPhase.DEPARTURE_TERM
    world.change_phase(held[in_term], LegalPhase.OBLIGED, from_next_week=from_next_week)
    world.move(held, place, from_next_week=from_next_week)


def _with_a_cell(world: World, rows: Rows) -> Rows:
    """Return the persons who get a place in detention; by lottery if there are too few."""
    if not len(rows) or not world.weighs:
        return rows
    free = round(world.now.number("detention_capacity") / world.scale)
    free -= int(np.count_nonzero(world.people.place == Place.DETENTION))
    if len(rows) <= free:
        return rows
    drawn = world.draw(Decision.DETENTION_PLACE, rows)
    found: Rows = rows[fitting(world.people.household[rows], drawn, max(free, 0))]
    return found


def enforce(world: World) -> None:
    """Detain, hold families, plan removals that succeed or fail, and find hidden persons."""
    people = world.people
    where = people.place.copy()
    open_file = world.rows(people.spell_open)
    removable = _put_in_hand(world, open_file[can_be_removed(world, open_file)])
    families = world.with_minor(removable)
    _detention(
        world, np.concatenate([removable[~families], _without_papers(world, open_file)]), where
    )
    _closed_keeping(world, removable[families & (where[removable] == Place.FAMILY_LOCATION)])
    planned = np.concatenate([removable, open_file[awaits_transfer(world, open_file)]])
    at_liberty = IS_IN_VIEW[where[planned]] & (people.place[planned] == where[planned])
    _planned_removals(world, planned[at_liberty])
    _apprehension(world, where)


def _put_in_hand(world: World, rows: Rows) -> Rows:
    """Return whose removal is attempted at all: that of a share of families, and of all others.

    A family can be found at the same place for years, so a lower hazard of planned removals
    would only delay them. The record compares how many are removed at all (x5 A2). A transfer
    that a family works on itself is no such removal.
    """
    if not world.weighs:
        return rows
    drawn = world.draw_once(Decision.FAMILY_REMOVAL, rows)
    share = world.now.number("family_forced_ratio")
    found: Rows = rows[~world.with_minor(rows) | (drawn < share)]
    return found


def _without_papers(world: World, rows: Rows) -> Rows:
    """Return persons handed over without a document: the origin may take them back (s1 C3)."""
    people = world.people
    able = (people.reading[rows] == Reading.REFUSES) & ~people.document[rows]
    able &= (people.phase[rows] == LegalPhase.OBLIGED) & _IN_TOWN[people.place[rows]]
    rows = rows[able]
    rows = rows[~world.with_minor(rows)]
    found: Rows = rows[measures(world, rows) == Measure.COERCE]
    return found


def _detention(world: World, rows: Rows, where: NDArray[np.uint8]) -> None:
    """Detain some of the persons outside state shelter who can be removed."""
    settled = world.people.place_since[rows] < world.week  # nobody on the day of release
    rows = rows[_IN_TOWN[where[rows]] & settled]
    hazard = world.now.number("detention_hazard") * world.enforcement * handed_over(world, rows)
    detain(world, world.happens(Decision.DETENTION, rows, hazard), from_next_week=True)


def handed_over(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return by how much a hand-over to the aliens police multiplies detention.

    It is `handed_over_ratio` for persons handed over, and 1 for others.
    """
    if not world.weighs:
        return np.ones(len(rows))
    ratio = np.ones(len(rows))
    refuse = np.flatnonzero(world.people.reading[rows] == Reading.REFUSES)
    handed = refuse[measures(world, rows[refuse]) == Measure.COERCE]
    ratio[handed] = world.now.number("handed_over_ratio")
    return ratio


def _closed_keeping(world: World, rows: Rows) -> None:
    """Hold families before removal: in the closed location, or in detention before it existed.

    The hazard of the record is that of all families that can be removed. Only families whose
    removal is attempted are at risk here, so theirs is higher.
    """
    hazard = world.now.number("closed_family_hazard") * world.enforcement
    share = world.now.number("family_forced_ratio")
    if share > 0.0 and world.weighs:
        hazard /= share
    held = world.happens(Decision.CLOSED_FAMILY, rows, hazard)
    facility = world.now.flag("closed_family_open")
    place = Place.CLOSED_FAMILY if facility else Place.DETENTION
    _hold(world, held, place, from_next_week=True)


def _planned_removals(world: World, rows: Rows) -> None:
    """Plan removals of persons at liberty; notice (48 hours) and outcome fall in this week."""
    people = world.people
    now = world.now
    ratio = 1.0 if world.weighs else now.number("family_forced_ratio")
    hazard = np.where(world.with_minor(rows), ratio, 1.0) * (
        _planning(world, rows) * world.enforcement
    )
    planned = world.happens(Decision.REMOVAL_PLANNED, rows, hazard)
    planned = planned[~_closed_before_flight(world, planned)]
    world.note(Event.NOTICED, planned)
    planned = planned[~_leaves_on_its_own(world, planned)]
    fate = world.draw(Decision.REMOVAL_OUTCOME, planned)
    vanishing = chance_lost(world, planned, "vanish_after_notice")
    vanishing = np.where(_held_at_notice(world, planned), 0.0, vanishing)
    otherwise = now.number("cancelled_otherwise")
    unprepared = _fails_without_data(world, planned, otherwise)
    known = vanishing + otherwise * (1.0 - vanishing)
    cancelled = vanishing + unprepared * (1.0 - vanishing)
    vanished, gone = fate < vanishing, fate >= cancelled
    applying = ~vanished & ~gone & (people.phase[planned] == LegalPhase.OBLIGED)
    share = min(now.number("last_minute_application_share"), otherwise)
    applying &= fate < vanishing + share * (1.0 - vanishing)
    world.note(Event.CANCELLED, planned[~vanished & ~gone & ~applying])
    world.note(Event.UNPREPARED, planned[~vanished & ~gone & (fate >= known)])
    apply_at_last_minute(world, planned[applying])
    world.note(Event.CANCELLED, planned[vanished], marks=int(Mark.VANISHED))
    world.vanish(planned[vanished], from_next_week=True)
    flown = planned[gone]
    target = np.where(people.dublin[flown], Destination.MEMBER_STATE, Destination.ORIGIN)
    world.close_files(flown, Outcome.FORCED, target, Place.ORIGIN)


def _closed_before_flight(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Hold some families in the closed facility until the flight that is planned for them.

    These are families outside family locations that do not cooperate (s2 L458-461): a family that
    works on its own transfer is not held. What follows is the same as for families held from a
    family location.
    """
    now = world.now
    if not world.weighs or not now.flag("closed_family_open"):
        return np.zeros(len(rows), dtype=np.bool_)
    people = world.people
    may = world.with_minor(rows) & ~people.cooperates[rows]
    may &= people.place[rows] != Place.FAMILY_LOCATION
    may &= world.draw(Decision.CLOSED_AT_NOTICE, rows) < now.number("closed_at_notice_share")
    _hold(world, rows[may], Place.CLOSED_FAMILY, from_next_week=True)
    return np.asarray(people.place[rows] == Place.CLOSED_FAMILY)


def _fails_without_data(world: World, rows: Rows, otherwise: float) -> NDArray[np.float64]:
    """Return the chance that a removal of somebody who is there is cancelled (s4 F17)."""
    fails = world.now.number("removal_fails_without_data")
    return chance_cancelled(otherwise, without_data(world, rows), fails)


def _planning(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return the weekly hazard of a planned removal, for Dublin claimants that of a transfer."""
    removal = world.now.number("removal_planning_hazard")
    if not world.weighs:
        return np.full(len(rows), removal)
    transfer = world.now.number("transfer_planning_hazard")
    return np.where(world.people.dublin[rows], transfer, removal)


def _leaves_on_its_own(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Let some persons who are told of a removal leave on their own; return which (s4 D5).

    Dublin claimants can't: what a member state has agreed to is not a paper to go home with.
    """
    if not world.weighs:
        return np.zeros(len(rows), dtype=np.bool_)
    share = world.now.number("leaves_after_notice_share")
    leaves = world.draw(Decision.LEAVES_AFTER_NOTICE, rows) < share
    leaves &= ~world.people.dublin[rows]
    going = rows[leaves]
    world.note(Event.CANCELLED, going)
    world.close_files(going, Outcome.INDEPENDENT, Destination.ORIGIN, Place.ORIGIN, announced=True)
    return np.asarray(leaves)


def _held_at_notice(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Detain some persons once they are told of their removal; return which are held (s4 F13).

    Their detention counts from this week, in which the flight is due.
    """
    if not world.weighs:
        return np.zeros(len(rows), dtype=np.bool_)
    share = world.now.number("detention_at_notice_share")
    drawn = world.draw(Decision.DETENTION_AT_NOTICE, rows) < share
    detain(world, rows[drawn & ~world.with_minor(rows)])
    return np.asarray(world.people.place[rows] == Place.DETENTION)


def _apprehension(world: World, where: NDArray[np.uint8]) -> None:
    """Find hidden persons: they get a new file, and may be detained."""
    people = world.people
    hidden = world.rows(
        IS_HIDDEN[where] & ~people.spell_open & (people.phase == LegalPhase.OBLIGED)
    )
    hidden = hidden[people.closed_week[hidden] < world.week]
    hazard = world.now.number("hazard_apprehension_hidden") * world.enforcement
    found = world.happens(Decision.APPREHENSION_OF_HIDDEN, hidden, hazard)
    world.open_files(found)
    detain(world, found[~world.with_minor(found)], from_next_week=True)
