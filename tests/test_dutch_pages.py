"""What pages for readers state of the evidence: the share of assumptions, and what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.catalogue import OBSERVERS

ROOT = Path(__file__).parents[1]
DUTCH = sorted((ROOT / "docs" / "nl").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *DUTCH]
STATED = re.compile(r"(\d+) (?:of|van de) (\d+) records \((\d+) %\)")
# a word of the Dutch pages, and the table that shows that the model holds it
HELD = {"kosten": "spending", "na de terugkeer": "after_return", "uitgaven": "spending"}


def test_every_page_states_the_share_of_assumptions_of_the_registry() -> None:
    count, total = len(registry().assumptions()), len(registry())
    now = (str(count), str(total), f"{100 * count / total:.0f}")
    stated = {page.name: STATED.findall(page.read_text(encoding="utf-8")) for page in PAGES}
    assert stated["README.md"]
    assert stated["wat-is-terugkeer.md"]
    assert {name for name, found in stated.items() if any(each != now for each in found)} == set()


@pytest.mark.parametrize("page", DUTCH, ids=lambda page: page.stem)
def test_no_dutch_page_leaves_out_what_the_model_holds(page: Path) -> None:
    tables = {each.table for each in OBSERVERS}
    assert set(HELD.values()) <= tables
    parts = page.read_text(encoding="utf-8").split("\n## ")
    left_out = [part.lower() for part in parts if "niet in zit" in part.splitlines()[0]]
    assert [word for word in HELD for part in left_out if word in part] == []


def test_dutch_pages_state_the_survey_as_its_records_do() -> None:
    page = (ROOT / "docs" / "nl" / "wie-helpt-en-wie-betaalt.md").read_text(encoding="utf-8")
    for name in ("reservation_never_share", "reservation_high_share"):
        share = f"{100 * float(registry()[name].value):.1f}".replace(".", ",")
        assert f"{share} %" in page, name
