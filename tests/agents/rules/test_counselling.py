"""Sessions by hand: weights, what is told, bonds, and each reading of what is contested."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.counselling import (
    COUNSELLOR_BOND,
    EARLY_RETURN_TALK,
    NATIVE_COUNSELLOR,
    TRAINING_PLACE,
    excess,
    experienced,
    heard,
    left_by_load,
    recalled,
    skilled,
    told_hope,
    told_livelihood,
)

SHARE = st.floats(0.0, 1.0)


def test_training_adds_a_share_of_skill_and_never_more_than_all() -> None:
    found = skilled([0.4, 0.4, 0.9], [0.0, 0.5, 1.0], 0.5)
    np.testing.assert_allclose(found, [0.4, 0.5, 1.0])


def test_a_beginner_lacks_a_part_of_which_each_half_takes_half() -> None:
    found = experienced([0.0, 50.0, 100.0, 1e9], 0.4, 50.0)
    np.testing.assert_allclose(found, [0.6, 0.8, 0.9, 1.0])
    np.testing.assert_allclose(experienced([0.0, 50.0], 0.0, 50.0), 1.0)


def test_a_full_caseload_takes_its_share_and_more_clients_take_no_more() -> None:
    found = left_by_load([0.0, 5.0, 10.0, 30.0], [10.0, 10.0, 10.0, np.inf], 0.2)
    np.testing.assert_allclose(found, [1.0, 0.9, 0.8, 1.0])
    np.testing.assert_allclose(left_by_load([30.0], [10.0], 0.2), [0.8])
    np.testing.assert_allclose(left_by_load([30.0], [10.0], 0.0), [1.0])


def test_memory_goes_back_to_what_is_expected() -> None:
    found = recalled([[0.8, 0.2], [0.3, 0.5]], [[0.4], [0.3]], 0.5)
    np.testing.assert_allclose(found, [[0.6, 0.3], [0.3, 0.4]])


@given(SHARE, SHARE, st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_experience_never_takes_skill_away_and_load_never_gives_any(
    beginner: float, tires: float, few: float, more: float
) -> None:
    few, more = sorted((few, more))
    low, high = experienced([few, more], beginner, 50.0)
    assert 0.0 <= low <= high <= 1.0
    light, heavy = left_by_load([few, more], [100.0, 100.0], tires)
    assert 0.0 <= heavy <= light <= 1.0


def test_a_session_weighs_by_trust_justice_and_skill() -> None:
    """0.2 x 0.5 x (1 + 0) / 2 x 0.5 = 0.025; in full trust and justice 0.2 x 0.5."""
    found = heard(0.2, [0.5, 1.0, 0.0], [0.0, 1.0, 1.0], 0.5)
    np.testing.assert_allclose(found, [0.025, 0.1, 0.0])


@given(SHARE, SHARE, SHARE, st.floats(0.0, 3.0))
def test_no_session_moves_a_belief_past_what_is_told(
    base: float, trust: float, justice: float, skill: float
) -> None:
    weight = heard(base, [trust], [justice], skill)
    assert 0.0 <= weight[0] <= 1.0
    assert weight[0] <= heard(base, [1.0], [1.0], skill)[0]


def test_only_legal_first_in_danger_speaks_of_a_new_procedure() -> None:
    legal = np.array([True, True, False, False])
    told = told_hope(legal, [0.2, 0.5, 0.2, 0.5], 0.4, 0.6)
    assert told.tolist() == [0.6, 0.0, 0.0, 0.0]


def test_a_plan_adds_to_the_livelihood_seen() -> None:
    np.testing.assert_allclose(told_livelihood([0.3, 0.95], [0.2, 0.2]), [0.5, 1.0])
    np.testing.assert_allclose(told_livelihood([0.3], 0.0), [0.3])


def test_only_what_lies_above_the_limit_is_too_close_a_bond() -> None:
    np.testing.assert_allclose(excess([0.2, 0.6, 0.8, 1.0], 0.6), [0.0, 0.0, 0.5, 1.0])


@pytest.mark.parametrize(
    ("reading", "choice", "host"),
    [("toward_choice", 0.5, 0.0), ("toward_host_country", 0.0, 0.5)],
)
def test_a_close_bond_leads_one_way(reading: str, choice: float, host: float) -> None:
    found = COUNSELLOR_BOND[reading](np.array([0.5]))
    assert [each.tolist() for each in found] == [[choice], [host]]


@pytest.mark.parametrize(
    ("reading", "counts", "trust"),
    [("helps", [1, 1], [1, 1]), ("neutral", [0, 1], [0, 1]), ("harms_trust", [0, 1], [-1, 1])],
)
def test_an_early_talk_counts_as_read_and_a_late_one_always(
    reading: str, counts: list[float], trust: list[float]
) -> None:
    found = EARLY_RETURN_TALK[reading](np.array([True, False]))
    assert [each.tolist() for each in found] == [counts, trust]


def test_readings_of_native_counsellors_and_training() -> None:
    assert {name: each() for name, each in NATIVE_COUNSELLOR.items()} == {
        "reach": (True, False),
        "reach_and_persuasion": (True, True),
        "none": (False, False),
    }
    assert TRAINING_PLACE["in_nl"]() == (1.0, 0.0)
    assert TRAINING_PLACE["at_origin"]() == (0.0, 1.0)
