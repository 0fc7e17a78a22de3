"""What a week draws for the rows of a household, and which events a hazard lets happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import Chance, Decision, hash_numbers
from terugkeer.abm.world.events import MEMBERS

from tests.abm.world.adults import adults
from tests.abm.world.small_world import empty_world

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

N = 50_000
WEEK = 600


@pytest.fixture(scope="module")
def world() -> World:
    """Households of two."""
    world = empty_world(Chance(9, WEEK + 2), WEEK, {"majority_years": 18})
    person = np.repeat(np.arange(N) * MEMBERS, 2) + np.tile([0, 1], N)
    world.people.add(
        {
            "person": person,
            "household": person // MEMBERS,
            "household_key": hash_numbers(person // MEMBERS),
            "key": hash_numbers(person),
            "youngest_birth_week": np.where(person % 32 < 16, WEEK - 939, WEEK - 940),
        }
    )
    return world


EVERYBODY = np.arange(2 * N)


@pytest.mark.parametrize("hazard", [0.01, 0.4, 2.5])
def test_an_event_happens_with_the_chance_of_its_hazard(world: World, hazard: float) -> None:
    """Within 4 standard errors, counted in households."""
    happened = world.happens(Decision.DOCUMENT, EVERYBODY, hazard)
    expected = 1.0 - np.exp(-hazard)
    error = np.sqrt(expected * (1.0 - expected) / N)
    assert abs(len(happened) / (2 * N) - expected) < 4 * error
    assert np.array_equal(happened[::2] + 1, happened[1::2]), "a household acts together"


def test_hazards_by_person_and_their_limits(world: World) -> None:
    hazard = np.where(EVERYBODY < 10, np.inf, 0.0)
    assert world.happens(Decision.DOCUMENT, EVERYBODY, hazard).tolist() == list(range(10))
    assert world.happens(Decision.DOCUMENT, EVERYBODY[:0], 1.0).tolist() == []


def test_a_draw_for_life_stays_and_a_weekly_one_changes(world: World) -> None:
    once = world.draw_once(Decision.VBL_ENDS, EVERYBODY)
    weekly = world.draw(Decision.VBL_ENDS, EVERYBODY)
    world.week += 1
    try:
        assert np.array_equal(world.draw_once(Decision.VBL_ENDS, EVERYBODY), once)
        assert not np.any(world.draw(Decision.VBL_ENDS, EVERYBODY[::2]) == weekly[::2])
    finally:
        world.week -= 1
    assert np.array_equal(once[::2], once[1::2])


def test_a_minor_comes_of_age_after_eighteen_years(world: World) -> None:
    """18 x 52.1775 = 939.195 weeks."""
    assert world.with_minor(np.array([0, 1, 2, 3])).tolist() == [True, True, False, False]


def test_what_a_member_state_agrees_to_is_no_paper_unless_a_claimant_is_identified() -> None:
    world = adults(
        5,
        document=[True, True, True, False, False],
        dublin=[False, True, True, True, False],
        identified=[False, False, True, True, False],
    )
    rows = np.arange(5)
    assert world.has_papers(rows).tolist() == [True, False, True, False, False]
    assert world.shows_identity(rows).tolist() == [True, False, True, True, False]
