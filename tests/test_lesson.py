"""What the lesson claims is true of the runs that ship; pages use the words of the page."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

import pytest
from scipy.stats import t as student
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.toml_file import read_toml
from terugkeer.abm.world.scenario import FOLDER
from terugkeer.experiments.cli import main
from terugkeer.viz.page.choices import catalogue
from terugkeer.viz.page.lives.packed import unpacked
from terugkeer.viz.page.lives.shipped import FILE
from terugkeer.viz.page.lives.tallies import TALLIES
from terugkeer.viz.page.words import LANGUAGES, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from terugkeer.viz.page.words import Language

DOCS = Path(__file__).parents[1] / "docs"
LESSON = {"en": DOCS / "lesson.md", "nl": DOCS / "nl" / "les.md"}
PAGE = {"en": DOCS / "page.md", "nl": DOCS / "nl" / "de-pagina.md"}
# the heads of the tables that hold claims, or minutes
STEPS = {"en": ("Step", "Minutes"), "nl": ("Stap", "Minuten")}
DIFFERS = {
    "en": ("Preset", "Row", "With the change"),
    "nl": ("Pakket", "Rij", "Met de verandering"),
}
MORE_OF = {"en": ("There are more of", "than of"), "nl": ("Er zijn er meer", "dan")}
FORCES = {"en": ("Larger force", "Smaller force"), "nl": ("Grotere kracht", "Kleinere kracht")}
ROOM = {
    "en": ("More room to think ahead", "Less room to think ahead"),
    "nl": ("Meer ruimte voor de toekomst", "Minder ruimte voor de toekomst"),
}
CHANCE = {"en": "may be chance", "nl": "kan toeval zijn"}
OF_STEP_3 = ("government_ladder", "vwn_bundle")
FORCE = ("push", "pull", "stay", "deter")
CAPACITY = 1 + len(FORCE)  # where the gate of capacity stands in a row of reasons

both = pytest.mark.parametrize("language", LANGUAGES)


@cache
def shipped() -> Mapping[str, Any]:
    """Return what comes with the page, its runs unpacked.

    Whether it is that of the present model is asked in `tests/viz/page/test_shipped.py`.
    """
    content = json.loads(gzip.decompress(FILE.read_bytes()))
    baseline = unpacked(content["baseline"])
    presets = {name: unpacked(run, baseline) for name, run in content["presets"].items()}
    return {**content, "baseline": baseline, "presets": presets}


def tables(page: Path) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Yield the tables of a page: the head and the rows."""
    for block in re.findall(
        r"(?:^\|.*\|\n)+", page.read_text(encoding="utf-8"), flags=re.MULTILINE
    ):
        head, _, *rows = [
            tuple(cell.strip() for cell in line.strip("|").split("|"))
            for line in block.splitlines()
        ]
        yield head, rows


def table(heads: Mapping[str, tuple[str, ...]], language: Language) -> list[tuple[str, ...]]:
    """Return the rows of the one table of the lesson with a head."""
    (found,) = [rows for head, rows in tables(LESSON[language]) if head == heads[language]]
    return found


@cache
def presets(language: Language) -> dict[str, str]:
    """Return the titles of the presets by their names."""
    return {each["name"]: each["title"] for each in catalogue(registry(), language)["presets"]}


def key(within: str, word: str, language: Language) -> str:
    """Return what a word of the page stands for, such as a preset or a row of the table."""
    there = presets(language) if within == "preset" else words(language)
    start = "" if within == "preset" else f"{within}."
    found = [name for name, said in there.items() if name.startswith(start) and said == word]
    assert len(found) == 1, f"{word}: {found}"
    return found[0].removeprefix(start)


def row(tally: str, draws: Mapping[str, list[list[int]]]) -> dict[str, int]:
    """Return what a row of the table holds in the last week, by draw."""
    at = [each.id for each in TALLIES].index(tally)
    return {seed: kept[at][-1] for seed, kept in draws.items()}


def differences(preset: str, tally: str) -> dict[str, int]:
    """Return becomes minus was in the last week, by draw."""
    was = row(tally, shipped()["draws"]["baseline"])
    becomes = row(tally, shipped()["draws"][preset])
    assert was.keys() == becomes.keys()
    return {seed: becomes[seed] - was[seed] for seed in was}


