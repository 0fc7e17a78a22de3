"""`terugkeer explain outcomes`, the page of outcomes, and reports that never show return alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.outcomes import OUTCOMES
from terugkeer.abm.observation.reported import OF_LEAVING
from terugkeer.experiments.cli import main
from terugkeer.experiments.reports.outcome_list import FAMILIES, outcomes_markdown

if TYPE_CHECKING:
    import pandas as pd
    from terugkeer.abm.runs.result import RunResult

PAGE = Path(__file__).parents[3] / "docs" / "outcomes.md"


@pytest.fixture
def yearly(one_run: tuple[RunResult, pd.DataFrame]) -> pd.DataFrame:
    return one_run[1].assign(scenario="test", seed=1)


def test_explain_lists_every_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "outcomes", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [each.id for each in OUTCOMES]
    for row in rows:
        assert row["label"]
        assert row["label_nl"]
        assert row["never_alone"] == (row["family"] in OF_LEAVING)
        assert row["groups"][0] == "all"
        assert all("=" in group for group in row["groups"][1:])
    spending = next(row for row in rows if row["id"] == "spending_total")
    assert spending["groups"] == ["all"]
    assert spending["over"] is None


def test_explain_reads_at_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "outcomes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    for heading in FAMILIES.values():
        assert heading.upper() in lines
    for each in OUTCOMES:
        assert any(line.startswith(f"{each.id} ({each.unit}): ") for line in lines)


def test_the_page_of_outcomes_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == outcomes_markdown(), (
        "docs/outcomes.md is out of date; run: terugkeer check --write-docs"
    )


def test_every_family_stands_on_the_page() -> None:
    assert set(FAMILIES) == {each.family for each in OUTCOMES}
    page = outcomes_markdown()
    assert all(f"| `{each.id}` |" in page for each in OUTCOMES)
