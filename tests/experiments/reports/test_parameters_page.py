"""The page of parameters shows every record, and the shipped page is the current one."""

from __future__ import annotations

from pathlib import Path

from terugkeer.abm.evidence.registry import load_registry, registry
from terugkeer.experiments.reports.parameters_page import parameters_markdown

PAGE = Path(__file__).parents[3] / "docs" / "parameters.md"


def test_the_page_shows_all_that_is_known_of_a_record(evidence_folder: Path) -> None:
    page = parameters_markdown(load_registry(evidence_folder))
    assert "1 of 5 records (20 %) are assumptions." in page
    assert "| lever | 0 | 1 | 0 | 0 | 1 |" in page
    section = page.split("### `stay_weeks`")[1].split("###")[0]
    for each in (
        "Longest stay.",
        "`12`, unit week",
        "lever, measured",
        "uniform(low=8, high=18)",
        "[0, 104]",
        "B (strength 0.62: proxy 4, empirical 3, method 2, validation 1;",
        "Twelve weeks.",
        "identity",
        "s1 B4",
        "| from 2014-10-01 | `3`: Three. (s4 B11) |",
    ):
        assert each in section


def test_the_shipped_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == parameters_markdown(registry()), (
        "docs/parameters.md is out of date; run: terugkeer check --write-docs"
    )
