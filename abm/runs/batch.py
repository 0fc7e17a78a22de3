"""Work for one process: some runs, counted and packed into a part."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..errors import InputError
from ..world.calendar import monday
from .extra_tables import KEPT
from .part import YEARLY, Ended, Failure, FinishedRun, encode
from .provenance import loaded_sources, sources_hash
from .result import WeekError
from .simulate import simulate as simulate_run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from ..evidence.registry import Registry
    from .outcomes import Outcomes
    from .planned_run import PlannedRun
    from .result import RunResult

    Simulate = Callable[..., RunResult]


@dataclass(frozen=True)
class Batch:
    """Runs that one process makes in one go.

    Parameters
    ----------
    runs : tuple of PlannedRun
        The runs.
    registry : Registry
        The evidence.
    outcomes : Outcomes
        Rows to keep.
    keeps : tuple of str
        Further tables to keep.
    simulate : callable
        `simulate.simulate`, or a stand-in that other processes can import.
    sources : str
        Hash of the sources that the runs' keys are made of.
    """

    runs: tuple[PlannedRun, ...]
    registry: Registry
    outcomes: Outcomes
    keeps: tuple[str, ...]
    simulate: Simulate
    sources: str


@dataclass(frozen=True)
class Packed:
    """What a process hands back.

    Parameters
    ----------
    part : bytes
        The part that holds the runs.
    run_seconds : float
        Time the runs took.
    other_seconds : float
        Time for packing.
    """

    part: bytes
    run_seconds: float
    other_seconds: float


def run_batch(batch: Batch) -> Packed:
    """Make the runs of a batch; a run that fails is told in the part.

    Parameters
    ----------
    batch : Batch
        The runs.

    Returns
    -------
    Packed
        Their part.

    Raises
    ------
    InputError
        If this process has other sources than the keys were made of.
    """
    if sources_hash(loaded_sources()) != batch.sources:
        raise InputError(
            "A worker process has other sources of the model than the design was registered with "
            "(edited meanwhile, or another version on that machine). Install the same sources "
            "everywhere, or start anew with another --out."
        )
    if batch.simulate is simulate_run:
        from ..world import model as _  # noqa: F401, PLC0415 - loads mesa before the clock starts

    begin = time.perf_counter()
    finished = [make(run, batch) for run in batch.runs]
    made = time.perf_counter()
    part = encode(finished)
    return Packed(part, made - begin, time.perf_counter() - made)


def make(run: PlannedRun, batch: Batch) -> FinishedRun:
    """Make one run and count it; events do not leave the process that made them.

    Parameters
    ----------
    run : PlannedRun
        The run.
    batch : Batch
        What is kept of it, and how it is simulated.

    Returns
    -------
    FinishedRun
        Its tables, or why there are none.
    """
    begin = time.perf_counter()
    stage: Literal["simulate", "count"] = "simulate"
    tables: dict[str, pd.DataFrame] = {}
    try:
        result = batch.simulate(
            run.drawn(),
            seed=run.seed,
            scale=run.scale,
            first_year=run.first_year,
            last_year=run.last_year,
            registry=batch.registry,
        )
        stage = "count"
        tables[YEARLY] = batch.outcomes.count(result)
        for name in batch.keeps:
            tables[name] = KEPT[name](result)
    except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a row and the rest goes on
        failure = failure_of(error, stage)
        return FinishedRun(Ended(run.key, time.perf_counter() - begin, failure=failure), {})
    seconds = time.perf_counter() - begin
    timings = {name: float(value) for name, value in result.timings.items()}
    return FinishedRun(Ended(run.key, seconds, int(result.person_weeks), timings), tables)


def failure_of(error: BaseException, stage: Literal["simulate", "count", "worker"]) -> Failure:
    """Return why a run failed.

    Parameters
    ----------
    error : BaseException
        What was raised.
    stage : {"simulate", "count", "worker"}
        What was being done.

    Returns
    -------
    Failure
        With the week where there is one.
    """
    week = error.week if isinstance(error, WeekError) else None
    cause = error.__cause__ if isinstance(error, WeekError) and error.__cause__ else error
    return Failure(
        stage,
        week,
        None if week is None else monday(week).isoformat(),
        "".join(traceback.format_exception_only(cause)).strip(),
        "".join(traceback.format_exception(error)),
    )