def sign(values: list[int]) -> int:
    """Return 1 or -1 if the 95 % interval of a mean leaves out zero, 0 if it holds zero."""
    mean, n = fmean(values), len(values)
    half = student.ppf(0.975, n - 1) * stdev(values) / n**0.5
    return 0 if abs(mean) <= half else 1 if mean > 0 else -1


def claims(language: Language) -> list[tuple[str, str, int]]:
    """Return preset, row and sign of each claim of the lesson on what differs."""
    said = {words(language)["guess.more"]: 1, words(language)["guess.fewer"]: -1}
    said[CHANCE[language]] = 0
    return [
        (key("preset", preset, language), key("tally", tally, language), said[direction])
        for preset, tally, direction in table(DIFFERS, language)
    ]


@both
def test_the_steps_take_45_minutes_and_each_is_told(language: Language) -> None:
    steps = table(STEPS, language)
    told = re.findall(r"^### (\d+\. .*)$", LESSON[language].read_text("utf-8"), flags=re.MULTILINE)
    assert [name for name, _ in steps] == told
    assert sum(int(minutes) for _, minutes in steps) == 45


@both
def test_what_differs_does_so_in_the_runs_that_ship(language: Language) -> None:
    found = [
        (preset, tally, sign([*differences(preset, tally).values()]))
        for preset, tally, _ in claims(language)
    ]
    assert found == claims(language)
    assert {said for *_, said in found} == {-1, 0, 1}


@both
def test_the_draw_that_is_shown_has_the_sign_that_the_lesson_claims(language: Language) -> None:
    claimed = [claim for claim in claims(language) if claim[2]]
    assert [each for each in claimed if differences(*each[:2])["1"] * each[2] <= 0] == []


@both
def test_harm_and_freedom_stand_beside_what_is_told_of_leaving(language: Language) -> None:
    for preset in OF_STEP_3:
        told = {tally for of, tally, _ in claims(language) if of == preset}
        assert {
            "returned_independent",
            "returned_forced",
            "adults_all_three",
            "weeks_without_stable_shelter",
        } <= told


def test_both_languages_claim_the_same() -> None:
    assert claims("en") == claims("nl")
    for heads, within in ((MORE_OF, "tally"), (FORCES, "force"), (ROOM, "group")):
        of = {
            language: [
                tuple(key(within, word, language) for word in line)
                for line in table(heads, language)
            ]
            for language in LANGUAGES
        }
        assert of["en"] == of["nl"]


def test_there_is_more_of_what_the_lesson_says_as_it_was() -> None:
    draws = shipped()["draws"]["baseline"]
    for larger, smaller in table(MORE_OF, "en"):
        one, other = (row(key("tally", each, "en"), draws) for each in (larger, smaller))
        assert sign([one[seed] - other[seed] for seed in draws]) == 1, (larger, smaller)


def test_one_draw_says_more_and_another_fewer_where_the_lesson_warns_of_it() -> None:
    found = differences("fewer_case_managers", "weeks_without_stable_shelter").values()
    assert (sum(each < 0 for each in found), sum(each > 0 for each in found)) == (5, 5)


def test_most_people_who_are_here_live_in_a_private_network() -> None:
    places = shipped()["baseline"]["flows"]["places"]
    for run in (shipped()["baseline"], *(shipped()["presets"][name] for name in OF_STEP_3)):
        there = dict(zip(places, (weeks[-1] for weeks in run["places"]), strict=True))
        assert max(there, key=lambda place: there[place]) == "private_network"


def reasons(group: str) -> list[list[float]]:
    """Return the forces and gates of a group in the last week: baseline, presets of step 3."""
    runs = [shipped()["baseline"], *(shipped()["presets"][name] for name in OF_STEP_3)]
    at = runs[0]["reasons"]["groups"].index(group)
    return [run["reasons"]["values"][at][-1] for run in runs]


