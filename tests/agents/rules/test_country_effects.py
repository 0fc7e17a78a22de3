"""Effects of countries, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from terugkeer.agents.rules.country_effects import cooperation, pooled_effect, scaled_scores

COVARIATES = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 1.0]])
NONE = np.zeros(3)
SCORES = arrays(np.float64, 3, elements=st.floats(-4.0, 4.0))


def test_an_effect_is_what_is_documented_and_the_parts_of_group_and_country() -> None:
    found = pooled_effect(
        COVARIATES, np.array([0.4, -0.2]), np.array([0.1, 0.1, -0.1]), np.array([0.0, 0.3, 0.0])
    )
    assert found == pytest.approx([0.4 + 0.1, -0.2 + 0.1 + 0.3, 0.2 - 0.2 - 0.1])


def test_without_parts_and_coefficients_all_countries_are_alike() -> None:
    assert not pooled_effect(COVARIATES, np.zeros(2), NONE, NONE).any()


@given(SCORES)
def test_a_spread_of_nothing_pools_completely(scores: np.ndarray) -> None:
    assert not scaled_scores(0.0, scores).any()


@given(SCORES, st.floats(0.0, 3.0))
def test_parts_are_in_proportion_to_the_spread(scores: np.ndarray, scale: float) -> None:
    assert scaled_scores(scale, scores) == pytest.approx(scale * scores)
    assert (np.sign(scaled_scores(scale, scores)) * np.sign(scores) >= 0.0).all()


def test_cooperation_by_hand() -> None:
    """1.5 x 2 x e^ln 2 = 6; a lever of 0 ends all; an effect of 0 leaves the mean of the group."""
    found = cooperation(
        np.array([np.log(2.0), np.log(2.0), 0.0]),
        np.array([1.5, 1.5, 0.5]),
        np.array([2.0, 0.0, 1.0]),
    )
    assert found == pytest.approx([6.0, 0.0, 0.5])


@given(SCORES)
def test_cooperation_is_never_negative_and_rises_with_the_effect(effect: np.ndarray) -> None:
    found = cooperation(effect, np.ones(3), np.ones(3))
    assert (found > 0.0).all()
    assert (np.diff(found[np.argsort(effect)]) >= 0.0).all()
