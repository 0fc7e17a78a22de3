"""Every factor that the sheets name is a factor, part of one, a state, or left out for a reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.persons.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCS: Final = Path(__file__).parents[3] / "docs"
FATES: Final = {"factor", "merged", "state", "not_modelled"}
# the rows of section D of each sheet, counted there
SHEETS: Final[Mapping[str, list[str]]] = {
    "s0": [f"F{n}" for n in range(1, 45)],
    "s1": [str(n) for n in range(1, 34)],
    "s2": [
        *map(str, range(1, 5)),
        *("5a", "5b", "6", "7", "8a", "8b"),
        *map(str, range(9, 31)),
    ],
    "s3": [str(n) for n in range(1, 36)],
    "s4": [*map(str, range(1, 25)), "24b", *map(str, range(25, 31))],
}
D2_BEGINS: Final = 12  # rows of s2 from here on stand in its table D2


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (DOCS / "factor_map.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def locator(sheet: str, row: str) -> str:
    """Return how a record cites a row of section D."""
    if sheet == "s0":
        return row
    if sheet == "s2":
        return f"D{2 if int(row.rstrip('ab')) >= D2_BEGINS else 1} {row}"
    return f"D{row}"


def test_the_map_holds_every_row_of_every_sheet_once(rows: list[dict[str, str]]) -> None:
    expected = [(sheet, row) for sheet, ids in SHEETS.items() for row in ids]
    assert [(each["sheet"], each["row"]) for each in rows] == expected
    assert len(expected) == 175
    assert {each["fate"] for each in rows} == FATES
    assert all(each["label"].strip() for each in rows)


def test_every_target_is_there(rows: list[dict[str, str]]) -> None:
    for each in rows:
        targets = each["target"].split()
        assert bool(targets) == (each["fate"] != "not_modelled"), each
        for target in targets:
            assert target in registry() or target in COLUMNS, each
        has_factor = any(target.startswith("factor_") for target in targets)
        assert has_factor == (each["fate"] in {"factor", "merged"}), each


def test_every_factor_is_what_some_row_became(rows: list[dict[str, str]]) -> None:
    targets = {target for each in rows for target in each["target"].split()}
    missing = {record.name for record in registry().factors()} - targets
    assert not missing


def test_a_factor_cites_every_row_that_it_stands_for(rows: list[dict[str, str]]) -> None:
    for each in rows:
        cited = re.compile(rf"\b{locator(each['sheet'], each['row'])}\b")
        for target in each["target"].split():
            if target.startswith("factor_"):
                sources = registry()[target].sources
                found = [s for s in sources if s.ref == each["sheet"] and cited.search(s.locator)]
                assert found, (target, each)


def test_what_is_not_modelled_stands_with_a_reason(rows: list[dict[str, str]]) -> None:
    page = (DOCS / "not_modelled.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (s\d \S+) \| ([^|]+) \| ([^|]+) \|$", page, flags=re.MULTILINE)
    left_out = {
        f"{each['sheet']} {each['row']}": each["label"]
        for each in rows
        if each["fate"] == "not_modelled"
    }
    assert {row: label for row, label, _ in told} == left_out
    assert len(told) == len(left_out)
    assert all(len(reason) > 10 for *_, reason in told)  # a word is no reason
