"""Failures: plain sentences, on one line of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest
from terugkeer.viz.page.server import failure
from terugkeer.viz.page.words import LANGUAGES, words

if TYPE_CHECKING:
    from terugkeer.viz.page.words import Language


@pytest.mark.parametrize(
    "told",
    [
        failure.REPLACED,
        failure.CLOSED,
        failure.ENDED,
        failure.UNOPENED,
        failure.FULL,
        failure.BROKEN,
        failure.failed(26),
        failure.failed(-1),
    ],
)
def test_a_failure_is_a_line_with_sentences(told: failure.Failure) -> None:
    line = told.line()
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    read = json.loads(line)
    assert set(read) == {"error", "kind", "week"}
    assert read["error"]
    assert all(each[0].isupper() and each.endswith(".") for each in read["error"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_words_for_every_kind(language: Language) -> None:
    kinds = {f"failure.{kind}" for kind in (*get_args(failure.Kind), "spin_up")} - {"failure.input"}
    assert {key for key in words(language) if key.startswith("failure.")} == kinds


def test_a_model_that_fails_is_told_with_its_week() -> None:
    told = json.loads(failure.failed(26).line())
    assert "in the week of 2011-07-04" in told["error"][0]
    assert told["week"] == 26
    assert told["kind"] == "failed"
    assert "in the spin-up" in json.loads(failure.failed(-1).line())["error"][0]
