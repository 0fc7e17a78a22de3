"""The command `prior`: what the priors can produce, held against the record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from .. import options
from ..sensitivity.session import folder_of, origin_of, refuse_numbers, runs_of, write_found

if TYPE_CHECKING:
    import pandas as pd

    from ...abm.runs.store import Store
    from ...calibration.prior_design import PriorDesign
    from ...calibration.prior_predictive import Predicted
    from ...calibration.target import Target

NAMED: Final = 10  # pairs in conflict that are told; joint.csv has all


def prior(
    points: Annotated[int, typer.Option(help="Points over all priors and switches.")] = 256,
    seeds: Annotated[int, typer.Option(help="Runs at each point.")] = 2,
    scale: options.Scale = options.SCALE,
    targets: Annotated[
        Path | None, typer.Option(help="A .toml file of targets; those that ship if left out.")
    ] = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Show what the priors can produce beside the targets of the record, 2011-15."""
    from ...abm.evidence.registry import registry
    from ...calibration.prior_design import prior_design
    from ...calibration.target import FIRST_YEAR, LAST_YEAR
    from ...calibration.target_list import FILE, load_targets
    from ...viz.figures import prior_range
    from ..sensitivity.question import Question

    question = Question(
        "prior", "parameters, switches", "targets", points, seeds, scale, FIRST_YEAR, LAST_YEAR
    )
    refuse_numbers(question, workers, cluster)
    file = targets or FILE
    held_against = load_targets(file)
    question = replace(
        question,
        targets_file="" if file.samefile(FILE) else file.name,
        targets_sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    evidence = registry()
    design = prior_design(evidence, held_against, number=points, seeds=seeds, scale=scale)
    folder = folder_of(question, out)
    runs = design.plan.design
    store = runs_of(question, runs, folder, workers=workers, cluster=cluster, dry_run=dry_run)
    if store is None:
        return
    found, frames = _found(held_against, design, store)
    said = _said(found, frames, seeds)
    origin = origin_of(question, evidence.evidence_hash(), len(runs.runs))
    figure = prior_range.draw_prior_range(
        frames["targets"],
        {each.id: each.error.sd() for each in held_against},
        frames["beside"],
        origin,
        [each.id for each in held_against if each.bound],
    )
    picture = origin.png(figure, prior_range.TITLE, prior_range.DESCRIPTION)
    files = write_found(
        question,
        folder,
        frames,
        {"prior.png": picture},
        said,
        runs=len(runs.runs),
        evidence_hash=evidence.evidence_hash(),
    )
    if as_json:
        typer.echo(json.dumps(_told(found, frames, said, folder, files), indent=2))
        return
    for line in said:
        typer.echo(line)
    typer.echo(f"\nWritten to {folder}: {', '.join(files)}.")


def _found(
    targets: tuple[Target, ...], design: PriorDesign, store: Store
) -> tuple[Predicted, dict[str, pd.DataFrame]]:
    """Return what runs give for the targets, and the tables by name of their file."""
    from ...abm.observation.outcomes import COMPANIONS
    from ...abm.space.outcomes import outcomes_of_runs
    from ...calibration.drivers import drivers_table
    from ...calibration.prior_predictive import joint_table, predicted, ranges, targets_table

    yearly = store.rows(design=design.plan.design)
    found = predicted(targets, yearly, design.plan.keys)
    frames = {
        "targets": targets_table(found),
        "joint": joint_table(found),
        "drivers": drivers_table(design.space, design.points, found),
        "beside": ranges(outcomes_of_runs(yearly, COMPANIONS), design.plan.keys),
    }
    return found, frames


def _said(found: Predicted, frames: dict[str, pd.DataFrame], seeds: int) -> list[str]:
    """Return what the tables say, in sentences."""
    from ...abm.observation.outcomes import BY_ID
    from ...calibration.prior_predictive import share_meeting_all
    from ...viz.figures.picture import RECORD_SEEN, UNCALIBRATED
    from ...viz.figures.prior_range import in_digits

    table, joint = frames["targets"], frames["joint"]
    points = joint[joint["kind"] == "point"]
    lines = [f"{UNCALIBRATED}. {RECORD_SEEN}"]
    for use in ("calibration", "validation"):
        of_use = table[table["used_for"] == use]
        outside = of_use.loc[of_use["inside"] == "false", "target"].tolist()
        which = f": {', '.join(outside)}" if outside else ""
        lines.append(
            f"{len(outside)} of {len(of_use)} targets of {use} lie outside what the priors "
            f"produce (1 to 99 % of points){which}."
        )
    if len(points):
        lines.append(
            f"{share_meeting_all(found):.1%} of {len(points)} points meet all {points['of'].max()} "
            f"targets of calibration within 3 standard deviations; a point meets "
            f"{points['met'].median():g} of them (median), {points['met'].max()} at most."
        )
    conflicts = joint[joint["conflict"] == "true"]
    pairs = ", ".join(f"{a} with {b}" for a, b in conflicts[["target", "other"]].to_numpy()[:NAMED])
    more = f", and {len(conflicts) - NAMED} more" if len(conflicts) > NAMED else ""
    lines.append(f"{len(conflicts)} pairs of targets conflict{': ' if pairs else ''}{pairs}{more}.")
    lines += [
        f"{row.target}: no more than chance is known of what drives it."
        for row in frames["drivers"]
        .groupby("target", sort=False)
        .first()
        .reset_index()
        .itertuples()
        if row.known == "no"
    ]
    lines += [
        f"{target.id}: {untold} of {len(found.predictions)} points can't tell it, because nobody "
        "is counted; they count as not met."
        for target, untold in zip(found.targets, found.untold(), strict=True)
        if untold
    ]
    if seeds == 1:
        lines.append(
            "With one seed a point, chance in a run counts as a misfit; give --seeds 2 or more."
        )
    lines.append("Beside departures, over the same points (1, 50 and 99 %):")
    lines += [
        f"  {BY_ID[row['outcome']].label}: "
        f"{' / '.join(in_digits(row[name]) for name in ('low', 'median', 'high'))} "
        f"({BY_ID[row['outcome']].unit})"
        for row in frames["beside"].to_dict("records")
    ]
    return lines


def _told(
    found: Predicted,
    frames: dict[str, pd.DataFrame],
    said: list[str],
    folder: Path,
    files: list[str],
) -> dict[str, Any]:
    """Return the result for `--json`."""
    from ...calibration.prior_predictive import share_meeting_all

    def rows(name: str) -> list[dict[str, Any]]:
        frame = frames[name].astype(object)
        plain = frame.where(frame.notna(), None).to_dict("records")
        return [{str(key): value for key, value in row.items()} for row in plain]

    return {
        "points": len(found.predictions),
        "share_meeting_all": share_meeting_all(found),
        "targets": rows("targets"),
        "beside": rows("beside"),
        "said": said,
        "folder": str(folder),
        "files": files,
    }
