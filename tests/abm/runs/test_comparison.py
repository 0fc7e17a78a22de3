"""Scenarios side by side, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.observation.outcomes import BY_ID
from terugkeer.abm.runs.comparison import TOLD, compared

FIRST, SECOND = list(BY_ID)[:2]


def outcomes(values: dict[tuple[str, str, str], list[float]]) -> pd.DataFrame:
    """Rows of two seeds in one period, by scenario, outcome and group."""
    rows = [
        (scenario, seed, outcome, group, "2011-2015", value)
        for (scenario, outcome, group), of_seeds in values.items()
        for seed, value in enumerate(of_seeds, start=1)
    ]
    columns = ["scenario", "seed", "outcome", "group", "period", "value"]
    return pd.DataFrame(rows, columns=columns)


def test_differences_are_of_the_same_seeds() -> None:
    table = outcomes({("base", FIRST, "all"): [1.0, 5.0], ("more", FIRST, "all"): [4.0, 6.0]})
    (row,) = compared(table, "base", ["more"]).to_dict("records")
    assert list(row) == TOLD
    assert (row["scenario"], row["base"], row["other"], row["difference"]) == (
        "more",
        3.0,
        5.0,
        2.0,
    )
    half = student.ppf(0.975, 1) * np.std([3.0, 1.0], ddof=1) / np.sqrt(2)
    assert row["low"] == pytest.approx(2.0 - half)
    assert row["high"] == pytest.approx(2.0 + half)


def test_a_mean_is_over_seeds_that_can_all_tell() -> None:
    table = outcomes({("base", FIRST, "all"): [1.0, np.nan], ("more", FIRST, "all"): [4.0, 6.0]})
    (row,) = compared(table, "base", ["more"]).to_dict("records")
    assert all(np.isnan(row[name]) for name in ("base", "other", "difference", "low", "high"))


def test_rows_stand_in_the_order_asked_for_then_of_outcomes_with_all_first() -> None:
    table = outcomes(
        {
            (scenario, outcome, group): [1.0, 2.0]
            for scenario in ("base", "a", "b")
            for outcome in (SECOND, FIRST)
            for group in ("aged=1", "all")
        }
    )
    told = compared(table, "base", ["b", "a"])
    assert told[["scenario", "outcome", "group"]].to_numpy().tolist() == [
        [scenario, outcome, group]
        for scenario in ("b", "a")
        for outcome in (FIRST, SECOND)
        for group in ("all", "aged=1")
    ]
