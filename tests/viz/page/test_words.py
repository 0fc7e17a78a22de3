from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from terugkeer.agents import codes
from terugkeer.viz.page.words import LANGUAGES, words

STATIC = Path(__file__).parents[3] / "viz" / "page" / "static"
# the same word in both languages
SHARED = {
    "organisation.iom",
    "organisation.nieuw_hoofdstuk",
    "organisation.opgeheven_hoofd",
    "outcome.none",
    "short_place.azc",
    "short_place.vbl",
    "step_back",
    "step_forth",
    "story.stage",
    "take_what.link",
    "was_short",
    "term.vbl",
    "week",
}
LABELS = {
    "background": codes.Background,
    "kind": codes.Household,
    "route": codes.Route,
    "place": codes.Place,
    "outcome": codes.Outcome,
    "destination": codes.Destination,
    "stage": codes.Stage,
    "option": codes.Option,
    "force": codes.Force,
    "organisation": codes.Organisation,
    "method": codes.Method,
    "reading": codes.Reading,
    "went": codes.Went,
}


def scripts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")))


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    english, dutch = words("en"), words("nl")
    assert list(english) == list(dutch)
    for key, text in english.items():
        gaps = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert gaps == {name for _, name, _, _ in Formatter().parse(dutch[key]) if name}, key
    assert all(text for language in LANGUAGES for text in words(language).values())


def test_dutch_is_not_left_in_english() -> None:
    same = {key for key, text in words("en").items() if text == words("nl")[key]}
    assert same == SHARED


def test_every_word_that_the_scripts_ask_for_is_there() -> None:
    asked = set(re.findall(r'\bt\("([a-z_.0-9]+)"', scripts()))
    html = (STATIC / "page.html").read_text(encoding="utf-8")
    asked |= set(re.findall(r'data-t="([a-z_.0-9]+)"', html))
    assert len(asked) > 80
    assert sorted(asked - set(words("en"))) == []


def test_no_word_is_left_that_nobody_asks_for() -> None:
    text = scripts() + (STATIC / "page.html").read_text(encoding="utf-8")
    families = set(re.findall(r"`([a-z_]+)\.\$\{", text)) | {"story", "term", "means", "way"}
    families |= set(re.findall(r'label\("([a-z_]+)"', text)) | {"scheme"}
    unused = [
        key
        for key in words("en")
        if f'"{key}"' not in text
        and f"words.{key} " not in text
        and not any(key.startswith(f"{name}.") for name in families)
        and not re.fullmatch(r"(places|states)_column|(adults|children)_[01n]", key)  # put together
    ]
    assert unused == []


@pytest.mark.parametrize("family", LABELS)
def test_every_code_that_the_page_can_show_has_a_word(family: str) -> None:
    missing = [
        code.name for code in LABELS[family] if f"{family}.{codes.label(code)}" not in words("en")
    ]
    assert missing == []


def test_no_word_says_which_outcome_is_good() -> None:
    wrong = re.compile(
        r"\b(success\w*|fail(ed|ure)\w*|better|worse|improv\w+|slaag\w*|mislukt\w*|beter|slechter)\b",
        re.IGNORECASE,
    )
    found = [
        (language, key)
        for language in LANGUAGES
        for key, text in words(language).items()
        if wrong.search(text) and key != "organisation.bridge_to_better"  # a name
    ]
    assert found == []
