"""The page on the state of persons: the list of columns, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.persons.columns import COLUMNS, written_in
from terugkeer.agents.codes import Place
from terugkeer.experiments.reports.persons_page import AT_ENTRY, persons_markdown

PAGE = Path(__file__).parents[3] / "docs" / "persons.md"


def cells() -> dict[str, list[str]]:
    """Return the other cells of each line of the table by the name of its column."""
    lines = [line for line in persons_markdown().splitlines() if line.startswith("| `")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {name.strip("`"): rest for name, *rest in rows}


def test_the_shipped_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == persons_markdown(), "terugkeer check --write-docs"


def test_each_column_stands_once_in_the_order_of_the_list() -> None:
    assert list(cells()) == list(COLUMNS)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("birth_week", ["int32", "week of birth", AT_ENTRY]),
        ("stage", ["uint8", "code of `Stage`", "place, weigh, prepare"]),
        ("identified", ["bool", "whether identity is disclosed and can be shown", "prepare"]),
    ],
)
def test_a_line_tells_type_unit_and_what_moves_it(name: str, told: list[str]) -> None:
    assert cells()[name] == told


@pytest.fixture(scope="module")
def model() -> ReturnModel:
    """Return a model some weeks on."""
    model = ReturnModel(scale=200.0)
    for _ in range(60):
        model.step()
    return model


def test_what_follows_from_columns_is_told_and_can_be_read(model: ReturnModel) -> None:
    told = persons_markdown().split("From the columns follow ", 1)[1].split("\n## ", 1)[0]
    names = re.findall(r"`(\w+)`", told)
    assert {"age", "returned", "forces"} <= set(names)
    person = next(iter(model.agents))
    assert all(hasattr(person, name) for name in names)


def test_the_recipe_finds_those_who_are_in_the_netherlands(model: ReturnModel) -> None:
    (recipe,) = re.findall(r"^```python\n(.+)\n```$", persons_markdown(), flags=re.MULTILINE)
    here = eval(recipe, {"model": model})  # noqa: S307 - our own page
    places = model.agents.get("place")
    assert 0 < len(here) == sum(place != Place.ORIGIN for place in places) < len(places)


def test_what_moves_a_column_is_what_the_plan_says_of_phases() -> None:
    for name, (_, _, moved_by) in cells().items():
        phases = [] if moved_by == AT_ENTRY else moved_by.split(", ")
        assert all(name in written_in(phase) for phase in phases)
        assert COLUMNS[name].fixed == (not phases)
