"""One run: what is asked of the model, and what is handed on."""

from __future__ import annotations

from typing import Any, ClassVar

import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.result import WEEKLY_COLUMNS, WeekError
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world import model as worlds
from terugkeer.abm.world.scenario import Scenario

WEEKLY = pd.DataFrame(
    {**dict.fromkeys(WEEKLY_COLUMNS, "x"), "persons": [400, 800], "other": 0}, index=[0, 1]
)


class Log:
    def frame(self, countries: tuple[str, ...]) -> pd.DataFrame:
        return pd.DataFrame({"country": countries})


class Model:
    """Takes what the model takes, and lives no week."""

    week, countries, timings, log = 575, ("here", "there"), {"exit": 0.5}, Log()
    undecided: ClassVar[dict[int, float]] = {2012: 7.0}
    asked: ClassVar[dict[str, Any]] = {}

    def __init__(self, scenario: Scenario, **options: object) -> None:
        type(self).asked = {"scenario": scenario, **options}

    def run(self) -> None:
        if self.asked["rng"] == 13:
            raise ZeroDivisionError

    def weekly_frame(self) -> pd.DataFrame:
        return WEEKLY

    def queues_frame(self) -> str:
        return "queues"

    def circumstances_frame(self) -> str:
        return "circumstances"

    def spending_frame(self) -> str:
        return "spending"


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "ReturnModel", Model)


def test_a_run_asks_for_what_it_was_given_and_hands_on_what_was_counted() -> None:
    years = {"scale": 400.0, "first_year": 2011, "last_year": 2012}
    result = simulate(Scenario("asked"), seed=7, **years, registry=registry())
    assert Model.asked == {
        "scenario": Scenario("asked"), "rng": 7, **years, "registry": registry()
    }  # fmt: skip
    assert (result.scenario, result.seed, result.scale) == ("asked", 7, 400.0)
    assert (result.first_year, result.last_year) == (2011, 2012)
    assert tuple(result.weekly.columns) == WEEKLY_COLUMNS
    assert result.log is Model.log
    assert result.events["country"].tolist() == ["here", "there"]
    assert result.undecided == result.observed.undecided == {2012: 7.0}
    assert (result.queues, result.circumstances, result.spending) == (
        "queues", "circumstances", "spending",
    )  # fmt: skip
    assert result.timings == {"exit": 0.5}
    assert result.person_weeks == 3  # 1,200 persons, one for each 400


def test_an_error_says_in_which_week() -> None:
    with pytest.raises(WeekError, match="2012-01-0") as told:
        simulate(
            Scenario("asked"),
            seed=13,
            scale=400.0,
            first_year=2011,
            last_year=2012,
            registry=registry(),
        )
    assert isinstance(told.value.__cause__, ZeroDivisionError)
