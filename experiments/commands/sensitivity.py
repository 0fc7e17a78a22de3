"""The commands `screen`, `sobol` and `pawn`: which factors move an outcome, and how surely."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ...abm.errors import InputError
from .. import options
from ..sensitivity.session import (
    doubled,
    finish,
    folder_of,
    origin_of,
    refuse_numbers,
    runs_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...abm.runs.store import Store
    from ..sensitivity.question import Question
    from ..sensitivity.study import Study
    from ..sensitivity.tables import Tables

PointSeeds = Annotated[int, typer.Option(help="Runs at each point.")]
Factors = Annotated[
    str,
    typer.Option(
        help="levers, parameters or switches; or names of levers (NAME or NAME@DAY) and records, "
        "with commas."
    ),
]
Group = Annotated[
    list[str] | None,
    typer.Option(
        help="NAME=a,b: factors that move as one; `schemes`: each with its amounts. Repeatable."
    ),
]
Double = Annotated[
    bool,
    typer.Option(
        "--double",
        help="Double the N of the folder and use its runs again; a stopped call is finished first.",
    ),
]


def screen(
    factors: Factors = "levers",
    outcome: options.Outcome = options.OUTCOME,
    trajectories: Annotated[int, typer.Option(help="Paths through the space; 30-50.")] = 30,
    seeds: PointSeeds = 1,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    scenario: options.BaseScenario = options.DEFAULT,
    group: Group = None,
    widths: Annotated[
        bool,
        typer.Option(
            "--widths", help="Also with priors half and twice as wide; takes three times the runs."
        ),
    ] = False,
    double: Double = False,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
) -> None:
    """Screen factors by elementary effects (Morris): which move an outcome at all."""
    from ..sensitivity.elementary import screen_tables
    from ..sensitivity.question import Question

    question = Question(
        "screen", factors, outcome, trajectories, seeds, scale, first_year, last_year, scenario,
        _groups(group, factors), widths=widths,
    )  # fmt: skip
    _analyse(question, screen_tables, out, workers, cluster, double=double, dry_run=dry_run)


def sobol(
    factors: Factors = "levers",
    outcome: options.Outcome = options.OUTCOME,
    n: Annotated[int, typer.Option(help="Base points, a power of two.")] = 64,
    seeds: PointSeeds = 1,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    scenario: options.BaseScenario = options.DEFAULT,
    group: Group = None,
    second_order: Annotated[
        bool,
        typer.Option("--second-order", help="Also tell pairs apart, at nearly twice the cost."),
    ] = False,
    emulator: Annotated[
        bool,
        typer.Option("--emulator", help="Run N points only; a Gaussian process predicts the rest."),
    ] = False,
    double: Double = False,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
) -> None:
    """Split an outcome's variance over factors (Sobol): first-order and total effects."""
    from ..sensitivity.emulated import emulator_tables
    from ..sensitivity.question import Question
    from ..sensitivity.variance import sobol_tables

    question = Question(
        "sobol", factors, outcome, n, seeds, scale, first_year, last_year, scenario,
        _groups(group, factors), second_order=second_order, emulator=emulator,
    )  # fmt: skip
    tables = emulator_tables if emulator else sobol_tables
    _analyse(question, tables, out, workers, cluster, double=double, dry_run=dry_run)


def pawn(
    factors: Factors = "parameters",
    outcome: options.Outcome = options.OUTCOME,
    n: Annotated[int, typer.Option(help="Points, a power of two.")] = 256,
    seeds: PointSeeds = 1,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    scenario: options.BaseScenario = options.DEFAULT,
    every_point: Annotated[
        bool | None,
        typer.Option(
            "--all-points/--plausible",
            help="All points, or only those that look like the Netherlands (default: parameters).",
        ),
    ] = None,
    tolerance: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=100.0,
            help="Keep points whose shares of closings differ from the record by at most so many "
            "percentage points; 0: within wide bounds.",
        ),
    ] = 0.0,
    double: Double = False,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
) -> None:
    """Rank factors from given data (PAWN): an aid before calibration, no split of variance."""
    from ..sensitivity.given_data import pawn_tables
    from ..sensitivity.question import Question

    plausible = factors.strip() == "parameters" or tolerance > 0.0
    if every_point is not None:
        plausible = not every_point
    if every_point and tolerance:
        raise InputError("--tolerance keeps some points and --all-points keeps all. Leave out one.")
    question = Question(
        "pawn", factors, outcome, n, seeds, scale, first_year, last_year, scenario,
        plausible=plausible, tolerance=tolerance if plausible else 0.0,
    )  # fmt: skip
    _analyse(question, pawn_tables, out, workers, cluster, double=double, dry_run=dry_run)


def _groups(given: list[str] | None, factors: str) -> dict[str, tuple[str, ...]]:
    """Return groups by name."""
    from ...abm.evidence.registry import registry
    from ...abm.space.factors import chosen_space, scheme_groups

    found: dict[str, tuple[str, ...]] = {}
    for each in given or []:
        if each == "schemes":
            found |= scheme_groups(chosen_space(registry(), factors))
            continue
        name, equals, members = each.partition("=")
        several = tuple(one.strip() for one in members.split(",") if one.strip())
        if not equals or not name.strip() or not several:
            raise InputError(f"--group {each!r}: write NAME=a,b with names of factors.")
        if name.strip() in found:
            raise InputError(f"--group {each!r}: there is a group {name.strip()!r} already.")
        found[name.strip()] = several
    return found


def _words(given: str) -> str:
    """Return names with commas, each once and without blanks."""
    return ",".join(dict.fromkeys(each.strip() for each in given.split(",") if each.strip()))


def _analyse(
    question: Question,
    tables_of: Callable[[Study, Store], Tables],
    out: Path | None,
    workers: int | None,
    cluster: str | None,
    *,
    double: bool,
    dry_run: bool,
) -> None:
    """Make an analysis from its question to its files."""
    from ...abm.evidence.registry import registry
    from ..sensitivity.pictures import pictures
    from ..sensitivity.question import STUDY, read_study, write_study
    from ..sensitivity.study import study_of

    question = replace(question, factors=_words(question.factors), outcome=_words(question.outcome))
    folder = folder_of(question, out)
    if double:
        question = replace(question, number=doubled(folder))
    refuse_numbers(question, workers, cluster)
    evidence = registry()
    study = study_of(question, evidence)
    design = study.design()
    store = runs_of(question, design, folder, workers=workers, cluster=cluster, dry_run=dry_run)
    if store is None:
        return
    try:
        found = tables_of(study, store)
    except InputError:
        if not (folder / STUDY).exists() or not read_study(folder)[1].get("finished"):
            # all runs are made and N does not do: another --double has to double it
            write_study(folder, question, {"finished": False, "refused": True})
        raise
    origin = origin_of(question, evidence.evidence_hash(), len(design.runs))
    finish(
        question,
        folder,
        found.frames,
        pictures(question.method, found.frames, origin),
        found.said,
        runs=len(design.runs),
        evidence_hash=evidence.evidence_hash(),
    )
