"""Differences between paired runs, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.experiments.reports.markdown import MINUS
from terugkeer.experiments.reports.paired import contrast, difference, number, seen, told

if TYPE_CHECKING:
    from terugkeer.experiments.reports.paired import Row

NAN = np.nan


@pytest.mark.parametrize(
    ("there", "here", "mean", "half"),
    [
        # differences 2, 4 and 9 spread by the root of 13; Student's t of two degrees is 4.3027
        ([3.0, 5.0, 10.0], [1.0, 1.0, 1.0], 5.0, 4.302653 * np.sqrt(13.0 / 3.0)),
        # one seed can't tell: differences 2 and 4, and t of one degree is 12.7062
        ([3.0, NAN, 5.0], [1.0, 1.0, 1.0], 3.0, 12.706205),
        ([3.0, 7.0, 5.0], [1.0, NAN, 1.0], 3.0, 12.706205),
        ([1.0, 1.0], [1.0, 1.0], 0.0, 0.0),
    ],
)
def test_a_contrast_by_hand(
    there: list[float], here: list[float], mean: float, half: float
) -> None:
    found = contrast(pd.Series(there), pd.Series(here))
    assert found == pytest.approx((mean, mean - half, mean + half), abs=1e-5)


def test_one_seed_has_no_interval_and_none_has_no_mean() -> None:
    one = contrast(pd.Series([3.0, NAN]), pd.Series([1.0, 1.0]))
    assert one == pytest.approx((2.0, NAN, NAN), nan_ok=True)
    none = contrast(pd.Series([NAN]), pd.Series([1.0]))
    assert none == pytest.approx((NAN, NAN, NAN), nan_ok=True)


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (1234.6, False, "1,235"),
        (10.4, True, "+10"),
        (9.96, False, "10.0"),
        (0.04, True, "+0.0"),
        (-3.2, True, f"{MINUS}3.2"),
        (-1234.6, False, f"{MINUS}1,235"),
        (np.nan, True, "-"),
        (np.inf, False, "-"),
    ],
)
def test_a_number_is_whole_from_ten_on(value: float, signed: bool, text: str) -> None:
    assert number(value, signed=signed) == text


@pytest.mark.parametrize(
    ("mean", "low", "high", "text"),
    [
        (12.0, 7.0, 17.0, "12 more (± 5.0)"),
        (-414.0, -430.0, -398.0, "414 fewer (± 16)"),
        (2.0, -5.0, 9.0, "no difference seen (+2.0 ± 7.0)"),
        (-2.0, -4.0, 0.0, f"no difference seen ({MINUS}2.0 ± 2.0)"),  # the limit is inside
        (0.0, 0.0, 0.0, "no difference seen (+0.0 ± 0.0)"),
        (3.0, np.nan, np.nan, "no difference seen (+3.0 ± -)"),  # one seed can't tell
    ],
)
def test_a_difference_is_told_only_if_its_interval_leaves_out_zero(
    mean: float, low: float, high: float, text: str
) -> None:
    row: Row = {"mean": mean, "low": low, "high": high}
    assert told(row) == text
    assert seen(row) == (" more" in text or " fewer" in text)


def test_a_difference_is_told_in_its_unit() -> None:
    assert told({"mean": 2.5e6, "low": 2e6, "high": 3e6}, 1e6) == "2.5 more (± 0.5)"


def test_a_difference_has_the_half_width_of_its_interval_in_its_unit() -> None:
    row: Row = {"mean": -4000.0, "low": -6000.0, "high": -2000.0}
    assert difference(row, 1000.0) == f"**{MINUS}4.0 ± 2.0**"
    within: Row = {"mean": -4.0, "low": -8.0, "high": 0.0}
    assert difference(within, 1.0) == f"{MINUS}4.0 ± 4.0"  # 0 is not outside
    one_seed: Row = {"mean": 4.0, "low": np.nan, "high": np.nan}
    assert difference(one_seed, 1.0) == "+4.0 ± -"
