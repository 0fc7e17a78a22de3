"""What an analysis costs, told before it starts, and how its runs are made."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...abm.runs.design import Design
from ...abm.runs.pace import in_words
from ...abm.runs.run_design import run_design
from ...abm.runs.simulate import simulate as simulate_run
from ...abm.runs.store import Store
from ...abm.runs.store_place import has_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...abm.runs.pace import Progress


@dataclass(frozen=True)
class Cost:
    """What an analysis still costs.

    Parameters
    ----------
    runs : int
        Runs of the analysis, and of what a stopped call wanted in its folder.
    missing : int
        Those not made yet.
    run_seconds : float
        Of one run on this machine, measured.
    workers : int
        Processes.
    """

    runs: int
    missing: int
    run_seconds: float
    workers: int

    def words(self) -> str:
        """Return the cost in a sentence."""
        rounds = math.ceil(self.missing / self.workers)
        made = f", {self.runs - self.missing} of them made" if self.missing < self.runs else ""
        each = float(f"{self.run_seconds:.2g}")
        return (
            f"{self.runs} runs{made}; {self.missing} to go, {each:,.10g} s each: about "
            f"{in_words(rounds * self.run_seconds)} on {self.workers} process(es)."
        )


def cost(design: Design, folder: Path, workers: int | None) -> Cost:
    """Return what a design costs; the first run of a new folder is made to measure it.

    Parameters
    ----------
    folder : Path
        New, empty, or with a store.
    workers : int, optional
        Processes; as many as cores if left out.

    Returns
    -------
    Cost
        The measuring run is kept, so it is not made twice.
    """
    store = Store(folder) if has_store(folder) else None
    if store is None or not store.done():
        first = Design(design.runs[:1], design.registry, design.outcomes, design.keeps)
        store = run_design(first, folder, workers=1, simulate=simulate_run)
    done, wanted = set(store.done()), {run.key for run in design.runs}
    if not wanted <= done:  # what a stopped call wanted beside these is made too
        wanted |= set(store.registration.keys())
    missing = len(wanted - done)
    seconds = store.runs()["seconds"].mean()
    return Cost(len(wanted), missing, float(seconds), workers or os.cpu_count() or 1)


def make(
    design: Design,
    folder: Path,
    workers: int | None,
    cluster: str | None,
    tell: Callable[[Progress], Any],
    check: Callable[[], Any],
) -> Store:
    """Make the runs that a folder lacks.

    Parameters
    ----------
    folder : Path
        New, empty, or with a store.
    workers : int, optional
        Processes.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    tell, check : callable
        As `run_design` wants them.

    Returns
    -------
    Store
        With all runs that did not fail.
    """
    return run_design(
        design,
        folder,
        workers=workers,
        cluster=cluster,
        simulate=simulate_run,
        tell=tell,
        check=check,
    )
