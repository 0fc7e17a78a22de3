"""Make the runs of a design: new, on top of others, or going on after an interruption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cluster import crew
from .folder import check_target
from .runner import run_pending
from .simulate import simulate as simulate_run
from .store import Store
from .store_place import create_store, has_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .design import Design
    from .finished_run import Simulate
    from .pace import Progress


def _quiet(_progress: Progress) -> None:
    """Tell nobody."""


def run_design(
    design: Design,
    folder: Path,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    simulate: Simulate = simulate_run,
    retry_failed: bool = False,
    tell: Callable[[Progress], Any] = _quiet,
    check: Callable[[], Any] = lambda: None,
) -> Store:
    """Make the runs of a design that a folder does not hold yet.

    All rows are registered with their keys before the first run starts. A folder with
    a store is extended: runs that it holds are not made again. So a design that goes on
    after an interruption, gets more rows or seeds, or is read again, is asked for in the
    same way. Runs that were registered before and are still missing are made too.

    Parameters
    ----------
    folder : Path
        A new or empty folder, or one with a store.
    workers : int, optional
        Processes; as many as cores if left out. With 1 everything happens in this
        process; if it dies, only the runs already stored survive.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    simulate : callable, optional
        `simulate.simulate`, or a stand-in that other processes can import.
    retry_failed : bool, optional
        Whether runs that failed before are tried again.
    tell : callable, optional
        Called with the progress before the first run and after each part.
    check : callable, optional
        Called between two pieces of work; may raise to end the session.

    Returns
    -------
    Store
        `table(design=design)` has the rows; `failed()` has the keys of runs without.

    Raises
    ------
    InputError
        If the folder cannot be used, sources or evidence changed since, or
        nothing can be made or written.
    """
    if not has_store(folder):
        check_target(folder)
        create_store(design, folder, {})
    store = Store(folder)
    store.check_same(design.registry)
    store.extend(design)
    with store.writing():
        if store.pending(design.registry, retry_failed=retry_failed):
            with crew(workers, cluster) as who:
                run_pending(
                    store,
                    who,
                    design.registry,
                    simulate=simulate,
                    retry_failed=retry_failed,
                    tell=tell,
                    check=check,
                )
        store.compact()
    return store
