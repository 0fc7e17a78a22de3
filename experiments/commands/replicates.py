"""The command `replicates`: how many seeds a scenario needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...abm.errors import InputError
from .. import options
from ..session import make_design

if TYPE_CHECKING:
    from ...abm.runs.replicates import Replicates
    from ...abm.runs.store import Store


def replicates(
    scenario: options.Scenario = options.DEFAULT,
    seeds: options.Seeds = 40,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    target: Annotated[
        float, typer.Option(help="Relative half-width wanted, a share of the mean.")
    ] = 0.02,
    stability: Annotated[
        float, typer.Option(help="Largest later change of the coefficient of variation.")
    ] = 0.01,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: Annotated[
        Path | None,
        typer.Option(help="A new folder, or that of an earlier call; under runs/ if left out."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show how noise falls with the number of seeds, and recommend a number."""
    from ...abm.evidence.registry import registry
    from ...abm.runs.design import cross
    from ...abm.runs.folder import RUNS
    from ...abm.runs.outcomes import choose
    from ...abm.runs.replicates import HEADLINES, criteria_refused
    from ...abm.runs.replicates import replicates as noise
    from ...abm.world.scenario import load_scenario

    problems = options.numbers_refused(seeds, scale, first_year, last_year)
    problems += options.crew_refused(workers, cluster)
    problems += criteria_refused(seeds, target, stability)
    if problems:
        raise InputError(problems)
    loaded = load_scenario(scenario, registry())
    design = cross(
        [loaded],
        range(1, seeds + 1),
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry(),
        outcomes=choose((*each, "all") for each in HEADLINES),
    )
    folder = out or RUNS / f"{loaded.name}-replicates-{scale:g}-{first_year}-{last_year}"
    again = f"terugkeer replicates {scenario} --seeds {seeds} --scale {scale:g} --out {folder}"
    sys.stderr.write(f"{seeds} seeds of {loaded.name} at scale {scale:g} in {folder}.\n")
    store = make_design(design, folder, workers=workers, cluster=cluster, again=again)
    found = noise(store.table(design=design), target=target, stability=stability)
    files = _write(store, found, target, registry().evidence_hash())
    if as_json:
        typer.echo(json.dumps(_told(found, folder, files), indent=2))
        return
    _show(found, target)
    typer.echo(f"\nWritten: {', '.join(str(folder / name) for name in files)}. Next:")
    wanted = found.recommended or found.expected
    typer.echo(f"  terugkeer run {scenario} --scale {scale:g} --seeds {wanted}")


def _write(store: Store, found: Replicates, target: float, evidence_hash: str) -> list[str]:
    """Write the tables and the picture beside the store; return their names."""
    from ...abm.runs.provenance import sources_sha256
    from ...abm.runs.whole_file import write_whole
    from ...viz.figures import replicates as picture
    from ...viz.figures.picture import Provenance, png

    first = store.runs().iloc[0]
    provenance = Provenance(
        str(first["scenario"]),
        tuple(int(seed) for seed in store.runs()["seed"]),
        float(first["scale"]),
        evidence_hash,
        sources_sha256(),
    )
    figure = picture.draw_replicates(found.course, target, found.recommended, provenance)
    files = {
        "replicates.csv": found.course.to_csv(index=False, lineterminator="\n").encode(),
        "seeds.csv": found.advice.to_csv(index=False, lineterminator="\n").encode(),
        "replicates.png": png(figure, picture.TITLE, picture.DESCRIPTION, provenance),
    }
    for name, content in files.items():
        write_whole(store.folder / name, content)
    return list(files)


def _told(found: Replicates, folder: Path, files: list[str]) -> dict[str, Any]:
    """Return the result for `--json`."""
    return {
        "recommended": found.recommended,
        "expected": found.expected,
        "outcomes": _rows(found),
        "folder": str(folder),
        "files": files,
    }


def _rows(found: Replicates) -> list[dict[str, Any]]:
    """Return the advice by outcome, with None for what was not met."""
    advice = found.advice.astype(object).where(found.advice.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in advice.to_dict("records")]


def _show(found: Replicates, target: float) -> None:
    """Print the noise at the last number of seeds, and what to choose."""
    last = found.course.groupby("outcome", sort=False).last()
    typer.echo("\nNoise of chance in the headline outcomes, summed over the years of a run:\n")
    typer.echo(
        f"{'outcome':44s} {'mean':>10s} {'half-width':>11s} {'narrow at':>10s} {'stable at':>10s}"
    )
    for row in _rows(found):
        of = last.loc[row["outcome"]]
        met = [
            "not yet" if value is None else f"{value:.0f} seeds"
            for value in (row["for_width"], row["for_stability"])
        ]
        typer.echo(
            f"{row['outcome']:44s} {of['mean']:10,.0f} {of['relative_half_width']:11.2%} "
            f"{met[0]:>10s} {met[1]:>10s}"
        )
    if found.recommended is None:
        typer.echo(
            f"\nThese seeds do not yet meet both criteria for all outcomes; about {found.expected} "
            f"are expected to bring every half-width to {target:.1%} of the mean."
        )
    else:
        typer.echo(
            f"\nRecommended: {found.recommended} seeds (half-widths of {target:.1%} or less, and "
            "coefficients of variation that have settled)."
        )
    typer.echo("More seeds narrow chance only, not what is unknown about the parameters.")
