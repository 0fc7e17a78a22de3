"""One run, made and counted, or why it failed."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from ..world.calendar import monday
from .extra_tables import EXTRA_TABLES
from .result import WeekError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from ..evidence.registry import Registry
    from .outcomes import Outcomes
    from .planned_run import PlannedRun
    from .result import RunResult

    Simulate = Callable[..., RunResult]

YEARLY: Final = "yearly"


@dataclass(frozen=True)
class Failure:
    """Why a run gave no tables.

    Parameters
    ----------
    stage : {"simulate", "count", "worker"}
        What was being done; `worker`: the process ended during the run.
    week : int or None
        The model's week; None where the error arose in no week.
    date : str or None
        The Monday of that week.
    error : str
        The error in one line; `traceback` has the rest.
    """

    stage: Literal["simulate", "count", "worker"]
    week: int | None
    date: str | None
    error: str
    traceback: str


@dataclass(frozen=True)
class Ended:
    """How one run ended, without its tables.

    Parameters
    ----------
    seconds : float
        Time the run took in its process.
    person_weeks : int
        Simulated persons times weeks.
    timings : dict of str to float
        Seconds by phase of the week.
    failure : Failure or None
        None if the run has tables.
    """

    key: str
    seconds: float = 0.0
    person_weeks: int = 0
    timings: dict[str, float] = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True)
class FinishedRun:
    """A run that ended, with its tables: `yearly` and what else is kept, none if it failed."""

    ended: Ended
    tables: dict[str, pd.DataFrame]


def make(
    run: PlannedRun,
    *,
    registry: Registry,
    outcomes: Outcomes,
    keeps: tuple[str, ...],
    simulate: Simulate,
) -> FinishedRun:
    """Make one run and count it, or say why it failed.

    Events do not leave the process that made them: only tables do.
    """
    begin = time.perf_counter()
    stage: Literal["simulate", "count"] = "simulate"
    tables: dict[str, pd.DataFrame] = {}
    try:
        result = simulate(
            run.drawn(),
            seed=run.seed,
            scale=run.scale,
            first_year=run.first_year,
            last_year=run.last_year,
            registry=registry,
        )
        stage = "count"
        tables[YEARLY] = outcomes.count(result)
        for name in keeps:
            tables[name] = EXTRA_TABLES[name](result)
    except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a row and the rest goes on
        failure = failure_of(error, stage)
        return FinishedRun(Ended(run.key, time.perf_counter() - begin, failure=failure), {})
    seconds = time.perf_counter() - begin
    timings = {name: float(value) for name, value in result.timings.items()}
    return FinishedRun(Ended(run.key, seconds, int(result.person_weeks), timings), tables)


def failure_of(error: BaseException, stage: Literal["simulate", "count", "worker"]) -> Failure:
    """Return why a run failed; the cause of a `WeekError` is told, with its week."""
    week = error.week if isinstance(error, WeekError) else None
    cause = error.__cause__ if isinstance(error, WeekError) and error.__cause__ else error
    return Failure(
        stage,
        week,
        None if week is None else monday(week).isoformat(),
        "".join(traceback.format_exception_only(cause)).strip(),
        "".join(traceback.format_exception(error)),
    )
