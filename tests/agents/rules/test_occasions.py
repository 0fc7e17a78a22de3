"""The chance of weighing, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.occasions import chance_of_weighing

SHARE = st.floats(0.0, 1.0)


def test_without_an_occasion_the_rate_alone_counts() -> None:
    found = chance_of_weighing([0.0, 0.5, 1.0], [False] * 3, 0.2, 0.8)
    np.testing.assert_allclose(found, [0.0, 1 - math.exp(-0.1), 1 - math.exp(-0.2)], rtol=1e-12)


def test_an_occasion_adds_a_chance_that_capacity_scales() -> None:
    """Half able: 1 - exp(-0.2 * 0.5) * (1 - 0.8 * 0.5) = 0.4571."""
    found = chance_of_weighing([0.0, 0.5, 1.0], True, 0.2, 0.8)
    np.testing.assert_allclose(found, [0.0, 0.457098, 0.836254], atol=1e-6)


def test_no_chance_at_occasions_is_exactly_the_rate() -> None:
    able = np.random.default_rng(1).random(1000)
    found = chance_of_weighing(able, True, 0.3, 0.0)
    assert found.tolist() == (-np.expm1(-0.3 * able)).tolist()


def test_a_sure_occasion_reaches_all_who_are_fully_able() -> None:
    assert chance_of_weighing(1.0, True, 0.0, 1.0) == pytest.approx(1.0)


@given(SHARE, SHARE, st.floats(0.0, 5.0), SHARE, st.booleans())
def test_a_chance_is_a_chance_and_rises_with_what_makes_it(
    low: float, high: float, rate: float, at_occasion: float, occasion: bool
) -> None:
    low, high = min(low, high), max(low, high)
    less = chance_of_weighing(low, occasion, rate, at_occasion)
    more = chance_of_weighing(high, occasion, rate, at_occasion)
    assert 0.0 <= less <= more + 1e-12
    assert more <= 1.0 + 1e-12
    assert chance_of_weighing(high, False, rate, at_occasion) <= chance_of_weighing(
        high, True, rate, at_occasion
    )
