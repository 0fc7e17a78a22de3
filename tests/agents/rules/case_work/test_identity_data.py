"""Missing data on persons, by hand and for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from terugkeer.agents.age import WEEKS_PER_YEAR
from terugkeer.agents.rules.case_work.identity_data import (
    chance_cancelled,
    identified_at_mission,
    lacks_data,
)

GAPS = arrays(np.bool_, st.integers(0, 20))
SHARES = st.floats(0.0, 1.0)


def test_a_share_of_cases_lacks_data() -> None:
    assert lacks_data(np.array([0.1, 0.65, 0.66, 0.9]), 0.66).tolist() == [True, True, False, False]


def test_missing_data_add_to_the_other_reasons_to_cancel() -> None:
    found = chance_cancelled(0.198, np.array([True, False]), 0.053)
    assert found == pytest.approx([0.251, 0.198])
    assert chance_cancelled(0.9, np.array([True]), 0.5).tolist() == [1.0]


def test_of_all_removals_two_thirds_with_a_gap_make_up_the_recorded_share() -> None:
    lacking = np.array([True] * 66 + [False] * 34)
    found = chance_cancelled(0.198, lacking, 0.053).mean()
    assert found == pytest.approx((3000 - 2000) / (6300 - 2000), abs=0.001)


def test_visits_identify_more_where_the_origin_agrees_with_ease() -> None:
    found = identified_at_mission(4.0, 0.2, np.array([0.0, 1.0, 2.5]))
    assert found == pytest.approx([0.0, 4 / WEEKS_PER_YEAR * 0.2, 4 / WEEKS_PER_YEAR * 0.5])
    assert not identified_at_mission(0.0, 0.2, np.array([1.0, 9.0])).any()


@given(arrays(np.float64, st.integers(0, 20), elements=SHARES), SHARES, SHARES)
def test_a_smaller_share_completes_cases_and_makes_none_incomplete(
    uniform: np.ndarray, one: float, other: float
) -> None:
    few, many = (lacks_data(uniform, share) for share in sorted((one, other)))
    assert not (few & ~many).any()
    assert not lacks_data(uniform, 0.0).any()


@given(SHARES, GAPS, SHARES)
def test_a_chance_stays_a_chance_and_nothing_fails_without_an_effect(
    otherwise: float, lacking: np.ndarray, fails: float
) -> None:
    found = chance_cancelled(otherwise, lacking, fails)
    assert ((found >= otherwise) & (found <= 1.0)).all()
    assert (chance_cancelled(otherwise, lacking, 0.0) == otherwise).all()
    assert (chance_cancelled(otherwise, np.zeros_like(lacking), fails) == otherwise).all()
