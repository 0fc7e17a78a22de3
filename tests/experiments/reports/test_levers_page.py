"""The page of levers shows each of them, and the shipped page is the current one."""

from __future__ import annotations

from pathlib import Path

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.reports.levers_page import levers_markdown

PAGE = Path(__file__).parents[3] / "docs" / "levers.md"


def test_the_shipped_page_is_current_and_has_a_section_for_each_lever() -> None:
    page = levers_markdown(registry())
    for lever in registry().levers.values():
        assert f"\n## {lever.id}\n" in page
        assert lever.title.nl in page
    assert PAGE.read_text(encoding="utf-8") == page, (
        "docs/levers.md is out of date; run: terugkeer check --write-docs"
    )
