"""The page on three lives: its tables, and that it tells what the model lives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from PIL import Image
from terugkeer.abm.evidence.registry import registry
from terugkeer.agents.codes import LegalPhase, Place

from studies.households import walkthrough
from studies.households.drawn_lives import ON_RECORD, OTHER_POLICY
from studies.households.fates import ENDS, Pair, pairs
from studies.households.lives import THREE, WEEKS
from studies.households.weighed import WEEK
from studies.markdown import filled
from tests.studies.households.hand_made import life

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel

PAGE: Final = walkthrough.PAGE.read_text(encoding="utf-8")
DUTCH: Final = walkthrough.DUTCH.read_text(encoding="utf-8")
AGAIN: Final = f"run: {walkthrough.AGAIN}"


def block(name: str) -> str:
    """Return what stands between two markers of the page."""
    found = re.search(rf"<!-- numbers: {name} -->\n\n(.*?)\n\n<!-- end -->", PAGE, re.DOTALL)
    assert found, name
    return found[1]


def rows(text: str) -> dict[str, list[str]]:
    """Return the cells of a table by its first column."""
    lines = [line[1:-1].split("|") for line in text.splitlines() if line.startswith("|")]
    return {line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines}


def test_the_page_is_of_this_evidence_and_so_are_its_pictures() -> None:
    evidence = registry().evidence_hash()
    assert evidence[:12] in block("source"), AGAIN
    assert walkthrough.source() == block("source"), AGAIN
    for who in THREE:
        with Image.open(walkthrough.IMAGES / f"walk_{who}.png") as picture:
            told = dict(picture.info)
        assert f"evidence={evidence}" in told["Source"], AGAIN
        assert "invented" in told["Description"]
        assert "uncalibrated" in told["Description"]


@pytest.mark.slow
def test_one_life_told_on_the_page_is_the_model_s_own(begun: ReturnModel, seed: int) -> None:
    pair = pairs(begun, seed, "he")["he"]
    assert walkthrough.weeks("he", pair) == block("he-weeks"), AGAIN
    assert walkthrough.states("he", pair) == block("he-states"), AGAIN


def test_both_pages_say_first_that_people_are_invented_and_have_every_block_once() -> None:
    for page, words in ((PAGE, "These people are invented"), (DUTCH, "bestaan niet")):
        assert words in page.split("\n\n")[1] + page.split("\n\n")[2]
    named = re.findall(r"<!-- numbers: (.*?) -->", PAGE + DUTCH)
    assert len(named) == len(set(named)) == 2 + 3 * len(THREE)
    assert filled(PAGE, lambda _name: "nothing").count("nothing\n\n<!-- end -->") == len(named) - 1


def test_no_departures_stand_without_harm_and_voluntariness() -> None:
    for who in THREE:
        named = set(rows(block(f"{who}-ends")))
        assert set(ENDS) < named
        assert "weeks without stable shelter, mean" in named
        assert "of these, all three" in named
    assert "weken zonder vast onderdak" in DUTCH


def test_the_pages_that_ship_have_the_words_of_the_program() -> None:
    still = Pair(1, (life(), life()))
    for who in THREE:
        assert list(rows(walkthrough.ends(who, [still]))) == list(rows(block(f"{who}-ends")))
    head, rule, *_ = walkthrough.dutch({who: [still] for who in THREE}).splitlines()
    assert f"{head}\n{rule}\n" in DUTCH
    one = re.sub(r"\d+", "0", walkthrough.ends("he", [still]).splitlines()[0])
    assert one == re.sub(r"\d+", "0", block("he-ends").splitlines()[0])


def test_weeks_stand_side_by_side_and_what_is_the_same_is_said_once() -> None:
    record = life({"week": WEEK, "kind": "opened"}, {"week": WEEK + 2, "kind": "noticed"})
    other = life({"week": WEEK, "kind": "opened"}, stage=[0, 0, 1, 1])
    text = walkthrough.weeks("he", Pair(4, (record, other)))
    assert text.startswith("Luck of seed 4; the other policy holds from week 5 on; the two are the")
    assert "before week 2, and others can see a difference from week 2 on." in text
    assert text.splitlines()[-3:] == [
        "| 1 | 31 Mar 2014 | a file opens | *the same* |",
        "| 2 | 7 Apr 2014 |  | considers return |",
        "| 3 | 14 Apr 2014 | a removal is announced |  |",
    ]
    hidden = Pair(4, (life(), life(hope=[0, 0, 0, 0.1])))
    assert "week 3, and others never see a difference." in walkthrough.weeks("he", hidden)
    assert "nothing that is recorded differs" in walkthrough.weeks("he", Pair(4, (life(), life())))


def test_states_are_shown_in_some_weeks_and_once_where_they_are_alike() -> None:
    phase = np.full(1 + WEEKS, float(LegalPhase.OBLIGED))
    phase[60:] = LegalPhase.RETURNED
    plain = {name: np.zeros(1 + WEEKS) for name in walkthrough.SHOWN}
    record = life(weeks=WEEKS, **plain)
    later = {"hope": np.linspace(0.0, 1.04, 1 + WEEKS), "push": np.arange(1 + WEEKS) > 13}
    other = life(weeks=WEEKS, **plain | later | {"phase": phase, "debt_eur": phase * 0 - 1500})
    found = rows("\n".join(line[5:] for line in _of_states(record, other)))
    assert found["hope of a permit"] == [
        "0.00", "0.00 / 0.04", "0.00 / 0.13", "0.00 / 0.26", "0.00 / 0.52", "0.00 / gone",
    ]  # fmt: skip
    assert found["push"][2:4] == ["not yet", "not yet / 1.00"]
    assert found["stay"][3] == "not yet / 0.00"
    assert found["debt, euro"][0] == f"0 / {walkthrough.MINUS}1,500"


def _of_states(*lives: object) -> list[str]:
    text = walkthrough.states("he", Pair(1, lives))  # type: ignore[arg-type]  # made up
    return [line for line in text.splitlines() if line.startswith("| he |")]


def test_ends_are_counted_by_policy_with_what_they_cost() -> None:
    home = {"informed": True, "alternative": True, "willing": True}
    left = life(home, {"kind": "fared", "went": "hard"}, place=[Place.STREET, Place.VBL] * 2)
    stays = life(spell_open=[1, 1, 1, 1], stage=[0, 0, 0, 1])
    text = walkthrough.ends("she", [Pair(1, (stays, left)), Pair(2, (stays, stays))])
    found = rows(text)
    assert "difference between the two lives in 1, others can see one in 1, and" in text
    assert text.split("\n\n")[0].endswith("the lives end differently in 1.")
    assert found[f"lives after {WEEKS} weeks"] == [ON_RECORD, f"with {OTHER_POLICY['she']}"]
    assert found["independent return"] == ["0", "1"]
    assert found["still here, file open"] == ["2", "1"]
    assert found["weeks without stable shelter, mean"] == ["3.0", "2.0"]
    assert found["adults who returned independently"] == ["0", "1"]
    assert found["of these, all three"] == ["0", "1"]
    assert found[list(found)[-1]] == ["0 / 0 / 0", "0 / 1 / 0"]


def test_the_dutch_table_says_the_same_with_a_comma() -> None:
    left = life({"informed": True, "alternative": True}, place=[Place.STREET, Place.VBL] * 2)
    found = {who: [Pair(1, (life(), left)), Pair(2, (life(), life()))] for who in THREE}
    line = walkthrough.dutch(found).splitlines()[3]
    cells = [cell.strip() for cell in line[1:-1].split("|")]
    assert cells[:3] == ["De man", "opvang dag en nacht", "1"]
    assert cells[-2:] == ["2,0", "1 van 1"]


def test_the_page_tells_the_first_pair_that_parts_visibly_and_all_ends() -> None:
    plain = {name: np.zeros((1 + WEEKS, 2)) for name in walkthrough.SHOWN}
    long = life(weeks=WEEKS, **plain)
    moved = life(weeks=WEEKS, **plain, stage=[0.0] * WEEKS + [1.0])
    pairs_of = [Pair(1, (long, long)), Pair(2, (long, moved)), Pair(3, (long, moved))]
    found = walkthrough.blocks(dict.fromkeys(THREE, pairs_of))
    named = {f"{who}-{part}" for who in THREE for part in ("weeks", "states", "ends")}
    assert set(found) == named | {"source", "dutch"}
    for who in THREE:
        assert found[f"{who}-weeks"].startswith("Luck of seed 2;")
        assert found[f"{who}-ends"].startswith("Of 3 draws of luck")
