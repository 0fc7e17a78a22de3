"""Sentences of the study of money, on a table made up by hand."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry

from studies.money.study import ARMS, COLUMNS, NONE
from studies.money.told import DEFAULT, Found, texts


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
