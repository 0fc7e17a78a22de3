"""Quantities that several variables share: beliefs in poor health, and the end of shelter."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.clients import WEEK, everybody, number, world_of
from tests.abm.world.small_world import change

MINOR = {"youngest_birth_week": WEEK - 100}
AGE = {"youngest_birth_week": WEEK - 2000}


def adults_of(*changes: object, **columns: object) -> Adults:
    """Return four adults of four households, without minors."""
    world = world_of(*changes, **(AGE | columns))  # type: ignore[arg-type] # changes of several types
    return Adults(world, everybody(world))


def nearness(place: Place, *changes: object, **columns: object) -> list[float]:
    """Return the nearness of the end of shelter, through the reading that it returns people."""
    adults = adults_of(change("shelter_end", "return"), *changes, place=place, **columns)
    return adults.end_of_shelter[0].tolist()


def test_columns_are_read_as_float64_of_the_rows_asked_for() -> None:
    world = world_of(debt_eur=[1.0, 2.0, 3.0, 4.0])
    found = Adults(world, np.array([2, 0])).state("debt_eur")
    assert found.dtype == np.float64
    assert found.tolist() == [3.0, 1.0]


def test_place_phase_and_minors_are_those_of_the_rows() -> None:
    world = world_of(place=[0, 1, 2, 3], phase=[3, 2, 1, 0])
    world.people.youngest_birth_week[:] = WEEK - np.array([100, 2000, 100, 2000])
    adults = Adults(world, np.array([1, 2]))
    assert adults.place.tolist() == [1, 2]
    assert adults.phase.tolist() == [2, 1]
    assert adults.with_minor.tolist() == [False, True]


def test_poor_mental_health_darkens_beliefs_in_proportion() -> None:
    adults = adults_of(change("health_pessimism", 0.4), mental=[1.0, 0.5, 0.0, 0.25])
    assert adults.pessimism == pytest.approx([0.0, 0.2, 0.4, 0.3])


def test_danger_is_the_complement_of_safety_with_pessimism_inside_0_and_1() -> None:
    adults = adults_of(
        change("health_pessimism", 0.4),
        mental=[1.0, 0.0, 0.5, 0.0],
        believed_safety=[1.0, 1.0, 0.75, 0.0],
    )
    assert adults.danger == pytest.approx([0.0, 0.4, 0.45, 1.0])


@pytest.mark.parametrize("switch", ["fear_turns_it", "raises_return", "none"])
def test_threat_presses_to_return_or_out_of_sight_as_the_switch_says(switch: str) -> None:
    adults = adults_of(
        change("threat", switch), threat=0.6, mental=1.0, believed_safety=[1.0, 0.6, 0.3, 0.0]
    )
    toward_return, out_of_sight = adults.threat
    if switch == "fear_turns_it":
        assert toward_return + out_of_sight == pytest.approx(0.6)
        assert (np.diff(toward_return) < 0.0).all(), "more fear turns more"
    else:
        assert toward_return == pytest.approx(0.6 if switch == "raises_return" else 0.0)
        assert not out_of_sight.any()


@pytest.mark.parametrize(
    ("place", "since", "limit"),
    [
        (Place.VBL, "place_since", "vbl_weeks"),
        (Place.AZC_DEPARTURE_TERM, "phase_since", "departure_term_weeks"),
    ],
)
def test_the_end_of_shelter_comes_near_over_the_weeks_of_foresight(
    place: Place, since: str, limit: str
) -> None:
    foresight = change("shelter_end_foresight_weeks", 4.0)
    last = int(number(limit)) - 1  # the last week
    weeks = np.array([last - 4, last - 2, last, last + 5])
    assert nearness(place, foresight, **{since: WEEK - weeks}) == [0.0, 0.5, 1.0, 1.0]


def test_shelter_without_a_clock_has_no_end_in_sight() -> None:
    long_ago = {"place_since": WEEK - 500, "phase_since": WEEK - 500}
    for place in set(Place) - {Place.VBL, Place.AZC_DEPARTURE_TERM}:
        assert not any(nearness(place, **long_ago)), place


@pytest.mark.parametrize("place", [Place.VBL, Place.AZC_DEPARTURE_TERM, Place.STREET])
def test_a_medical_deferral_puts_the_end_of_shelter_off(place: Place) -> None:
    foresight = change("shelter_end_foresight_weeks", 4.0)
    late = {"place_since": WEEK - 500, "phase_since": WEEK - 500}
    until = WEEK + np.array([1, 3, 5, 20])
    found = nearness(place, foresight, **late, deferred_until=until)
    assert found == ([0.0] * 4 if place == Place.STREET else [1.0, 0.5, 0.0, 0.0])


@pytest.mark.parametrize("place", [Place.VBL, Place.AZC_DEPARTURE_TERM])
def test_families_keep_their_shelter_where_there_are_family_locations(place: Place) -> None:
    late = {"place_since": WEEK - 500, "phase_since": WEEK - 500}
    opened, closed = (change("family_location_open", value) for value in (True, False))
    assert nearness(place, opened, **late | MINOR) == [0.0] * 4
    assert nearness(place, closed, **late | MINOR) == [1.0] * 4
    assert nearness(place, opened, **late) == [1.0] * 4


@pytest.mark.parametrize(
    ("switch", "expected"), [("return", (1.0, 0.0)), ("out_of_sight", (0.0, 1.0))]
)
def test_the_end_of_shelter_presses_where_the_switch_says(
    switch: str, expected: tuple[float, float]
) -> None:
    late = {"place": Place.VBL, "place_since": WEEK - 500, "phase": LegalPhase.OBLIGED}
    pair = adults_of(change("shelter_end", switch), **late).end_of_shelter
    assert tuple(float(part[0]) for part in pair) == expected


def test_a_quantity_asked_for_twice_is_worked_out_once() -> None:
    adults = adults_of()
    assert adults.danger is adults.danger
    assert adults.end_of_shelter is adults.end_of_shelter
