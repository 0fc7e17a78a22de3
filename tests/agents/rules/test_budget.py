"""A week of money: six persons by hand, and that no money comes or goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from terugkeer.agents.rules.budget import week_of_money

EUROS = arrays.arrays(np.float64, 6, elements=st.floats(0.0, 20_000.0))
SHARES = arrays.arrays(np.float64, 6, elements=st.floats(0.0, 1.0))


def test_six_persons_by_hand() -> None:
    # enough and in debt | enough, little debt | no debt | short, saved | short, little | nothing
    savings = np.array([10.0, 0.0, 5.0, 100.0, 20.0, 0.0])
    debt = np.array([1000.0, 15.0, 0.0, 500.0, 500.0, 50.0])
    income = np.array([180.0, 180.0, 180.0, 60.0, 60.0, 0.0])
    saved, owed, unmet = week_of_money(savings, debt, income, 100.0, 0.5)
    assert saved.tolist() == [50.0, 65.0, 85.0, 60.0, 0.0, 0.0]
    assert owed.tolist() == [960.0, 0.0, 0.0, 500.0, 500.0, 50.0]
    assert unmet.tolist() == [0.0, 0.0, 0.0, 0.0, 20.0, 100.0]


def test_without_need_and_with_all_repaid() -> None:
    saved, owed, unmet = week_of_money([0.0], [100.0], [40.0], 0.0, 1.0)
    assert (saved.tolist(), owed.tolist(), unmet.tolist()) == ([0.0], [60.0], [0.0])
    saved, owed, unmet = week_of_money([0.0], [100.0], [40.0], 0.0, 0.0)
    assert (saved.tolist(), owed.tolist(), unmet.tolist()) == ([40.0], [100.0], [0.0])


@given(savings=EUROS, debt=EUROS, income=EUROS, need=EUROS, share=SHARES)
def test_no_money_comes_or_goes(
    savings: np.ndarray, debt: np.ndarray, income: np.ndarray, need: np.ndarray, share: np.ndarray
) -> None:
    saved, owed, unmet = week_of_money(savings, debt, income, need, share)
    spent = need - unmet
    assert income == pytest.approx(spent + (saved - savings) - (owed - debt), rel=0.0, abs=1e-9)
    assert np.all(saved >= 0.0)
    assert np.all((owed >= 0.0) & (owed <= debt))
    assert np.all((unmet >= 0.0) & (unmet <= need))
    assert np.all((unmet == 0.0) | (owed == debt))  # who can't live doesn't repay
    assert np.all((unmet == 0.0) | (saved == 0.0))  # nor keeps savings
    assert np.all(week_of_money(savings, debt, income + 1.0, need, share)[2] <= unmet)


def test_single_precision_in_double_out() -> None:
    columns = [np.array([each], dtype=np.float32) for each in (10.1, 20.2, 33.3, 5.5, 0.25)]
    found = week_of_money(*columns)
    assert all(each.dtype == np.float64 for each in found)
    wide = week_of_money(*(column.astype(np.float64) for column in columns))
    assert [each.tolist() for each in found] == [each.tolist() for each in wide]
