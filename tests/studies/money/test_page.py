"""The page of the study of money, on a table made up by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from terugkeer.agents.rules.assistance import MONEY, STACKING

from studies.money import study
from studies.money.page import BECAME, NAMES, STEPS, SURVEY, TOLD, page
from studies.money.study import ARMS, COLUMNS, NONE, TABLE, points
from studies.money.told import Found, Text, texts


def made_up() -> pd.DataFrame:
    """Return a table in which each change adds 20 to a level of 100, give or take 4."""
    rows = [
        (*point, outcome, 100.0, 120.0, 20.0, 16.0, 24.0, "0123456789ab")
        for point in points()
        for outcome in (
            *TOLD,
            *SURVEY,
            *STEPS,
            *(f"ends:{scheme}:{end}" for scheme in NAMES for end in BECAME),
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


SAYS = Text("Doubled: {returned_independent:tips} of {value cash}.", {"{left_with_cash}": "more"})
PAGE = page(made_up(), dict.fromkeys(ARMS, Text("Moved: {returned_independent:tips}.", {})))
BOLD = "**+20 ± 4.0**"


def test_every_change_has_a_part_and_every_reading_a_row_in_each_of_its_tables() -> None:
    short, *parts = PAGE.split("\n## ")[1:]
    assert short.startswith("In short\n")
    for change in set(ARMS) - {NONE}:
        for money in MONEY:
            assert f"| {change} | `{money}` | {' | '.join([BOLD] * len(STACKING))} |" in short
    titles = [part.splitlines()[0] for part in parts]
    assert titles == [
        "As it is",
        *(f"{each[0].upper()}{each[1:]}" for each in ARMS if each != NONE),
    ]
    for part in parts:
        for money in MONEY:
            for stacking in STACKING:
                assert part.count(f"| `{money}` | `{stacking}` |") == 2, part
    for part in parts[1:]:
        for words in NAMES.values():
            for money in MONEY:
                row = f"| {words} | `{money}` | {' | '.join([BOLD] * len(BECAME))} |"
                assert part.count(row) == 1


def test_every_outcome_has_a_column_where_it_is_told() -> None:
    _, as_it_is, *changes = PAGE.split("\n## ")[1:]
    for words in (*(words for words, _ in TOLD.values()), *SURVEY.values()):
        assert f"| {words} |" in as_it_is
    for part in changes:
        for words in (*(words for words, _ in TOLD.values()), *STEPS.values()):
            assert f"| {words} |" in part


def test_levels_stand_as_they_are_shares_in_percent_and_changes_as_differences() -> None:
    _, as_it_is, first, *_ = PAGE.split("\n## ")[1:]
    levels, survey = (
        line.split(" | ")[2:]
        for line in as_it_is.splitlines()
        if line.startswith("| `eases` | `additive`")
    )
    assert levels[0] == "100"
    assert levels[-1] == "0.0 |"  # 100 euro, in millions
    assert survey == ["10,000"] * 3 + ["10,000 |"]
    moved, lost = (
        line.split(" | ")[2:]
        for line in first.splitlines()
        if line.startswith("| `eases` | `additive`")
    )
    assert moved[0] == BOLD
    assert lost == [BOLD] * (len(STEPS) - 1) + [f"{BOLD} |"]


def test_a_text_is_told_with_the_numbers_of_the_table_while_that_says_what_it_rests_on() -> None:
    table = made_up()
    told = SAYS.of("cash doubled", Found(table), {"cash": (3500, 3500)})
    assert told == "Doubled: 20 more (± 4.0) of 3,500."
    table.loc[table["outcome"] == "left_with_cash", ["mean", "low", "high"]] = -20.0, -24.0, -16.0
    with pytest.raises(ValueError, match=r"\{left_with_cash\} is 20 fewer .* not more"):
        SAYS.of("cash doubled", Found(table), {"cash": 1})


def test_every_part_of_the_page_has_its_text() -> None:
    for part in PAGE.split("\n## ")[3:]:
        assert "Moved: 20 more (± 4.0)." in part


def test_the_page_is_that_of_its_table() -> None:
    written = (Path(study.__file__).parents[2] / "docs" / "money.md").read_text("utf-8")
    assert written == page(pd.read_csv(TABLE), texts()), "python -m studies.money.page"


@pytest.mark.parametrize("change", sorted(set(ARMS) - {NONE}))
def test_each_text_fails_where_one_difference_that_it_rests_on_turns(change: str) -> None:
    text, table = texts()[change], pd.read_csv(TABLE)
    told = text.of(change, Found(table), ARMS[change])
    assert told.count("(±") + told.count(" ± ") >= 4
    turned = table.assign(mean=-table["mean"], low=-table["high"], high=-table["low"])
    for asked, word in text.rests_on.items():
        if word == "no difference":
            turned = table.assign(mean=9.0, low=8.0, high=10.0)
        with pytest.raises(ValueError, match="is"):
            Text("", {asked: word}).of(change, Found(turned), {})
