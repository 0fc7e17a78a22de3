"""Numbers of outcomes as readers of two languages write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.amounts import NOUNS, amount, lesser, level_of, noun, signed

if TYPE_CHECKING:
    from terugkeer.abm.evidence.text import Language
    from terugkeer.abm.observation.reported import Unit


@pytest.mark.parametrize(
    ("value", "unit", "english", "dutch"),
    [
        (-1234.4, "person", "1,234", "1.234"),
        (0.1234, "share", "12.3", "12,3"),
        (-12_345_678.0, "euro", "12.3", "12,3"),
        (1.005, "week per person-year", "1.00", "1,00"),
        (0.4, "closing", "0", "0"),
    ],
)
def test_an_amount_has_the_decimals_of_its_unit_and_no_sign(
    value: float, unit: Unit, english: str, dutch: str
) -> None:
    assert amount(value, unit, "en") == english
    assert amount(value, unit, "nl") == dutch


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12.0, "person", "+12"),
        (-12.0, "person", "-12"),
        (-0.4, "person", "+0"),  # rounded to nothing: no minus
        (-0.0004, "share", "+0.0"),
        (-0.004, "share", "-0.4"),
    ],
)
def test_a_sign_stands_before_what_is_left_after_rounding(
    value: float, unit: Unit, text: str
) -> None:
    assert signed(value, unit) == text


def test_a_level_has_percent_or_money_behind_it() -> None:
    assert level_of(0.25, "share", "en") == "25.0 %"
    assert level_of(2_500_000.0, "euro", "nl") == "2,5 miljoen euro"
    assert level_of(1200.0, "person", "nl") == "1.200"


@pytest.mark.parametrize(
    ("unit", "language", "word"),
    [
        ("person", "en", "fewer"),
        ("euro", "en", "less"),
        ("share", "en", "less"),
        ("week per person-year", "en", "less"),
        ("person", "nl", "minder"),
    ],
)
def test_persons_are_fewer_and_money_is_less(unit: Unit, language: Language, word: str) -> None:
    assert lesser(unit, language) == word


def test_every_unit_has_a_noun_in_both_languages() -> None:
    for unit, (english, dutch) in NOUNS.items():
        assert noun(unit, "en") == english != dutch == noun(unit, "nl")
