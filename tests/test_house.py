"""The house: sizes, names, packages, and the words that are defined once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("abm", "agents", "calibration", "experiments", "viz")
LONGEST = 400  # lines
FULLEST = 32  # files of Python in a folder, `__init__` included
# files that hold no rule of their own, and why
WITHOUT_A_TEST: dict[str, str] = {
    "abm/evidence/bibliography.py": "fields only",
    "abm/evidence/override.py": "fields only",
    "agents/model.py": "protocols only: mypy holds them",
}
FORBIDDEN = re.compile(r"(^|_)(utils?|(?<!case_)managers?|handlers?|helpers?|misc|common)(_|$)")
WORDS = (
    "stable shelter",
    "destitute",
    "informed",
    "liveable alternative",
    "person-week",
    "closing",
    "spell",
    "known person",
    "hidden",
)


def python_files() -> list[Path]:
    """Return the Python files of rooms, tests and docs."""
    folders = (*ROOMS, "tests", "docs", "studies", ".ci")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def names(path: Path) -> list[str]:
    """Return a file's own name and the names of what it defines."""
    text = path.read_text(encoding="utf-8")
    defined = re.findall(r"^\s*(?:def|class)\s+(\w+)", text, flags=re.MULTILINE)
    return [path.stem, *defined]


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_no_file_is_too_long_to_hold_in_a_head() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    long = [f"{path.relative_to(ROOT)}: {size}" for path, size in sizes.items() if size > LONGEST]
    assert len(sizes) > 50
    assert long == []


def test_no_folder_is_too_full_to_be_read() -> None:
    folders = {path.parent for path in python_files()}
    full = {
        folder.relative_to(ROOT).as_posix(): len(list(folder.glob("*.py"))) for folder in folders
    }
    assert {folder: files for folder, files in full.items() if files > FULLEST} == {}
    most = sorted(full.values())[len(full) * 3 // 4]
    assert most < 20, "most folders hold fewer"


def test_phases_holds_the_thirteen_of_the_plan() -> None:
    from terugkeer.abm.world.plan import week_plan  # noqa: PLC0415 - the one test that needs it

    def nothing(_world: object) -> None: ...

    plan = [phase.name for phase in week_plan(nothing, nothing, nothing, nothing)]  # type: ignore[arg-type] # only names
    files = {path.stem for path in (ROOT / "abm" / "world" / "phases").glob("*.py")}
    assert len(plan) == 13
    assert files == {"__init__", *plan}


def test_every_file_with_rules_has_its_test() -> None:
    untested = [
        path.relative_to(ROOT).as_posix()
        for room in (*ROOMS, "studies")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.name != "__init__.py"
        and not (ROOT / "tests" / path.relative_to(ROOT)).with_name(f"test_{path.name}").exists()
    ]
    assert set(untested) == set(WITHOUT_A_TEST)


def test_names_come_from_the_field() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files()
        for name in names(path)
        if FORBIDDEN.search(snake(name))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["utils", "EventHandler", "world_manager", "helper", "HelperFunc"])
def test_a_forbidden_name_is_seen(name: str) -> None:
    assert FORBIDDEN.search(snake(name))


def test_packages_are_those_that_pyproject_lists() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = listed["tool"]["setuptools"]["packages"]
    there = {
        f"terugkeer.{'.'.join(path.parent.relative_to(ROOT).parts)}"
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
    }
    assert sorted(packages) == sorted(there)


def test_every_folder_with_python_is_a_package() -> None:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert [each for each in folders if not (each / "__init__.py").exists()] == []


def test_people_are_persons() -> None:
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *python_files()]
    wrong = re.compile(
        r"\billegals\b|\billegal (?:people|persons|aliens|migrants)\b", re.IGNORECASE
    )
    here = Path(__file__)
    found = [path for path in texts if path != here and wrong.search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_defines_each_word_once(word: str) -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(lines) if line == word]
    assert len(places) == 1
    assert lines[places[0] + 1].startswith(": ")


def test_the_glossary_says_of_shelter_what_the_code_says() -> None:
    from terugkeer.agents.places import UNSHELTERED  # noqa: PLC0415 - the one test that needs them

    assert {place.name for place in UNSHELTERED} == {"STREET", "NIGHT_SHELTER"}
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    definition = text.split("\ndestitute\n", 1)[1].split("\n\n", 1)[0]
    assert "on the street" in definition
    assert "for the night only" in definition


def test_the_lock_pins_every_direct_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    wanted = {
        re.split(r"[\[<>=!~; ]", each, maxsplit=1)[0].lower()
        for each in (*project["dependencies"], *extras)
    } - {"terugkeer"}
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    form = re.compile(r"^[a-z0-9-]+==[0-9][\w.]*( ; python_version [<>=]+ \"3\.\d+\")?$")
    assert [line for line in pinned if not form.match(line)] == []
    assert wanted <= {line.split("==", 1)[0] for line in pinned}


def test_the_changelog_tells_of_numbers_in_every_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if not version.startswith("[Unreleased]"):
            assert re.search(r"^Numbers: (unchanged|changed \(.+\))$", version, re.MULTILINE)
