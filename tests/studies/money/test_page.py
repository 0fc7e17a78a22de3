"""The page of the study of money, on a table made up by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.agents.rules.assistance import MONEY, STACKING

from studies.markdown import MINUS
from studies.money.page import LOST, SURVEY, TOLD, difference, number, page
from studies.money.study import ARMS, COLUMNS, NONE, points

if TYPE_CHECKING:
    from studies.money.page import Row


def made_up() -> pd.DataFrame:
    """Return a table in which each change adds 20 to a level of 100, give or take 4."""
    rows = [
        (*point, outcome, 100.0, 120.0, 20.0, 16.0, 24.0)
        for point in points()
        for outcome in (*TOLD, *SURVEY, *LOST)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


PAGE = page(made_up())


@pytest.mark.parametrize(
    ("value", "signed", "told"),
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
def test_a_number_is_whole_from_ten_on(value: float, signed: bool, told: str) -> None:
    assert number(value, signed=signed) == told


def test_a_difference_has_the_half_width_of_its_interval_in_its_unit() -> None:
    row: Row = {"mean": -4000.0, "low": -6000.0, "high": -2000.0}
    assert difference(row, 1000.0) == f"{MINUS}4.0 ± 2.0"
    one_seed: Row = {"mean": 4.0, "low": np.nan, "high": np.nan}
    assert difference(one_seed, 1.0) == "+4.0 ± -"


def test_every_change_has_a_part_and_every_reading_a_row_in_each_of_its_tables() -> None:
    parts = PAGE.split("\n## ")[1:]
    titles = [part.splitlines()[0] for part in parts]
    assert titles == [
        "As it is",
        *(f"{each[0].upper()}{each[1:]}" for each in ARMS if each != NONE),
    ]
    for part in parts:
        for money in MONEY:
            for stacking in STACKING:
                assert part.count(f"| `{money}` | `{stacking}` |") == 2, part


def test_every_outcome_has_a_column_where_it_is_told() -> None:
    as_it_is, *changes = PAGE.split("\n## ")[1:]
    for words in (*(words for words, _ in TOLD.values()), *SURVEY.values()):
        assert f"| {words} |" in as_it_is
    for part in changes:
        for words in (*(words for words, _ in TOLD.values()), *LOST.values()):
            assert f"| {words} |" in part


def test_levels_stand_as_they_are_shares_in_percent_and_changes_as_differences() -> None:
    as_it_is, first, *_ = PAGE.split("\n## ")[1:]
    levels, survey = (
        line.split(" | ")[2:]
        for line in as_it_is.splitlines()
        if line.startswith("| `eases` | `additive`")
    )
    assert levels[0] == "100"
    assert levels[-1] == "0.0 |"  # 100 euro, in millions
    assert survey == ["10,000"] * 3 + ["10,000 |"]
    moved, lost = (
        line.split(" | ")[2:]
        for line in first.splitlines()
        if line.startswith("| `eases` | `additive`")
    )
    assert moved[0] == "+20 ± 4.0"
    assert lost == ["+20 ± 4.0"] * (len(LOST) - 1) + ["+20 ± 4.0 |"]
