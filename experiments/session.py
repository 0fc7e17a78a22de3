"""A session on a run folder: make what is missing, then write the final files and tell."""

from __future__ import annotations

import shlex
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from ..abm.errors import InputError
from .interruption import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..abm.evidence.registry import Registry
    from ..abm.runs.run_tables import RunTables
    from ..abm.runs.store import Store

FAILED: Final = 3  # exit code: some runs failed


def resume_line(folder: Path, options: str = "") -> str:
    """Return what to type to go on.

    Parameters
    ----------
    folder : Path
        The run folder.
    options : str, optional
        Options of `resume`.

    Returns
    -------
    str
        A command line.
    """
    return f"terugkeer resume {shlex.quote(str(folder))}{options}"


def make_runs(
    folder: Path,
    registry: Registry,
    *,
    workers: int | None,
    cluster: str | None,
    retry_failed: bool = False,
) -> dict[str, Any] | None:
    """Make the runs that a folder still lacks, and its final files when all are there.

    Parameters
    ----------
    folder : Path
        A folder with a store.
    registry : Registry
        The evidence.
    workers : int, optional
        Processes.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    retry_failed : bool, optional
        Whether runs that failed before are tried again.

    Returns
    -------
    dict or None
        What `run_report.told` returns; None if a run failed or the folder
        holds a design that has no final files.

    Raises
    ------
    InputError
        If the folder cannot be used, sources or evidence changed, or nothing
        can be made or written; with the line that goes on.
    """
    from ..abm.runs.store import Store

    store = Store(folder)
    store.check_same(registry)
    again = resume_line(folder, f" --cluster {shlex.quote(cluster)}" if cluster else "")
    try:
        with interruptible() as check, store.writing():
            try:
                seconds = _missing_runs(store, registry, workers, cluster, check, retry_failed)
                return _finish(store, seconds)
            except InputError as error:
                raise InputError([*error.problems, f"  {again}"]) from error
    except (KeyboardInterrupt, SystemExit):
        done, planned = len(store.done()), len(store.registration.runs)
        sys.stderr.write(
            f"\nInterrupted: {done} of {planned} runs are stored in {folder}. Go on with:\n"
            f"  {again}\n"
        )
        raise


def _missing_runs(
    store: Store,
    registry: Registry,
    workers: int | None,
    cluster: str | None,
    check: Callable[[], None],
    retry_failed: bool,
) -> float:
    """Make what is missing; return the seconds it took."""
    from ..abm.runs.cluster import crew
    from ..abm.runs.folder import MANIFEST
    from ..abm.runs.runner import run_pending
    from ..abm.runs.simulate import simulate
    from .progress import progress

    begin = time.monotonic()
    missing = len(store.pending(registry, retry_failed=retry_failed))
    if missing:
        (store.folder / MANIFEST).unlink(missing_ok=True)  # until all is there again
        with crew(workers, cluster) as who, progress(missing) as tell:
            run_pending(
                store,
                who,
                registry,
                simulate=simulate,
                retry_failed=retry_failed,
                tell=tell,
                check=check,
            )
    store.compact()
    check()
    return time.monotonic() - begin


def _finish(store: Store, seconds: float) -> dict[str, Any] | None:
    """Write the final files of a run, if it is one and all is done."""
    from ..abm.observation.published import published_rows
    from ..abm.runs.folder import is_whole, write_run
    from ..abm.runs.provenance import versions
    from ..abm.runs.run_tables import run_tables
    from .reports.run import told

    registration = store.registration
    if store.failed() or not registration.about:
        return None
    tables = run_tables(store)
    seeds = sorted(run["seed"] for run in registration.runs)
    about = {**registration.about, "seeds": seeds}
    if not is_whole(store.folder):
        since = versions()
        other = {"versions_at_the_end": since} if since != registration.versions else {}
        timings = {"total_seconds": round(seconds, 3), "phases": tables.timings}
        manifest = {**about, **other, "timings": timings, "person_weeks": tables.person_weeks}
        write_run(store.folder, tables, manifest, _figures(about, tables))
    return told(tables.yearly, published_rows(), about, store.folder)


def tell_end(folder: Path) -> int:
    """Tell how a folder without a report stands, and what to type next.

    Parameters
    ----------
    folder : Path
        The run folder.

    Returns
    -------
    int
        Exit code: 3 if runs failed, else 0.
    """
    from ..abm.runs.store import Store

    store = Store(folder)
    planned, failed = len(store.registration.runs), len(store.failed())
    if not failed:
        sys.stderr.write(
            f"All {planned} runs are done. Read them in Python with:\n"
            f"  Store(Path({str(folder)!r})).table()  # from terugkeer.abm.runs.store\n"
        )
        return 0
    sys.stderr.write(
        f"{failed} of {planned} runs failed; {len(store.done())} are stored in {folder}. Read why, "
        f"and try again when the cause is gone:\n"
        f"  terugkeer status {shlex.quote(str(folder))}\n"
        f"  {resume_line(folder, ' --retry-failed')}\n"
    )
    return FAILED


def _figures(about: dict[str, Any], tables: RunTables) -> dict[str, bytes]:
    """Return the pictures of a run by file name."""
    from ..abm.observation.published import published_rows
    from ..abm.world.calendar import first_week
    from ..viz.figures import flow, journeys, recorded_outcomes, true_places
    from ..viz.figures.picture import Provenance, png

    provenance = Provenance(
        about["scenario"]["name"],
        tuple(about["seeds"]),
        about["scale"],
        about["evidence_hash"],
        about["sources_sha256"],
    )
    start = first_week(about["first_year"])
    drawn = (
        (
            "recorded_outcomes.png",
            recorded_outcomes,
            recorded_outcomes.draw_recorded_outcomes(tables.yearly, published_rows(), provenance),
        ),
        (
            "true_places.png",
            true_places,
            true_places.draw_true_places(tables.weekly[tables.weekly["week"] >= start], provenance),
        ),
        ("flow.png", flow, flow.draw_flow(tables.yearly, provenance)),
        (
            "journeys.png",
            journeys,
            journeys.draw_journeys(
                tables.yearly, tables.queues[tables.queues["week"] >= start], provenance
            ),
        ),
    )
    return {name: png(figure, of.TITLE, of.DESCRIPTION, provenance) for name, of, figure in drawn}
