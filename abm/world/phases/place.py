"""Phase 4, place: who lives where when a term, a stay or a limit ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Phase, Place, Route
from ..chance import Decision
from .enforce import can_be_removed, detain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..state import Rows, World


def place(world: World) -> None:
    """Place persons by rule; scarce places go by keyed lottery.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    where = world.people.place.copy()
    _first_places(world)
    _end_of_procedure(world, world.rows(where == Place.AZC))
    _end_of_term(world, world.rows(where == Place.AZC_DEPARTURE_TERM))
    _end_of_vbl(world, world.rows(where == Place.VBL))
    _end_of_family_location(world, world.rows(where == Place.FAMILY_LOCATION))
    _end_of_closed_stay(world, world.rows(where == Place.CLOSED_FAMILY))
    _end_of_detention(world, world.rows(where == Place.DETENTION))
    _municipal_shelter(world, where)


def _first_places(world: World) -> None:
    """Detain at the border and on apprehension; some others get a duty to report."""
    people = world.people
    new = world.rows((people.spell_since == world.week) & people.spell_open)
    new = new[people.place[new] == Place.PRIVATE_NETWORK]
    route, first = people.route[new], people.spells[new] == 1
    border = new[first & (route == Route.BORDER)]
    caught = new[first & (route == Route.APPREHENDED)]
    chance = world.now.number("detention_at_apprehension") * world.enforcement
    caught = caught[world.draw(Decision.DETENTION_AT_APPREHENSION, caught) < chance]
    detain(world, np.concatenate([border, caught]))
    expired = new[first & (route == Route.PERMIT_EXPIRED)]
    _report(world, expired)


def _report(world: World, rows: Rows) -> Rows:
    """Impose a duty to report on some; return the rows of the others."""
    chosen = world.draw(Decision.REPORTING_DUTY, rows) < world.now.number("reporting_duty_share")
    world.move(rows[chosen], Place.REPORTING_DUTY)
    return rows[~chosen]


def _end_of_procedure(world: World, rows: Rows) -> None:
    """Reception during the term starts when no procedure is left."""
    phase = world.people.phase[rows]
    over = (phase == Phase.DEPARTURE_TERM) | (phase == Phase.OBLIGED)
    world.move(rows[over], Place.AZC_DEPARTURE_TERM)


def _end_of_term(world: World, rows: Rows) -> None:
    """Family location, detention, freedom-restricting location, or the end of reception."""
    people = world.people
    over = rows[people.phase[rows] == Phase.OBLIGED]
    families = world.with_minor(over) & world.now.flag("family_location_open")
    world.move(over[families], Place.FAMILY_LOCATION)
    over = over[~families]
    willing = people.cooperates[over]
    admitted = willing & (
        world.draw(Decision.VBL_ADMISSION, over) < world.now.number("vbl_admission_share")
    )
    world.move(over[admitted], Place.VBL)
    over = over[~admitted]
    held = can_be_removed(world, over) & ~world.with_minor(over)
    chance = world.now.number("detention_at_term_end") * world.enforcement
    held &= world.draw(Decision.DETENTION_AT_TERM_END, over) < chance
    detain(world, over[held])
    _end_reception(world, over[people.place[over] == Place.AZC_DEPARTURE_TERM])


def _end_reception(world: World, rows: Rows) -> None:
    """End reception: a duty to report, gone at once, or outside with an open file."""
    rows = _report(world, rows)
    lost = world.draw(Decision.NOT_FOUND_AFTER_RECEPTION, rows) < world.now.number(
        "not_found_share_end_of_reception"
    )
    world.vanish(rows[lost])
    _live_outside(world, rows[~lost])


def _live_outside(world: World, rows: Rows) -> None:
    """Find a private network, or none."""
    housed = world.draw(Decision.PLACE_AFTER_RECEPTION, rows) < world.now.number(
        "private_place_share"
    )
    world.move(rows, np.where(housed, Place.PRIVATE_NETWORK, Place.STREET))


