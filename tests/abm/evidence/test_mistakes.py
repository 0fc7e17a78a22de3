"""Sentences name place, key, value and remedy."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from terugkeer.abm.evidence.mistakes import did_you_mean, keys, sentences


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    low: int


class Deep(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    label: Inner


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    HIDDEN: ClassVar[frozenset[str]] = frozenset({"file"})

    file: str = ""
    start: Annotated[int, Field(alias="from")] = 0
    inner: tuple[Inner, ...] = ()
    cards: dict[str, Deep] = {}
    word: str = "a"

    @field_validator("word")
    @classmethod
    def _short(cls, word: str) -> str:
        if len(word) > 1:
            raise ValueError("too long; shorten it\nalso ugly; change it")
        return word


def told(**given: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(given)
    nested = {"inner": Inner, "cards": Deep, "label": Inner}
    return sentences(caught.value, "x.toml [a]", Outer, nested)


def test_the_nearest_words_are_offered_and_nothing_far() -> None:
    assert did_you_mean("bonds", ["bounds", "title"]) == " Did you mean 'bounds'?"
    assert did_you_mean("zzz", ["bounds", "title"]) == ""


def test_keys_are_those_of_the_file() -> None:
    assert keys(Outer) == ["from", "inner", "cards", "word"]


def test_an_unknown_key_is_told_with_the_keys_of_its_own_table() -> None:
    (outer,) = told(wort="b")
    assert outer == (
        "x.toml [a] wort = 'b': unknown key. Did you mean 'word'? "
        "Known keys: from, inner, cards, word."
    )
    (inner,) = told(inner=({"low": 1, "lo": 2},))
    assert inner == (
        "x.toml [a] inner[0].lo = 2: unknown key. Did you mean 'low'? Known keys: low."
    )
    (deep,) = told(cards={"one": {"label": {"low": 1, "lo": 2}}})
    assert deep == (
        "x.toml [a] cards.one.label.lo = 2: unknown key. Did you mean 'low'? Known keys: low."
    )


def test_what_is_missing_or_of_another_type_is_told_by_its_place() -> None:
    assert told(inner=({},)) == ["x.toml [a] inner[0].low: missing; add this key."]
    assert told(word=3) == ["x.toml [a] word = 3: should be a valid string."]
    (long,) = told(word=list(range(99)))
    assert "..." in long
    assert len(long) < 120


def test_each_line_of_a_rule_is_a_sentence_of_its_own() -> None:
    assert told(word="bb") == [
        "x.toml [a] word: too long; shorten it",
        "x.toml [a] word: also ugly; change it",
    ]
