"""One run, made and counted, or why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs import finished_run
from terugkeer.abm.runs.finished_run import failure_of, make
from terugkeer.abm.runs.result import WeekError
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import EventLog

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import TOTAL, small

if TYPE_CHECKING:
    from terugkeer.abm.runs.finished_run import FinishedRun, Simulate


def made(seed: int, simulate: Simulate = fake_world.simulate) -> FinishedRun:
    wanted = small((seed,), keeps=["fates"])
    return make(
        wanted.runs[0],
        registry=wanted.registry,
        outcomes=wanted.outcomes,
        keeps=wanted.keeps,
        simulate=simulate,
    )


def test_a_run_gives_its_tables_and_what_it_cost() -> None:
    run = made(1)
    assert run.ended.key == small((1,), keeps=["fates"]).runs[0].key
    assert run.ended.failure is None
    assert run.ended.timings == {"exit": 0.5}
    assert run.ended.seconds > 0.0
    assert set(run.tables) == {"yearly", "fates"}
    options = {"seed": 1, "scale": 4000.0, "first_year": 2012, "last_year": 2012}
    result = fake_world.simulate(fake_world.scenario(), **options, registry=object())
    assert run.tables["yearly"].equals(TOTAL.count(result))
    assert run.ended.person_weeks == result.person_weeks


def test_a_run_of_a_design_puts_no_labels_on_its_events(monkeypatch: pytest.MonkeyPatch) -> None:
    def frame(_log: EventLog, _countries: object) -> None:
        raise AssertionError

    monkeypatch.setattr(EventLog, "frame", frame)
    assert made(1).ended.failure is None


def test_a_run_that_fails_tells_its_week_and_has_no_tables() -> None:
    run = made(2, fake_world.simulate_second_failing)
    assert run.tables == {}
    failure = run.ended.failure
    assert failure is not None
    assert (failure.stage, failure.week, failure.date, failure.error) == (
        "simulate", first_week(2012), "2012-01-02", "ZeroDivisionError",
    )  # fmt: skip
    assert "simulate_failing" in failure.traceback


def test_a_fault_in_counting_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(finished_run.EXTRA_TABLES, "fates", lambda _result: {}["week"])
    failure = made(1).ended.failure
    assert failure is not None
    assert (failure.stage, failure.week, failure.date) == ("count", None, None)
    assert failure.error == "KeyError: 'week'"


def test_an_interruption_is_no_failure_of_the_run() -> None:
    def interrupted(*_scenario: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(1, interrupted)  # type: ignore[arg-type]  # gives nothing


def test_an_error_without_a_cause_is_told_itself() -> None:
    assert failure_of(WeekError(first_week(2012)), "worker").error.endswith("2012-01-02")
