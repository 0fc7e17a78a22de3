"""The rows of a design: what each must hold, and in which types."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.design_rows import about_columns, about_numbers, scenarios_of, values_of
from terugkeer.abm.world.scenario import Scenario

ROW: dict[str, Any] = {
    "scenario": "baseline", "seed": 1, "scale": 400.0, "first_year": 2011, "last_year": 2012,
}  # fmt: skip
ROWS = pd.DataFrame([ROW])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS.assign(vbl_week=8), "names no record. Did you mean 'vbl_weeks'"),
        (ROWS.assign(sead=8), "names no record. Did you mean 'seed'"),
        (ROWS.assign(closings=1), "names no record"),
        (ROWS.drop(columns="seed"), "column 'seed' is missing"),
        (ROWS.iloc[:0], "nothing to run"),
        (pd.concat([ROWS, ROWS["seed"]], axis=1), "a column stands twice"),
    ],
)
def test_columns_that_cannot_be_used_are_told(rows: pd.DataFrame, said: str) -> None:
    (told,) = about_columns(rows, registry(), ())
    assert said in told


def test_a_fixed_record_is_changed_by_no_run() -> None:
    fixed = next(name for name in registry().names() if registry()[name].role == "fixed")
    (told,) = about_columns(ROWS.assign(**{fixed: 1}), registry(), ())
    assert told == f"design: column {fixed!r} is fixed, so no run changes it; remove it."


def test_a_table_that_cannot_be_kept_is_told_with_those_that_can() -> None:
    assert about_columns(ROWS, registry(), ("weekly", "fates", "queues")) == []
    (told,) = about_columns(ROWS, registry(), ("weekli",))
    assert told == (
        "design: table 'weekli' cannot be kept. Did you mean 'weekly'? "
        "Known: weekly, queues, fates."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": -1}, "seed = -1"),
        ({"seed": 1.5}, "seed = 1.5"),
        ({"seed": True}, "seed = True"),
        ({"seed": 2**63}, "seed = 9223372036854775808"),
        ({"scale": 0}, "scale = 0"),
        ({"scale": float("nan")}, "scale = nan"),
        ({"scale": "big"}, "scale = 'big'"),
        ({"first_year": 2010}, "first_year = 2010"),
        ({"first_year": 2013}, "first_year 2013 lies after last_year; swap the two."),
    ],
)
def test_numbers_that_cannot_be_used_are_told(change: dict[str, object], said: str) -> None:
    (told,) = about_numbers(ROW | change)
    assert told.startswith(said)


def test_all_numbers_of_a_row_are_told_at_once() -> None:
    assert about_numbers(ROW) == []
    assert about_numbers(ROW | {"seed": np.int64(0)}) == []
    assert len(about_numbers(ROW | {"seed": -1, "scale": 0, "last_year": 1})) == 3


def test_values_have_the_types_of_their_records() -> None:
    wrong: list[str] = []
    names = ["vbl_weeks", "iom_share", "decision"]
    row = {"vbl_weeks": 8.0, "iom_share": np.int64(1), "decision": "hazards"}
    values = dict(values_of(row, names, registry(), wrong))
    assert values == {"vbl_weeks": 8, "iom_share": 1.0, "decision": "hazards"}
    assert [type(values[name]) for name in names] == [int, float, str]
    for missing in (None, float("nan"), pd.NA):
        assert values_of({"vbl_weeks": missing}, ["vbl_weeks"], registry(), wrong) == ()
    assert wrong == []


@pytest.mark.parametrize("value", [8.5, "long"])
def test_values_of_another_type_are_told(value: object) -> None:
    wrong: list[str] = []
    assert values_of({"vbl_weeks": value}, ["vbl_weeks"], registry(), wrong) == ()
    assert wrong[0].startswith(f"vbl_weeks = {value!r}: ")


def test_scenarios_are_those_given_and_those_that_ship() -> None:
    longer = Scenario("more", "", (Override("vbl_weeks", "set", 24, None, "test"),))
    rows = pd.DataFrame({"scenario": ["more", "baseline", "more", "basline"]})
    found: list[str] = []
    known = scenarios_of(rows, registry(), [longer, longer], found)
    assert known["more"] is longer
    assert set(known) == {"more", "baseline"}
    (told,) = found
    assert "Did you mean 'baseline'" in told


def test_two_scenarios_of_one_name_are_told() -> None:
    found: list[str] = []
    one, other = (
        Scenario("more", "", (Override("vbl_weeks", "set", weeks, None, "test"),))
        for weeks in (24, 25)
    )
    scenarios_of(ROWS, registry(), [one, other], found)
    assert found == ["design: two scenarios are called 'more'; rename one."]
