"""Phase 4, place: where persons live when a term, a stay or a limit ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import (
    Destination,
    LegalPhase,
    Measure,
    Option,
    Outcome,
    Place,
    Reading,
    Route,
    Stage,
)
from ....agents.places import IS_HIDDEN
from ..chance import Decision
from ..decision.hiding import chance_lost
from ..events import Event
from ..help.guidance import can_be_removed, measures
from ..meetings.deferral import asked_again, decide_deferrals
from ..meetings.extensions import extended
from ..shelter import guided_shelter, night_shelter
from ..shelter.living_allowance import give_allowances
from ..switches import chosen
from .enforce import detain, handed_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def place(world: World) -> None:
    """Place persons by rule; scarce places go by keyed lottery.

    Each rule looks at the places at the start of the week and says which persons are to be
    detained, lose reception or are released. Then all of that happens.
    """
    where = world.people.place.copy()
    asked_again(world)
    arrested, report = _first_places(world)
    _ask_again(world, where)
    _end_of_procedure(world, world.rows(where == Place.AZC))
    held, sent_out = _end_of_term(world, world.rows(where == Place.AZC_DEPARTURE_TERM))
    late, handed = _end_of_vbl(world, world.rows(where == Place.VBL))
    detain(world, np.concatenate([arrested, handed, _without_deposit(world, held)]))
    not_held = held[world.people.place[held] == Place.AZC_DEPARTURE_TERM]
    late = np.union1d(late, handed[world.people.place[handed] == Place.VBL])
    grown = _end_of_family_location(world, world.rows(where == Place.FAMILY_LOCATION))
    sent = np.concatenate([sent_out, not_held, late, grown])
    given_up = _given_up(world, sent)
    closing = _closes_with_the_stay(world, sent, where) & ~given_up
    without = _report(world, sent[~given_up & ~closing], report)
    released = np.concatenate(
        [
            _end_of_closed_stay(world, world.rows(where == Place.CLOSED_FAMILY)),
            _end_of_detention(world, world.rows(where == Place.DETENTION)),
        ]
    )
    leavers = guided_shelter.leavers(world, world.rows(where == Place.GUIDED_SHELTER))
    _go_outside(world, without, released, leavers)
    _close(world, sent[given_up])
    world.vanish(sent[closing])
    _municipal_shelter(world, where)


def _first_places(world: World) -> tuple[Rows, Rows]:
    """Return the rows arrested at entry, and the rows that may get a duty to report.

    How many are apprehended has a course of its own (`apprehension_course`); what follows is the
    same in all years.
    """
    people = world.people
    new = world.rows((people.spell_since == world.week) & people.spell_open)
    new = new[(people.place[new] == Place.PRIVATE_NETWORK) & (people.spells[new] == 1)]
    route = people.route[new]
    chance = world.now.number("detention_at_apprehension")
    arrested = route == Route.BORDER
    arrested |= (route == Route.APPREHENDED) & (
        world.draw(Decision.DETENTION_AT_APPREHENSION, new) < chance
    )
    arrested &= ~world.with_minor(new)
    return new[arrested], new[route == Route.PERMIT_EXPIRED]


def _ask_again(world: World, where: NDArray[np.uint8]) -> None:
    """Open new files for hidden households that prepare, have papers and ask for guidance.

    Households without minors go to a freedom-restricting location again (s1 L3373-3383);
    families are guided where they live.
    """
    if not world.weighs:
        return
    people = world.people
    able = IS_HIDDEN[where] & ~people.spell_open
    able &= (people.stage == Stage.PREPARING) & (people.phase == LegalPhase.OBLIGED)
    able &= (people.place == where) & (people.closed_week < world.week)
    rows = world.rows(able)
    rows = rows[world.has_papers(rows)]
    asking = world.happens(Decision.ASKS_AGAIN, rows, world.now.number("asks_again_hazard"))
    world.open_files(asking)
    admitted = asking[~world.with_minor(asking)]
    world.note(Event.SIGNED, admitted)
    world.move(admitted, Place.VBL)
    people.cooperates[asking] = True  # arranging one's own papers shows it
    people.reading[asking] = Reading.COOPERATES
    people.choice[admitted] = Option.RETURN  # that is what they have come for


def _without_deposit(world: World, rows: Rows) -> Rows:
    """Let some persons give a deposit and report instead of being held; return the others.

    It is paid back at the airport, so most who have papers then prepare to leave. The state pays a
    journey for which nobody else does, as that of a removal.
    """
    if not world.weighs:
        return rows
    people = world.people
    paid = world.draw(Decision.DEPOSIT, rows) < world.now.number("deposit_share")
    given = rows[paid]
    world.move(given, Place.REPORTING_DUTY)
    leaving = world.draw(Decision.DEPOSIT_LEAVES, given) < world.now.number("deposit_leaves_share")
    leaving &= world.has_papers(given) & (people.stage[given] < Stage.PREPARING)
    given = given[leaving]
    people.stage[given] = Stage.PREPARING
    people.stage_since[given] = world.week
    people.choice[given] = Option.RETURN
    people.ticket[given] = True
    found: Rows = rows[~paid]
    return found


def _report(world: World, sent_out: Rows, new: Rows) -> Rows:
    """Impose a duty to report on some; return the part of `sent_out` that gets none.

    It needs an address (s0 C1 S9'): the draw is the one by which others who are put out live with
    a private network. Newcomers have lived at one.
    """
    now = world.now
    share = now.number("reporting_duty_share")
    housed = np.ones(len(sent_out), dtype=np.bool_)
    if now.flag("reporting_needs_housing"):
        drawn = world.draw(Decision.PLACE_AFTER_RECEPTION, sent_out)
        housed = drawn < now.number("private_place_share")
    reports = (world.draw(Decision.REPORTING_DUTY, sent_out) < share) & housed
    world.move(sent_out[reports], Place.REPORTING_DUTY)
    world.move(new[world.draw(Decision.REPORTING_DUTY, new) < share], Place.REPORTING_DUTY)
    found: Rows = sent_out[~reports]
    return found


def _end_of_procedure(world: World, rows: Rows) -> None:
    """Move persons to reception for the departure term when no procedure is left."""
    phase = world.people.phase[rows]
    over = (phase == LegalPhase.DEPARTURE_TERM) | (phase == LegalPhase.OBLIGED)
    world.move(rows[over], Place.AZC_DEPARTURE_TERM)


def _end_of_term(world: World, rows: Rows) -> tuple[Rows, Rows]:
    """Move to family and freedom-restricting locations; return rows held and rows sent out.

    Whose departure is deferred on medical grounds keeps the shelter of the term, or of a family
    location.
    """
    people = world.people
    over = rows[people.phase[rows] == LegalPhase.OBLIGED]
    open_to_families = world.now.flag("family_location_open")
    over = over[~_put_off(world, over) | (world.with_minor(over) & open_to_families)]
    minors = world.with_minor(over)
    families = minors & open_to_families
    admitted = ~families & _admitted(world, over)
    world.note(Event.SIGNED, over[admitted & people.cooperates[over]])
    target = np.where(families, _shelter_of_families(world, over), Place.VBL)
    sheltered = families | admitted
    moving = sheltered & (target != Place.AZC_DEPARTURE_TERM)
    world.move(over[moving], target[moving])
    chance = world.now.number("detention_at_term_end") * world.enforcement
    held = ~sheltered & ~minors & can_be_removed(world, over)
    held &= world.draw(Decision.DETENTION_AT_TERM_END, over) < chance * handed_over(world, over)
    return over[held], over[~sheltered & ~held]


def _put_off(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return whose departure is deferred; families that stay until a transfer do not ask weekly.

    They ask when the term ends, and again when a deferral does.
    """
    people = world.people
    waits = world.with_minor(rows) & chosen(world.now, "dublin_families")(people.dublin[rows])
    ends = (world.weeks_in_phase(rows) == 0) | (people.deferred_until[rows] == world.week)
    asks = ~waits | ends
    found = world.deferred(rows)
    found[asks] = decide_deferrals(world, rows[asks])
    return found


def _shelter_of_families(world: World, rows: Rows) -> NDArray[np.intp]:
    """Return where families with minors live after the term, by the switch `dublin_families`."""
    stays = chosen(world.now, "dublin_families")(world.people.dublin[rows])
    return np.where(stays, Place.AZC_DEPARTURE_TERM, Place.FAMILY_LOCATION)


def _admitted(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return whom a freedom-restricting location admits, families and others alike."""
    found = _signs(world, rows) & _departure_feasible(world, rows)
    found &= world.draw(Decision.VBL_ADMISSION, rows) < world.now.number("vbl_admission_share")
    return found


def _signs(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons sign an intention to leave, by their reading and the switch `vbl`."""
    people, now = world.people, world.now
    if not world.weighs:
        return np.asarray(people.cooperates[rows])
    return np.asarray(chosen(now, "vbl")(people.reading[rows]))


def _departure_feasible(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return whose departure is feasible, as they can show an identity (s1 L2594-2600)."""
    if not world.weighs:
        return np.ones(len(rows), dtype=np.bool_)
    return world.shows_identity(rows)


def _end_of_vbl(world: World, rows: Rows) -> tuple[Rows, Rows]:
    """Return the rows whose stay ends, and the rows handed over to be detained.

    After the limit the local and the regional consultation give some more weeks, and the regional
    one again and again to persons who wait for papers. Else the stay ends soon. A stay ends for
    nobody whose departure is deferred on medical grounds.
    """
    past = world.weeks_at_place(rows) - world.now.number("vbl_weeks")
    over = (past >= 0) & ~world.deferred(rows)
    late = rows[over]
    if world.weighs:
        late = late[~extended(world, late, past[over])]
    ended = world.happens(Decision.VBL_ENDS, late, world.now.number("vbl_end_hazard_after_limit"))
    put_out, handed = _refusing(world, rows)
    ended = np.union1d(ended, put_out) if len(put_out) else ended
    ended = np.setdiff1d(ended, handed) if len(handed) else ended
    return ended[~decide_deferrals(world, ended)], handed[~decide_deferrals(world, handed)]


def _refusing(world: World, rows: Rows) -> tuple[Rows, Rows]:
    """Return, of persons who refuse, those who must leave at once and those to be detained.

    The share detained is that at the end of the term.
    """
    people = world.people
    refuse = (people.reading[rows] == Reading.REFUSES) & (people.phase[rows] == LegalPhase.OBLIGED)
    rows = rows[refuse]  # none where nobody weighs
    measure = measures(world, rows)
    handed = rows[measure == Measure.COERCE]
    chance = world.now.number("detention_at_term_end") * world.enforcement
    drawn = world.draw(Decision.DETENTION_AT_TERM_END, handed)
    held = drawn < chance * handed_over(world, handed)
    stopped = rows[measure == Measure.STOP_GUIDANCE]
    return np.concatenate([stopped, handed[~held]]), handed[held]


def _given_up(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which files close without further action when reception ends (s1 C3)."""
    people = world.people
    found = (people.reading[rows] == Reading.REFUSES) & (people.phase[rows] == LegalPhase.OBLIGED)
    found &= ~people.appeals[rows]
    found[found] = measures(world, rows[found]) == Measure.STOP_GUIDANCE
    return np.asarray(found)


def _closes_with_the_stay(world: World, rows: Rows, where: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return whose file closes with a stay in a VBL: no more help of the state (s1 L3371-3373)."""
    people = world.people
    drawn = world.draw(Decision.VBL_END_CLOSES, rows) < world.now.number("vbl_end_closes_share")
    ended = (where[rows] == Place.VBL) & (people.phase[rows] == LegalPhase.OBLIGED)
    return np.asarray(ended & ~people.appeals[rows] & drawn & world.weighs)


def _end_of_family_location(world: World, rows: Rows) -> Rows:
    """Return families whose youngest member has come of age and who await no decision."""
    grown_up: Rows = rows[
        ~world.with_minor(rows) & (world.people.phase[rows] == LegalPhase.OBLIGED)
    ]
    return grown_up[~decide_deferrals(world, grown_up)]


def _end_of_closed_stay(world: World, rows: Rows) -> Rows:
    """Move families that were not removed within the limit to shelter; return who has none."""
    over = rows[world.weeks_at_place(rows) >= world.now.number("closed_family_weeks")]
    if not world.now.flag("family_location_open"):
        return over
    world.move(over, _shelter_of_families(world, over))
    return over[:0]


def _end_of_detention(world: World, rows: Rows) -> Rows:
    """Release at the legal limits or before; return persons released without a place to go.

    Families go to a family location, and persons whose new application runs to reception.
    """
    now = world.now
    families = world.with_minor(rows)
    extended = world.draw_once(Decision.DETENTION_EXTENSION, rows) < now.number(
        "detention_extension_share"
    )
    limit = np.where(
        extended, now.number("detention_weeks_extended_max"), now.number("detention_weeks_max")
    )
    limit = np.where(families, now.number("closed_family_weeks"), limit)
    chance = -np.expm1(-now.number("detention_release_hazard"))
    release = (world.weeks_at_place(rows) >= limit) | (
        world.draw(Decision.DETENTION_RELEASE, rows) < chance
    )
    back = release & families & now.flag("family_location_open")
    world.move(rows[back], Place.FAMILY_LOCATION)  # where families are held, none is of a claimant
    applies = release & ~back & (world.people.phase[rows] == LegalPhase.REPEAT_PROCEDURE)
    world.move(rows[applies], Place.AZC)
    out: Rows = rows[release & ~back & ~applies]
    return out


def _go_outside(world: World, without: Rows, released: Rows, leavers: Rows) -> None:
    """Let persons go out of sight, or live with an open file in a private network or outside."""
    now = world.now
    lost = world.draw(Decision.NOT_FOUND_AFTER_RECEPTION, without) < chance_lost(
        world, without, "not_found_share_end_of_reception"
    )
    gone = world.draw(Decision.NOT_FOUND_AFTER_RELEASE, released) < chance_lost(
        world, released, "not_found_share_after_release"
    )
    world.vanish(np.concatenate([without[lost], released[gone]]))
    rows = np.concatenate([without[~lost], released[~gone], leavers])
    housed = world.draw(Decision.PLACE_AFTER_RECEPTION, rows) < now.number("private_place_share")
    world.move(rows, np.where(housed, Place.PRIVATE_NETWORK, Place.STREET))


def _close(world: World, rows: Rows) -> None:
    """Close files without further action, and put persons out of reception.

    The files close in the place of the stay, where the record counts them.
    """
    housed = world.draw(Decision.PLACE_AFTER_RECEPTION, rows) < world.now.number(
        "private_place_share"
    )
    outside = np.where(housed, Place.PRIVATE_NETWORK, Place.STREET)
    world.close_files(rows, Outcome.UNOBSERVED, Destination.NETHERLANDS, outside)


def _municipal_shelter(world: World, where: NDArray[np.uint8]) -> None:
    """Give places in guided and night shelter to persons without shelter, and allowances."""
    people = world.people
    night_shelter.end_turns(world, _admitted)
    outside = world.rows((where == Place.STREET) | (where == Place.NIGHT_SHELTER))
    outside = outside[
        (people.place[outside] == where[outside]) & (people.closed_week[outside] < world.week)
    ]
    guided_shelter.admit(world, outside)
    night_shelter.admit(world, outside[people.place[outside] == Place.STREET])
    give_allowances(world)
