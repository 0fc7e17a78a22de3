"""The command `run`: simulate a scenario and set it beside the record."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...abm.errors import InputError
from .. import options
from ..ending import resume_line
from ..interruption import interruptible
from ..session import finish, make_runs

if TYPE_CHECKING:
    from ...abm.runs.design import Design
    from ...abm.world.scenario import Scenario


def run(
    scenario: options.Scenario = options.DEFAULT,
    seeds: options.Seeds = 3,
    scale: options.Scale = 1.0,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: Annotated[
        Path | None, typer.Option(help="New folder for the run; under runs/ if left out.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Simulate a scenario and compare it with the record; tells harm and voluntariness too."""
    problems = options.numbers_refused(seeds, scale, first_year, last_year)
    problems += options.crew_refused(workers, cluster)
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
