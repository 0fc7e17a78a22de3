"""What counsellors tell, by hand: of a permit, and of the origin with and without a plan."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.meetings.told import of_hope, of_origin
from terugkeer.agents.codes import Organisation

from tests.abm.world.clients import DANGEROUS, SAFE, everybody, number, number_of, world_of
from tests.abm.world.small_world import change

BOTH = {"n": 2, "country": np.array([SAFE, DANGEROUS])}


@pytest.mark.parametrize("organisation", [Organisation.VWN, Organisation.IOM])
def test_who_starts_from_the_law_tells_of_a_new_procedure_where_it_is_plausible(
    organisation: Organisation,
) -> None:
    world = world_of(helper=organisation, **BOTH)
    new = number("hope_in_repeat_procedure") if organisation is Organisation.VWN else 0.0
    assert of_hope(world, everybody(world)).tolist() == [0.0, new]


def test_the_origin_is_told_as_it_is_with_what_a_plan_adds() -> None:
    world = world_of(helper=Organisation.VWN, **BOTH)
    safety, livelihood = of_origin(world, everybody(world))
    np.testing.assert_allclose(safety, [0.8, 0.1])
    np.testing.assert_allclose(livelihood, [0.7, 0.2])
    with_plan = world_of(helper=Organisation.TRAINING_NGO, **BOTH)
    _, livelihood = of_origin(with_plan, everybody(with_plan))
    plan = number_of("plan_livelihood", Organisation.TRAINING_NGO)
    np.testing.assert_allclose(livelihood, np.array([0.7, 0.2]) + plan)
    there = change("training_place", "at_origin")
    trained = world_of(there, helper=Organisation.TRAINING_NGO, **BOTH)
    _, more = of_origin(trained, everybody(trained))
    np.testing.assert_allclose(more - livelihood, number("training_livelihood"))
