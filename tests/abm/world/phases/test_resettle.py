"""Follow-ups end after their weeks, or when a household leaves the origin again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.resettle import resettle
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.adults import WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    import numpy as np
    import pytest
    from terugkeer.abm.world.state import World

BACK = {"place": Place.ORIGIN, "phase": LegalPhase.RETURNED, "spell_open": False}


def test_a_follow_up_ends_after_the_weeks_of_the_record() -> None:
    since = [WEEK - 51, WEEK - 52, WEEK - 53]
    values = hazards_only({"returned_followed_weeks": 52})
    world = adults(3, values=values, phase_since=since, **BACK)
    resettle(world)
    assert world.people.gone.tolist() == [False, True, True]
    assert happened(world, Event.ARCHIVED) == [2, 3]
    assert world.departed == 2


def test_persons_in_the_netherlands_are_not_archived_however_long_they_stay() -> None:
    world = adults(1, values=hazards_only(), phase_since=WEEK - 500)
    resettle(world)
    assert not world.people.gone.any()


def test_a_person_is_archived_once() -> None:
    world = adults(1, values=hazards_only(), phase_since=WEEK - 60, **BACK)
    resettle(world)
    resettle(world)
    assert happened(world, Event.ARCHIVED) == [1]
    assert world.departed == 1


def test_a_household_that_leaves_the_origin_again_is_no_longer_followed_and_not_archived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = adults(3, phase_since=[WEEK - 60, WEEK - 60, WEEK - 3], **BACK)
    leaving = world.people.person[[0, 2]].copy()

    def follow(_world: World) -> np.ndarray:
        return leaving

    monkeypatch.setattr(world.returns, "follow", follow)
    resettle(world)
    assert world.people.gone.all()
    assert happened(world, Event.ARCHIVED) == [2]
    assert world.departed == 3
