"""States that run their course: by hand, in the long run and at the limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.course import halved, move, toward

UNIT = st.floats(0.0, 1.0)
SINGLE = st.floats(0.0, 1.0, width=32)


def test_a_state_covers_its_share_of_the_distance() -> None:
    assert toward([0.0, 1.0, 0.5], [1.0, 0.0, 0.5], [0.25, 0.25, 0.25]) == pytest.approx(
        [0.25, 0.75, 0.5]
    )
    single = toward(np.array([0.5], dtype=np.float32), 1.0, 0.5)
    assert single.dtype == np.float64
    assert single.tolist() == [0.75]


@given(x=UNIT, target=UNIT, rate=UNIT)
def test_a_state_stays_between_where_it_was_and_where_it_tends(
    x: float, target: float, rate: float
) -> None:
    found = float(toward(x, target, rate))
    assert min(x, target) - 1e-15 <= found <= max(x, target) + 1e-15
    assert 0.0 <= found <= 1.0  # exactly, whatever the rounding
    assert toward(x, target, 0.0) == x
    assert toward(x, target, 1.0) == pytest.approx(target, abs=1e-15)


@given(x=SINGLE, target=SINGLE, rate=SINGLE)
def test_a_state_moved_in_place_is_the_same_in_its_own_precision(
    x: float, target: float, rate: float
) -> None:
    state = np.array([x], dtype=np.float32)
    move(state, np.float32(target), np.float32(rate))
    assert state.dtype == np.float32
    assert 0.0 <= state[0] <= 1.0  # exactly, whatever the rounding
    assert state[0] == pytest.approx(float(toward(x, target, rate)), abs=1e-6)


def test_a_state_is_moved_where_it_stands() -> None:
    state = np.array([0.0, 0.5], dtype=np.float32)
    same = state
    move(state, np.array([1.0, 1.0]), 0.5)
    assert same.tolist() == [0.5, 0.75]


def test_what_is_left_of_a_distance_falls_geometrically() -> None:
    x = 0.0
    for _ in range(10):
        x = float(toward(x, 1.0, 0.1))
    assert x == pytest.approx(1.0 - 0.9**10)


def test_growth_covers_half_of_what_is_left() -> None:
    weeks = np.array([0, 26, 52, 78], dtype=np.float32)
    found = halved(weeks, 26.0)
    assert found.dtype == np.float64
    assert found.tolist() == [0.0, 0.5, 0.75, 0.875]
    assert halved([0.0, 1000.0], np.inf).tolist() == [0.0, 0.0]
    assert halved([np.inf], 26.0).tolist() == [1.0]


@given(weeks=st.floats(0.0, 2000.0), later=st.floats(0.0, 2000.0), half=st.floats(1.0, 1000.0))
def test_growth_never_turns_and_never_ends(weeks: float, later: float, half: float) -> None:
    before, after = halved([weeks, weeks + later], half)
    assert 0.0 <= before <= after <= 1.0
