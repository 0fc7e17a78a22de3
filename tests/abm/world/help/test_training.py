"""Who trains, and where."""

from __future__ import annotations

import pytest
from terugkeer.abm.world.help.training import training
from terugkeer.agents.codes import Organisation
from terugkeer.agents.kinds import HELPERS

from tests.abm.world.clients import world_of

BRIDGE, WERELDWIJD, GREEN_WAY = (
    Organisation.BRIDGE_TO_BETTER,
    Organisation.WERELDWIJD,
    Organisation.GREEN_WAY,
)
TRAINS = {BRIDGE: 0.2, WERELDWIJD: 0.1, GREEN_WAY: 0.1}


@pytest.mark.parametrize(
    ("place", "here", "there"),
    [
        ("in_nl", {BRIDGE: 0.2, WERELDWIJD: 0.1}, {GREEN_WAY}),
        ("at_origin", {}, {BRIDGE, WERELDWIJD, GREEN_WAY}),
    ],
)
def test_three_organisations_train_and_green_way_at_origin_in_either_case(
    place: str, here: dict[Organisation, float], there: set[Organisation]
) -> None:
    world = world_of()
    world.now.update(
        {
            "skills_of_session": tuple(TRAINS.get(each, 0.0) for each in HELPERS),
            "training_place": place,
        }
    )
    found = training(world.now)
    assert {each: found.here[each] for each in Organisation if found.here[each]} == here
    assert {each for each in Organisation if found.there[each]} == there


def test_organisations_without_a_number_train_nowhere() -> None:
    world = world_of()
    world.now.update({"skills_of_session": (0.0,) * 13})
    found = training(world.now)
    assert not found.here.any()
    assert not found.there.any()
