"""Sentences of the study of money, on a table made up by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry

from studies.markdown import MINUS
from studies.money.study import ARMS, COLUMNS, NONE
from studies.money.told import DEFAULT, Found, number, seen, texts, told

if TYPE_CHECKING:
    from studies.money.told import Row


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


def test_the_table_is_asked_by_change_readings_and_outcome() -> None:
    rows = [
        ("HRT closed", "eases", "diminishing", "returned_independent", 0, 0, 5.0, 4.0, 6.0, ""),
        ("HRT closed", "tips", "additive", "returned_independent", 0, 0, -5.0, -6.0, -4.0, ""),
        ("REAN closed", "eases", "diminishing", "returned_independent", 0, 0, 50.0, 40.0, 60.0, ""),
        ("HRT closed", "eases", "diminishing", "assistance:refused", 0, 0, 2.0, 0.0, 4.0, ""),
        ("REAN closed", "tips", "diminishing", "spending_total", 0, 0, 2e6, 1e6, 3e6, ""),
    ]
    found = Found(pd.DataFrame(rows, columns=list(COLUMNS)))
    asked = "{returned_independent}, {returned_independent:tips:additive}; {assistance:refused}."
    assert (
        found.filled("HRT closed", asked)
        == "5.0 more (± 1.0), 5.0 fewer (± 1.0); no difference seen (+2.0 ± 2.0)."
    )
    assert found.filled("REAN closed", "{returned_independent}") == "50 more (± 10)"
    assert found.filled("REAN closed", "{spending_total:tips}") == "2.0 more (± 1.0)"  # millions
    with pytest.raises(KeyError):
        found.filled("HRT closed", "{returned_independent:decisive}")


def test_readings_that_are_left_out_are_those_of_the_baseline() -> None:
    assert tuple(registry()[name].value for name in ("money", "stacking")) == DEFAULT


def test_every_change_has_a_text_and_no_text_a_number_of_a_result() -> None:
    found = texts()
    assert set(found) == set(ARMS) - {NONE}
    for change, text in found.items():
        assert "{returned_independent}" in text.text, change
        assert text.rests_on, change
        assert not re.search(r"\d+ (more|fewer|persons)", text.text), change
