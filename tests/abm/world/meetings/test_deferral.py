"""Deferral on medical grounds: who gets it, what it keeps, and when it is decided anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.hazards import Cause, Hazards
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.guidance import can_be_removed, legally_removable, measures
from terugkeer.abm.world.meetings.deferral import decide_deferrals
from terugkeer.abm.world.phases.place import place
from terugkeer.agents.codes import Measure, Place, Reading

from tests.abm.world.adults import CHILD, WEEK, adults, happened, hazards_only
from tests.abm.world.phases.test_place import CERTAIN

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

SURE = CERTAIN | {
    "deferral_granted_share": 1.0,
    "deferral_health_below": 0.45,
    "deferral_weeks": 26,
    "vbl_end_closes_share": 1.0,
}
TERM_ENDS = {"place": Place.AZC_DEPARTURE_TERM}
ILL, WELL = [0.3, 0.8], [0.8, 0.8]  # of the two members of a household


def of_two(values: dict[str, object] | None = None, **columns: object) -> World:
    """Return a household of two after the phase."""
    world = adults(1, 2, values=SURE | (values or {}), **columns)
    place(world)
    return world


def lives_at(world: World) -> Place:
    (found,) = set(world.people.place.tolist())
    return Place(found)


def until(world: World) -> int:
    """Return the weeks for which departure is deferred."""
    (found,) = set(world.people.deferred_until.tolist())
    return int(found) - WEEK if found else 0


def test_the_illness_of_one_member_defers_departure_for_all_at_the_end_of_the_term() -> None:
    world = of_two(physical=ILL, document=True, **TERM_ENDS)
    assert (lives_at(world), until(world)) == (Place.AZC_DEPARTURE_TERM, 26)
    assert world.people.spell_open.all()
    assert not legally_removable(world, np.arange(2)).any()
    assert not can_be_removed(world, np.arange(2)).any()
    deferrals = world.log.column("kind") == Event.DEFERRED
    assert world.log.column("weeks")[deferrals].tolist() == [26.0, 26.0]


def test_a_household_in_health_is_put_out() -> None:
    world = of_two(physical=WELL, **TERM_ENDS)
    assert (lives_at(world), until(world)) == (Place.PRIVATE_NETWORK, 0)
    assert not happened(world, Event.DEFERRED)


def test_without_a_share_or_where_nobody_weighs_nothing_is_deferred() -> None:
    for values in ({"deferral_granted_share": 0.0}, hazards_only({})):
        world = of_two(values, physical=ILL, **TERM_ENDS)
        assert (lives_at(world), until(world)) == (Place.PRIVATE_NETWORK, 0)


def test_the_share_of_requests_that_is_granted() -> None:
    world = adults(4000, values=SURE | {"deferral_granted_share": 0.3}, physical=0.3)
    granted = decide_deferrals(world, np.arange(4000))
    assert granted.mean() == pytest.approx(0.3, abs=0.03)
    assert np.array_equal(decide_deferrals(world, np.arange(4000)), granted), "one answer in a week"
    assert len(happened(world, Event.DEFERRED)) == granted.sum()


def test_it_lasts_until_its_last_week_and_is_decided_anew_then() -> None:
    lasting = of_two(physical=WELL, deferred_until=WEEK + 1, **TERM_ENDS)
    assert lives_at(lasting) == Place.AZC_DEPARTURE_TERM
    over = of_two(physical=WELL, deferred_until=WEEK, **TERM_ENDS)
    assert lives_at(over) == Place.PRIVATE_NETWORK
    again = of_two(physical=ILL, deferred_until=WEEK, **TERM_ENDS)
    assert (lives_at(again), until(again)) == (Place.AZC_DEPARTURE_TERM, 26)
    assert happened(again, Event.DEFERRED) == [1, 1]


def test_a_family_goes_to_its_location_and_is_not_removed_from_there() -> None:
    family = {"youngest_birth_week": CHILD, "document": True}
    world = of_two(physical=ILL, **family, **TERM_ENDS)
    assert (lives_at(world), until(world)) == (Place.FAMILY_LOCATION, 26)
    assert not can_be_removed(world, np.arange(2)).any()
    there = family | {"place": Place.FAMILY_LOCATION, "deferred_until": WEEK}
    assert until(of_two(physical=ILL, **there)) == 26
    assert can_be_removed(of_two(physical=WELL, **there), np.arange(2)).all()
    grown = {"place": Place.FAMILY_LOCATION, "deferred_until": WEEK + 5}
    assert lives_at(of_two(physical=WELL, **grown)) == Place.FAMILY_LOCATION


LATE = {"place": Place.VBL, "place_since": WEEK - 12}
REFUSES = {"reading": Reading.REFUSES, "document": True}


def test_a_stay_in_a_vbl_goes_on_for_the_seriously_ill() -> None:
    assert lives_at(of_two(physical=ILL, **LATE)) == Place.VBL
    assert lives_at(of_two(physical=WELL, deferred_until=WEEK + 1, **LATE)) == Place.VBL
    out = of_two(physical=WELL, **LATE)
    assert lives_at(out) != Place.VBL
    assert not out.people.spell_open.any()


@pytest.mark.parametrize("at", [Place.VBL, Place.AZC_DEPARTURE_TERM])
def test_nobody_is_detained_whose_departure_is_deferred(at: Place) -> None:
    assert lives_at(of_two(physical=ILL, place=at, **REFUSES)) == at
    assert lives_at(of_two(physical=WELL, place=at, **REFUSES)) == Place.DETENTION


def test_case_managers_neither_press_nor_hand_over_meanwhile() -> None:
    world = adults(2, place=Place.VBL, deferred_until=[WEEK + 1, WEEK], **REFUSES)
    assert measures(world, np.arange(2)).tolist() == [Measure.KEEP_TERM, Measure.COERCE]


def test_a_file_stays_open_meanwhile_and_the_deferral_ends_with_it() -> None:
    world = adults(2, deferred_until=[WEEK + 1, WEEK])
    rows, hazard = Hazards().look_up(world)[Cause.UNOBSERVED]
    assert rows.tolist() == [0, 1]
    assert hazard[0] == 0.0 < hazard[1]
    world.vanish(np.arange(2))
    assert not world.people.deferred_until.any()


@pytest.mark.parametrize(
    ("since", "until_week", "asks"),
    [(WEEK, 0, True), (WEEK - 1, 0, False), (WEEK - 30, WEEK, True), (WEEK - 30, WEEK - 1, False)],
)
def test_a_family_that_stays_until_a_transfer_asks_when_something_ends(
    since: int, until_week: int, asks: bool
) -> None:
    values = {"dublin_families": "reception", "family_location_open": True}
    family = {"dublin": True, "youngest_birth_week": CHILD, "phase_since": since}
    world = of_two(values, physical=ILL, deferred_until=until_week, **family, **TERM_ENDS)
    assert lives_at(world) == Place.AZC_DEPARTURE_TERM
    assert bool(happened(world, Event.DEFERRED)) == asks