def test_forces_have_the_order_of_the_lesson_and_differ_little() -> None:
    rows = [dict(zip(FORCE, each[1:CAPACITY], strict=True)) for each in reasons("all")]
    for line in table(FORCES, "en"):
        larger, smaller = (key("force", word, "en") for word in line)
        assert all(each[larger] > each[smaller] for each in rows), line
    assert {key("force", word, "en") for line in table(FORCES, "en") for word in line} == {*FORCE}
    was, *changed = rows
    assert max(abs(each[name] - was[name]) for each in changed for name in FORCE) < 0.1


def test_room_to_think_ahead_differs_much_between_the_groups_of_the_lesson() -> None:
    for line in table(ROOM, "en"):
        more, less = (reasons(key("group", word, "en")) for word in line)
        pairs = zip(more, less, strict=True)
        assert all(one[CAPACITY] > 2 * other[CAPACITY] for one, other in pairs), line
    assert words("en")["gate.capacity"] == ROOM["en"][0].removeprefix("More ")


def lives(run: Mapping[str, Any], since: int) -> dict[str, list[list[list[int]]]]:
    """Return states and places of the households that are dots, from a week on."""
    dots = [key for key, own in shipped()["baseline"]["households"].items() if not own.get("near")]
    return {
        key: [
            [each for each in run["households"].get(key, {}).get(name, []) if each[0] >= since]
            for name in ("states", "places")
        ]
        for key in dots
    }


@pytest.mark.parametrize("preset", OF_STEP_3)
def test_some_dots_have_a_ring_and_some_of_these_lives_end_as_they_did(preset: str) -> None:
    run = shipped()["presets"][preset]
    was, becomes = (lives(each, run["start"]) for each in (shipped()["baseline"], run))
    ringed = [key for key, own in was.items() if own != becomes[key]]
    assert 0.05 < len(ringed) / len(was) < 0.95
    ends = [([*was[key][0], None][-2:], [*becomes[key][0], None][-2:]) for key in ringed]
    assert {one == other for one, other in ends} == {True, False}


def test_sizes_that_the_pages_state_are_those_of_the_runs() -> None:
    assert len(TALLIES) == 25
    assert len(shipped()["seeds"]) == 10
    dots = [own for own in shipped()["baseline"]["households"].values() if not own.get("near")]
    assert round(len(dots), -2) == 400
    assert round(len(shipped()["baseline"]["neighbourhood"]["households"]), -1) == 120


def test_what_the_lesson_calls_put_in_is_in_the_presets() -> None:
    ladder, asked = (
        {lever: entry["value"] for lever, entry in read_toml(FOLDER / name, name)["levers"].items()}
        for name in (f"{preset}.toml" for preset in OF_STEP_3)
    )
    assert min(ladder[each] for each in ("removals_planned", "origin_cooperation", "detention")) > 1
    assert ladder["shelter_after_term"] == "none"
    assert ladder["allowance"] < 1
    assert asked["detention"] < 0.5
    assert asked["shelter_after_term"] == "guided"


@both
def test_bold_words_stand_on_the_page(language: Language) -> None:
    said = [*words(language).values(), *presets(language).values()]
    there = {re.sub(r"\{\w+\}", "…", each) for each in said}
    for page in (PAGE[language], LESSON[language]):
        bold = re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert len(bold) > 10
        assert {" ".join(each.split()) for each in bold} - there == set(), page.name


@both
def test_the_contested_question_and_its_cards_are_those_of_the_page(language: Language) -> None:
    text = " ".join(LESSON[language].read_text(encoding="utf-8").split())
    switches = {each["name"]: each for each in catalogue(registry(), language)["switches"]}
    asked = switches["shelter_end"]
    said = [asked["title"], *(card["label"] for card in asked["cards"])]
    assert [each for each in said if f"*{each}*" not in text] == []
    assert [card["id"] for card in asked["cards"]][1] == "return"  # the second card, as told


@both
def test_the_page_tells_every_option_of_the_command(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", "--help"]) == 0
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    told = set(
        re.findall(r"^\| `(--[a-z-]+)", PAGE[language].read_text("utf-8"), flags=re.MULTILINE)
    )
    assert told == known - {"--help", "--renew"}
