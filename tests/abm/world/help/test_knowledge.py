"""Who knows of support, as a yes or no."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.help.knowledge import knows_of_support, mean_of_adults
from terugkeer.agents.codes import Organisation

from tests.abm.world.adults import BIRTH, CHILD, WEEK, adults

MANY = 3000


def known(n: int = MANY, size: int = 1, **columns: object) -> np.ndarray:
    world = adults(n, size, **columns)
    return knows_of_support(world, np.arange(n * size))


@pytest.mark.parametrize("knowledge", [0.0, 0.3, 1.0])
def test_as_many_know_as_knowledge_says(knowledge: float) -> None:
    assert known(knowledge=knowledge).mean() == pytest.approx(knowledge, abs=0.035)


def test_whoever_has_met_or_talked_with_somebody_knows() -> None:
    met = known(3, met=[1 << Organisation.IOM, 0, 0], talks=[0, 1, 0])
    assert met.tolist() == [True, True, False]


def test_whoever_knows_goes_on_knowing_while_knowledge_grows() -> None:
    world = adults(MANY, knowledge=0.3)
    rows = np.arange(MANY)
    before = knows_of_support(world, rows)
    world.week += 1
    assert np.array_equal(knows_of_support(world, rows), before), "the uniform is for life"
    world.people.knowledge[:] = 0.5
    after = knows_of_support(world, rows)
    assert (after >= before).all()
    assert after.sum() > before.sum()


def test_a_household_knows_by_the_mean_of_its_adults() -> None:
    family = {
        "birth_week": np.tile([BIRTH, BIRTH, CHILD], MANY),
        "knowledge": np.tile([1.0, 0.0, 0.0], MANY),
    }
    found = known(MANY, 3, **family).reshape(MANY, 3)
    assert (found == found[:, :1]).all()
    assert found[:, 0].mean() == pytest.approx(0.5, abs=0.035)


def test_the_adults_alone_suffice() -> None:
    world = adults(MANY, 3, birth_week=np.tile([BIRTH, BIRTH, CHILD], MANY), knowledge=0.4)
    rows = np.arange(3 * MANY)
    grown = rows % 3 < 2
    assert np.array_equal(
        knows_of_support(world, rows[grown]), knows_of_support(world, rows)[grown]
    )


def test_the_mean_is_that_of_adults_and_holds_for_the_whole_household() -> None:
    birth = [WEEK - 2000, WEEK - 2000, CHILD] + [WEEK - 2000] * 2 + [CHILD]
    world = adults(2, 3, birth_week=birth)
    values = np.array([0.2, 0.6, 9.0, 0.1, 0.3, 9.0])
    assert np.allclose(mean_of_adults(world, np.arange(6), values), [0.4] * 3 + [0.2] * 3)
