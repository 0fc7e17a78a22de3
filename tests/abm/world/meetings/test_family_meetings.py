"""Meetings and T-rooms in family locations: whom they reach, and what is known afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.meetings.family_meetings import hold_family_meetings
from terugkeer.agents.codes import Place

from tests.abm.world.adults import SURE, adults, happened
from tests.abm.world.small_world import change, events, lived

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

MEETS: dict[str, object] = {
    "families_open": True,
    "family_meeting_hazard": SURE,
    "family_meeting_knowledge": 0.3,
    "t_rooms_share": 0.0,
}
ROOMS: dict[str, object] = {
    "family_meeting_hazard": 0.0,
    "t_rooms_share": 1.0,
    "t_rooms_knowledge": 0.02,
}


def told(values: dict[str, object], n: int = 3, knowledge: float = 0.2) -> World:
    """Return two families in a family location and a household in a VBL, after a week."""
    places = [Place.FAMILY_LOCATION] * (n - 1) + [Place.VBL]
    world = adults(n, 2, values, place=np.repeat(places, 2), knowledge=knowledge)
    hold_family_meetings(world)
    return world


def test_a_meeting_informs_families_in_family_locations_and_nobody_else() -> None:
    """0.2 + 0.3 x (1 - 0.2) = 0.44."""
    world = told(MEETS)
    assert world.people.knowledge == pytest.approx([0.44] * 4 + [0.2] * 2)
    assert happened(world, Event.FAMILY_MEETING) == [1, 1, 2, 2]
    assert not world.people.told.any()


@pytest.mark.parametrize("closed", [{"families_open": False}, {"family_meeting_hazard": 0.0}])
def test_without_the_project_or_without_meetings_nothing_changes(
    closed: dict[str, object],
) -> None:
    world = told(MEETS | closed)
    assert (world.people.knowledge == np.float32(0.2)).all()
    assert happened(world, Event.FAMILY_MEETING) == []


def test_where_counselling_moves_no_intention_what_is_told_is_kept_apart() -> None:
    people = told(MEETS | {"counselling_moves_intention": "none"}).people
    assert (people.knowledge == np.float32(0.2)).all()
    assert people.told == pytest.approx([0.3] * 4 + [0.0] * 2)


def test_families_come_as_often_as_the_hazard_says_and_come_whole() -> None:
    """1 - exp(-0.08) = 0.077 of the families in a week."""
    world = told(MEETS | {"family_meeting_hazard": 0.08}, n=3001)
    came = (world.people.knowledge > 0.2)[:6000].reshape(-1, 2)
    assert (came[:, 0] == came[:, 1]).all()
    assert came[:, 0].mean() == pytest.approx(0.0769, abs=4 * np.sqrt(0.077 * 0.923 / 3000))


def test_a_room_informs_a_little_every_week() -> None:
    """0.5 + 0.02 x 0.5 = 0.51; the week after 0.51 + 0.02 x 0.49 = 0.5198."""
    world = told(ROOMS, knowledge=0.5)
    assert world.people.knowledge == pytest.approx([0.51] * 4 + [0.5] * 2)
    world.week += 1
    hold_family_meetings(world)
    assert world.people.knowledge == pytest.approx([0.5198] * 4 + [0.5] * 2)
    assert happened(world, Event.FAMILY_MEETING) == []


@pytest.mark.parametrize("without", [{"t_rooms_share": 0.0}, {"t_rooms_knowledge": 0.0}])
def test_without_rooms_nothing_changes(without: dict[str, object]) -> None:
    assert (told(ROOMS | without).people.knowledge == np.float32(0.2)).all()


def test_rooms_reach_a_share_of_families_the_same_in_every_week() -> None:
    world = told(ROOMS | {"t_rooms_share": 0.4}, n=2001)
    first = world.people.knowledge[:4000] > 0.2
    assert first.reshape(-1, 2)[:, 0].mean() == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / 2000))
    world.week += 1
    hold_family_meetings(world)
    np.testing.assert_array_equal(world.people.knowledge[:4000] > 0.21, first)


@pytest.mark.slow
def test_in_a_run_families_are_met_only_while_the_project_is_open() -> None:
    log = events(lived(change("family_meeting_hazard", 1.0)))
    met = log[log["kind"] == Event.FAMILY_MEETING]
    assert len(met)
    assert (met["place"] == Place.FAMILY_LOCATION).all()
    none = events(lived(change("family_meeting_hazard", 1.0), change("families_open", value=False)))
    assert not (none["kind"] == Event.FAMILY_MEETING).any()
