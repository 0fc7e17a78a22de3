"""What households know of support, by hand."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.world.chance import Decision
from terugkeer.abm.world.help.knowledge import knows_of_support, mean_of_adults
from terugkeer.agents.codes import Organisation

from tests.abm.world.adults import CHILD, WEEK, adults

PAIR = np.arange(2)


def test_a_household_knows_if_its_adults_know_more_than_a_draw_for_life() -> None:
    world = adults(2000)
    rows = np.arange(2000)
    world.people.knowledge[:] = 0.3
    found = knows_of_support(world, rows)
    assert (found == (world.draw_once(Decision.KNOWS_SUPPORT, rows) < np.float32(0.3))).all()
    assert abs(found.mean() - 0.3) < 0.04
    world.week += 20
    assert (knows_of_support(world, rows) == found).all()
    world.people.knowledge[:] = 0.6
    more = knows_of_support(world, rows)
    assert (more | ~found).all()  # nobody forgets by learning
    assert more.sum() > found.sum()


def test_whoever_has_met_somebody_knows_and_nobody_else_without_knowledge() -> None:
    world = adults(3, met=[0, 1 << Organisation.VWN, 0], talks=[0, 0, 1])
    assert knows_of_support(world, np.arange(3)).tolist() == [False, True, True]


def test_the_mean_is_that_of_adults_and_holds_for_the_whole_household() -> None:
    birth = [WEEK - 2000, WEEK - 2000, CHILD] + [WEEK - 2000] * 2 + [CHILD]
    world = adults(2, 3, birth_week=birth)
    values = np.array([0.2, 0.6, 9.0, 0.1, 0.3, 9.0])
    assert np.allclose(mean_of_adults(world, np.arange(6), values), [0.4] * 3 + [0.2] * 3)
