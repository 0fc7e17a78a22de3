"""The closed family facility: who comes in before a planned flight, and where stays end."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.enforce import enforce
from terugkeer.abm.world.phases.place import place
from terugkeer.agents.codes import LegalPhase, Outcome, Place

from tests.abm.world.adults import CHILD, SURE, WEEK, happened, hazards_only
from tests.abm.world.phases.test_enforce import OBLIGED, READY, TERM, places, world_of

HELD_FIRST: dict[str, object] = {
    "removal_planning_hazard": SURE,
    "transfer_planning_hazard": SURE,
    "closed_at_notice_share": 1.0,
    "closed_family_open": True,
}
FAMILY = {"youngest_birth_week": CHILD, "place": Place.AZC_DEPARTURE_TERM, **READY}


def test_an_unwilling_family_is_held_before_its_flight_and_no_notice_is_given() -> None:
    world = world_of(1, HELD_FIRST, dublin=True, phase=TERM, **FAMILY)
    enforce(world)
    assert places(world) == [Place.CLOSED_FAMILY]
    assert world.people.phase.tolist() == [OBLIGED]  # its term ends
    assert world.people.place_since.tolist() == [WEEK + 1]
    assert happened(world, Event.NOTICED) == []
    for week, where in ((2, Place.CLOSED_FAMILY), (3, Place.AZC_DEPARTURE_TERM)):
        world.week = WEEK + week  # weeks 1 and 2 are its two chances of a flight
        place(world)
        assert places(world) == [where], week


def test_only_unwilling_families_outside_family_locations_are_held_so() -> None:
    world = world_of(
        5,
        HELD_FIRST,
        youngest_birth_week=[CHILD, CHILD, CHILD, WEEK - 2000, CHILD],
        place=[
            Place.REPORTING_DUTY,
            Place.FAMILY_LOCATION,
            Place.AZC_DEPARTURE_TERM,
            Place.AZC_DEPARTURE_TERM,
            Place.STREET,  # not in view: no removal is planned
        ],
        dublin=[False, False, True, False, False],
        cooperates=[False, False, True, False, False],
        **READY,
    )
    enforce(world)
    assert happened(world, Event.MOVED) == [1]
    assert places(world)[0] == Place.CLOSED_FAMILY
    assert sorted(happened(world, Event.NOTICED)) == [2, 3, 4]


@pytest.mark.parametrize(
    "values",
    [
        {"closed_at_notice_share": 0.0},
        {"closed_family_open": False},
        hazards_only(),
        {"detention_test_passed": 0.0},
    ],
)
def test_without_the_share_the_facility_or_the_review_the_removal_is_planned_at_liberty(
    values: dict[str, object],
) -> None:
    world = world_of(1, HELD_FIRST | values, **FAMILY)
    enforce(world)
    assert happened(world, Event.NOTICED) == [1]
    assert happened(world, Event.CLOSED) == [1]


def test_a_share_of_planned_removals_begins_in_the_facility() -> None:
    world = world_of(2000, HELD_FIRST | {"closed_at_notice_share": 0.5}, **FAMILY)
    enforce(world)
    held = places(world).count(Place.CLOSED_FAMILY)
    assert held / 2000 == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / 2000))
    assert len(happened(world, Event.NOTICED)) == 2000 - held


@pytest.mark.parametrize("is_open", [True, False])
def test_families_that_are_not_removed_have_shelter_only_where_there_are_family_locations(
    is_open: bool,
) -> None:
    values = {
        "family_location_open": is_open,
        "not_found_share_after_release": 0.0,
        "private_place_share": 1.0,
    }
    world = world_of(
        2,
        values,
        youngest_birth_week=CHILD,
        place=Place.CLOSED_FAMILY,
        place_since=[WEEK - 1, WEEK - 2],
    )
    place(world)
    after = Place.FAMILY_LOCATION if is_open else Place.PRIVATE_NETWORK
    assert places(world) == [Place.CLOSED_FAMILY, after]


def test_willing_families_of_dublin_claimants_are_transferred_whatever_the_ratio() -> None:
    values = {"transfer_planning_hazard": SURE, "family_forced_ratio": 0.0}
    world = world_of(3, values, dublin=True, cooperates=[True, False, False], **FAMILY)
    world.people.youngest_birth_week[2] = WEEK - 2000
    enforce(world)
    assert sorted(happened(world, Event.NOTICED)) == [1, 3]
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("outcome")[closed].tolist() == [Outcome.FORCED] * 2


@pytest.mark.parametrize("reading", ["family_location", "reception"])
@pytest.mark.parametrize("was", [Place.AZC_DEPARTURE_TERM, Place.CLOSED_FAMILY])
def test_where_families_of_dublin_claimants_live_is_a_reading(reading: str, was: Place) -> None:
    values = {
        "family_location_open": True,
        "dublin_families": reading,
        "detention_at_term_end": 1.0,
        "reporting_duty_share": 1.0,
    }
    world = world_of(
        2,
        values,
        phase=LegalPhase.OBLIGED,
        youngest_birth_week=CHILD,
        place=was,
        dublin=[True, False],
        **READY,
    )
    place(world)
    dublin = Place.FAMILY_LOCATION if reading == "family_location" else Place.AZC_DEPARTURE_TERM
    assert places(world) == [dublin, Place.FAMILY_LOCATION]


def test_flights_from_the_facility_agree_with_the_share_that_left() -> None:
    """By hand: 240 of 346 leave in two weeks, with flights that are stopped at both chances."""
    values = world_of().now
    hazard = values.number("closed_family_departure_hazard")
    flies = 1.0 - np.exp(-hazard)
    goes_on = (1.0 - 0.098) * (1.0 - 0.053 * 0.66)
    assert 1.0 - (1.0 - flies * goes_on) ** 2 == pytest.approx(240 / 346, abs=0.002)
