"""The command `run`: simulate a scenario and set it beside the record."""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ..abm.errors import InputError
from .interruption import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..abm.runs.design import Design, DesignTables
    from ..abm.world.scenario import Scenario

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
    out: Annotated[
        Path | None, typer.Option(help="New folder for the run; under runs/ if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Simulate a scenario and set it beside the record, with harm and voluntariness."""
    problems = _problems(seeds, scale, first_year, last_year, workers)
    if problems:
        raise InputError(problems)
    from ..abm.evidence.registry import registry
    from ..abm.runs.cost import expected_seconds, in_words
    from ..abm.runs.design import Design
    from ..abm.runs.folder import RUNS, check_target, next_free
    from ..abm.world.scenario import load_scenario

    loaded = load_scenario(scenario, registry())
    target = next_free(RUNS / loaded.name) if out is None else out
    check_target(target)
    processes = min(workers or os.cpu_count() or 1, seeds)
    design = Design(loaded, registry(), tuple(range(1, seeds + 1)), scale, first_year, last_year)
    years = last_year - first_year + 1
    seconds = expected_seconds(years=years, scale=scale, seeds=seeds, workers=processes)
    sys.stderr.write(
        f"{seeds} seed(s) of {loaded.name}, {first_year}-{last_year}, scale {scale:g}, on "
        f"{processes} process(es): about {in_words(seconds)}.\n"
    )
    with interruptible() as check:
        content = _run(design, processes, target, _about(design, scenario), check)
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    from .run_report import show

    show(content, Console(width=None if sys.stdout.isatty() else 110))


def _problems(
    seeds: int, scale: float, first_year: int, last_year: int, workers: int | None
) -> list[str]:
    """Return a sentence for each number that cannot be run."""
    found = []
    if seeds < 1:
        found.append(f"--seeds {seeds}: there is nothing to run. Give 1 or more.")
    if not math.isfinite(scale) or scale <= 0:
        found.append(f"--scale {scale:g}: persons for each simulated person; give more than 0.")
    for name, year in (("--from", first_year), ("--to", last_year)):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            found.append(
                f"{name} {year}: the evidence covers {FIRST_YEAR} to {LAST_YEAR}. "
                "Give a year among them."
            )
    if first_year > last_year:
        found.append(f"--from {first_year} --to {last_year}: runs backwards. Swap the two.")
    if workers is not None and workers < 1:
        found.append(f"--workers {workers}: somebody has to compute. Give 1 or more.")
    return found


def _run(
    design: Design, workers: int, target: Path, about: dict[str, Any], check: Callable[[], None]
) -> dict[str, Any]:
    """Run the design, write its folder and return the report."""
    from ..abm.observation.published import record
    from ..abm.runs.design import run_design
    from ..abm.runs.folder import write_run
    from ..abm.runs.simulate import simulate
    from .run_progress import progress
    from .run_report import told

    begin = time.monotonic()
    with progress(len(design.seeds)) as show:

        def finished(seed: int) -> None:
            show(seed)
            check()

        tables = run_design(design, workers=workers, simulate=simulate, finished=finished)
    timings = {"total_seconds": round(time.monotonic() - begin, 3), "phases": tables.timings}
    manifest = {**about, "timings": timings, "person_weeks": tables.person_weeks}
    figures = _figures(design, tables, about)
    check()
    folder = write_run(target, tables, manifest, figures)
    return told(tables.yearly, record(), about, folder)


def _about(design: Design, named: str) -> dict[str, Any]:
    """Return what decides the numbers of a run, for the manifest and the report."""
    from ..abm.runs.provenance import git_state, sources_sha256, versions
    from ..viz.picture import RECORD_SEEN, UNCALIBRATED

    return {
        "scenario": _scenario(design.scenario, named),
        "first_year": design.first_year,
        "last_year": design.last_year,
        "scale": design.scale,
        "seeds": list(design.seeds),
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
    from ..abm.evidence.value import plain
    from ..abm.world.scenario import FOLDER

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


def _figures(design: Design, tables: DesignTables, about: dict[str, Any]) -> dict[str, bytes]:
    from ..abm.observation.published import record
    from ..abm.world.calendar import first_week
    from ..viz import flow, recorded_outcomes, true_places
    from ..viz.picture import Provenance, png

    provenance = Provenance(
        design.scenario.name,
        design.seeds,
        design.scale,
        about["evidence_hash"],
        about["sources_sha256"],
    )
    reported = tables.weekly["week"] >= first_week(design.first_year)
    drawn = (
        (
            "recorded_outcomes.png",
            recorded_outcomes,
            recorded_outcomes.draw_recorded_outcomes(tables.yearly, record(), provenance),
        ),
        (
            "true_places.png",
            true_places,
            true_places.draw_true_places(tables.weekly[reported], provenance),
        ),
        ("flow.png", flow, flow.draw_flow(tables.yearly, provenance)),
    )
    return {name: png(figure, of.TITLE, of.DESCRIPTION, provenance) for name, of, figure in drawn}
