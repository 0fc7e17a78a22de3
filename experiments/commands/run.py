"""The command `run`: simulate a scenario and set it beside the record."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...abm.errors import InputError
from ..interruption import interruptible
from ..session import make_runs, resume_line, tell_end

if TYPE_CHECKING:
    from ...abm.runs.design import Design
    from ...abm.world.scenario import Scenario

FIRST_YEAR: Final = 2011  # years for which the tables hold closings
LAST_YEAR: Final = 2017
DEFAULT: Final = "baseline"


def run(
    scenario: Annotated[
        str, typer.Argument(metavar="[NAME|FILE]", help="A scenario that ships, or a .toml file.")
    ] = DEFAULT,
    seeds: Annotated[int, typer.Option(help="Runs: seeds 1 to this number.")] = 3,
    scale: Annotated[float, typer.Option(help="Persons for each simulated person.")] = 1.0,
    first_year: Annotated[int, typer.Option("--from", help="First year to report.")] = FIRST_YEAR,
    last_year: Annotated[int, typer.Option("--to", help="Last year to report.")] = LAST_YEAR,
    workers: Annotated[
        int | None, typer.Option(help="Processes; as many as cores if left out.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="A Dask scheduler's address, or local: runs are made there."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="New folder for the run; under runs/ if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Simulate a scenario and set it beside the record, with harm and voluntariness."""
    problems = numbers_refused(seeds, scale, first_year, last_year)
    problems += wrong_crew(workers, cluster)
    if problems:
        raise InputError(problems)
    from ...abm.evidence.registry import registry
    from ...abm.runs.design import cross
    from ...abm.runs.folder import RUNS, check_target, next_free
    from ...abm.world.scenario import load_scenario

    loaded = load_scenario(scenario, registry())
    design = cross(
        [loaded],
        range(1, seeds + 1),
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry(),
        keeps=("weekly", "queues"),
    )
    if out is not None:
        _refuse_known(design, out)
    target = next_free(RUNS / loaded.name) if out is None else out
    check_target(target)
    where = f"the cluster {cluster}"
    if cluster is None:
        where = f"{min(workers or os.cpu_count() or 1, seeds)} process(es)"
    sys.stderr.write(
        f"{seeds} seed(s) of {loaded.name}, {first_year}-{last_year}, scale {scale:g}, on "
        f"{where}.\n"
    )
    folder = _registered(design, target, _about(design, loaded, scenario))
    content = make_runs(folder, registry(), workers=workers, cluster=cluster)
    finish(content, folder, as_json=as_json)


def finish(content: dict[str, Any] | None, folder: Path, *, as_json: bool) -> None:
    """Print a report, or how the folder stands if there is none.

    Parameters
    ----------
    content : dict, optional
        The report.
    folder : Path
        The run folder.
    as_json : bool
        Whether to print JSON only.
    """
    if content is None:
        raise typer.Exit(tell_end(folder))
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from ..reports.run import show

    show(content, Console(width=None if sys.stdout.isatty() else 110))


def _refuse_known(design: Design, folder: Path) -> None:
    """Refuse a folder that holds the same runs already, with the line that goes on there."""
    from ...abm.runs.store import Store
    from ...abm.runs.store_place import has_store

    if not has_store(folder):
        return
    store = Store(folder)
    if set(store.registration.keys()) != {run.key for run in design.runs}:
        return  # another run: the check of the target says so
    done, planned = len(store.done()), len(store.registration.runs)
    if done == planned:
        raise InputError(
            f"--out {folder}: holds this very run, finished. To see it again, or to add seeds:\n"
            f"  {resume_line(folder)}\n  {resume_line(folder, f' --seeds {2 * planned}')}"
        )
    raise InputError(
        f"--out {folder}: holds this very run, with {done} of {planned} seeds done. Go on with:\n"
        f"  {resume_line(folder)}"
    )


def _registered(design: Design, target: Path, about: dict[str, Any]) -> Path:
    """Register the design in a new folder; if somebody took the name meanwhile, in the next."""
    from ...abm.runs.folder import next_free
    from ...abm.runs.store_place import create_store

    while True:
        folder = next_free(target)
        with interruptible(), suppress(FileExistsError):
            create_store(design, folder, about)
            return folder


def numbers_refused(seeds: int, scale: float, first_year: int, last_year: int) -> list[str]:
    """Return a sentence for each number that cannot be run.

    Parameters
    ----------
    seeds : int
        Of `--seeds`.
    scale : float
        Of `--scale`.
    first_year, last_year : int
        Of `--from` and `--to`.

    Returns
    -------
    list of str
        Sentences.
    """
    from ...abm.world.arrivals.inflow import LARGEST_SCALE

    found = []
    if seeds < 1:
        found.append(f"--seeds {seeds}: there is nothing to run. Give 1 or more.")
    if not 0.0 < scale <= LARGEST_SCALE:
        found.append(
            f"--scale {scale:g}: persons for each simulated person; give more than 0, at most "
            f"{LARGEST_SCALE:g}."
        )
    for name, year in (("--from", first_year), ("--to", last_year)):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            found.append(
                f"{name} {year}: the evidence covers {FIRST_YEAR} to {LAST_YEAR}. "
                "Give a year among them."
            )
    if first_year > last_year:
        found.append(f"--from {first_year} --to {last_year}: runs backwards. Swap the two.")
    return found


def wrong_crew(workers: int | None, cluster: str | None) -> list[str]:
    """Return a sentence for each option that cannot say who computes.

    Parameters
    ----------
    workers : int, optional
        Of `--workers`.
    cluster : str, optional
        Of `--cluster`.

    Returns
    -------
    list of str
        Sentences.
    """
    found = []
    if workers is not None and workers < 1:
        found.append(f"--workers {workers}: somebody has to compute. Give 1 or more.")
    if cluster is not None and not cluster.strip():
        found.append("--cluster: give the address of a Dask scheduler, or local.")
    elif cluster not in {None, "local"} and workers is not None:
        found.append(
            f"--workers {workers}: a cluster with an address has its own workers. Leave it out."
        )
    return found


def _about(design: Design, scenario: Scenario, named: str) -> dict[str, Any]:
    """Return what decides the numbers of a run, for the manifest and the report."""
    from ...abm.runs.provenance import git_state, sources_sha256, versions
    from ...viz.figures.picture import RECORD_SEEN, UNCALIBRATED

    first = design.runs[0]
    return {
        "scenario": _scenario(scenario, named),
        "first_year": first.first_year,
        "last_year": first.last_year,
        "scale": first.scale,
        "seeds": [run.seed for run in design.runs],
        "calibrated": False,
        "notice": UNCALIBRATED,
        "record_seen": RECORD_SEEN,
        "sources_sha256": sources_sha256(),
        "evidence_hash": design.registry.evidence_hash(),
        "git": git_state(),
        "versions": versions(),
        "platform": platform.platform(),
    }


def _scenario(scenario: Scenario, named: str) -> dict[str, Any]:
    from ...abm.evidence.value import plain
    from ...abm.world.scenario import FOLDER

    path = Path(named) if named.endswith(".toml") or os.sep in named else FOLDER / f"{named}.toml"
    return {
        "name": scenario.name,
        "description": scenario.description,
        "file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "overrides": [
            {
                "target": each.target,
                "operation": each.operation,
                "value": plain(each.value),
                "from": each.start.isoformat() if each.start else None,
            }
            for each in scenario.overrides()
        ],
    }
