"""Tables of the screen's page, and that the page that ships has the words of the program."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from studies.screen import lengths, page
from studies.screen.checks import Check
from studies.screen.lengths import AS_IT_IS, MEASURES, WEEKS, WITHOUT
from tests.studies.screen.hand_made import CELLS, screened, shipped

PAGE = shipped()
FOUND = screened(
    [{}, {"forced": 40.0, "considering": -0.012}, {"permit": -90.0}],
    [{}, {"forced": 4.0}, {}],
    untouched=[True, False, False],
)


@pytest.mark.parametrize(
    ("value", "outcome", "sign", "told"),
    [
        (1234.6, "forced", False, "1,235"),
        (-3.2, "forced", True, "-3"),
        (3.2, "forced", True, "+3"),
        (0.2034, "considering", False, "20.3"),
        (0.012, "considering", True, "+1.2"),
    ],
)
def test_a_number_is_whole_and_a_share_is_in_percent(
    value: float, outcome: str, sign: bool, told: str
) -> None:
    assert page.number(value, outcome, sign=sign) == told


def test_levels_stand_under_their_heads() -> None:
    head, rule, cells = page.levels(FOUND).splitlines()
    assert head == f"| {' | '.join(page.HEADS.values())} |"
    assert rule == f"|{'---:|' * len(page.HEADS)}"
    assert cells == f"| {' | '.join(['1,000'] * 10)} | 100,000.0 |"


def test_cells_that_move_something_stand_largest_first() -> None:
    rows = [row.split(" | ") for row in page.movers(CELLS, FOUND).splitlines()[2:]]
    assert [row[0] for row in rows] == ["| two", "| one"]
    assert rows[1][2] == "+40 ± 4"
    assert rows[1][-1] == "-1.2 ± 0.0 |"


def test_cells_that_move_nothing_stand_with_the_gate_that_shuts_them() -> None:
    still = screened([{}, {}, {"permit": 1.0}], untouched=[True, True, False])
    assert page.never(CELLS, still).splitlines() == [
        "- one: not one number differs; no gate is shut; too weak at this size.",
        "- two: within noise; closed here.",
    ]
    assert page.never(CELLS, FOUND) == ""


def test_what_to_think_stands_only_where_the_two_do_not_agree() -> None:
    found = [Check("a", "1", "one", True, "think"), Check("b", "2", "three", False, "think")]
    assert page.judged(found).splitlines()[2:] == [
        "| a | 1 | one | yes |  |",
        "| b | 2 | three | **no** | think |",
    ]


def means() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"reading": reading, "weeks": weeks, "measure": each, "mean": mean, "error": 0.01}
            for mean, reading in ((0.5, AS_IT_IS), (0.25, next(iter(WITHOUT))))
            for weeks in reversed(WEEKS)
            for each in MEASURES
        ]
    )


def test_the_sweep_holds_every_measure_and_every_mechanism() -> None:
    first, second = page.sweep(means()).split("taken out:")
    assert "| 1 week | 2 weeks |" in first
    along = " | ".join
    assert f"| permit, % | {along(['50.0 ± 1.0'] * len(WEEKS))} |" in first
    assert f"| weeks without stable shelter | {along(['0.5 ± 0.0'] * len(WEEKS))} |" in first
    assert f"| hope | {along(['0.50 ± 0.01'] * len(WEEKS))} |" in first
    assert f"| {next(iter(WITHOUT))} | {along(['25.0 ± 1.0'] * len(WEEKS))} |" in second


@pytest.mark.parametrize(
    ("short", "long", "words"),
    [
        (0.03, 0.03, "There is a hump"),
        (0.03, 0.01, "above one week, and can't"),
        (0.01, 0.03, "above 78 weeks, and can't"),
        (0.02, -0.03, "There is no hump"),
    ],
)
def test_a_hump_stands_above_an_end_by_two_errors(short: float, long: float, words: str) -> None:
    errors = {"short_error": 0.01, "long_error": 0.01, "highest": 26.0}
    table = pd.DataFrame(
        {
            AS_IT_IS: {"short": short, "long": long, **errors},
            "without rooting": {"short": short - 0.02, "long": long, **errors},
            "without hope": {"short": short, "long": long - 0.03, **errors},
        }
    ).T
    told = page.hump(table)
    assert words in told
    assert "loses most without rooting (-2.0 points)" in told
    assert "against 78 weeks without hope (-3.0)" in told
    assert f"| {AS_IT_IS} | {100 * short:+.1f} ± 1.0 | {100 * long:+.1f} ± 1.0 | 26 |" in told


def test_the_page_that_ships_has_the_words_of_the_program() -> None:
    words = re.sub(r"\\\{\w+\\\}", "(?:.*?)", re.escape(page.TEXT))
    assert re.fullmatch(words, PAGE, re.DOTALL)
    assert f"| {' | '.join(page.HEADS.values())} |" in PAGE
    for title in (*page.LENGTH_HEADS.values(), AS_IT_IS, *WITHOUT):
        assert f"| {title} |" in PAGE
    assert set(page.LENGTH_HEADS) <= set(lengths.MEASURES)
    assert any(words in PAGE for words in page.HUMPS.values())
