"""Names are snake_case; a text of two languages has both."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from terugkeer.abm.evidence.text import LANGUAGES, NAME, Bilingual


@pytest.mark.parametrize("name", ["a", "vbl_weeks", "share_52w"])
def test_snake_case_is_a_name(name: str) -> None:
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["", "Vbl", "_a", "a_", "a__b", "2a", "a b", "a-b"])
def test_anything_else_is_none(name: str) -> None:
    assert not NAME.fullmatch(name)


def test_a_text_of_two_languages_gives_each_and_needs_both() -> None:
    both = Bilingual(en="a week", nl="een week")
    assert [both.of(language) for language in LANGUAGES] == ["a week", "een week"]
    for wrong in ({}, {"nl": " "}, {"nl": "een week", "de": "eine Woche"}):
        with pytest.raises(ValidationError):
            Bilingual.model_validate({"en": "a week", **wrong})
