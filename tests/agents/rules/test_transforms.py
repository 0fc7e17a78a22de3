"""Transforms of variables of the factor catalogue."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.transforms import TRANSFORMS, log_thousands

EURO = st.floats(0.0, 1e6)


def test_money_by_hand() -> None:
    assert log_thousands(np.array([0.0, 10_000.0])).tolist() == [0.0, 1.0]
    # 1 + 120 is 11 squared, and 1 + e - 1 is e
    assert log_thousands(np.array([120_000.0, 1000 * (np.e - 1)])) == pytest.approx(
        [2.0, 1 / np.log(11)]
    )


def test_a_small_amount_counts_by_its_share() -> None:
    cents = np.array([1e-6])
    assert log_thousands(cents) == pytest.approx(cents / 1000 / np.log(11), rel=1e-6)


@given(euro=EURO, more=st.floats(1.0, 1e5))
def test_more_money_is_more_and_counts_ever_less(euro: float, more: float) -> None:
    low, middle, high = log_thousands(np.array([euro, euro + more, euro + 2 * more]))
    assert low < middle < high
    assert high - middle <= middle - low + 1e-12


def test_the_complement_undoes_itself_and_identity_changes_nothing() -> None:
    x = np.array([0.0, 0.25, 1.0])
    complement = TRANSFORMS["complement"]
    assert complement(x).tolist() == [1.0, 0.75, 0.0]
    assert complement(complement(x)).tolist() == x.tolist()
    assert TRANSFORMS["identity"](x).tolist() == x.tolist()
    assert TRANSFORMS["log_thousands"] is log_thousands
