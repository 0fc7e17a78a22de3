"""A life of the model and its yardstick, with clocks that are made up."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.finished_run import Ended, Failure, FinishedRun
from terugkeer.abm.runs.outcomes import EVERYTHING
from terugkeer.abm.runs.speed import life
from terugkeer.abm.runs.speed.life import Life, live_a_year, summary, warm_up, whole_run_s
from terugkeer.abm.world.calendar import first_week, year_of

PERSONS = {2008: 300, 2009: 50}  # years of 52 and 53 weeks
STEPS_NS = {300: 400.0, 50: 100.0}


class Model:
    """Lives two years, of which the second is reported; a week takes a tenth of a second."""

    clock = 0.0

    def __init__(
        self,
        _scenario: object,
        *,
        rng: int,
        scale: float,
        first_year: int,
        last_year: int,
        registry: object,
    ) -> None:
        assert (rng, scale, first_year, last_year) == (1, 20.0, 2009, 2009)
        assert registry is not None
        self.week, self.report_from = first_week(2008), first_week(2009)
        self.tally = SimpleNamespace(person_weeks=0, weeks=0)

    @property
    def running(self) -> bool:
        return self.week < first_week(2010)

    def step(self) -> None:
        Model.clock += 0.1
        self.tally.person_weeks += PERSONS[year_of(self.week)]
        self.tally.weeks += 1
        self.week += 1


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Put made-up clocks and steps in place; return agents and calls of each yardstick."""
    seen = []

    def steps(agents: int, calls: int) -> float:
        Model.clock += 1000.0  # the yardstick's time is not the model's
        seen.append((agents, calls))
        return STEPS_NS[agents]

    monkeypatch.setattr(Model, "clock", 0.0)
    monkeypatch.setattr(life, "ReturnModel", Model)
    monkeypatch.setattr(life, "process_time", lambda: Model.clock)
    monkeypatch.setattr(life, "perf_counter", lambda: Model.clock)
    monkeypatch.setattr(life, "empty_step_ns", steps)
    monkeypatch.setattr(life, "view_create_ns", lambda: 1234.56)
    return seen


def test_the_yardstick_has_as_many_agents_as_the_model_each_year(
    asked: list[tuple[int, int]],
) -> None:
    assert live_a_year(20.0, 2009, 2009) is None
    found = live_a_year(20.0, 2009, 2009)
    assert found is not None
    assert [agents for agents, _ in asked] == [300, 50]
    assert all(agents * calls >= 100_000 for agents, calls in asked)
    assert found.weeks == 105
    assert found.person_weeks == found.agent_weeks == 52 * 300 + 53 * 50
    assert found.spin_up_s == pytest.approx(5.2)
    assert found.years_s == pytest.approx(5.3)
    assert found.empty_s == pytest.approx((52 * 300 * 400 + 53 * 50 * 100) * 1e-9)
    assert found.ratio == pytest.approx(10.5 / found.empty_s)
    assert found.view_ns == 1234.56
    assert found.peak_mb > 10.0


def test_after_the_last_year_a_life_begins_anew(asked: list[tuple[int, int]]) -> None:
    first, second = ([live_a_year(20.0, 2009, 2009) for _ in range(2)] for _ in range(2))
    assert first[0] is second[0] is None
    assert first[1] is not None
    assert second[1] is not None
    assert second[1].weeks == first[1].weeks
    assert second[1].spin_up_s == pytest.approx(first[1].spin_up_s)
    assert len(asked) == 4


def test_first_weeks_tell_their_persons_and_seconds(asked: list[tuple[int, int]]) -> None:
    assert warm_up(20.0, 2009, 2009) == (300.0, pytest.approx(0.1))
    assert asked == []


ONE = Life(
    spin_up_s=1.0,
    years_s=3.0,
    weeks=500,
    person_weeks=1_000_000,
    empty_s=0.4,
    agent_weeks=1_000_000,
    view_ns=1000.0,
    peak_mb=200.0,
)


def test_medians_over_turns_and_the_range_of_ratios() -> None:
    """Ratios of 10, 16 and 11.2: the middle one is told, not that of the slowest yardstick."""
    lives = [ONE, replace(ONE, empty_s=0.25), replace(ONE, years_s=6.0, empty_s=0.625, peak_mb=210)]
    assert [each.ratio for each in lives] == pytest.approx([10.0, 16.0, 11.2])
    assert summary(lives) == {
        "person_week_ns": 4000.0,
        "mesa_empty_step_ns": 400.0,
        "ratio": 11.2,
        "ratio_low": 10.0,
        "ratio_high": 16.0,
        "week_ms": 8.0,
        "seven_years_s": 3.0,
        "spin_up_s": 1.0,
        "agent_create_ns": 1000.0,
        "peak_mb": 210,
        "rounds": 3,
        "weeks": 500,
        "person_weeks": 1_000_000,
        "persons_mean": 2000.0,
        "yardstick_agents": 2000.0,
    }


def test_a_whole_run_is_made_and_packed_by_the_clock_of_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = iter([1.0, 6.5])
    packed = []

    def made(run: object, **given: object) -> FinishedRun:
        assert (run.seed, run.scale, run.first_year, run.last_year) == (1, 20.0, 2011, 2012)  # type: ignore[attr-defined]  # a stand-in keeps what it was given
        assert given["outcomes"] is EVERYTHING
        return FinishedRun(Ended("key"), {})

    monkeypatch.setattr(life, "make", made)
    monkeypatch.setattr(life, "encode", packed.append)
    monkeypatch.setattr(life, "process_time", lambda: next(ticks))
    assert whole_run_s(20.0, 2011, 2012) == 5.5
    assert packed == [[FinishedRun(Ended("key"), {})]]


def test_a_run_that_fails_is_no_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = Failure("simulate", 400, "2008-09-01", "ValueError: lost", "")
    monkeypatch.setattr(
        life, "make", lambda *_, **__: FinishedRun(Ended("key", failure=failure), {})
    )
    with pytest.raises(InputError, match=r"nothing to measure.*ValueError: lost"):
        whole_run_s(20.0, 2011, 2012)
