"""Places of a shelter by lottery: whole households, by draw, while they fit."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import Chance, Decision, hash_numbers
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.shelter.lottery import lottery
from terugkeer.agents.codes import Place

from tests.abm.world.small_world import empty_world

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

SIZES = (2, 1, 3, 1)
WEEK = 500
CHANCE = Chance(1, WEEK + 1)


def world_of(places: float, scale: float = 1.0, sheltered: int = 0) -> World:
    """Four households on the street, and some persons who have a place."""
    world = empty_world(CHANCE, WEEK, {"beds": places}, scale)
    house = np.repeat(np.arange(len(SIZES)) + 1, SIZES)
    member = np.concatenate([np.arange(size) for size in SIZES])
    person = house * MEMBERS + member
    inside = np.arange(sheltered) + 1000 * MEMBERS
    numbers = np.concatenate([person, inside])
    world.people.add(
        {
            "person": numbers,
            "household": numbers // MEMBERS,
            "household_key": hash_numbers(numbers // MEMBERS),
            "place": np.where(np.arange(len(numbers)) < len(person), Place.STREET, Place.VBL),
        }
    )
    return world


def drawn(world: World, rows: np.ndarray | None = None) -> list[int]:
    """Return the households that get a place, in the order of their draw."""
    seekers = world.rows(world.people.place == Place.STREET) if rows is None else rows
    got = lottery(world, Decision.NIGHT_SHELTER_LOTTERY, seekers, "beds", Place.VBL)
    households = world.people.household[got].tolist()
    assert len(set(got.tolist())) == len(got)
    counted = {house: households.count(house) for house in households}
    assert all(SIZES[house - 1] == n for house, n in counted.items()), "whole households only"
    return list(dict.fromkeys(households))


KEYS = hash_numbers(np.arange(1, len(SIZES) + 1, dtype=np.int64))
ORDER = (np.argsort(CHANCE.uniform(Decision.NIGHT_SHELTER_LOTTERY, WEEK, KEYS)) + 1).tolist()


def by_hand(places: int) -> list[int]:
    got: list[int] = []
    for house in ORDER:
        if sum(SIZES[each - 1] for each in [*got, house]) > places:
            break
        got.append(house)
    return got


def test_no_places_nobody() -> None:
    assert drawn(world_of(0)) == []


@pytest.mark.parametrize("places", range(9))
def test_households_by_their_draw_as_long_as_they_fit(places: int) -> None:
    assert drawn(world_of(places)) == by_hand(places)


def test_enough_places_everybody() -> None:
    assert sorted(drawn(world_of(sum(SIZES)))) == [1, 2, 3, 4]


def test_fewer_places_than_the_first_household_nobody() -> None:
    first = SIZES[ORDER[0] - 1]
    assert drawn(world_of(first - 1)) == []
    assert drawn(world_of(first)) == ORDER[:1]


def test_places_taken_are_not_free() -> None:
    assert drawn(world_of(7, sheltered=5)) == by_hand(2)
    assert drawn(world_of(5, sheltered=5)) == []
    assert drawn(world_of(3, sheltered=5)) == []


def test_places_are_counted_in_persons_of_the_model() -> None:
    assert drawn(world_of(40, scale=10.0)) == by_hand(4)


def test_nobody_seeks_a_place() -> None:
    assert drawn(world_of(5), np.array([], dtype=np.intp)) == []


def test_the_order_of_rows_does_not_matter() -> None:
    rows = np.arange(sum(SIZES))
    for order in itertools.islice(itertools.permutations(rows.tolist()), 0, 5040, 61):
        assert drawn(world_of(4), np.array(order)) == by_hand(4)
