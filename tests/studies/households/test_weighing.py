"""The page on the decision: its numbers are the model's, and its words fit them."""

from __future__ import annotations

import re
from typing import Final

import pytest
from PIL import Image
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.agents.codes import Force, Option, Stage
from terugkeer.viz.figures.weighing import table_digest

from studies.households import weighing as households
from studies.households.invented import FAMILY, MAN, WOMAN
from studies.households.weighed import weighing
from studies.markdown import BLOCK, filled

PAGE: Final = households.PAGE.read_text(encoding="utf-8")
AGAIN: Final = "run: python -m studies.households.weighing"
PHASES: Final = ("weigh", "prepare", "exit")  # of `terugkeer plan`
BY_OPTION: Final = slice(4, 8)  # columns of a table of reasons


def rows(block: str) -> list[list[str]]:
    """Return the cells of a block's table, without its head."""
    lines = [line for line in households.BLOCKS[block]().splitlines() if line.startswith("|")]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_numbers_of_the_page_are_those_of_the_model() -> None:
    assert filled(PAGE, households.block) == PAGE, AGAIN


def test_the_picture_is_of_these_numbers_and_says_that_they_are_invented() -> None:
    with Image.open(households.PICTURE) as picture:
        told = dict(picture.info)
    assert told["Source"] == f"numbers={table_digest(households.drawn())}", AGAIN
    assert "invented" in told["Description"]


def test_the_page_has_every_block_once_and_no_other() -> None:
    named = re.findall(r"<!-- numbers: (.*?) -->", PAGE)
    assert sorted(named) == sorted(households.BLOCKS)


def test_a_page_with_empty_blocks_loses_no_words() -> None:
    empty = BLOCK.sub(r"<!-- numbers: \1 -->\n<!-- end -->", PAGE)
    assert len(empty) < len(PAGE)
    assert filled(empty, households.block) == PAGE


def test_every_name_in_code_letters_is_known_to_the_model() -> None:
    words = {word for record in registry().by_role("switch") for word in record.claims}
    known = {*registry(), *COLUMNS, *words, *PHASES, "age"}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", PAGE))
    assert len(named) > 50
    assert named <= known, named - known


@pytest.mark.parametrize("who", ["he", "she"])
def test_reasons_add_up_to_the_utility(who: str) -> None:
    *reasons, utility = rows(f"{who}-reasons")
    for column in range(len(reasons[0]))[BY_OPTION]:
        numbers = [row[column].replace("\N{MINUS SIGN}", "-") for row in [*reasons, utility]]
        *parts, total = (float(number or 0.0) for number in numbers)
        assert sum(parts) == pytest.approx(total, abs=0.005 * len(parts))


def test_fear_shuts_hardship_out_and_turns_threat_as_the_page_says() -> None:
    """What a blow adds to return and to out of sight, in the order of the rows."""
    numbers = [
        [float(cell.replace("\N{MINUS SIGN}", "-")) for cell in row[2:]] for row in rows("he-fear")
    ]
    soft_fear, soft, hard_fear, hard = numbers
    for fearful, calm in ((soft_fear, soft), (hard_fear, hard)):
        assert abs(fearful[0]) < calm[0] / 3, "gloom moves him little"
        assert fearful[2] < calm[2], "threat presses less toward return"
        assert fearful[3] > fearful[2], "and more to hiding"
        assert calm[3] < calm[2]
    assert hard_fear[:2] == [0.0, 0.0]


def test_the_adults_of_the_family_differ_and_a_veto_is_the_mother_s() -> None:
    own = weighing(FAMILY).weighed.utilities
    father, mother = own[Option.RETURN] - own[Option.WAIT]
    assert mother < father
    rules = {rule: weighing(FAMILY, {"household": rule}) for rule in ("mean", "veto", "head")}
    assert rules["veto"].against_wait == pytest.approx(mother)
    assert rules["head"].against_wait == pytest.approx(father)
    chance = {rule: found.chances[Option.RETURN] for rule, found in rules.items()}
    assert chance["veto"] < chance["mean"] < chance["head"]


def test_an_offer_counts_from_considering_on_and_a_stack_as_its_reading_says() -> None:
    pull = [
        float(weighing(WOMAN.having(stage=stage)).forces[Force.PULL])
        for stage in (Stage.NOT_CONSIDERING, Stage.CONSIDERING)
    ]
    assert pull[0] < pull[1]
    assert [row[2] == "0" for row in rows("she-gate")] == [True, False, False, True]
    worth = [float(row[1].replace(",", "")) for row in rows("she-offer")]
    nothing, cash, kind, beyond, diminishing, additive, _ = worth
    assert nothing < kind < cash == beyond < diminishing < additive


def test_what_is_said_of_the_last_rows_holds() -> None:
    able = [float(row[1]) for row in rows("she-changes")]
    assert able[-1] < able[0] / 3, "without a home she hardly weighs"
    home = weighing(WOMAN).chances[Option.RETURN]
    outside = households.CHANGES["she"][-1].weighing().chances[Option.RETURN]
    assert outside < home, "and is not pushed to return by it"
    believes_safe = MAN.having(believed_safety=0.8)
    bleak = believes_safe.having(illegality_prospects=0.1)
    opened = weighing(bleak).against_wait - weighing(believes_safe).against_wait
    closed = (
        weighing(MAN.having(illegality_prospects=0.1)).against_wait - weighing(MAN).against_wait
    )
    assert opened > 3 * closed, "the same outlook counts once he believes his country safe"
