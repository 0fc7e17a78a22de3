"""How reservation prices move with work: by hand, limits and orders."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.reservation import asked, working

UNIT = st.floats(0.0, 1.0)


def test_taking_part_in_the_economy_is_what_is_earned_of_what_is_needed() -> None:
    assert working([0.0, 40.0, 80.0, 200.0], 80.0).tolist() == [0.0, 0.5, 1.0, 1.0]


def test_a_price_moves_toward_a_share_that_falls_with_work() -> None:
    assert asked([0.0, 0.5, 1.0], 0.4) == pytest.approx([1.0, 0.7, 0.4])


@pytest.mark.parametrize(("at_work", "expected"), [(1.0, [1.0, 1.0]), (0.0, [1.0, 0.0])])
def test_work_changes_nothing_at_1_and_everything_at_0(
    at_work: float, expected: list[float]
) -> None:
    assert asked([0.0, 1.0], at_work).tolist() == expected


@given(st.lists(st.floats(0.0, 1e5), min_size=2), st.floats(0.01, 1e4), UNIT)
def test_whoever_earns_more_asks_no_more_and_shares_stay_in_their_range(
    earned: list[float], need: float, at_work: float
) -> None:
    found = asked(working(np.sort(earned), need), at_work)
    assert (np.diff(found) <= 0.0).all()
    assert (found >= at_work - 1e-12).all()
    assert (found <= 1.0).all()
