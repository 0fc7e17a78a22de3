"""Runs that are looked at week by week, with a model that only counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from terugkeer.abm.runs.result import WEEKLY_COLUMNS, WeekError
from terugkeer.abm.world.scenario import Scenario

from studies.screen import watched


class Counting:
    """A model of five weeks."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        rng: int,
        scale: float,
        first_year: int,
        last_year: int,
        registry: object,
    ) -> None:
        self.settings, self.seed, self.registry = scenario, rng, registry
        self.scale, self.first_year, self.last_year = scale, first_year, last_year
        self.week, self.running, self.countries, self.timings = 0, True, [], {"x_s": 1.0}
        self.log = SimpleNamespace(frame=lambda _countries: pd.DataFrame({"week": [1]}))

    def step(self) -> None:
        self.week += 1
        self.running = self.week < 5


SETTINGS: Any = {"scale": 20.0, "first_year": 2012, "last_year": 2013, "registry": None}


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "ReturnModel", Counting)


@pytest.mark.parametrize(("until", "last"), [(watched.NEVER, 5), (3, 3)])
def test_each_week_is_looked_at_after_it_until_the_end(until: int, last: int) -> None:
    seen: list[int] = []
    watched.watched(Scenario("own"), 1, lambda model: seen.append(model.week), until, **SETTINGS)
    assert seen == list(range(1, last + 1))


def test_what_goes_wrong_is_told_with_its_week() -> None:
    def look(model: Counting) -> None:
        if model.week == 2:
            raise ValueError

    with pytest.raises(WeekError) as told:
        watched.watched(Scenario("own"), 1, look, **SETTINGS)
    assert told.value.week == 2


def test_a_note_is_a_row_of_the_weekly_table_that_no_place_counts() -> None:
    row = watched.note(520, "hidden", 3)
    assert tuple(row) == WEEKLY_COLUMNS
    assert (row["week"], row["population"], row["persons"]) == (520, "hidden", 3.0)
    assert row["date"] == pd.Timestamp("2010-12-20")
    assert row["place"] == row["phase"] == "-"


def test_what_is_kept_is_of_the_run_and_its_notes() -> None:
    model = watched.watched(Scenario("own"), 7, lambda _model: None, **SETTINGS)
    notes = pd.DataFrame([watched.note(520, "hidden", 3)])
    found = watched.kept(model, 7, notes, 12)
    assert (found.scenario, found.seed, found.scale) == ("own", 7, 20.0)
    assert (found.first_year, found.last_year, found.person_weeks) == (2012, 2013, 12)
    assert found.weekly is notes
    assert found.events["week"].tolist() == [1]
