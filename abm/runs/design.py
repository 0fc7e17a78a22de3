"""Many seeds of one scenario, on as many processes as wanted, with one result.

What comes out depends on the design alone: not on the number of workers, nor
on the order in which they finish.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ..errors import InputError
from ..observation.catalogue import observe
from ..observation.departures import outside_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..evidence.registry import Registry
    from ..world.scenario import Scenario
    from .result import RunResult

    Simulate = Callable[..., RunResult]

YEARLY_COLUMNS: Final = ("scenario", "seed", "year", "table", "item", "group", "persons")
WEEKLY_COLUMNS: Final = ("seed", "week", "date", "place", "phase", "population", "persons")
# A worker computes on one core: libraries that start threads of their own slow all of them down.
SINGLE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Design:
    """Which runs are wanted.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    registry : Registry
        The values and their evidence.
    seeds : tuple of int
        One run for each.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    """

    scenario: Scenario
    registry: Registry
    seeds: tuple[int, ...]
    scale: float
    first_year: int
    last_year: int


@dataclass(frozen=True)
class SeedTables:
    """One seed's run, counted.

    Parameters
    ----------
    seed : int
        The seed.
    yearly : pandas.DataFrame
        Rows of `observe` and `outside_stream`.
    weekly : pandas.DataFrame
        `RunResult.weekly`.
    timings : dict of str to float
        Seconds by phase of the week.
    person_weeks : int
        Simulated persons times weeks.
    """

    seed: int
    yearly: pd.DataFrame
    weekly: pd.DataFrame
    timings: dict[str, float]
    person_weeks: int


@dataclass(frozen=True)
class DesignTables:
    """All runs of a design, counted and sorted.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `YEARLY_COLUMNS`, sorted by them.
    weekly : pandas.DataFrame
        Columns `WEEKLY_COLUMNS`, sorted by them.
    timings : dict of str to float
        Seconds by phase of the week, summed over seeds.
    person_weeks : int
        Simulated persons times weeks, summed over seeds.
    """

    yearly: pd.DataFrame
    weekly: pd.DataFrame
    timings: dict[str, float]
    person_weeks: int


def run_seed(design: Design, seed: int, simulate: Simulate) -> SeedTables:
    """Run one seed and count it; events do not leave the process that made them.

    Parameters
    ----------
    design : Design
        Which run is wanted.
    seed : int
        Its seed.
    simulate : callable
        `simulate.simulate`, or a stand-in with its signature.

    Returns
    -------
    SeedTables
        The run, counted.
    """
    years = design.first_year, design.last_year
    result = simulate(
        design.scenario,
        seed=seed,
        scale=design.scale,
        first_year=design.first_year,
        last_year=design.last_year,
        registry=design.registry,
    )
    observed = observe(result.events, result.weekly, *years, result.scale)
    outside = outside_stream(range(years[0], years[1] + 1))
    yearly = pd.concat([observed, outside], ignore_index=True)
    yearly.insert(0, "scenario", result.scenario)
    yearly.insert(1, "seed", seed)
    weekly = result.weekly.assign(seed=seed)[list(WEEKLY_COLUMNS)]
    return SeedTables(seed, yearly, weekly, result.timings, result.person_weeks)


def combine(parts: Iterable[SeedTables]) -> DesignTables:
    """Put the seeds of a design together.

    Parameters
    ----------
    parts : iterable of SeedTables
        The seeds, in any order.

    Returns
    -------
    DesignTables
        The same tables for any order.
    """
    ordered = sorted(parts, key=lambda part: part.seed)
    timings: dict[str, float] = {}
    for part in ordered:
        for phase, seconds in part.timings.items():
            timings[phase] = timings.get(phase, 0.0) + seconds
    return DesignTables(
        yearly=_sorted([part.yearly for part in ordered], YEARLY_COLUMNS),
        weekly=_sorted([part.weekly for part in ordered], WEEKLY_COLUMNS),
        timings=timings,
        person_weeks=sum(part.person_weeks for part in ordered),
    )


def _sorted(parts: Sequence[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    table = pd.concat(parts, ignore_index=True)[list(columns)]
    keys = [column for column in columns if column != "persons"]
    return table.sort_values(keys, kind="stable", ignore_index=True)


def run_design(
    design: Design,
    *,
    workers: int,
    simulate: Simulate,
    finished: Callable[[int], Any] = lambda _seed: None,
) -> DesignTables:
    """Run all seeds of a design.

    Parameters
    ----------
    design : Design
        Which runs are wanted.
    workers : int
        Processes; with 1 everything happens in this one.
    simulate : callable
        `simulate.simulate`, or a stand-in that other processes can import.
    finished : callable, optional
        Called with each seed that is done, in order of finishing.

    Returns
    -------
    DesignTables
        The same for any number of workers.

    Raises
    ------
    InputError
        If the system ended a worker, as it does when memory runs out.
    """
    parts = []
    if workers == 1:
        for seed in design.seeds:
            parts.append(run_seed(design, seed, simulate))
            finished(seed)
        return combine(parts)
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(design.seeds)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_leave_interrupts_to_the_parent,
    )
    before = {name: os.environ.get(name) for name in SINGLE_THREAD}
    os.environ.update(dict.fromkeys(SINGLE_THREAD, "1"))  # a spawned process reads it at its start
    try:
        futures = [pool.submit(run_seed, design, seed, simulate) for seed in design.seeds]
        for future in as_completed(futures):
            parts.append(future.result())
            finished(parts[-1].seed)
        pool.shutdown()
    except BrokenProcessPool as error:
        raise InputError(
            f"A worker process was ended by the system, most likely because memory ran out with "
            f"--workers {workers}. Use fewer workers (--workers 1) or a larger --scale."
        ) from error
    except BaseException:
        _stop(pool)
        raise
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
    return combine(parts)


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl-C, which a terminal sends to all processes, stop the parent alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers now instead of after the runs they are at."""
    running = list((pool._processes or {}).values())  # noqa: SLF001 - public only from Python 3.14
    for process in running:
        process.terminate()
    pool.shutdown(cancel_futures=True)  # waits for the pool's own thread, which notices soon
