"""How systems are told in two languages."""

from __future__ import annotations

import pytest
from terugkeer.experiments.systems.system import PATH, systems
from terugkeer.experiments.systems.words import (
    WORDS,
    called,
    documented,
    held,
    shown,
    titled,
    when,
    written,
)

LISTED = {each.name: each for each in systems()}


def spoken(value: object) -> set[str]:
    """Return the names of all words, at any depth."""
    if not isinstance(value, dict):
        return set()
    return set(value) | {each for inner in value.values() for each in spoken(inner)}


def test_both_languages_have_the_same_words() -> None:
    assert spoken(WORDS["en"]) == spoken(WORDS["nl"])


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_outcome_of_a_system_has_a_name(language: str) -> None:
    for each in LISTED.values():
        chief = () if each.chief == PATH else (each.chief,)
        of = (*chief, *(() if each.meets else (*each.contact, *each.path)))
        assert all(called(name, language) for name in of)


def test_a_system_is_told_in_both_languages() -> None:
    tip, missions = LISTED["tip"], LISTED["missions"]
    assert when(tip, "en") == "in the baseline since 2010-03-01"
    assert when(missions, "nl") == "niet in de uitgangssituatie"
    assert held(tip, "nl") == "2013-2015, schaal 4"
    assert titled(tip, "nl") == tip.title_nl
    assert (documented(tip, "en"), documented(missions, "en")) == (tip.documented, "")


def test_shares_stand_in_percent_and_dutch_numbers_have_their_signs() -> None:
    assert (shown("share_all_three"), shown("independent")) == (0.01, 1.0)
    assert (written("1,200.5", "nl"), written("1,200.5", "en")) == ("1.200,5", "1,200.5")
