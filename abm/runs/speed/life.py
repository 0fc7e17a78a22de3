"""What the weeks of one model took, with a yardstick that does as much after each year."""

from __future__ import annotations

import math
import resource
import sys
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from ...errors import InputError
from ...evidence.registry import registry
from ...world.calendar import first_week, year_of
from ...world.model import ReturnModel
from ...world.scenario import load_scenario
from ..design import cross
from ..finished_run import make
from ..part import encode
from ..simulate import simulate
from .empty_step import empty_step_ns, view_create_ns

if TYPE_CHECKING:
    from collections.abc import Sequence

WARM_UP_WEEKS: Final = 26
FAILED: Final = (
    "A run of the benchmark failed, so there is nothing to measure. `terugkeer run --scale 20 "
    "--seeds 1` tells why."
)
_YARDSTICK_STEPS: Final = 100_000  # of single agents at least, so that a clock can tell
_FEWEST_CALLS: Final = 5
_SEED: Final = 1
_KILO_PER_MEGA: Final = 1024.0
_NANO: Final = 1e9
_MILLI: Final = 1e3


@dataclass(frozen=True)
class Life:
    """What the weeks of one model took, and its yardstick; all times are of the processor.

    Parameters
    ----------
    spin_up_s, years_s : float
        Seconds of the weeks before the first year to report, and of those from it on.
    weeks, person_weeks : int
        Lived, spin-up included.
    empty_s : float
        Seconds of the yardstick: as many weeks as the model lived, each an empty Mesa step of
        as many agents as the model held in a mean week of that year.
    agent_weeks : int
        Agents of the yardstick times weeks.
    view_ns : float
        A view of a person as a Mesa agent, made.
    peak_mb : float
        Largest memory of the process so far: model, yardstick, and whole runs made in it.
    """

    spin_up_s: float
    years_s: float
    weeks: int
    person_weeks: int
    empty_s: float
    agent_weeks: int
    view_ns: float
    peak_mb: float

    @property
    def lived_s(self) -> float:
        """Seconds of all weeks."""
        return self.spin_up_s + self.years_s

    @property
    def person_week_ns(self) -> float:
        """Nanoseconds of a person-week."""
        return self.lived_s * _NANO / self.person_weeks

    @property
    def empty_step_ns(self) -> float:
        """Nanoseconds of an empty step of one agent of the yardstick."""
        return self.empty_s * _NANO / self.agent_weeks

    @property
    def ratio(self) -> float:
        """A person-week by an empty step."""
        return self.person_week_ns / self.empty_step_ns


def warm_up(scale: float, first_year: int, last_year: int) -> tuple[float, float]:
    """Live some weeks, so that imports and first calls are paid for.

    Returns
    -------
    tuple of float
        Persons in a mean week, and seconds of a week by the clock on the wall.
    """
    model = _model(scale, first_year, last_year)
    start = perf_counter()
    for _ in range(WARM_UP_WEEKS):
        model.step()
    spent = perf_counter() - start
    return model.tally.person_weeks / WARM_UP_WEEKS, spent / WARM_UP_WEEKS


class _Living:
    """A model, and what its years and its yardstick have taken so far."""

    def __init__(self, scale: float, first_year: int, last_year: int) -> None:
        self.model = _model(scale, first_year, last_year)
        self.spin_up_s = self.years_s = self.empty_s = 0.0
        self.agent_weeks = 0

    def live_a_year(self) -> None:
        """Live up to the next year, then let the yardstick do as much."""
        model = self.model
        weeks, person_weeks = model.tally.weeks, model.tally.person_weeks
        reported, end = model.week >= model.report_from, first_week(year_of(model.week) + 1)
        start = process_time()
        while model.week < end:
            model.step()
        spent = process_time() - start
        if reported:
            self.years_s += spent
        else:
            self.spin_up_s += spent
        weeks = model.tally.weeks - weeks
        agents = max(1, round((model.tally.person_weeks - person_weeks) / weeks))
        calls = max(_FEWEST_CALLS, math.ceil(_YARDSTICK_STEPS / agents))
        self.empty_s += empty_step_ns(agents, calls) * agents * weeks / _NANO
        self.agent_weeks += agents * weeks

    def life(self) -> Life:
        """Return what it took."""
        return Life(
            self.spin_up_s,
            self.years_s,
            self.model.tally.weeks,
            self.model.tally.person_weeks,
            self.empty_s,
            self.agent_weeks,
            view_create_ns(),
            _peak_mb(),
        )


