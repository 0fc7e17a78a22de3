"""Health and agency over a week: levels and paces by hand, half-lives and bounds."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.lives.health import LONGEST_STAY, change_health, weekly
from terugkeer.abm.world.lives.health import by_place as values_by_place
from terugkeer.agents.codes import Place
from terugkeer.agents.places import HELD, UNSHELTERED

from tests.abm.world.halfway import by_place, make_world, places, share, world_under
from tests.abm.world.small_world import change, recorded

AT_ONCE = {"health_half_weeks": 0.001, "harsh_half_weeks": 0.001}
IDLE = {"activation_intensity": (0.0,) * 11, "inactivity_half_weeks": 52, "inactivity_mental": 0.4}
NO_TOLL = {"inactivity_mental": 0.0, "inactivity_agency": 0.0, "confined_agency": (0.0,) * 11}


def levels(level: float) -> dict[str, object]:
    """Return the levels of all places, all alike."""
    names = ("mental", "physical", "agency")
    return dict.fromkeys([f"{name}_by_place" for name in names], (level,) * 11)


@pytest.mark.parametrize("half_weeks", [1, 13, 104])
def test_half_of_the_distance_is_covered_in_the_half_weeks(half_weeks: int) -> None:
    assert (1.0 - weekly(half_weeks)) ** half_weeks == pytest.approx(0.5)


def test_values_by_place_are_those_of_the_record_and_0_at_origin() -> None:
    world = make_world(change("mental_by_place", tuple(np.arange(1, 12) / 11)))
    found = values_by_place(world.now, "mental_by_place")
    assert found == pytest.approx([*(np.arange(1, 12) / 11), 0.0])


@pytest.mark.parametrize("place", [*UNSHELTERED, *HELD, Place.PRIVATE_NETWORK, Place.AZC])
def test_harsh_places_halve_the_distance_in_their_own_weeks(place: Place) -> None:
    paces = {"health_half_weeks": 12, "harsh_half_weeks": 3}
    world = world_under(levels(0.0) | NO_TOLL | paces, place=place, resilience=0.0)
    for _ in range(3 if place in {*UNSHELTERED, *HELD} else 12):
        change_health(world, places(world))
    for name in ("mental", "physical", "agency"):
        assert getattr(world.people, name) == pytest.approx(0.25, rel=1e-4), name


def test_health_stays_as_it_is_at_origin() -> None:
    world = world_under(AT_ONCE, place=Place.ORIGIN, resilience=1.0)
    change_health(world, places(world))
    for name in ("mental", "physical", "agency"):
        assert (getattr(world.people, name) == 0.5).all(), name


def test_no_level_lies_outside_0_and_1_however_resilient_or_idle() -> None:
    heavy = levels(0.5) | AT_ONCE | IDLE | {"resilience_effect": 5.0, "inactivity_mental": 1.0}
    world = world_under(heavy, place=Place.AZC, resilience=[-1.0, 0.0, 0.5, 1.0])
    world.people.arrival_week[:] = world.week - LONGEST_STAY
    change_health(world, places(world))
    assert world.people.mental == pytest.approx([0.0, 0.0, 1.0, 1.0], abs=1e-6)
    assert world.people.physical == pytest.approx([0.0, 0.5, 1.0, 1.0], abs=1e-6)


def test_the_toll_of_idleness_grows_with_the_stay_in_reception_and_nowhere_else() -> None:
    for place, expected in ((Place.AZC, [1.0, 0.8, 0.7, 0.6]), (Place.PRIVATE_NETWORK, [1.0] * 4)):
        world = world_under(levels(1.0) | AT_ONCE | IDLE, place=place, resilience=0.0)
        world.people.arrival_week[:] = world.week - np.array([0, 52, 104, LONGEST_STAY + 9])
        change_health(world, places(world))
        assert world.people.mental == pytest.approx(expected, abs=1e-4), place
        assert world.people.physical == pytest.approx(1.0), place


def test_confinement_lowers_the_level_of_agency_alone() -> None:
    confined = levels(0.8) | AT_ONCE | NO_TOLL | {"confined_agency": (0.3,) * 11}
    world = world_under(confined, place=Place.DETENTION, resilience=0.0)
    change_health(world, places(world))
    assert world.people.agency == pytest.approx(0.5)
    assert world.people.mental == pytest.approx(0.8)
    assert world.people.physical == pytest.approx(0.8)


def test_health_by_hand() -> None:
    world = make_world()
    people = world.people
    people.place[:] = [Place.STREET, Place.GUIDED_SHELTER, Place.DETENTION, Place.GUIDED_SHELTER]
    people.resilience[3] = 1.0
    change_health(world, places(world))
    slow, fast = share(recorded("health_half_weeks")), share(recorded("harsh_half_weeks"))
    for row, pace, shift in ((0, fast, 0.0), (1, slow, 0.0), (2, fast, 0.0), (3, slow, 1.0)):
        for name in ("mental", "physical", "agency"):
            level = by_place(world, f"{name}_by_place", Place(people.place[row]))
            level += shift * recorded("resilience_effect")
            expected = 0.5 + pace * (level - 0.5)
            assert getattr(people, name)[row] == pytest.approx(expected, rel=1e-5), (name, row)


@pytest.mark.parametrize(
    ("activation", "mental_toll", "agency_toll"),
    [("wellbeing_only", 0.0, 1.0), ("through_agency", 0.0, 0.0), ("direct", 0.0, 1.0)],
)
def test_activation_takes_the_toll_of_idle_reception_away(
    activation: str, mental_toll: float, agency_toll: float
) -> None:
    switch = change("activation", activation)
    full = change("activation_intensity", (1.0,) * 11)
    # arrived 52 weeks ago: half of the toll is there
    for changes, tolls in (((switch,), (1.0, 1.0)), ((switch, full), (mental_toll, agency_toll))):
        world = make_world(*changes, change("inactivity_half_weeks", 52))
        world.people.place[:] = Place.AZC
        change_health(world, places(world))
        pace = share(recorded("health_half_weeks"))
        for name, toll in zip(("mental", "agency"), tolls, strict=True):
            level = by_place(world, f"{name}_by_place", Place.AZC)
            level -= toll * recorded(f"inactivity_{name}") / 2
            found = getattr(world.people, name)[0]
            assert found == pytest.approx(0.5 + pace * (level - 0.5), rel=1e-5), name
