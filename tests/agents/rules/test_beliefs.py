"""Beliefs and news: by hand, bounds, and which way they move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.beliefs import biased, moved, pooled, scaled, weight_of_news

UNIT = st.floats(0.0, 1.0)


def test_news_allays_a_fear_or_confirms_it() -> None:
    assert moved([0.2, 0.2], [1.0, 0.0], [0.5, 0.5]) == pytest.approx([0.6, 0.1])


@given(belief=UNIT, news=UNIT, weight=UNIT)
def test_a_belief_moves_toward_the_news_and_stays_a_belief(
    belief: float, news: float, weight: float
) -> None:
    found = float(moved(np.float32(belief), np.float32(news), np.float32(weight)))
    assert 0.0 <= found <= 1.0
    assert abs(found - np.float32(news)) <= abs(np.float32(belief) - np.float32(news)) + 1e-7
    assert moved(belief, news, 0.0) == belief
    assert moved(belief, news, 1.0) == pytest.approx(news, abs=1e-15)


def test_injustice_halves_the_weight_of_news_and_no_trust_takes_all() -> None:
    trust, justice = np.array([1.0, 1.0, 0.5, 0.0]), np.array([1.0, 0.0, 0.5, 1.0])
    assert weight_of_news(trust, justice, 0.4).tolist() == pytest.approx([0.4, 0.2, 0.15, 0.0])
    assert weight_of_news(0.0, 1.0, 1.0) == 0.0


@given(trust=UNIT, justice=UNIT, base=UNIT, more=UNIT)
def test_the_weight_of_news_rises_with_trust_and_justice(
    trust: float, justice: float, base: float, more: float
) -> None:
    weight = weight_of_news(trust, justice, base)
    assert 0.0 <= weight <= base
    assert weight <= weight_of_news(max(trust, more), justice, base)
    assert weight <= weight_of_news(trust, max(justice, more), base)


def test_a_scale_from_worst_to_best() -> None:
    values = np.array([-9.0, -2.0, -1.0, 0.0, 2.0, np.inf], dtype=np.float32)
    found = scaled(values, -2.0, 2.0)
    assert found.dtype == np.float64
    assert found.tolist() == [0.0, 0.0, 0.25, 0.5, 1.0, 1.0]


def test_a_country_is_pulled_toward_its_group() -> None:
    assert pooled([0.0, 1.0], [0.5, 0.5], 0.8) == pytest.approx([0.1, 0.9])
    assert pooled([0.3], [0.6], 0.0).tolist() == [0.6]
    assert pooled([0.3], [0.6], 1.0).tolist() == [0.3]


def test_a_bias_makes_conditions_look_worse() -> None:
    found = biased(np.array([0.1, 0.5, 0.9]), np.array([0.25, 0.25, -0.25]))
    assert found.tolist() == [0.0, 0.25, 1.0]
    assert biased([0.1, 0.5], 0.0).tolist() == [0.1, 0.5]


@given(truth=UNIT, bias=st.floats(-2.0, 2.0), more=st.floats(0.0, 1.0))
def test_more_bias_never_looks_better(truth: float, bias: float, more: float) -> None:
    assert 0.0 <= biased(truth, bias + more) <= biased(truth, bias) <= 1.0
