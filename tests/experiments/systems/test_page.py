"""The page of what systems move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.experiments.systems.effects import COLUMNS, by_outcome, effects
from terugkeer.experiments.systems.page import note, page, row_of
from terugkeer.experiments.systems.system import CONTACT, PATH, systems
from terugkeer.experiments.systems.words import compared, titled

from studies.systems.study import OUTCOMES

if TYPE_CHECKING:
    from terugkeer.experiments.systems.system import System

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": DOCS / "effects.md", "nl": DOCS / "nl" / "effecten.md"}
LISTED = {each.name: each for each in systems()}


NUMBERS = (100.0, 120.0, 20.0, 17.737843, 22.262157)


def table(*some: System) -> pd.DataFrame:
    """Return a table in which all outcomes go from 100 to 120, give or take 2.262157."""
    names = {each.name: dict.fromkeys((CONTACT, PATH, *OUTCOMES, each.chief)) for each in some}
    rows = [
        (name, outcome, *NUMBERS, 10, 4.0, 2013, 2015, "abc", "def", "ghi")
        for name, outcomes in names.items()
        for outcome in outcomes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_a_row_shows_differences_and_shares_in_percent() -> None:
    plans = LISTED["plans"]
    cells = row_of(plans, by_outcome(table(plans)), "en")
    assert cells[0] == plans.title
    assert cells[3] == "**+20 ± 3.2**", "persons"
    assert cells[5] == "**+20 ± 3.2**", "weeks"
    assert row_of(plans, by_outcome(table(plans)), "nl")[5] == "**+20 ± 3,2**"
    bring = LISTED["what_people_bring"]
    assert row_of(bring, by_outcome(table(bring)), "en")[2] == "**+2,000 ± 325**", "a share"
    assert cells[6] == "has an effect in the model; more returns"


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
    told = {"en": f"Of {len(measured)} rows", "nl": f"Van {len(measured)} onderdelen"}
    assert told[language] in text
    assert "{" not in text, "all is filled in"


def test_the_page_has_the_level_of_the_verdicts_and_of_the_command() -> None:
    """Bold is what is seen at 99 %: t of nine degrees is 3.249836 there and 2.262157 at 95 %."""
    iom = LISTED["iom"]
    found = table(iom).assign(mean=3.0, low=3.0 - 2.262157, high=3.0 + 2.262157)
    assert row_of(iom, by_outcome(found), "en")[1] == "+3.0 ± 3.2"
    found = table(iom).assign(mean=3.3, low=3.3 - 2.262157, high=3.3 + 2.262157)
    assert row_of(iom, by_outcome(found), "en")[1] == "**+3.3 ± 3.2**"
    text = page(table(iom), [iom])
    assert "their 99 % interval" in text
    assert "95 %" not in text


@pytest.mark.parametrize("language", PAGES)
def test_a_heading_stands_once(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert len(heads) == len(set(heads))


def test_notes_tell_no_number_twice_and_which_outcome_they_mean() -> None:
    sigma, removals, tip = (LISTED[name] for name in ("sigma", "planned_removals", "tip"))
    found = by_outcome(table(sigma, removals, tip))
    assert "rests on" not in note(sigma, found, "en"), "it is the next step"
    assert "forced departure, the same number as the next step." in note(removals, found, "en")
    assert note(tip, found, "en").count("The verdict rests on: returned independently. ") == 1
    alike = table(LISTED["green_way"]).assign(without=7.0)
    alike = alike.assign(**{"with": 7.0, "mean": 0.0, "low": 0.0, "high": 0.0})
    alike.loc[alike["outcome"] == CONTACT, "mean"] = 3.9
    says = " Returned independently after meeting it: 7.0 in all runs, with and without it."
    assert says in note(LISTED["green_way"], by_outcome(alike), "en")
    unseen = table(LISTED["early_talks"]).assign(low=-10.0, high=50.0)
    says = " Left through IOM with support: a difference of less than 43 can't be told from"
    assert says in note(LISTED["early_talks"], by_outcome(unseen), "en")


@pytest.mark.parametrize("language", PAGES)
def test_the_page_names_both_ways_and_the_rows_that_act_by_the_second_alone(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    alone = ("native_persuasion", "wigk", "monitoring_fed_back", "family_meetings")
    again = ("wigk", "plans", "procedure_length", "departure_term")
    for names in (alone, again):
        titles = [titled(each, language) for each in LISTED.values() if each.name in names]
        assert f": {'; '.join(titles)}." in text
    told = {"en": "seen in returns alone; ", "nl": "alleen te zien aan terugkeer; "}
    assert text.count(told[language]) == len(alone)
    for name in ("t_rooms", "lvv", "native_counsellors_with_room", "screening"):
        assert compared(LISTED[name], language) in text


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
