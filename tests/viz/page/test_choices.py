"""The catalogue: complete in both languages, and as the evidence has it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from terugkeer.abm.evidence.registry import Registry, registry
from terugkeer.abm.evidence.text import LANGUAGES
from terugkeer.abm.world.scenario import load_scenario, scenario_names
from terugkeer.viz.page.choices import catalogue, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BOTH: Final = {language: catalogue(registry(), language) for language in LANGUAGES}
LEVERS: Final = {lever["id"]: lever for group in BOTH["en"]["groups"] for lever in group["levers"]}
# names and words that are the same in both languages
ALIKE: Final = {"Bridge to Better", "Subsidies.", "euro", "euro per week", "per week"}
CODES: Final = {
    "id", "name", "sources", "law", "kind", "op", "unit", "default", "grade", "today", "beside",
    "course",
}  # fmt: skip


def texts(content: Any, place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (JSON)
    """Yield every text of a catalogue with its place."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in CODES:
                yield from texts(value, f"{place}.{key}")
    elif isinstance(content, list | tuple):
        for number, value in enumerate(content):
            yield from texts(value, f"{place}[{number}]")
    elif isinstance(content, str) and not place.startswith((".days", ".featured", ".language")):
        yield place, content


def words(language: str) -> dict[str, str]:
    found = dict(texts(BOTH[language]))
    return {place: text for place, text in found.items() if not is_day(text)}


def is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def figures(text: str, language: str) -> list[str]:
    """Return the numbers of a text, written the English way."""
    found = re.findall(r"\d[\d.,]*\d|\d", text)
    if language == "nl":
        swap = str.maketrans(".,", ",.")
        found = [each.translate(swap) for each in found]
    return sorted(each.replace(",", "") for each in found)


# --- both languages ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_the_code(language: str) -> None:
    found = [each for each in texts(BOTH[language]) if re.search(r"[a-z]_[a-z]|`", each[1])]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_a_lever_shows_does_not_begin_as_its_label(language: str) -> None:
    levers = [lever for group in BOTH[language]["groups"] for lever in group["levers"]]
    said = [lever["under"] for lever in levers if "under" in lever]
    assert len(said) > 5
    assert [each for each in said if re.match(r"It acts|An effect shows|Werkt|U ziet", each)] == []


def test_every_text_that_ships_has_its_dutch() -> None:
    for lever in registry().levers.values():
        assert lever.nl, f"levers.toml [{lever.id}]: nl.acts and the others are missing"
        assert lever.labels.keys() == lever.settings.keys(), lever.id
        assert bool(lever.under) == bool(lever.under_says), lever.id
    for record in registry().by_role("switch"):
        assert record.nl, f"{record.file} [{record.name}]: nl.title is missing"
        assert list(record.cards) == list(record.claims), f"[{record.name}.cards]"
    for ref, document in registry().bibliography.items():
        assert document.short, f"bibliography.toml [{ref}]: short is missing"
    for name in scenario_names():
        scenario = load_scenario(name, registry())
        assert scenario.title, f"{name}.toml: title is missing"
        assert scenario.description_nl, f"{name}.toml: description_nl is missing"


def test_both_languages_have_the_same_texts_in_other_words() -> None:
    english, dutch = words("en"), words("nl")
    assert english.keys() == dutch.keys()
    assert len(english) > 500
    alike = {text for place, text in english.items() if text == dutch[place]}
    assert alike == ALIKE


def test_both_languages_have_the_same_figures() -> None:
    english, dutch = words("en"), words("nl")
    other = {
        place: (text, dutch[place])
        for place, text in english.items()
        if figures(text, "en") != figures(dutch[place], "nl")
    }
    assert other == {}


def test_all_but_words_is_the_same_in_both_languages() -> None:
    places = words("en").keys()

    def bare(content: Any, place: str = "") -> Any:  # noqa: ANN401 (JSON)
        if isinstance(content, dict):
            return {key: bare(value, f"{place}.{key}") for key, value in content.items()}
        if isinstance(content, list | tuple):
            return [bare(value, f"{place}[{n}]") for n, value in enumerate(content)]
        return "" if place in places or place == ".language" else content

    assert bare(BOTH["en"]) == bare(BOTH["nl"])


def test_dutch_texts_are_sentences_that_start_and_end_as_such() -> None:
    for place, text in words("nl").items():
        if re.search(r"\.(acts|range_says|legal_note|under|inert|description)$", place):
            assert re.match(r"[A-Z0-9]", text), text
            assert text.endswith("."), text
        assert not re.search(r"\b(the|and|of the)\b", text), text


# --- content ---


def test_levers_stand_in_their_groups_in_the_order_of_the_file() -> None:
    assert list(LEVERS) == list(registry().levers)
    assert [group["id"] for group in BOTH["en"]["groups"]] == [
        "assistance", "reception", "procedure", "shelter", "counselling", "case_managers",
        "enforcement", "outside",
    ]  # fmt: skip


def test_featured_levers_are_six_that_can_be_pulled() -> None:
    featured = BOTH["en"]["featured"]
    assert len(featured) == 6
    assert all(LEVERS[name]["kind"] in {"graded", "settings"} for name in featured)


