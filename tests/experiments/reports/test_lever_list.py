"""`terugkeer explain levers`, as a user calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.cli import main

if TYPE_CHECKING:
    import pytest

KEYS = {
    "id",
    "title",
    "values",
    "unit",
    "low",
    "high",
    "step",
    "default",
    "date",
    "evidence",
    "grade",
    "legal",
    "legal_note",
    "pathway",
    "outcomes",
}


def test_all_levers_are_told_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "levers", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == list(registry().levers)
    assert all(set(row) >= KEYS for row in rows)
    assert all(set(row["title"]) == {"en", "nl"} for row in rows)


def test_all_levers_are_told_in_lines_that_fit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "levers"]) == 0
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= 100
    for lever in registry().levers.values():
        assert f"\n{lever.id}: " in said
    assert "[cooperates]  also_wavers" in said  # what holds stands in brackets
    assert "pathway none: The track is drawn with the inflow" in said


def test_one_lever_is_told_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "cash_amount", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["id"], row["default"], row["operation"]) == ("cash_amount", 1, "multiply")
    assert main(["explain", "cash_amont"]) == 1
    assert "Did you mean 'cash_amount'" in capsys.readouterr().err


def test_a_record_that_is_a_lever_too_is_told_as_a_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "vbl_weeks", "--json"]) == 0
    assert "kind" in json.loads(capsys.readouterr().out)
