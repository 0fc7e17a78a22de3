"""`terugkeer explain targets`, and the page of targets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terugkeer.calibration.target_list import load_targets
from terugkeer.experiments.cli import main
from terugkeer.experiments.reports.target_list import targets_markdown

PAGE = Path(__file__).parents[3] / "docs" / "targets.md"


def test_explain_lists_every_target_with_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "targets", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    targets = load_targets()
    assert [row["id"] for row in rows] == [each.id for each in targets]
    assert [row["error"]["sd"] for row in rows] == [
        pytest.approx(each.error.sd()) for each in targets
    ]


def test_explain_reads_at_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "targets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert "vbl_inflow: 450 +- 57 (person)" in lines
    assert "unobserved_had_talks: at least 0.5 +- 0.071 (share)" in lines


def test_the_page_of_targets_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == targets_markdown(), (
        "docs/targets.md is out of date; run: terugkeer check --write-docs"
    )
