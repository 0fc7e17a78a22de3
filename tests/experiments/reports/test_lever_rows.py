"""What is told of each lever, and where the program acts on it."""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.outcomes import BY_ID
from terugkeer.experiments.reports.lever_rows import NONE, lever_rows
from terugkeer.experiments.reports.readers import ROOT

Rows: TypeAlias = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return list(lever_rows(registry()))


def test_rows_tell_all_that_is_promised(rows: Rows) -> None:
    for row in rows:
        assert row["title"]["en"] != row["title"]["nl"]
        assert row["evidence"]
        assert row["legal"] in {"lawful", "needs change of law", "contrary to a ruling"}
        assert row["legal_note"]
        if row["pathway"] == "none":
            assert row["reason"]
            assert not row["outcomes"]
            continue
        assert row["values"]
        assert row["default"] is not None
        assert row["grade"] in {"A", "B", "C", "D"}
        assert set(row["outcomes"]) <= set(BY_ID)
        for place in row["pathway"]:
            file, function = place.split(":")
            text = (ROOT / file).read_text(encoding="utf-8")
            assert function == "module" or f"def {function.split('.')[-1]}(" in text, place


def test_the_grade_is_that_of_the_weakest_record(rows: Rows) -> None:
    by_id = {row["id"]: row for row in rows}
    assert registry().grade("assistance_in_kind") < registry().grade("families_goods_eur")
    assert by_id["in_kind_amount"]["grade"] == registry().grade("families_goods_eur")


def test_a_pathway_names_functions_of_files_that_are_there() -> None:
    rows = {row["id"]: row for row in lever_rows(registry())}
    assert rows["night_shelter"]["pathway"]
    for row in rows.values():
        if row["pathway"] == NONE:
            assert row["reason"]
            continue
        for place in row["pathway"]:
            file, function = place.split(":")
            text = (ROOT / file).read_text(encoding="utf-8")
            assert function == "module" or function.split(".")[-1] in text


def test_a_default_is_what_holds_on_the_first_day() -> None:
    rows = {row["id"]: row for row in lever_rows(registry())}
    assert rows["cash_amount"]["default"] == 1  # times what is paid
    assert rows["stacking_rule"]["default"] in rows["stacking_rule"]["settings"]
    assert rows["cash_timing"]["default"] == "at_departure"
