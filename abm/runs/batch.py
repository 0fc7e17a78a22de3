"""Work for one process: some runs, counted and packed into a part."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from .finished_run import make
from .part import encode
from .simulate import simulate as simulate_run
from .sources import loaded_sources, sources_hash

if TYPE_CHECKING:
    from ..evidence.registry import Registry
    from .finished_run import Simulate
    from .outcomes import Outcomes
    from .planned_run import PlannedRun


@dataclass(frozen=True)
class Batch:
    """Runs that one process makes in one go.

    Parameters
    ----------
    simulate : callable
        `simulate.simulate`, or a stand-in that other processes can import.
    sources : str
        Hash of the sources that the keys of the runs are made of.
    """

    runs: tuple[PlannedRun, ...]
    registry: Registry
    outcomes: Outcomes
    keeps: tuple[str, ...]
    simulate: Simulate
    sources: str


@dataclass(frozen=True)
class Packed:
    """What a process hands back: a part, and the seconds for its runs and for packing."""

    part: bytes
    run_seconds: float
    other_seconds: float


def run_batch(batch: Batch) -> Packed:
    """Make the runs of a batch; the part also tells which runs failed, and why.

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
    finished = [
        make(
            run,
            registry=batch.registry,
            outcomes=batch.outcomes,
            keeps=batch.keeps,
            simulate=batch.simulate,
        )
        for run in batch.runs
    ]
    made = time.perf_counter()
    part = encode(finished)
    return Packed(part, made - begin, time.perf_counter() - made)