_under_way: dict[float, _Living] = {}  # of this process, by scale


def live_a_year(scale: float, first_year: int, last_year: int) -> Life | None:
    """Let a model live its next year, and its yardstick do as much.

    The model is kept in this process between two calls, so that other scales can live the same
    year before the next one comes.

    Returns
    -------
    Life or None
        What all of it took, after the last year; the next call begins anew.
    """
    living = _under_way.get(scale) or _Living(scale, first_year, last_year)
    _under_way[scale] = living
    living.live_a_year()
    if living.model.running:
        return None
    del _under_way[scale]
    return living.life()


def whole_run_s(scale: float, first_year: int, last_year: int) -> float:
    """Return the processor's seconds for a run as a design makes it.

    The model is built, lives its weeks, all outcomes are counted, and the rows are packed for
    the store.

    Raises
    ------
    InputError
        If the run fails.
    """
    design = cross(
        ["baseline"],
        [_SEED],
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry(),
    )
    start = process_time()
    finished = make(
        design.runs[0],
        registry=design.registry,
        outcomes=design.outcomes,
        keeps=design.keeps,
        simulate=simulate,
    )
    encode([finished])
    spent = process_time() - start
    if finished.ended.failure:
        raise InputError(f"{FAILED} ({finished.ended.failure.error})")
    return spent


def summary(lives: Sequence[Life]) -> dict[str, float]:
    """Return the median of each number over the lives of one scale, with the range of the ratio.

    Returns
    -------
    dict of str to float
        As `benchmark` says.
    """
    ratios = [each.ratio for each in lives]
    last = lives[-1]
    return {
        "person_week_ns": round(median(each.person_week_ns for each in lives), 1),
        "mesa_empty_step_ns": round(median(each.empty_step_ns for each in lives), 1),
        "ratio": round(median(ratios), 3),
        "ratio_low": round(min(ratios), 3),
        "ratio_high": round(max(ratios), 3),
        "week_ms": round(week_s(lives) * _MILLI, 3),
        "seven_years_s": round(median(each.years_s for each in lives), 3),
        "spin_up_s": round(median(each.spin_up_s for each in lives), 3),
        "agent_create_ns": round(median(each.view_ns for each in lives), 1),
        "peak_mb": round(last.peak_mb, 1),
        "rounds": len(lives),
        "weeks": last.weeks,
        "person_weeks": last.person_weeks,
        "persons_mean": round(persons_mean(lives), 1),
        "yardstick_agents": round(last.agent_weeks / last.weeks, 1),
    }


def week_s(lives: Sequence[Life]) -> float:
    """Return the median over lives of the seconds of a mean week."""
    return median(each.lived_s / each.weeks for each in lives)


def persons_mean(lives: Sequence[Life]) -> float:
    """Return the persons in the model in a mean week; every life has the same."""
    return lives[-1].person_weeks / lives[-1].weeks


def _model(scale: float, first_year: int, last_year: int) -> ReturnModel:
    evidence = registry()
    return ReturnModel(
        load_scenario("baseline", evidence),
        rng=_SEED,
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=evidence,
    )


def _peak_mb() -> float:
    """Return the largest memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "darwin":
        peak /= _KILO_PER_MEGA  # bytes there, kilobytes on Linux
    return peak / _KILO_PER_MEGA
