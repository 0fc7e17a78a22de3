"""A session on a run folder: make the missing runs, then write the final files and report."""

from __future__ import annotations

import json
import shlex
import sys
import time
from typing import TYPE_CHECKING, Any

import typer

from ..abm.errors import InputError
from .ending import resume_line, tell_end, tell_interrupted
from .interruption import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..abm.evidence.registry import Registry
    from ..abm.runs.design import Design
    from ..abm.runs.run_tables import RunTables
    from ..abm.runs.store import Store


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
    workers : int, optional
        Processes.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.
    retry_failed : bool, optional
        Whether runs that failed before are tried again.

    Returns
    -------
    dict or None
        What `reports.run.told` returns; None if a run failed or the folder
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


def make_design(
    design: Design, folder: Path, *, workers: int | None, cluster: str | None, again: str
) -> Store:
    """Make the runs of a design that its folder lacks.

    Parameters
    ----------
    folder : Path
        New, empty, or with a store.
    workers : int, optional
        Processes; as many as cores if left out.
    cluster : str, optional
        Address of a Dask scheduler, or `local`.

    Raises
    ------
    typer.Exit
        If runs failed, after telling which.
    """
    from ..abm.runs.run_design import run_design
    from ..abm.runs.simulate import simulate
    from .progress import progress

    try:
        with interruptible() as check, progress(len(design.runs)) as tell:
            store = run_design(
                design,
                folder,
                workers=workers,
                cluster=cluster,
                simulate=simulate,
                tell=tell,
                check=check,
            )
    except (KeyboardInterrupt, SystemExit):
        tell_interrupted(again)
        raise
    if store.failed():
        raise typer.Exit(tell_end(folder))
    return store


def finish(content: dict[str, Any] | None, folder: Path, *, as_json: bool) -> None:
    """Print a report, or how the folder stands if there is none.

    Parameters
    ----------
    content : dict, optional
        The report, as `make_runs` returns it.
    as_json : bool
        Whether to print JSON only.

    Raises
    ------
    typer.Exit
        If there is no report: with 3 if runs failed, else 0.
    """
    if content is None:
        raise typer.Exit(tell_end(folder))
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from .reports.run import show

    show(content, Console(width=None if sys.stdout.isatty() else 110))


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


def _figures(about: dict[str, Any], tables: RunTables) -> dict[str, bytes]:
    """Return the pictures of a run by file name."""
    from ..abm.observation.published import published_rows
    from ..abm.world.calendar import first_week
    from ..viz.figures import flow, journeys, recorded_outcomes, scheme_funnel, true_places
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
        (
            "scheme_funnel.png",
            scheme_funnel,
            scheme_funnel.draw_scheme_funnel(tables.yearly, provenance),
        ),
    )
    return {name: png(figure, of.TITLE, of.DESCRIPTION, provenance) for name, of, figure in drawn}
