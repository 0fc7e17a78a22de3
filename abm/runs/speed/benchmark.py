"""The benchmark: what a week costs, beside Mesa's empty step, and how many runs an hour makes."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from ...world.arrivals.inflow import FIRST_DATA_YEAR, LAST_DATA_YEAR, SPIN_UP_YEARS
from ..pace import in_words
from ..processes import Processes
from ..provenance import versions
from .life import live_a_year, persons_mean, summary, warm_up, week_s, whole_run_s
from .line import FEWEST, fit_line
from .throughput import HOW, throughput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from .life import Life

WORKERS: Final = (1, 2)
_PERSONS: Final = 30_000  # at scale 1 in a mean week, about: for the estimate of time only
_WEEKS_A_YEAR: Final = 52
_NANO: Final = 1e9
_MILLI: Final = 1e3
_CENT: Final = 100.0


@dataclass(frozen=True)
class Extent:
    """What the benchmark measures.

    Parameters
    ----------
    scales : tuple of float
        Those of the fitted line.
    often : tuple of float
        Those among them that live in every round; the others live in the first.
    whole : float
        The one among `often` that whole runs are made at.
    first_year, last_year : int
        Years to report.
    """

    scales: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
    often: tuple[float, ...] = (1.0, 20.0)
    whole: float = 20.0
    first_year: int = FIRST_DATA_YEAR
    last_year: int = LAST_DATA_YEAR

    def living(self, number: int) -> tuple[float, ...]:
        """Return the scales that live in a round, counted from 0."""
        return self.often if number else self.scales

    @property
    def years(self) -> int:
        """Years of a run, spin-up included."""
        return self.last_year - self.first_year + 1 + SPIN_UP_YEARS


WHOLE: Final = Extent()


class _Left:
    """Tells what all of it may take, what is done, and how long the rest may take.

    Parameters
    ----------
    run_s : dict of float to float
        For each scale the seconds that a run may take.
    """

    def __init__(
        self, run_s: Mapping[float, float], extent: Extent, rounds: int, tell: Callable[[str], Any]
    ) -> None:
        self.run_s, self.tell = run_s, tell
        self.all = sum(sum(run_s[scale] for scale in extent.living(n)) for n in range(rounds))
        self.all += (rounds + len(WORKERS) * (rounds + 1)) * run_s[extent.whole]
        self.done = 0.0
        self.begin = perf_counter()
        tell(f"Measured on first weeks: all of it takes about {in_words(self.all)}.")

    def ended(self, scales: Iterable[float], runs: float, words: str) -> None:
        """Count so many runs, or a part of one, at each of some scales."""
        self.done += sum(self.run_s[scale] for scale in scales) * runs
        left = (self.all - self.done) / self.done * (perf_counter() - self.begin)
        self.tell(f"{words}; about {in_words(max(left, 0.0))} left.")


def benchmark(
    rounds: int = 3,
    *,
    tell: Callable[[str], Any],
    check: Callable[[], Any],
    extent: Extent = WHOLE,
) -> dict[str, Any]:
    """Measure weeks at six scales against Mesa's empty steps, whole runs, and runs an hour.

    Each scale has a process of its own, on one thread, as a worker of a design. In a round the
    scales live in step: each lives a year and lets its yardstick do as much, then all live the
    next year. So what slows the machine for a while slows all of them. Times are those of the
    processor, so that waiting for others does not count; only runs an hour are measured by the
    clock on the wall. Numbers are medians over rounds.

    Parameters
    ----------
    rounds : int, optional
        Lives of scales 1 and 20; the other scales live in the first round only, so that all of
        it ends in minutes. Also the whole runs, and the timed runs of each worker.
    tell : callable
        Called with a sentence: what it will take, then what is done.
    check : callable
        Called between two pieces of work; may raise to end it.
    extent : Extent, optional
        What is measured.

    Returns
    -------
    dict
        For each scale, such as `scale_20`: `person_week_ns` (all weeks, spin-up included, by
        person-weeks), `mesa_empty_step_ns`, `ratio` (the first by the second, median over rounds)
        with `ratio_low` and `ratio_high`, `week_ms`, `seven_years_s`, `spin_up_s`,
        `agent_create_ns` (a view of a person as a Mesa agent), `peak_mb` (of the process: model,
        yardstick, and whole runs where they are made), `rounds` and `weeks` that these rest on,
        `person_weeks`, `persons_mean` (in the model in a mean week) and `yardstick_agents` (the
        same of the yardstick). `scale_20` also has `run_s`, `run_low_s`, `run_high_s`: a whole run
        as a design makes it.

        Over all scales, from the first round: `week_fixed_ms` and `person_ns` (a week costs so
        much, and each person in the model so much more), `fit_worst_pct` (largest distance of a
        scale from that line), all three None with fewer than three scales; `fit_rests_on`; and
        `fit_note`, a sentence if there is no line that can be relied on, else None.

        `runs_per_hour` by number of workers, `runs_per_hour_rests_on` (timed `runs` and their
        `wall_s`) and `runs_per_hour_how`, the method; `machine`: cores, the load (processes that
        want a core, mean of the last minute) before and after, versions.

    Raises
    ------
    InputError
        If a run fails.
    """
    before = _load()
    with _processes(extent.scales) as processes:
        left = _Left(_guess(processes, extent), extent, rounds, tell)
        lives, whole = _live(processes, extent, rounds, left, check)
    many = _many_runs(extent, rounds, left, check)
    found: dict[str, Any] = {_name(scale): summary(each) for scale, each in lives.items()}
    found[_name(extent.whole)] |= {
        "run_s": round(median(whole), 3),
        "run_low_s": round(min(whole), 3),
        "run_high_s": round(max(whole), 3),
    }
    machine = {
        "cores": os.cpu_count(),
        "load_before": before,
        "load_after": _load(),
        "versions": versions(),
    }
    return {**found, **_line(lives), **many, "machine": machine}


def _live(
    processes: Mapping[float, Executor],
    extent: Extent,
    rounds: int,
    left: _Left,
    check: Callable[[], Any],
) -> tuple[dict[float, list[Life]], list[float]]:
    """Return the lives by scale, and the seconds of whole runs."""
    years = extent.first_year, extent.last_year
    lives: dict[float, list[Life]] = {scale: [] for scale in extent.scales}
    whole: list[float] = []
    for number in range(rounds):
        scales = extent.living(number)
        for year in range(1, extent.years + 1):
            for scale in scales:
                check()
                life = processes[scale].submit(live_a_year, scale, *years).result()
                if life is not None:
                    lives[scale].append(life)
            words = f"Round {number + 1} of {rounds}, year {year} of {extent.years}"
            left.ended(scales, 1 / extent.years, words)
        check()
        whole.append(processes[extent.whole].submit(whole_run_s, extent.whole, *years).result())
        words = f"A whole run at scale {extent.whole:g}: {whole[-1]:.1f} s of the processor"
        left.ended((extent.whole,), 1, words)
    return lives, whole


def _many_runs(
    extent: Extent, rounds: int, left: _Left, check: Callable[[], Any]
) -> dict[str, Any]:
    """Return runs an hour for each number of workers."""
    found: dict[str, float] = {}
    rests_on: dict[str, dict[str, float]] = {}
    for workers in WORKERS:
        timed = throughput(
            workers,
            rounds,
            scale=extent.whole,
            first_year=extent.first_year,
            last_year=extent.last_year,
            check=check,
        )
        name = str(workers)
        found[name] = round(timed.per_hour, 1)
        rests_on[name] = {"runs": timed.runs, "wall_s": round(timed.wall_s, 2)}
        words = f"{timed.per_hour:.0f} runs an hour, workers: {workers}"
        left.ended((extent.whole,), rounds + 1, words)
    return {
        "runs_per_hour": found,
        "runs_per_hour_rests_on": rests_on,
        "runs_per_hour_how": HOW,
    }


def _line(lives: Mapping[float, Sequence[Life]]) -> dict[str, Any]:
    """Return what a week and a person cost, from the round in which all scales lived in step."""
    first = [each[:1] for each in lives.values()]
    line = fit_line([persons_mean(each) for each in first], [week_s(each) for each in first])
    rests_on = {"scales": len(first), "rounds": 1, "weeks": first[0][0].weeks}
    if line is None:
        found = dict.fromkeys(("week_fixed_ms", "person_ns", "fit_worst_pct"))
        note = f"There is no line through fewer than {FEWEST} scales."
        return {**found, "fit_rests_on": rests_on, "fit_note": note}
    return {
        "week_fixed_ms": round(line.fixed * _MILLI, 3),
        "person_ns": round(line.slope * _NANO, 1),
        "fit_worst_pct": round(line.worst * _CENT, 1),
        "fit_rests_on": rests_on,
        "fit_note": line.note,
    }


def _guess(processes: Mapping[float, Executor], extent: Extent) -> dict[float, float]:
    """Live first weeks at each scale; return about how many seconds a run takes.

    There are few persons in the first weeks, so the line through them tells what more will cost.
    """
    years = extent.first_year, extent.last_year
    first = [processes[scale].submit(warm_up, scale, *years).result() for scale in extent.scales]
    line = fit_line(*zip(*first, strict=True))
    found = {}
    for scale, (_, seconds) in zip(extent.scales, first, strict=True):
        later = 0.0 if line is None else line.at(_PERSONS / scale)
        found[scale] = extent.years * _WEEKS_A_YEAR * max(seconds, later)
    return found


@contextmanager
def _processes(scales: Iterable[float]) -> Iterator[dict[float, Executor]]:
    """Give each scale a process of its own; end them at once when the block ends."""
    with ExitStack() as stack:
        found: dict[float, Executor] = {}
        for scale in scales:
            found[scale] = Processes(1)
            stack.callback(found[scale].shutdown, cancel_futures=True)
        yield found


def _name(scale: float) -> str:
    return f"scale_{scale:g}"


def _load() -> float | None:
    """Return how many processes wanted a core in the last minute, where the system tells."""
    try:
        return round(os.getloadavg()[0], 2)
    except (AttributeError, OSError):
        return None
