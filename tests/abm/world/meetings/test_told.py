"""What counsellors tell: of the chance of a permit, and of the country of origin."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.meetings.told import of_hope, of_origin
from terugkeer.agents.codes import Organisation

from tests.abm.world.clients import DANGEROUS, SAFE, everybody, number, world_of
from tests.abm.world.small_world import change

BOTH = np.array([SAFE, DANGEROUS] * 2)


@pytest.mark.parametrize(
    ("organisation", "in_danger"), [(Organisation.VWN, True), (Organisation.IOM, False)]
)
def test_only_who_looks_at_the_claim_again_tells_of_a_chance(
    organisation: Organisation, in_danger: bool
) -> None:
    world = world_of(helper=organisation, country=BOTH)
    chance = number("hope_in_repeat_procedure") * in_danger
    assert of_hope(world, everybody(world)).tolist() == [0.0, chance, 0.0, chance]


def test_the_origin_is_told_as_it_is_with_what_a_plan_adds() -> None:
    world = world_of(
        change("plan_livelihood", (0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0)),
        change("training_place", "at_origin"),
        change("training_livelihood", 0.05),
        change("skills_of_session", (0.0, 0.01, 0.02, *(0.0,) * 10)),
        helper=np.array(
            [
                Organisation.IOM,
                Organisation.VWN,  # trains here without a plan
                Organisation.BRIDGE_TO_BETTER,
                Organisation.GOEDWERK,  # has plans and does not train
            ]
        ),
        country=SAFE,
    )
    safety, livelihood = of_origin(world, everybody(world))
    truth = world.origin.livelihood[SAFE]
    assert safety.tolist() == [world.origin.safety[SAFE]] * 4
    np.testing.assert_allclose(livelihood, truth + np.array([0.0, 0.05, 0.15, 0.1]))
