"""The page of the study of systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from studies.systems.page import (
    ACTS,
    BELOW,
    NULL,
    UNUSED,
    WORDS,
    by_outcome,
    page,
    resolution,
    row_of,
    verdict,
)
from studies.systems.rows import systems
from studies.systems.study import COLUMNS, CONTACT, OUTCOMES, PATH, TABLE

if TYPE_CHECKING:
    from studies.paired import Row
    from studies.systems.rows import System

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": DOCS / "effects.md", "nl": DOCS / "nl" / "effecten.md"}
LISTED = {each.name: each for each in systems()}


def row(mean: float, half: float) -> Row:
    """Return a difference of ten seeds with the half-width of its 95 % interval."""
    return {"mean": mean, "low": mean - half, "high": mean + half, "seeds": 10}


def test_the_resolution_is_half_an_interval_of_99_percent() -> None:
    # t of nine degrees is 2.262157 at 95 % and 3.249836 at 99 %
    assert resolution(row(0.0, 2.262157)) == pytest.approx(3.249836, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "contact", "chief", "says"),
    [
        ("iom", 5.0, -3.3, ACTS),
        ("iom", 5.0, 3.2, BELOW),  # seen at 95 %, not at 99 %
        ("iom", 0.0, 0.0, UNUSED),
        ("iom", 5.0, 0.0, BELOW),
        ("tip", 5.0, 3.2, NULL),
        ("tip", 5.0, 3.3, ACTS),
        ("tip", 0.0, 0.0, UNUSED),
    ],
)
def test_a_verdict_rests_on_the_chief_outcome_of_what_is_used(
    name: str, contact: float, chief: float, says: str
) -> None:
    system = LISTED[name]
    found = {
        (name, CONTACT): row(contact, 2.262157),
        (name, PATH): row(0.0, 0.0),
        (name, system.chief): row(chief, 2.262157),
    }
    assert verdict(system, found) == says


def table(*some: System) -> pd.DataFrame:
    """Return a table in which all outcomes go from 100 to 120, give or take 4."""
    names = {each.name: dict.fromkeys((CONTACT, PATH, *OUTCOMES, each.chief)) for each in some}
    rows = [
        (name, outcome, 100.0, 120.0, 20.0, 16.0, 24.0, 10, 4.0, 2013, 2015, "abc", "def")
        for name, outcomes in names.items()
        for outcome in outcomes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_a_row_shows_differences_and_shares_in_percent() -> None:
    plans = LISTED["plans"]
    cells = row_of(plans, by_outcome(table(plans)), "en")
    assert cells[0] == plans.title
    assert cells[3] == "**+20 ± 4.0**", "persons"
    assert cells[5] == "**+20 ± 4.0**", "weeks"
    assert row_of(plans, by_outcome(table(plans)), "nl")[5] == "**+20 ± 4,0**"
    bring = LISTED["what_people_bring"]
    assert row_of(bring, by_outcome(table(bring)), "en")[2] == "**+2,000 ± 400**", "a share"
    assert cells[6] == ACTS


def spoken(value: object) -> set[str]:
    """Return the names of all words, at any depth."""
    if not isinstance(value, dict):
        return set()
    return set(value) | {each for inner in value.values() for each in spoken(inner)}


def test_both_languages_have_the_same_words() -> None:
    assert spoken(WORDS["en"]) == spoken(WORDS["nl"])


@pytest.mark.parametrize("language", PAGES)
def test_the_page_tells_every_system_once_with_its_verdict(language: str) -> None:
    text = page(table(*LISTED.values()), list(LISTED.values()), language)
    for each in LISTED.values():
        title = each.title_nl if language == "nl" else each.title
        assert text.count(f"| {title} | ") == 1
        assert text.count(f"- **{title}** (") == 1
        assert each.sources in text
    assert "`abc`. " in text
    assert "{" not in text, "all is filled in"


def test_what_has_no_rows_yet_is_named() -> None:
    text = page(table(LISTED["iom"]), [LISTED["iom"], LISTED["vwn"]])
    assert f"Not measured yet: {LISTED['vwn'].title}.\n" in text
    assert f"| {LISTED['vwn'].title} | " not in text
    assert "| 7 families took part, 3 returned | not measured yet |" in text


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_that_of_its_table_and_the_table_has_no_other_systems(language: str) -> None:
    found = pd.read_csv(TABLE)
    measured = dict.fromkeys(found["system"])
    assert list(measured) == [name for name in LISTED if name in measured]
    text = PAGES[language].read_text(encoding="utf-8")
    assert text == page(found, list(LISTED.values()), language)
