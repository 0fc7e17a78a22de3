"""The page of the study of systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from studies.systems.page import ACTS, BELOW, NULL, by_outcome, page, resolution, row_of, verdict
from studies.systems.rows import systems
from studies.systems.study import COLUMNS, CONTACT, OUTCOMES, PATH, TABLE

if TYPE_CHECKING:
    from studies.paired import Row
    from studies.systems.rows import System

PAGE = Path(__file__).parents[3] / "docs" / "effects.md"
LISTED = {each.name: each for each in systems()}


def row(mean: float, half: float) -> Row:
    """Return a difference of ten seeds with the half-width of its 95 % interval."""
    return {"mean": mean, "low": mean - half, "high": mean + half, "seeds": 10}


def test_a_verdict_asks_for_an_interval_of_99_percent() -> None:
    # t of nine degrees is 2.262157 at 95 % and 3.249836 at 99 %
    assert resolution(row(0.0, 2.262157)) == pytest.approx(3.249836, rel=1e-6)
    system = LISTED["iom"]
    assert verdict(system, row(-3.3, 2.262157)) == ACTS
    assert verdict(system, row(3.2, 2.262157)) == BELOW, "seen at 95 %, not at 99 %"
    documented = LISTED["counselling_moves_intention"]
    assert verdict(documented, row(3.2, 2.262157)) == NULL
    assert verdict(documented, row(3.3, 2.262157)) == ACTS


def table(*some: System) -> pd.DataFrame:
    """Return a table in which all outcomes go from 100 to 120, give or take 4."""
    names = {each.name: dict.fromkeys((CONTACT, PATH, *OUTCOMES, each.chief)) for each in some}
    rows = [
        (name, outcome, 100.0, 120.0, 20.0, 16.0, 24.0, 10, 4.0, 2013, 2015, "abc")
        for name, outcomes in names.items()
        for outcome in outcomes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_a_row_shows_differences_shares_in_percent_and_weeks_in_thousands() -> None:
    plans = LISTED["plans"]
    cells = row_of(plans, by_outcome(table(plans)))
    assert cells[0] == plans.title
    assert cells[1] == "**+2,000 ± 400**", "a share"
    assert cells[3] == "**+20 ± 4.0**", "persons"
    assert cells[5] == "**+0.0 ± 0.0**", "thousands of weeks"
    assert cells[6] == ACTS


def test_the_page_tells_every_system_once_with_its_verdict() -> None:
    text = page(table(*LISTED.values()), list(LISTED.values()))
    for each in LISTED.values():
        assert text.count(f"| {each.title} | ") == 1
        assert text.count(f"- **{each.title}** (") == 1
        assert each.sources in text
    assert "Evidence of the rows: `abc`." in text


def test_the_page_is_that_of_its_table_and_the_table_has_all_systems() -> None:
    found = pd.read_csv(TABLE)
    assert list(dict.fromkeys(found["system"])) == list(LISTED)
    assert PAGE.read_text(encoding="utf-8") == page(found, list(LISTED.values()))
