"""The shipped page of levers is the current one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from terugkeer.abm.evidence.registry import registry
from terugkeer.experiments.reports.levers_page import levers_markdown

ROOT: Final = Path(__file__).parents[3]


def test_the_shipped_page_is_current() -> None:
    page = (ROOT / "docs" / "levers.md").read_text(encoding="utf-8")
    assert page == levers_markdown(registry()), (
        "docs/levers.md is out of date; run: terugkeer check --write-docs"
    )
