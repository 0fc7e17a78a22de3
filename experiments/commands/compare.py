"""The command `compare`: what differs between scenarios and a base, for the same seeds."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...abm.errors import InputError
from .. import options
from ..session import make_design

if TYPE_CHECKING:
    import pandas as pd

    from ...abm.evidence.registry import Registry
    from ...abm.runs.design import Design
    from ...abm.runs.store import Store
    from ...abm.world.scenario import Scenario

LEVEL: Final = 0.95
FEWEST: Final = 2  # seeds: an interval needs a variance


def compare(
    base: Annotated[
        str, typer.Argument(metavar="BASE", help="A scenario that ships, or a .toml file.")
    ],
    others: Annotated[
        list[str],
        typer.Argument(metavar="A...", help="One or several scenarios, packages or .toml files."),
    ],
    seeds: Annotated[int, typer.Option(help="Paired runs: seeds 1 to this number.")] = 10,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: Annotated[
        Path | None,
        typer.Option(help="A new folder, or that of an earlier call of this comparison."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Compare scenarios with a base for the same seeds: all outcomes, with intervals."""
    from ...abm.evidence.registry import registry
    from ...abm.observation.outcomes import outcomes
    from ...abm.runs.comparison import compared
    from ...abm.runs.design import cross
    from ...abm.runs.folder import RUNS
    from ...abm.runs.outcomes import rows_for

    problems = options.numbers_refused(max(seeds, 1), scale, first_year, last_year)
    problems += options.crew_refused(workers, cluster)
    if seeds < FEWEST:
        problems.append(f"--seeds {seeds}: an interval needs {FEWEST} seeds or more.")
    if problems:
        raise InputError(problems)
    loaded = _scenarios([base, *others], registry())
    design = cross(
        loaded,
        range(1, seeds + 1),
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry(),
        outcomes=rows_for(),
    )
    names = [each.name for each in loaded]
    folder = out or RUNS / f"{'-'.join(names)[:80]}-{scale:g}-{first_year}-{last_year}"
    _refuse_another(design, folder)
    again = (
        f"terugkeer compare {shlex.join([base, *others])} --seeds {seeds} --scale {scale:g} "
        f"--from {first_year} --to {last_year} --out {shlex.quote(str(folder))}"
    )
    sys.stderr.write(f"{len(design.runs)} runs, {seeds} seeds of each, in {folder}.\n")
    store = make_design(design, folder, workers=workers, cluster=cluster, again=again)
    table = compared(outcomes(store.table(design=design)), names[0], names[1:], LEVEL)
    about = {
        "base": names[0],
        "others": names[1:],
        "first_year": first_year,
        "last_year": last_year,
        "scale": scale,
        "seeds": list(range(1, seeds + 1)),
        "level": LEVEL,
    }
    told = _written(store, table, about, registry())
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    typer.echo(told["summary"]["en"])
    typer.echo(f"Written: {', '.join(str(folder / name) for name in told['files'])}. More seeds:")
    typer.echo(f"  {again.replace(f'--seeds {seeds}', f'--seeds {2 * seeds}')}")


def _scenarios(named: list[str], registry: Registry) -> list[Scenario]:
    """Return the scenarios of a comparison; refuse two that are the same."""
    from ...abm.world.scenario import load_scenario

    loaded: list[Scenario] = []
    found: list[str] = []
    for name in named:
        try:
            scenario = load_scenario(name, registry)
        except InputError as error:
            found += error.problems
            continue
        for before in loaded:
            if before.name == scenario.name:
                found.append(
                    f"{name}: is called {scenario.name!r}, as another of this comparison is. Give "
                    "each scenario once, under a name of its own."
                )
            elif _changes(before) == _changes(scenario):
                found.append(
                    f"{name}: changes the same as {before.name!r}, so that nothing could differ. "
                    "Leave one of them out."
                )
        loaded.append(scenario)
    if found:
        raise InputError(found)
    return loaded


def _changes(scenario: Scenario) -> list[tuple[str, str, str, str]]:
    """Return what of a scenario decides numbers."""
    return [
        (each.target, each.operation, repr(each.value), str(each.start))
        for each in scenario.overrides()
    ]


def _refuse_another(design: Design, folder: Path) -> None:
    """Refuse a folder that holds other runs than those of this comparison, more seeds apart."""
    from ...abm.runs.store import Store
    from ...abm.runs.store_place import has_store

    if not has_store(folder):
        return
    ours = {(run.scenario.name, run.scale, run.first_year, run.last_year) for run in design.runs}
    theirs = {
        (run["scenario"], run["scale"], run["first_year"], run["last_year"])
        for run in Store(folder).registration.runs
    }
    if theirs != ours:
        raise InputError(
            f"--out {folder}: holds runs of another comparison. Give another folder, or the "
            "scenarios, scale and years of that one."
        )


def _written(
    store: Store, table: pd.DataFrame, about: dict[str, Any], registry: Registry
) -> dict[str, Any]:
    """Write table, words and picture beside the store; return all that is told."""
    from ...abm.observation.outcomes import BY_ID, HEADLINES
    from ...abm.runs.provenance import sources_sha256
    from ...abm.runs.whole_file import write_whole
    from ...viz.figures import contrast
    from ...viz.figures.picture import UNCALIBRATED, Provenance, png
    from ..reports.comparison import summary

    provenance = Provenance(
        ", ".join([*about["others"], about["base"]]),
        tuple(about["seeds"]),
        about["scale"],
        registry.evidence_hash(),
        sources_sha256(),
    )
    whole = table["period"] == f"{about['first_year']}-{about['last_year']}"
    differences = table[whole].drop(columns="period")
    figure = contrast.draw_contrast(differences, [BY_ID[name] for name in HEADLINES], provenance)
    words = {"en": summary(differences, about, "en"), "nl": summary(differences, about, "nl")}
    told = {
        "notice": UNCALIBRATED,
        **about,
        "evidence_hash": provenance.evidence_hash,
        "sources_sha256": provenance.code_hash,
        "differences": _rows(differences),
        "summary": words,
        "folder": str(store.folder),
    }
    files = {
        "differences.csv": _csv(differences),
        "differences_by_year.csv": _csv(table[~whole].rename(columns={"period": "year"})),
        "summary.md": words["en"].encode(),
        "samenvatting.md": words["nl"].encode(),
        "contrast.png": png(figure, contrast.TITLE, contrast.DESCRIPTION, provenance),
    }
    told["files"] = [*files, "comparison.json"]
    files["comparison.json"] = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    for name, content in files.items():
        write_whole(store.folder / name, content)
    return told


def _csv(table: pd.DataFrame) -> bytes:
    """Return a table as a file, with the notice in every row."""
    from ...viz.figures.picture import UNCALIBRATED

    return table.assign(notice=UNCALIBRATED).to_csv(index=False, lineterminator="\n").encode()


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the table for JSON, with None for what cannot be told."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
