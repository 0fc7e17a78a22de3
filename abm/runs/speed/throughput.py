"""Runs an hour, made as a design makes them: through the runner into a store."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from ...errors import InputError
from ...evidence.registry import registry
from ..design import cross
from ..run_design import run_design
from .life import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..pace import Progress

HOW: Final = (
    "Runs of the baseline with all outcomes, made by the runner into a store, by the clock on the "
    "wall: from the moment when as many runs are stored as there are workers to the last run. So "
    "the start of processes, imports and the first run of each worker are left out."
)
_HOUR: Final = 3600.0


@dataclass(frozen=True)
class Throughput:
    """Runs, and the seconds they took by the clock on the wall."""

    runs: int
    wall_s: float

    @property
    def per_hour(self) -> float:
        """Runs an hour."""
        return self.runs / self.wall_s * _HOUR


def throughput(
    workers: int,
    runs: int,
    *,
    scale: float,
    first_year: int,
    last_year: int,
    check: Callable[[], Any],
) -> Throughput:
    """Time a design on some processes.

    Parameters
    ----------
    runs : int
        Timed runs for each worker; each makes one more before.
    check : callable
        Called between two pieces of work; may raise to end it.

    Raises
    ------
    InputError
        If a run fails.
    """
    design = cross(
        ["baseline"],
        range(1, workers * (runs + 1) + 1),
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry(),
    )
    stored: list[tuple[float, int]] = []

    def tell(progress: Progress) -> None:
        stored.append((perf_counter(), progress.done))

    with tempfile.TemporaryDirectory(prefix="terugkeer-bench-") as folder:
        store = run_design(design, Path(folder) / "runs", workers=workers, tell=tell, check=check)
        if store.failed():
            raise InputError(FAILED)
    return steady(stored, workers)


def steady(stored: Sequence[tuple[float, int]], workers: int) -> Throughput:
    """Return the runs that came after the first of each worker, and the seconds they took.

    Parameters
    ----------
    stored : sequence of (float, int)
        When something was stored, in seconds, and how many runs there were then.
    """
    begin, before = next(each for each in stored if each[1] >= workers)
    end, done = stored[-1]
    return Throughput(done - before, end - begin)
