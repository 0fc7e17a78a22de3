"""The commands `interactions` and `survival`: pairs of factors, and contested switches."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import options
from ..sensitivity.session import finish, folder_of, origin_of, refuse_numbers, runs_of

PairedSeeds = Annotated[int, typer.Option(help="Seeds; all settings share them.")]


def interactions(
    factors: Annotated[
        str,
        typer.Option(help="Pairs a:b with commas; `asked`: the four that practice asks about."),
    ] = "asked",
    outcome: options.Outcome = options.OUTCOME,
    n: Annotated[int, typer.Option(help="Steps along a number.")] = 4,
    seeds: PairedSeeds = 4,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    scenario: options.BaseScenario = options.DEFAULT,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
) -> None:
    """Map two factors at a time, and tell what they do together beyond the sum of their effects."""
    from ...abm.evidence.registry import registry
    from ..sensitivity.pairs import cells, grid, together
    from ..sensitivity.pictures import map_pictures
    from ..sensitivity.question import Question

    question = Question(
        "interactions", factors, outcome, n, seeds, scale, first_year, last_year, scenario
    )
    refuse_numbers(question, workers, cluster)
    folder, evidence = folder_of(question, out), registry()
    where, plan = grid(question, evidence)
    store = runs_of(
        question, plan.design, folder, workers=workers, cluster=cluster, dry_run=dry_run
    )
    if store is None:
        return
    frames = {
        "cells": cells(question, where, plan, store),
        "interactions": together(question, where, plan, store),
    }
    said = [
        f"{row.pair} at {row.high_a}, {row.high_b}, {row.outcome}: {row.says} "
        f"({row.together:.4g}, {row.low:.4g} to {row.high:.4g})."
        for row in frames["interactions"].itertuples()
    ]
    runs = len(plan.design.runs)
    pictures = map_pictures(frames["cells"], origin_of(question, evidence.evidence_hash(), runs))
    finish(
        question, folder, frames, pictures, said, runs=runs, evidence_hash=evidence.evidence_hash()
    )


def survival(
    factors: Annotated[
        str, typer.Option(help="`levers` for all, or names of levers and records with commas.")
    ] = "levers",
    switches: Annotated[
        str, typer.Option(help="Contested switches: `switches` for all, or names with commas.")
    ] = "switches",
    outcome: options.Outcome = options.OUTCOME,
    seeds: PairedSeeds = 8,
    scale: options.Scale = options.SCALE,
    first_year: options.FirstYear = options.FIRST_YEAR,
    last_year: options.LastYear = options.LAST_YEAR,
    scenario: options.BaseScenario = options.DEFAULT,
    factorial: Annotated[
        bool, typer.Option("--factorial", help="All combinations of the switches' alternatives.")
    ] = False,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.AnalysisFolder = None,
    dry_run: options.DryRun = False,
) -> None:
    """Tell which conclusions survive the dispute: effects under other alternatives of switches."""
    from ...abm.evidence.registry import registry
    from ..sensitivity.pictures import survival_pictures
    from ..sensitivity.question import Question
    from ..sensitivity.survival import conclusions, crossed_alternatives, effects

    question = Question(
        "survival", factors, outcome, 2, seeds, scale, first_year, last_year, scenario,
        factorial=factorial, switches=switches,
    )  # fmt: skip
    refuse_numbers(question, workers, cluster)
    folder, evidence = folder_of(question, out), registry()
    where, plan = crossed_alternatives(question, evidence)
    store = runs_of(
        question, plan.design, folder, workers=workers, cluster=cluster, dry_run=dry_run
    )
    if store is None:
        return
    found = effects(question, where, plan, store)
    frames = {"effects": found, "conclusions": conclusions(found)}
    said = [
        f"{row.factor}, {row.outcome}: {row.words}." for row in frames["conclusions"].itertuples()
    ]
    runs = len(plan.design.runs)
    pictures = survival_pictures(found, origin_of(question, evidence.evidence_hash(), runs))
    finish(
        question, folder, frames, pictures, said, runs=runs, evidence_hash=evidence.evidence_hash()
    )
