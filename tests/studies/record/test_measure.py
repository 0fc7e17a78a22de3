"""Facts of the page on what is measured, on runs made by hand."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.departures import DEPARTURE_TABLES
from terugkeer.abm.observation.measures import MEASURES_TABLES
from terugkeer.abm.observation.published import published
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import EventLog

from studies.measured import SCALE, YEARS, Lives
from studies.record import measure
from studies.record.measure import Counted, Fact

PAGE = Path(measure.__file__).parents[2] / "docs" / "measured.md"
EVENT = {
    "kind": "left",
    "place": "street",
    "to_place": "street",
    "outcome": "independent",
    "weeks": 10.0,
    "reopened": False,
    "vanished": False,
}


def events(*given: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**EVENT, **each} for each in given])


def lives(*given: dict[str, Any], weekly: list[tuple[int, str, float]] | None = None) -> Counted:
    columns = ["week", "population", "persons"]
    weeks = pd.DataFrame(weekly or [], columns=columns)
    return Counted(events(*given), weeks, EventLog(), np.array([10, 53, 52, 60]))


@pytest.mark.parametrize(
    ("value", "reach", "told"),
    [
        (4.04, (4, 8), ["fact", "4.0", "source", "yes"]),
        (3.96, (4, 8), ["fact", "4.0", "source", "**no**"]),
        (1234.5, None, ["fact", "1,234", "source", ""]),
        (8.0, (4, 8), ["fact", "8.0", "source", "yes"]),
    ],
)
def test_a_fact_is_judged_by_its_value_and_not_by_what_is_shown(
    value: float, reach: tuple[float, float] | None, told: list[str]
) -> None:
    assert Fact("fact", value, "source", reach).row() == told


def test_the_stock_is_a_mean_over_weeks_without_the_last() -> None:
    weekly = [(5, "spell", 10.0), (6, "spell", 20.0), (6, "known", 99.0), (7, "spell", 99.0)]
    assert measure.spell_stock(lives({}, weekly=weekly), 5, 7) == 15.0


def test_demonstrable_departure_is_a_share_of_stays_of_a_length() -> None:
    detained = {"place": "detention", "weeks": 5.0}
    run = lives(
        detained,
        {**detained, "outcome": "forced"},
        {**detained, "outcome": "unobserved"},
        {**detained, "kind": "moved"},
        {**detained, "kind": "moved", "to_place": "detention"},
        {**detained, "kind": "noticed"},
        {**detained, "weeks": 13.0, "outcome": "other"},
        {"weeks": 5.0},
    )
    assert measure.demonstrable(run, 0, 13) == 50.0
    assert measure.demonstrable(run, 13, 26) == 0.0


def test_closings_and_reopened_files_are_a_mean_over_years_and_runs() -> None:
    closed = [{"kind": "closed", "outcome": each} for each in measure.OUTCOMES]
    opened = {"kind": "opened", "reopened": True}
    runs = [lives(*closed, *closed, opened), lives(*closed, {**opened, "reopened": False}, {})]
    factor = SCALE / 2 / (YEARS[1] - YEARS[0] + 1)
    found = measure.outcomes(runs)
    assert found == {
        **dict.fromkeys(measure.OUTCOMES, pytest.approx(3 * factor)),
        "files opened again": pytest.approx(factor),
    }


def test_a_published_table_stands_beside_means_over_its_own_years(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = pd.DataFrame(
        {"item": ["a", "a", "b"], "year": [2014, 2015, 2014], "persons": [1000.0, 3000.0, 5.0]}
    )
    asked = []

    def observed(_runs: object, observer: object, years: tuple[int, int]) -> pd.DataFrame:
        asked.append((observer.table, years))  # type: ignore[attr-defined]  # an Observer
        return pd.DataFrame({2014: [1.0, 2.0], 2015: [3.0, 2.0]}, index=["b", "a"])

    monkeypatch.setattr(measure, "published", lambda _table: record)
    monkeypatch.setattr(measure, "observed", observed)
    observer: Any = SimpleNamespace(table="own")
    assert measure.beside([], observer) == [["b", "2", "5"], ["a", "2", "2,000"]]
    assert asked == [("own", (2014, 2015))]


def test_facts_are_means_over_runs() -> None:
    start, end = first_week(YEARS[0]), first_week(YEARS[1] + 1)
    weekly = [(week, "spell", 500.0) for week in range(start, end)]
    detained = [{"place": "detention", "weeks": each} for each in (1.0, 14.0, 30.0)]
    run = lives(
        *detained,
        {"kind": "closed", "weeks": 30.0},
        {"kind": "opened", "reopened": True},
        {"kind": "opened"},
        {"kind": "noticed"},
        {"kind": "noticed"},
        {"kind": "cancelled", "vanished": True},
        {"kind": "noticed", "place": "closed_family"},
        {"kind": "cancelled", "place": "closed_family"},
        weekly=weekly,
    )
    found = {fact.name: fact.value for fact in measure.facts([run, run])}
    assert found["the same, mean over 2011-2015"] == 500.0
    little = found["Little's law: files opened a week x mean length of a spell, persons"]
    assert little == pytest.approx(2 * SCALE / (end - start) * 30.0)
    assert found["files opened for a person who had one before, % of files opened"] == 50.0
    assert found["demonstrable departure, detained 3-6 months, %"] == 100.0
    assert found["residents of the VBL, 1 May 2016"] == 4 * SCALE
    assert found["of these residents, there for over a year, %"] == 50.0
    assert found["planned removals of persons at liberty that fail, %"] == 50.0
    assert found["of these failures, because the person vanished, %"] == 100.0
    assert len(found) == 13


def test_the_page_that_ships_has_the_facts_of_the_program() -> None:
    text = PAGE.read_text(encoding="utf-8")
    empty = Lives(events({}), pd.DataFrame(), EventLog())
    assert measure.of_kind(empty, "closed").empty
    weekly = [(first_week(YEARS[0]), "spell", 1.0)]
    every = ("closed", "opened", "noticed", "cancelled")
    run = lives(*({"kind": each} for each in every), {"place": "detention"}, weekly=weekly)
    for fact in measure.facts([run]):
        assert f"| {fact.name} |" in text
        assert f"| {fact.source} |" in text


def test_tables_of_the_record_are_those_that_were_published() -> None:
    """The first of the departures is that through IOM, which has a published form."""
    assert DEPARTURE_TABLES[0].table == "iom_departures"
    assert set(published(DEPARTURE_TABLES[0].table)["item"]) >= set(DEPARTURE_TABLES[0].items)
    assert set(published(MEASURES_TABLES[0].table)["item"]) <= set(MEASURES_TABLES[0].items)
