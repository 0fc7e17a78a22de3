"""How systems are told in two languages."""

from __future__ import annotations

import pytest
from terugkeer.experiments.systems.system import PATH, systems
from terugkeer.experiments.systems.words import (
    WORDS,
    called,
    compared,
    count,
    documented,
    held,
    judgement,
    short,
    shown,
    stepped,
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
    assert when(tip, "en") == "in the baseline from 2010-03-01 to 2015-10-01"
    assert when(LISTED["hrt"], "nl") == "in de uitgangssituatie tot 2017-07-01"
    assert when(LISTED["deposit"], "en") == "in the baseline since 2011-12-15"
    assert compared(LISTED["lvv"], "nl").startswith("Met: 862 plaatsen")
    assert when(missions, "nl") == "niet in de uitgangssituatie"
    assert held(tip, "nl") == "2013-2015, schaal 4"
    assert titled(tip, "nl") == tip.title_nl
    assert (documented(tip, "en"), documented(missions, "en")) == (tip.documented, "")


ACTED = {"verdict": "acts", "by_construction": False, "only_in_returns": False, "returns": "more"}
LEFT_OUT = {"verdict": "not_modelled"} | dict.fromkeys(list(ACTED)[1:])


def test_a_judgement_names_the_way_and_returns_and_in_short_only_what_moves() -> None:
    iom = LISTED["iom"]
    certain = ACTED | {"by_construction": True, "returns": "not_seen"}
    assert judgement(iom, certain, "en") == (
        "has an effect in the model; certain beforehand; no change in returns seen"
    )
    assert short(iom, certain, "en") == "effect, certain beforehand"
    alone = ACTED | {"only_in_returns": True}
    assert judgement(iom, alone, "nl") == (
        "heeft effect in het model; alleen te zien aan terugkeer; meer terugkeer"
    )
    assert short(iom, alone, "nl") == "effect, alleen te zien aan terugkeer; meer terugkeer"
    for name, says in (("pao", "not modelled"), ("tracks", "partly modelled, no run without it")):
        assert (
            judgement(LISTED[name], LEFT_OUT, "en") == short(LISTED[name], LEFT_OUT, "en") == says
        )


def test_the_count_tells_what_was_measured_from_what_was_certain() -> None:
    below = ACTED | {"verdict": "below_resolution", "returns": "not_seen"}
    some = [ACTED, ACTED | {"by_construction": True}, ACTED | {"only_in_returns": True}, below]
    assert count([*some, LEFT_OUT], "en") == (
        "Of 4 rows that were run, 3 have an effect in the model: 2 by what was measured (1 of them "
        "seen in returns alone), and 1 that were certain beforehand, as their own outcome can't "
        "happen without them. 0 show none, as a source says; 1 show none. 3 move independent "
        "returns by more than chance. 1 more have no runs."
    )


def test_a_step_is_called_by_what_it_counts() -> None:
    assert stepped(LISTED["iom"], PATH, "en") == "returned independently after meeting it"
    both = stepped(LISTED["planned_removals"], PATH, "en")
    assert both == "transferred to another member state + returned by force"
    assert stepped(LISTED["tip"], "forced", "en") == called("forced", "en")


def test_both_places_use_one_word_for_people_without_shelter() -> None:
    text = str(WORDS["nl"])
    assert "vast onderdak" not in text
    assert "stabiel onderdak" in called("weeks_without_stable_shelter", "nl")


def test_shares_stand_in_percent_and_dutch_numbers_have_their_signs() -> None:
    assert (shown("share_all_three"), shown("independent")) == (0.01, 1.0)
    assert (written("1,200.5", "nl"), written("1,200.5", "en")) == ("1.200,5", "1,200.5")