def _end_of_vbl(world: World, rows: Rows) -> None:
    """End stays past the limit, soon for most and late for the documented tail."""
    late = rows[world.weeks_at_place(rows) >= world.now.number("vbl_weeks")]
    tail = world.draw_once(Decision.VBL_TAIL, late) < world.now.number("vbl_tail_share")
    hazard = np.where(
        tail,
        world.now.number("vbl_tail_end_hazard"),
        world.now.number("vbl_end_hazard_after_limit"),
    )
    _end_reception(world, world.happens(Decision.VBL_ENDS, late, hazard))


def _end_of_family_location(world: World, rows: Rows) -> None:
    """End the stay of families whose youngest has come of age and who await no decision."""
    grown = ~world.with_minor(rows) & (world.people.phase[rows] == Phase.OBLIGED)
    _end_reception(world, rows[grown])


def _end_of_closed_stay(world: World, rows: Rows) -> None:
    """Bring families that were not removed within the limit back to a family location."""
    over = world.weeks_at_place(rows) >= world.now.number("closed_family_weeks")
    world.move(rows[over], Place.FAMILY_LOCATION)


def _end_of_detention(world: World, rows: Rows) -> None:
    """Release at the legal limits and before; families after the shorter limit."""
    now = world.now
    stay = world.weeks_at_place(rows)
    families = world.with_minor(rows)
    extended = world.draw_once(Decision.DETENTION_EXTENSION, rows) < now.number(
        "detention_extension_share"
    )
    limit = np.where(
        extended, now.number("detention_weeks_extended_max"), now.number("detention_weeks_max")
    )
    limit = np.where(families, now.number("closed_family_weeks"), limit)
    chance = -np.expm1(-now.number("detention_release_hazard"))
    release = (stay >= limit) | (world.draw(Decision.DETENTION_RELEASE, rows) < chance)
    back = release & families & now.flag("family_location_open")
    world.move(rows[back], Place.FAMILY_LOCATION)
    out = rows[release & ~back]
    lost = world.draw(Decision.NOT_FOUND_AFTER_RELEASE, out) < now.number(
        "not_found_share_after_release"
    )
    world.vanish(out[lost])
    _live_outside(world, out[~lost])


def _municipal_shelter(world: World, where: NDArray[np.uint8]) -> None:
    """Give night and guided places to those who are without, by lottery."""
    people = world.people
    now = world.now
    outside = world.rows((where == Place.STREET) | (where == Place.NIGHT_SHELTER))
    outside = outside[
        (people.place[outside] == where[outside]) & (people.closed_week[outside] < world.week)
    ]
    decided = outside[people.phase[outside] != Phase.PROCEDURE]
    guided = lottery(
        world,
        Decision.GUIDED_SHELTER_LOTTERY,
        decided,
        "guided_shelter_capacity",
        Place.GUIDED_SHELTER,
    )
    world.open_files(guided[~people.spell_open[guided]])
    world.move(guided, Place.GUIDED_SHELTER)
    street = outside[people.place[outside] == Place.STREET]
    night = lottery(
        world, Decision.NIGHT_SHELTER_LOTTERY, street, "night_shelter_capacity", Place.NIGHT_SHELTER
    )
    world.move(night, Place.NIGHT_SHELTER)
    leaving = world.happens(
        Decision.LEAVE_GUIDED_SHELTER,
        world.rows(where == Place.GUIDED_SHELTER),
        now.number("hazard_leave_guided_shelter"),
    )
    _live_outside(world, leaving)


def lottery(world: World, decision: Decision, rows: Rows, capacity: str, at: Place) -> Rows:
    """Draw households for the free places of a shelter, whole households only.

    Parameters
    ----------
    world : World
        The state of the world.
    decision : Decision
        Which lottery.
    rows : ndarray of intp
        Rows of those who seek a place.
    capacity : str
        Record with the number of places, in persons.
    at : Place
        The shelter.

    Returns
    -------
    ndarray of intp
        Rows of those who get one: by ascending draw, as long as the household fits.
    """
    people = world.people
    free = round(world.now.number(capacity) / world.scale)
    free -= int(np.count_nonzero((people.place == at) & ~people.gone))
    if free <= 0 or not len(rows):
        return rows[:0]
    order = rows[np.lexsort((people.person[rows], world.draw(decision, rows)))]
    house = people.household[order]
    position = np.arange(len(order))
    last = np.flatnonzero(np.append(house[1:] != house[:-1], [True]))
    ends = last[np.searchsorted(last, position)]
    return order[ends < free]
