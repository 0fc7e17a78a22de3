"""The page of what systems move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.experiments.systems.effects import COLUMNS, by_outcome, effects
from terugkeer.experiments.systems.page import page, row_of
from terugkeer.experiments.systems.system import CONTACT, PATH, systems

from studies.systems.study import OUTCOMES

if TYPE_CHECKING:
    from terugkeer.experiments.systems.system import System

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": DOCS / "effects.md", "nl": DOCS / "nl" / "effecten.md"}
LISTED = {each.name: each for each in systems()}


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
    assert cells[6] == "acts; more returns"


@pytest.mark.parametrize("language", PAGES)
def test_the_page_tells_every_system_once_with_its_verdict(language: str) -> None:
    measured = [each for each in LISTED.values() if not each.left_out]
    text = page(table(*measured), list(LISTED.values()), language)
    for each in LISTED.values():
        title = each.title_nl if language == "nl" else each.title
        assert text.count(f"| {title} | ") == (each in measured)
        assert text.count(f"- **{title}** (") == 1
        assert each.sources in text
    assert "`abc`. " in text
    told = {"en": f"Of {len(measured)} rows", "nl": f"Van {len(measured)} rijen"}
    assert told[language] in text
    assert "{" not in text, "all is filled in"


def test_rows_of_different_evidence_say_of_which_they_are() -> None:
    iom, vwn = LISTED["iom"], LISTED["vwn"]
    found = table(iom, vwn)
    assert "Evidence `abc`." not in page(found, [iom, vwn])
    found.loc[found["system"] == "vwn", "evidence"] = "xyz"
    text = page(found, [iom, vwn])
    assert text.count("Evidence `abc`.") == text.count("Evidence `xyz`.") == 1


def test_what_has_no_rows_yet_is_named() -> None:
    text = page(table(LISTED["iom"]), [LISTED["iom"], LISTED["vwn"]])
    assert f"Not measured yet: {LISTED['vwn'].title}.\n" in text
    assert f"| {LISTED['vwn'].title} | " not in text
    assert "| 7 families took part, 3 returned | not measured yet |" in text


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_that_of_its_table_and_the_table_has_no_other_systems(language: str) -> None:
    found = effects()
    measured = dict.fromkeys(found["system"])
    assert list(measured) == [name for name in LISTED if name in measured]
    text = PAGES[language].read_text(encoding="utf-8")
    assert text == page(found, list(LISTED.values()), language)
