"""Statistics of targets, counted by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from terugkeer.calibration.statistic import measured, wide_tables

from tests.calibration.test_target import target

YEARS = (2011, 2012, 2013)
# persons by item, group and year, of two runs
COUNTS = {
    ("a", "all"): ((1, 2, 3), (10, 20, 30)),
    ("b", "all"): ((3, 2, 1), (0, 0, 0)),
    ("a", "g=x"): ((1, 1, 1), (4, 4, 4)),
    ("b", "g=x"): ((1, 3, 0), (4, 4, 4)),
    ("a", "g=y"): ((0, 1, 2), (6, 16, 26)),
    ("b", "g=y"): ((2, -1, 1), (1, 1, 1)),
}


def yearly() -> pd.DataFrame:
    rows = [
        (key, year, "t", item, group, float(COUNTS[item, group][run][place]))
        for (run, key), (item, group), (place, year) in product(
            enumerate(("one", "two")), COUNTS, enumerate(YEARS)
        )
    ]
    return pd.DataFrame(rows, columns=["key", "year", "table", "item", "group", "persons"])


def of(**changes: object) -> list[float]:
    wanted = target(table="t", **{"over": [], "years": YEARS, **changes})
    return measured(wanted, wide_tables(yearly(), ["t"])).tolist()


def test_a_mean_is_of_years_and_a_sum_of_items() -> None:
    assert of(statistic="mean", item=["a", "b"]) == [4.0, 20.0]
    assert of(statistic="mean", item=["a"], years=[2012, 2013]) == [2.5, 25.0]


def test_a_share_adds_years_up_before_it_divides() -> None:
    assert of(statistic="share", item=["a"], over=["a", "b"]) == [0.5, 1.0]


def test_a_share_of_nobody_is_missing() -> None:
    one, two = of(statistic="share", item=["a"], over=["b"])
    assert one == 1.0
    assert np.isnan(two)


def test_a_change_is_a_mean_by_a_mean() -> None:
    assert of(statistic="change", item=["a"], years=[2012, 2013], before=[2011]) == [2.5, 2.5]


def test_a_contrast_is_a_share_by_a_share() -> None:
    found = of(statistic="contrast", item=["a"], over=["a", "b"], group="g=x", against="g=y")
    assert found == pytest.approx([(3 / 7) / (3 / 5), (12 / 24) / (48 / 51)])


def test_a_lead_is_that_of_the_worst_year() -> None:
    one, two = of(statistic="lead", item=["a"], over=["b"])
    assert one == pytest.approx(1 / 3)
    assert np.isnan(two)
    assert of(statistic="lead", item=["b"], over=["a"]) == [pytest.approx(1 / 3), 0.0]


def test_what_is_missing_stays_missing() -> None:
    rows = yearly()
    rows.loc[(rows["key"] == "two") & (rows["year"] == 2012), "persons"] = np.nan
    found = measured(
        target(table="t", statistic="mean", item=["a"], over=[], years=YEARS),
        wide_tables(rows, ["t"]),
    )
    assert found[0] == 2.0
    assert np.isnan(found[1])