def test_a_graded_lever_tells_all_that_its_slider_needs() -> None:
    lever = LEVERS["counsellors"]
    assert lever["title"] == "Number of counsellors of all organisations"
    assert (lever["kind"], lever["op"], lever["unit"]) == ("graded", "multiply", "ratio")
    assert (lever["low"], lever["high"], lever["step"], lever["default"]) == (0, 4, 2, 1)
    assert (lever["hard_low"], lever["hard_high"], lever["grain"]) == (0, 83.3, 0.1)
    assert (lever["grade"], lever["assumed"], lever["law"]) == ("D", True, "lawful")
    assert lever["beside"] == ["independent_counsellors"]
    assert lever["sources"] == [["s3", "B.9"], ["s4", "E, F23"]]
    assert "changes_who_is_there" not in lever


def test_levers_without_one_dose_of_today_tell_what_is_on_record() -> None:
    assert "default" not in LEVERS["aftercare"]
    assert LEVERS["aftercare"]["recorded"] == [0.0, 0.8]
    assert "default" not in LEVERS["shelter_after_term"]
    assert LEVERS["shelter_after_term"]["settings"][1] == {
        "id": "night_only",
        "label": "for the night only",
    }
    assert LEVERS["conditional_shelter"]["default"] is False  # no is content
    assert LEVERS["guided_shelter"]["default"] == 0


def test_kinds_are_told_apart() -> None:
    kinds = {name: kind_of(lever) for name, lever in registry().levers.items()}
    assert kinds["safe_country_track"] == "inert"
    assert kinds["cash_timing"] == "settings"
    assert kinds["entry_ban"] == "flag"
    assert kinds["early_talks"] == "settings"
    assert kinds["detention"] == "graded"
    assert LEVERS["safe_country_track"]["inert"].startswith("The track is drawn")


def test_what_changes_who_is_there_says_so() -> None:
    found = {name for name, lever in LEVERS.items() if lever.get("changes_who_is_there")}
    assert found == {"inflow_size", "inflow_asylum", "inflow_safe_countries"}


def test_switches_are_those_that_can_turn_on_a_day_with_a_card_for_each_side() -> None:
    switches = {switch["name"]: switch for switch in BOTH["nl"]["switches"]}
    assert len(switches) == len(registry().by_role("switch")) - 1
    assert "decision" not in switches
    stacking = switches["stacking"]
    assert stacking["title"] == "Wat meerdere vormen van steun samen waard zijn"
    assert (stacking["today"], stacking["grade"], stacking["assumed"]) == ("diminishing", "D", True)
    assert stacking["cards"][0] == {
        "id": "additive",
        "label": "Elke euro telt",
        "who": "Een scriptie van 2016 gaat ervan uit",
        "sources": [["s0", "V3"]],
    }
    assert "sources" not in stacking["cards"][1]


@pytest.mark.parametrize("record", registry().by_role("switch"), ids=lambda record: record.name)
def test_a_card_cites_the_documents_that_its_claim_cites(record: Any) -> None:  # noqa: ANN401 - a Record of a switch
    for name, claim in record.claims.items():
        cited = {ref for ref in registry().bibliography if re.search(rf"\b{ref}\b", claim)}
        carded = {source.ref for source in record.cards[name].sources}
        assert carded <= cited, name
        if not carded:
            assert not cited
            assert re.match(r"no source|assumed|policy|our reading", claim), claim


def test_every_source_has_its_document() -> None:
    whole = BOTH["en"]
    cited = {source[0] for lever in LEVERS.values() for source in lever["sources"]}
    for switch in whole["switches"]:
        cited |= {source[0] for source in switch.get("sources", [])}
        cited |= {source[0] for card in switch["cards"] for source in card.get("sources", [])}
    assert cited == whole["documents"].keys()
    assert whole["documents"]["s4"] == "Policy review 2011-2017 (2019)"


def test_presets_have_names_and_days() -> None:
    presets = {preset["name"]: preset for preset in BOTH["nl"]["presets"]}
    assert presets["fewer_case_managers"]["title"] == "65 regievoerders minder"
    assert presets["vwn_bundle"]["from"] == "2012-01-02"
    assert presets["sdt_pilot"]["from"] == "2011-01-03"
    assert "baseline" not in presets


def test_every_key_of_a_word_has_its_word() -> None:
    whole = BOTH["en"]
    for lever in LEVERS.values():
        assert lever["law"] in whole["laws"]
        assert lever["op"] in whole["operations"]
        assert lever["unit"] in whole["units"] or lever["unit"] in {"text", "bool"}
        assert lever.get("grade", "D") in whole["grades"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_json_and_small(language: str) -> None:
    text = json.dumps(BOTH[language], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    assert len(text.encode()) < 100_000


def test_evidence_of_a_users_own_needs_no_dutch() -> None:
    whole = registry()
    bare = {"cards": {}, "nl": None}
    records = {name: record.model_copy(update=bare) for name, record in whole.items()}
    levers = {
        name: lever.model_copy(update={"nl": None, "labels": {}, "under_says": None})
        for name, lever in whole.levers.items()
    }
    documents = {
        ref: document.model_copy(update={"short": None})
        for ref, document in whole.bibliography.items()
    }
    own = catalogue(Registry(records, whole.mechanisms, documents, whole.tables, levers), "nl")
    switch = next(each for each in own["switches"] if each["name"] == "stacking")
    assert switch["title"] == "What several forms of assistance are worth together"
    assert switch["cards"][0] == {"id": "additive", "label": "s0 V3: implied, each euro counts"}
    lever = own["groups"][0]["levers"][0]
    assert lever["legal_note"] == "A rule of the schemes."
    assert lever["settings"][0] == {"id": "either_or", "label": "either_or"}
    assert own["documents"]["s0"] == "Duurzame Terugkeer (sustainable return)"
