"""The benchmark: what is done in which order, what is told, and what its numbers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.processes import Inline
from terugkeer.abm.runs.speed import benchmark as module
from terugkeer.abm.runs.speed.benchmark import Extent, benchmark
from terugkeer.abm.runs.speed.life import Life
from terugkeer.abm.runs.speed.throughput import Throughput

if TYPE_CHECKING:
    from collections.abc import Callable

SCALES = ("scale_1", "scale_2", "scale_5", "scale_10", "scale_20", "scale_50")
OF_A_SCALE = {
    *("person_week_ns", "mesa_empty_step_ns", "ratio", "ratio_low", "ratio_high", "week_ms"),
    *("seven_years_s", "spin_up_s", "agent_create_ns", "peak_mb", "rounds", "weeks"),
    *("person_weeks", "persons_mean", "yardstick_agents"),
}
OF_A_RUN = {"run_s", "run_low_s", "run_high_s"}
OVER_ALL = {
    *("week_fixed_ms", "person_ns", "fit_worst_pct", "fit_rests_on", "fit_note", "runs_per_hour"),
    *("runs_per_hour_rests_on", "runs_per_hour_how", "machine"),
}


class Work:
    """Stands in for all that is measured: a week takes 8 ms and half a microsecond a person."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.whole = iter([7.0, 5.0, 9.0])

    def warm_up(self, scale: float, _first: int, _last: int) -> tuple[float, float]:
        persons = 10_000 / scale
        return persons, 0.008 + 0.5e-6 * persons

    def live_a_year(self, scale: float, first_year: int, last_year: int) -> Life | None:
        assert (first_year, last_year) == (2011, 2017)
        self.done.append(scale)
        if self.done.count(scale) % 10:
            return None
        persons = round(30_000 / scale)
        slower = 2.0 if self.done.count(scale) > 10 else 1.0  # after the first round
        seconds = (0.008 + 0.5e-6 * persons) * 522 * slower
        return Life(
            0.3 * seconds, 0.7 * seconds, 522, persons * 522, 0.5, persons * 522, 900.0, 200.0
        )

    def whole_run_s(self, scale: float, _first: int, _last: int) -> float:
        self.done.append(("run", scale))
        return next(self.whole)

    def throughput(self, workers: int, runs: int, **given: object) -> Throughput:
        assert given["scale"] == 20.0
        self.done.append(("many", workers, runs))
        return Throughput(workers * runs, 18.0)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    stand_in = Work()
    monkeypatch.setattr(module, "Processes", lambda _number: Inline())
    for name in ("warm_up", "live_a_year", "whole_run_s", "throughput"):
        monkeypatch.setattr(module, name, getattr(stand_in, name))
    return stand_in


def nothing() -> None:
    """Check nothing."""


def test_scales_live_in_step_and_everything_is_told(work: Work) -> None:
    found = benchmark(3, tell=lambda _: None, check=nothing)
    run = ("run", 20.0)
    assert work.done == [
        *(*(1.0, 2.0, 5.0, 10.0, 20.0, 50.0) * 10, run),
        *(*(1.0, 20.0) * 10, run),
        *(*(1.0, 20.0) * 10, run),
        *(("many", 1, 3), ("many", 2, 3)),
    ]
    assert set(found) == {*SCALES, *OVER_ALL}
    assert all(set(found[name]) - OF_A_RUN == OF_A_SCALE for name in SCALES)
    assert {name for name in SCALES if set(found[name]) >= OF_A_RUN} == {"scale_20"}
    assert [found[name]["rounds"] for name in SCALES] == [3, 1, 1, 1, 3, 1]
    assert [found["scale_20"][name] for name in ("run_s", "run_low_s", "run_high_s")] == [7, 5, 9]
    assert found["scale_20"]["week_ms"] == 17.5  # twice 8.75: the median of three rounds
    assert found["week_fixed_ms"] == 8.0  # the round in which all six lived
    assert found["person_ns"] == 500.0
    assert (found["fit_worst_pct"], found["fit_note"]) == (0.0, None)
    assert found["fit_rests_on"] == {"scales": 6, "rounds": 1, "weeks": 522}
    assert found["runs_per_hour"] == {"1": 600.0, "2": 1200.0}
    assert found["runs_per_hour_rests_on"]["2"] == {"runs": 6, "wall_s": 18.0}
    assert {"cores", "load_before", "load_after", "versions"} == set(found["machine"])


@pytest.mark.usefixtures("work")
def test_the_estimate_comes_first_and_what_is_left_at_last_is_nothing() -> None:
    told: list[str] = []
    benchmark(1, tell=told.append, check=nothing)
    # six scales, a whole run, and two timed runs and their first ones: 520 weeks each
    line = [0.008 + 0.5e-6 * 30_000 / scale for scale in (1, 2, 5, 10, 20, 50)]
    seconds = 520 * (sum(line) + 5 * line[4])
    assert told[0] == f"Measured on first weeks: all of it takes about {seconds:.0f} seconds."
    assert told[1].startswith("Round 1 of 1, year 1 of 10; about ")
    assert told[11].startswith("A whole run at scale 20: 7.0 s of the processor; about ")
    assert told[-2].startswith("200 runs an hour, workers: 1; ")
    assert told[-1] == "400 runs an hour, workers: 2; about 0 seconds left."
    assert len(told) == 14


def test_too_few_scales_are_said(work: Work) -> None:
    found = benchmark(
        1, tell=lambda _: None, check=nothing, extent=Extent((1.0, 20.0), (1.0, 20.0), 20.0)
    )
    assert found["week_fixed_ms"] is found["person_ns"] is found["fit_worst_pct"] is None
    assert "fewer than 3 scales" in found["fit_note"]
    assert work.done[:2] == [1.0, 20.0]


def test_an_interruption_ends_it_before_the_next_year(work: Work) -> None:
    checks = iter([None, KeyboardInterrupt])

    def check() -> None:
        if raised := next(checks):
            raise raised

    with pytest.raises(KeyboardInterrupt):
        benchmark(1, tell=lambda _: None, check=check)
    assert work.done == [1.0]


@pytest.mark.slow
def test_a_tiny_benchmark_of_the_real_model() -> None:
    extent = Extent((500.0, 1000.0, 4000.0), (1000.0,), 1000.0, 2011, 2011)
    check: Callable[[], None] = nothing
    found = benchmark(1, tell=lambda _: None, check=check, extent=extent)
    for name in ("scale_500", "scale_1000", "scale_4000"):
        of = found[name]
        assert of["ratio_low"] == of["ratio"] == of["ratio_high"] > 0.0
        assert of["yardstick_agents"] == pytest.approx(of["persons_mean"], abs=0.5)
        assert of["weeks"] == 209
    of = found["scale_1000"]
    assert of["run_s"] > 0.0
    assert all(each > 0.0 for each in found["runs_per_hour"].values())
    assert [each["runs"] for each in found["runs_per_hour_rests_on"].values()] == [1, 2]
    assert found["fit_worst_pct"] >= 0.0
