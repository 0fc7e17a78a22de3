"""Discretionary cash, by hand and for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.codes import Reading, Stage
from terugkeer.agents.rules.case_work.discretionary_cash import amount, promise_chance

CHANCES = np.array([0.05, 0.01, 0.12, 0.02, 0.0, 0.3])
UNIT = st.floats(0.0, 1.0)


def chance(reading: Reading, stage: Stage, *, removable: bool, unasked: float = 0.2) -> float:
    found = promise_chance(
        CHANCES,
        np.array([reading], dtype=np.uint8),
        np.array([removable]),
        np.array([stage], dtype=np.uint8),
        unasked,
    )
    return float(found[0])


@pytest.mark.parametrize(
    ("reading", "removable", "expected"),
    [
        (Reading.UNREAD, False, 0.05),
        (Reading.COOPERATES, False, 0.05),
        (Reading.COOPERATES, True, 0.01),
        (Reading.AMBIGUOUS, False, 0.12),
        (Reading.AMBIGUOUS, True, 0.02),
        (Reading.REFUSES, False, 0.0),
        (Reading.REFUSES, True, 0.3),
    ],
)
def test_chances_stand_in_pairs_by_reading(
    reading: Reading, removable: bool, expected: float
) -> None:
    assert chance(reading, Stage.CONSIDERING, removable=removable) == expected
    asked_for_nothing = chance(reading, Stage.NOT_CONSIDERING, removable=removable)
    assert asked_for_nothing == pytest.approx(0.2 * expected)


def test_amounts_up_to_the_maximum_are_signed_locally_and_more_by_headquarters() -> None:
    above, approved = np.array([False, True, True]), np.array([False, True, False])
    found = amount(500.0, 3.0, above, approved, np.array([0.4, 0.4, 0.4]))
    assert found == pytest.approx([200.0, 900.0, 500.0])


@given(st.floats(0.0, 10_000.0), st.floats(1.0, 20.0), st.booleans(), st.booleans(), UNIT)
def test_no_amount_passes_what_may_be_given(
    most: float, factor: float, above: bool, approved: bool, uniform: float
) -> None:
    (found,) = amount(most, factor, np.array([above]), np.array([approved]), np.array([uniform]))
    assert 0.0 <= found <= most * (factor if above and approved else 1.0) * (1.0 + 1e-12)


@given(st.sampled_from(Reading), st.sampled_from(Stage), st.booleans(), UNIT)
def test_asking_never_lowers_the_chance(
    reading: Reading, stage: Stage, removable: bool, unasked: float
) -> None:
    found = chance(reading, stage, removable=removable, unasked=unasked)
    assert 0.0 <= found <= chance(reading, Stage.PREPARING, removable=removable)
