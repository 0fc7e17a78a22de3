"""Moderators: how often people can decide, and how far fear and hope let reasons act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.decision.moderators import (
    capacity,
    left_by_fear,
    left_by_hope,
    turned_by_fear,
)
from terugkeer.agents.codes import Place

from tests.abm.world.clients import everybody, number, world_of
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World

    Gate = Callable[[World, NDArray[np.float64]], NDArray[np.float64]]

HARD = change("moderators", "hard")
SCALE = np.linspace(0.0, 1.0, 21)


def able(world: World) -> list[float]:
    """Return everybody's capacity."""
    return capacity(world, everybody(world)).tolist()


def test_capacity_is_least_on_the_street_and_none_at_origin() -> None:
    world = world_of(n=len(Place), place=list(Place), agency=0.6, mental=0.6)
    found = dict(zip(Place, able(world), strict=True))
    assert found.pop(Place.ORIGIN) == 0.0
    assert min(found, key=lambda place: found[place]) == Place.STREET
    assert max(found, key=lambda place: found[place]) == Place.GUIDED_SHELTER


def test_capacity_is_stability_where_agency_and_health_lie_past_a_hard_midpoint() -> None:
    middle = number("capacity_midpoint")
    world = world_of(
        HARD,
        place=Place.AZC,
        agency=[middle + 0.01, middle + 0.01, middle - 0.01, 1.0],
        mental=[middle + 0.01, middle - 0.01, middle + 0.01, 1.0],
    )
    stability = float(world.now.vector("place_stability")[Place.AZC])
    assert able(world) == pytest.approx([stability, 0.0, 0.0, stability])


def test_a_longer_horizon_adds_capacity_but_without_stable_shelter() -> None:
    world = world_of(HARD, n=len(Place), place=list(Place), agency=1.0, mental=1.0, horizon=0.2)
    stability = world.now.vector("place_stability")
    expected = np.minimum(stability * 1.2, 1.0)
    for place in (Place.STREET, Place.NIGHT_SHELTER):
        assert stability[place] > 0.0
        expected[place] = stability[place]
    assert able(world) == pytest.approx(expected.tolist())


@pytest.mark.parametrize("column", ["agency", "mental"])
def test_capacity_rises_with_agency_and_mental_health_inside_stability(column: str) -> None:
    other = {"agency": "mental", "mental": "agency"}[column]
    world = world_of(n=21, place=Place.VBL, **{column: SCALE, other: 0.8})
    found = np.array(able(world))
    assert (np.diff(found) > 0.0).all()
    assert found.max() <= world.now.vector("place_stability")[Place.VBL]
    assert found.min() >= 0.0


def test_what_fear_turns_and_what_it_leaves_add_up_to_1() -> None:
    for changes in ((), (HARD,)):
        world = world_of(*changes)
        left, turned = left_by_fear(world, SCALE), turned_by_fear(world, SCALE)
        assert left + turned == pytest.approx(1.0)
        assert (np.diff(left) <= 0.0).all()


@pytest.mark.parametrize(("gate", "name"), [(left_by_fear, "fear"), (left_by_hope, "hope")])
def test_a_hard_gate_leaves_all_below_its_midpoint_and_nothing_from_it_on(
    gate: Gate, name: str
) -> None:
    middle = number(f"{name}_midpoint")
    found = gate(world_of(HARD), np.array([0.0, middle - 0.01, middle, 1.0]))
    assert found.tolist() == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(("gate", "name"), [(left_by_fear, "fear"), (left_by_hope, "hope")])
def test_a_soft_gate_is_half_open_at_its_midpoint_and_ends_at_its_floor(
    gate: Gate, name: str
) -> None:
    world = world_of()
    world.now.update({f"{name}_steepness": 1000.0, f"{name}_floor": 0.2, f"{name}_midpoint": 0.5})
    assert gate(world, np.array([0.0, 0.5, 1.0])) == pytest.approx([1.0, 0.6, 0.2])
    world.now.update({f"{name}_steepness": 0.0})
    assert gate(world, SCALE) == pytest.approx(0.6), "the state has no effect"
