"""What news does to a belief."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.news import NEWS, near_to_belief, none, told, trusted, weighty

UNIT = st.floats(0.0, 1.0)
WEIGHT = st.floats(0.0, 5.0)


def test_news_moves_a_belief_by_its_weight() -> None:
    assert told([0.2, 0.2, 0.2], [0.5, 0.0, 0.25], [0.0, 0.5, 0.25]) == pytest.approx(
        [0.6, 0.1, 0.2 + 0.25 * 0.8 - 0.25 * 0.2]
    )


def test_more_than_all_cannot_be_heard() -> None:
    assert told(0.2, 3.0, 0.0) == 1.0
    assert told(0.2, 3.0, 1.0) == pytest.approx(0.75)


@given(belief=UNIT, good=WEIGHT, bad=WEIGHT, more=WEIGHT)
def test_more_good_news_never_lowers_and_more_bad_never_raises(
    belief: float, good: float, bad: float, more: float
) -> None:
    nearly = 1e-12
    middle = told(belief, good, bad)
    assert 0.0 <= middle <= 1.0
    assert told(belief, good + more, bad) >= middle - nearly
    assert told(belief, good, bad + more) <= middle + nearly
    assert told(belief, good, 0.0) >= belief - nearly


@given(belief=UNIT)
def test_without_news_a_belief_stays(belief: float) -> None:
    assert told(belief, 0.0, 0.0) == belief


def test_news_is_weighty_if_it_moves_any_belief_far_up_or_down() -> None:
    before = np.array([[0.5, 0.5, 0.5, 0.5], [0.25, 0.25, 0.25, 0.25]])
    after = np.array([[0.5, 0.75, 0.5, 0.625], [0.25, 0.25, 0.0, 0.25]])
    assert weighty(before, after, 0.25).tolist() == [False, True, True, False]
    assert weighty(before, after, 0.0).tolist() == [False, True, True, True]
    assert weighty(before, after, 1.0).tolist() == [False] * 4


@given(distance=UNIT)
def test_readings_of_what_is_taken_in(distance: float) -> None:
    assert none(distance) == 0.0
    assert trusted(distance) == 1.0
    assert near_to_belief(distance) == pytest.approx(1.0 - distance)
    assert all(np.shape(reading(np.full(3, distance))) == (3,) for reading in NEWS.values())
