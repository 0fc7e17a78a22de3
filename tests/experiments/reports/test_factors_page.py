"""The shipped page of factors is the current one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.reports.factors_page import factors_markdown

PAGE: Final = Path(__file__).parents[3] / "docs" / "factors.md"


def test_the_shipped_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == factors_markdown(registry()), (
        "docs/factors.md is out of date; run: terugkeer check --write-docs"
    )
