"""The race of causes against its closed form, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from terugkeer.agents.rules.exits import centred_contrast, chance_within_week, halving, race

N = 200_000
EVERYBODY = np.arange(N)


def test_the_race_has_its_closed_form() -> None:
    hazards = np.array([0.05, 0.4, 0.15])
    uniforms = np.random.default_rng(11).random((3, N))
    first = race(N, [(EVERYBODY, u, np.full(N, h)) for u, h in zip(uniforms, hazards, strict=True)])
    total = hazards.sum()
    expected = np.append(hazards / total * -np.expm1(-total), np.exp(-total))
    shares = np.array([np.mean(first == k) for k in (0, 1, 2, -1)])
    error = np.sqrt(expected * (1.0 - expected) / N)
    assert np.all(np.abs(shares - expected) < 4.0 * error), (shares, expected)


def test_no_hazard_moves_nobody_and_an_infinite_one_everybody() -> None:
    uniforms = np.array([2.0**-53, 0.3, 1.0 - 2.0**-53])
    rows = np.arange(3)
    nothing = (rows, uniforms, np.zeros(3))
    assert race(3, [nothing]).tolist() == [-1, -1, -1]
    assert race(3, [nothing, (rows, uniforms, np.full(3, np.inf))]).tolist() == [1, 1, 1]
    assert race(3, []).tolist() == [-1, -1, -1]
    assert race(0, [(rows[:0], uniforms[:0], uniforms[:0])]).tolist() == []


def test_whoever_is_not_at_risk_stays() -> None:
    first = race(4, [(np.array([3, 1]), np.array([0.001, 0.001]), np.array([1.0, 1.0]))])
    assert first.tolist() == [-1, 0, -1, 0]


def test_the_smaller_clock_wins_by_hand() -> None:
    # clocks -log(1 - u) / h within the week; 1 - exp(-1) = 0.632
    rows = np.arange(4)
    slow = (rows, np.array([0.50, 0.20, 0.90, 0.20]), np.ones(4))
    #         clocks        0.693, 0.223, 2.303, 0.223
    quick = (rows, np.array([0.50, 0.60, 0.90, 0.95]), np.full(4, 2.0))
    #         clocks        0.347, 0.458, 1.151, 1.498
    assert race(4, [slow, quick]).tolist() == [1, 0, -1, 0]
    assert race(4, [quick, slow]).tolist() == [0, 1, -1, 1]


def test_equal_clocks_go_to_the_cause_named_first() -> None:
    one = (np.arange(1), np.array([0.4]), np.array([1.0]))
    assert race(1, [one, one]).tolist() == [0]
    forever = (np.arange(1), np.array([0.4]), np.array([np.inf]))
    assert race(1, [one, forever, forever]).tolist() == [1]


def test_a_cause_fires_exactly_within_the_week() -> None:
    hazard = 0.3
    edge = -np.expm1(-hazard)
    uniforms = np.array([np.nextafter(edge, 0.0), edge, np.nextafter(edge, 1.0)])
    assert race(3, [(np.arange(3), uniforms, np.full(3, hazard))]).tolist() == [0, -1, -1]


SMALL = 40
UNIFORMS = arrays.arrays(
    np.float64, (4, SMALL), elements=st.floats(2.0**-53, 1.0 - 2.0**-53, allow_nan=False)
)
HAZARDS = arrays.arrays(np.float64, (4, SMALL), elements=st.floats(0.0, 5.0, allow_nan=False))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(UNIFORMS, HAZARDS, st.integers(0, 3), st.floats(0.0, 50.0))
def test_a_changed_hazard_moves_nobody_between_other_causes(
    uniforms: np.ndarray, hazards: np.ndarray, changed: int, value: float
) -> None:
    rows = np.arange(SMALL)

    def run(hazard: np.ndarray) -> np.ndarray:
        return race(SMALL, [(rows, u, h) for u, h in zip(uniforms, hazard, strict=True)])

    before = run(hazards)
    other = hazards.copy()
    other[changed] = value
    after = run(other)
    moved = before != after
    assert np.all((before[moved] == changed) | (after[moved] == changed))
    up = moved & (value >= hazards[changed])
    assert np.all(after[up] == changed)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(UNIFORMS, HAZARDS, st.permutations(range(SMALL)))
def test_the_order_of_persons_does_not_matter(
    uniforms: np.ndarray, hazards: np.ndarray, order: list[int]
) -> None:
    rows = np.array(order)
    causes = list(zip(uniforms, hazards, strict=True))
    straight = race(SMALL, [(np.arange(SMALL), u, h) for u, h in causes])
    mixed = race(SMALL, [(rows, u[rows], h[rows]) for u, h in causes])
    assert np.array_equal(straight, mixed)


def test_chance_within_a_week_has_its_limits() -> None:
    chances = chance_within_week(np.array([0.0, 1e-12, np.log(2.0), np.inf]))
    assert chances.tolist() == pytest.approx([0.0, 1e-12, 0.5, 1.0], rel=1e-11)


@given(st.floats(0.1, 10.0), st.floats(0.0, 1.0))
def test_a_contrast_keeps_the_pooled_hazard(ratio: float, weight: float) -> None:
    one, other = centred_contrast(ratio, weight)
    assert one / other == pytest.approx(ratio)
    assert weight * one + (1.0 - weight) * other == pytest.approx(1.0)


def test_halving_halves() -> None:
    assert halving(np.array([0, 40, 80]), 40.0).tolist() == [1.0, 0.5, 0.25]
