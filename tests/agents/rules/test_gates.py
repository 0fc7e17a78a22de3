"""Gates by hand, soft and hard, and what must hold of all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.gates import capacity, gate, hardship_left, persuasion, turned

UNIT = st.floats(0.0, 1.0)
STEEP = st.one_of(st.floats(0.0, 1000.0), st.just(np.inf))
HARD = {"midpoint": 0.5, "steepness": np.inf, "floor": 0.1}
STATES = np.array([0.0, 0.4999, 0.5, 1.0])


def test_soft_gates_by_hand() -> None:
    # steepness ln 3: one unit above the midpoint the step is 3 / 4
    assert gate([0.0, 1.0], 0.0, np.log(3.0), 0.2) == pytest.approx([0.6, 0.8])
    shape = {"midpoint": 0.0, "steepness": np.log(3.0), "floor": 0.2}
    assert hardship_left([0.0, 1.0], **shape) == pytest.approx([0.6, 0.4])
    assert persuasion([0.0, 1.0], **shape) == pytest.approx([0.6, 0.4])
    assert turned([0.0, 1.0], **shape) == pytest.approx([0.4, 0.6])


def test_hard_gates_are_exact() -> None:
    assert gate(STATES, 0.5, np.inf, 0.1).tolist() == [0.1, 0.1, 1.0, 1.0]
    assert hardship_left(STATES, **HARD).tolist() == [1.0, 1.0, 0.1, 0.1]
    assert persuasion(STATES, **HARD).tolist() == [1.0, 1.0, 0.1, 0.1]
    assert turned(STATES, **HARD).tolist() == [0.0, 0.0, 0.9, 0.9]


def test_fear_that_leaves_nothing_cancels_hardship() -> None:
    lexicographic = {**HARD, "floor": 0.0}
    assert hardship_left(STATES, **lexicographic).tolist() == [1.0, 1.0, 0.0, 0.0]
    assert turned(STATES, **lexicographic).tolist() == [0.0, 0.0, 1.0, 1.0]


def test_the_midpoint_in_single_precision_is_the_midpoint() -> None:
    for midpoint in (0.1, 0.3, 0.7, 0.9):
        at = np.array([midpoint], dtype=np.float32)
        opened = gate(at, np.float64(midpoint), np.inf, 0.0)
        assert opened.dtype == np.float64
        assert opened.tolist() == [1.0]


@given(x=UNIT, midpoint=UNIT, floor=UNIT)
def test_without_steepness_the_state_does_not_matter(
    x: float, midpoint: float, floor: float
) -> None:
    assert gate(x, midpoint, 0.0, floor) == pytest.approx((1.0 + floor) / 2.0)


@given(x=UNIT, midpoint=UNIT, floor=UNIT)
def test_a_steep_gate_is_a_hard_one_away_from_the_midpoint(
    x: float, midpoint: float, floor: float
) -> None:
    hard = gate(x, midpoint, np.inf, floor)
    # 100 / 1e-3 in the exponent would be exactly 0 or 1; expit(-100) is 4e-44
    steep = gate(x, midpoint, 1e5, floor)
    if abs(x - midpoint) > 1e-3:
        assert steep == pytest.approx(hard, abs=1e-15)


@given(x=UNIT, y=UNIT, midpoint=UNIT, steepness=STEEP, floor=UNIT)
def test_gates_are_bounded_and_monotone(
    x: float, y: float, midpoint: float, steepness: float, floor: float
) -> None:
    low, high = sorted((x, y))
    opens = gate([low, high], midpoint, steepness, floor)
    shape = {"midpoint": midpoint, "steepness": steepness, "floor": floor}
    closes, turns = hardship_left([low, high], **shape), turned([low, high], **shape)
    assert np.all((opens >= floor) & (opens <= 1.0))
    assert np.all((closes >= floor) & (closes <= 1.0))
    assert np.all((turns >= 0.0) & (turns <= 1.0 - floor))
    assert opens[0] <= opens[1]
    assert closes[0] >= closes[1]
    assert turns[0] <= turns[1]
    assert (closes + turns).tolist() == [1.0, 1.0]  # of a threat nothing is lost
    assert opens + closes == pytest.approx(1.0 + floor)  # mirrors of each other


def test_capacity_by_hand() -> None:
    hard = {"midpoint": 0.5, "steepness": np.inf, "floor": 0.5}
    stability = np.array([1.0, 1.0, 1.0, 0.4, 0.0])
    agency = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    mental = np.array([1.0, 1.0, 0.0, 0.0, 1.0])
    assert capacity(stability, agency, mental, **hard).tolist() == [1.0, 0.5, 0.25, 0.2, 0.0]


@given(
    stability=UNIT,
    agency=UNIT,
    mental=UNIT,
    more=st.tuples(UNIT, UNIT, UNIT),
    midpoint=UNIT,
    steepness=STEEP,
    floor=UNIT,
)
def test_capacity_rises_with_all_it_needs_up_to_the_stability(
    stability: float,
    agency: float,
    mental: float,
    more: tuple[float, float, float],
    midpoint: float,
    steepness: float,
    floor: float,
) -> None:
    has = np.array([stability, agency, mental], dtype=np.float32)
    better = np.maximum(has, np.array(more, dtype=np.float32))
    shape = {"midpoint": midpoint, "steepness": steepness, "floor": floor}
    before, after = capacity(*has, **shape), capacity(*better, **shape)
    assert before <= after
    assert float(has[0]) * floor**2 <= before * (1.0 + 1e-12)
    assert before <= has[0]
