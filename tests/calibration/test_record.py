from __future__ import annotations

import math

import pandas as pd
import pytest
from terugkeer.calibration.record import COLUMNS, beside_record


def rows(*values: tuple[int, int, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(values, columns=["seed", "year", "item", "persons"])
    return frame.assign(table="t", group="all")


RECORD = pd.DataFrame(
    {"year": [2011], "table": ["t"], "item": ["a"], "group": ["all"], "persons": [100]}
)


def test_mean_range_and_signed_difference_over_seeds() -> None:
    beside = beside_record(rows((1, 2011, "a", 80), (2, 2011, "a", 90)), RECORD)
    assert list(beside.columns) == list(COLUMNS)
    row = beside.iloc[0]
    assert (row["seeds"], row["mean"], row["low"], row["high"]) == (2, 85, 80, 90)
    assert (row["record"], row["difference"]) == (100, -15)


def test_no_record_is_missing_and_not_zero() -> None:
    beside = beside_record(rows((1, 2011, "a", 80), (1, 2016, "a", 90)), RECORD)
    late = beside[beside["year"] == 2016].iloc[0]
    assert late["mean"] == 90
    assert math.isnan(late["record"])
    assert math.isnan(late["difference"])


def test_a_zero_that_was_simulated_is_compared() -> None:
    beside = beside_record(rows((1, 2011, "a", 0)), RECORD)
    assert beside["difference"].tolist() == [-100]


def test_a_seed_without_a_mean_is_left_out_of_the_mean() -> None:
    beside = beside_record(rows((1, 2011, "a", 70), (2, 2011, "a", float("nan"))), RECORD)
    assert beside.loc[0, ["seeds", "mean"]].tolist() == [1, 70]


def test_a_group_is_compared_with_its_own_record_only() -> None:
    simulated = rows((1, 2011, "a", 80)).assign(group="origin_group=safe")
    assert beside_record(simulated, RECORD)["record"].isna().all()


def test_doubles_are_refused() -> None:
    with pytest.raises(ValueError, match="twice under one seed"):
        beside_record(rows((1, 2011, "a", 80), (1, 2011, "a", 80)), RECORD)
    with pytest.raises(ValueError, match=r"not unique|one-to-one"):
        beside_record(rows((1, 2011, "a", 80)), pd.concat([RECORD, RECORD]))
