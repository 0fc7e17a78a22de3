"""The benchmark of many runs: this runner, its store, and Mesa's own `batch_run`."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, Final

import mesa

from ...evidence.registry import registry
from ...world.model import ReturnModel
from ..cluster import crew
from ..design import Design, cross
from ..outcomes import choose
from ..run_design import run_design
from ..store import Store
from ..store_place import PARTS, create_store

SCALE: Final = 20.0
YEARS: Final = (2011, 2017)
_HOUR: Final = 3600.0
_MILLI: Final = 1e3


class BatchModel(ReturnModel):
    """The model with a collector, which Mesa's `batch_run` reads a row of for each step.

    Parameters
    ----------
    rng : int
        Seed.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report.
    """

    def __init__(self, rng: int, scale: float, first_year: int, last_year: int) -> None:
        super().__init__(rng=rng, scale=scale, first_year=first_year, last_year=last_year)
        self.datacollector = mesa.DataCollector(model_reporters={"events": lambda m: m.log.size})


def throughput(runs: int = 24) -> dict[str, dict[str, float]]:
    """Time the same design on 1 and 2 workers, and through Mesa's `batch_run`.

    The design is the baseline at 1:20 over 2011-2017 with one run a seed, which
    is all that `batch_run` can express of it: it takes no overrides with dates,
    crosses every parameter with every other, keeps no run when one fails, and
    counts none of the outcomes.

    Parameters
    ----------
    runs : int, optional
        Seeds.

    Returns
    -------
    dict of str to dict of str to float
        `workers_1` and `workers_2`: `runs_per_hour` (start of processes left
        out), `wall_s`, `start_s` (of the processes, imports included),
        `run_s` (mean time of a run inside its worker), `overhead_ms` (a run,
        beyond its own time) and `overhead_share` (of the workers' time);
        `store`: `add_ms` and `bytes` for each run; `mesa_batch_run`:
        `runs_per_hour_1`, `runs_per_hour_2`, start of processes included.
    """
    first, last = YEARS
    design = cross(
        ["baseline"],
        range(1, runs + 1),
        scale=SCALE,
        first_year=first,
        last_year=last,
        registry=registry(),
        outcomes=choose(["dtv_caseload_outflow"]),
    )
    with tempfile.TemporaryDirectory(prefix="terugkeer-bench-") as folder:
        found = {
            f"workers_{workers}": _runner(design, Path(folder) / f"by-{workers}", workers)
            for workers in (1, 2)
        }
        found["store"] = _store(design, Path(folder))
    found["mesa_batch_run"] = {
        f"runs_per_hour_{workers}": _batch_run(runs, workers) for workers in (1, 2)
    }
    return found


def _runner(design: Design, folder: Path, workers: int) -> dict[str, float]:
    """Time this runner."""
    begin = perf_counter()
    with crew(workers) as who:  # each process imports this module, and the model with it
        for ready in [who.executor.submit(_at_work) for _ in range(workers)]:
            ready.result()
    start = perf_counter() - begin
    begin = perf_counter()
    store = run_design(design, folder, workers=workers)
    wall = perf_counter() - begin
    own = float(store.runs()["seconds"].sum())
    runs = len(design.runs)
    over = max((wall - start) * workers - own, 0.0)
    return {
        "runs_per_hour": round(runs / (wall - start) * _HOUR, 1),
        "wall_s": round(wall, 2),
        "start_s": round(start, 2),
        "run_s": round(own / runs, 3),
        "overhead_ms": round(over / runs * _MILLI, 2),
        "overhead_share": round(over / ((wall - start) * workers), 4),
    }


def _at_work() -> float:
    """Take so long that each process gets one of these."""
    sleep(0.2)
    return perf_counter()


def _store(design: Design, folder: Path) -> dict[str, float]:
    """Time the reading, checking and writing of finished runs by the store alone."""
    parts = sorted((folder / "by-1" / "store" / PARTS).iterdir())
    contents = [part.read_bytes() for part in parts if part.is_file()]
    create_store(design, folder / "again", {})
    store = Store(folder / "again")
    begin = perf_counter()
    with store.writing():
        for content in contents:
            store.add(content)
    spent = perf_counter() - begin
    runs = len(design.runs)
    size = sum(len(content) for content in contents)
    return {"add_ms": round(spent / runs * _MILLI, 2), "bytes": round(size / runs, 1)}


def _batch_run(runs: int, workers: int) -> float:
    """Time Mesa's runner on the same seeds; return runs an hour."""
    from mesa.batchrunner import batch_run  # noqa: PLC0415 - importing it sets the start method

    parameters: dict[str, Any] = {
        "rng": list(range(1, runs + 1)),
        "scale": SCALE,
        "first_year": YEARS[0],
        "last_year": YEARS[1],
    }
    begin = perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Mesa 3.5 announces another signature
        batch_run(
            BatchModel,
            parameters,
            number_processes=workers,
            max_steps=10_000,
            display_progress=False,
        )
    return round(runs / (perf_counter() - begin) * _HOUR, 1)
