"""Guided shelter: the most vulnerable first, and what happens where places close."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.chance import Decision, hash_numbers
from terugkeer.abm.world.shelter.guided_shelter import admit, leavers, most_vulnerable, worst_health
from terugkeer.agents.codes import Place

from tests.abm.world.adults import CHANCE, SURE, WEEK, adults, hazards_only

OUT = {"place": Place.STREET, "physical": 0.9}
TWO: dict[str, object] = {"guided_shelter_capacity": 2, "guided_shelter_screening": True}
STAY: dict[str, object] = {"hazard_leave_guided_shelter": 0.0}


def admitted(values: dict[str, object], mental: list[float], size: int = 1) -> list[int]:
    """Return the households on the street that get a place."""
    world = adults(len(mental) // size, size, values=values, **OUT, mental=mental)
    admit(world, np.arange(len(mental)))
    inside = world.people.place == Place.GUIDED_SHELTER
    return sorted(set(world.people.household[inside].tolist()))


def test_places_go_to_those_in_the_worst_health_whatever_the_draw() -> None:
    for mental, who in (([0.2, 0.3, 0.8], [1, 2]), ([0.8, 0.3, 0.2], [2, 3])):
        assert admitted(TWO, mental) == who


def test_a_household_that_does_not_fit_keeps_nobody_out() -> None:
    """By hand: three members in the worst health wait for two places; two others get them."""
    world = adults(5, values=TWO, **OUT, mental=[0.1, 0.1, 0.1, 0.4, 0.5])
    world.people.household[:3] = 1
    assert most_vulnerable(world, np.arange(5), 2).tolist() == [3, 4]
    assert most_vulnerable(world, np.arange(5), 4).tolist() == [0, 1, 2, 3]
    assert most_vulnerable(world, np.arange(5), 0).tolist() == []
    assert most_vulnerable(world, np.arange(0), 3).tolist() == []


def test_without_screening_or_weighing_places_go_by_lot() -> None:
    draw = CHANCE.uniform(Decision.GUIDED_SHELTER_LOTTERY, WEEK, hash_numbers(np.arange(1, 4)))
    by_lot = sorted((np.argsort(draw)[:2] + 1).tolist())
    lot = TWO | {"guided_shelter_screening": False}
    for mental in ([0.2, 0.3, 0.8], [0.8, 0.3, 0.2]):
        assert admitted(lot, mental) == admitted(hazards_only(TWO), mental) == by_lot


def test_a_household_is_as_vulnerable_as_its_worst_member_in_body_or_mind() -> None:
    world = adults(2, 2, mental=[0.9, 0.2, 0.4, 0.5], physical=[0.8, 0.7, 0.1, 0.9])
    found = worst_health(world, np.arange(4))
    assert found.tolist() == pytest.approx([0.2, 0.2, 0.1, 0.1])
    assert admitted(TWO, [0.9, 0.5, 0.6, 0.3], size=2) == [2]
    assert len(worst_health(world, np.zeros(0, dtype=np.intp))) == 0


@pytest.mark.parametrize(("places", "leave"), [(5, 0), (3, 0), (2, 1), (0, 3)])
def test_where_places_close_those_beyond_them_leave(places: int, leave: int) -> None:
    there = {"place": Place.GUIDED_SHELTER, "mental": [0.5] * 3}
    world = adults(3, values=STAY | {"guided_shelter_capacity": places}, **there)
    assert len(leavers(world, np.arange(3))) == leave


def test_a_hazard_ends_stays_where_nothing_closes() -> None:
    there = {"place": Place.GUIDED_SHELTER, "mental": [0.5] * 3}
    sure = {"hazard_leave_guided_shelter": SURE, "guided_shelter_capacity": 3}
    assert leavers(adults(3, values=sure, **there), np.arange(3)).tolist() == [0, 1, 2]
