"""The commands `interactions` and `survival`: factors together, and under each reading."""

from __future__ import annotations

from typing import Annotated

import typer

from ..sensitivity.session import (
    OUTCOME,
    SCALE,
    finish,
    folder_of,
    origin_of,
    refuse_numbers,
    runs_of,
)
from .run import DEFAULT, FIRST_YEAR, LAST_YEAR
from .sensitivity import (  # noqa: TC001 - typer reads the annotations
    Cluster,
    DryRun,
    From,
    Out,
    Outcome,
    Scale,
    Scenario,
    To,
    Workers,
)

PairedSeeds = Annotated[int, typer.Option(help="Seeds, the same everywhere.")]


def interactions(
    factors: Annotated[
        str,
        typer.Option(help="Pairs a:b with commas; `asked` for the four of the model's question."),
    ] = "asked",
    outcome: Outcome = OUTCOME,
    n: Annotated[int, typer.Option(help="Steps along a number.")] = 4,
    seeds: PairedSeeds = 4,
    scale: Scale = SCALE,
    first_year: From = FIRST_YEAR,
    last_year: To = LAST_YEAR,
    scenario: Scenario = DEFAULT,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = None,
    dry_run: DryRun = False,
) -> None:
    """Map two factors at a time, and tell what both do beyond the sum of each."""
    from ...abm.evidence.registry import registry
    from ..sensitivity.pairs import cells, grid, together
    from ..sensitivity.pictures import map_pictures
    from ..sensitivity.question import Ask

    ask = Ask("interactions", factors, outcome, n, seeds, scale, first_year, last_year, scenario)
    refuse_numbers(ask, workers, cluster)
    folder, evidence = folder_of(ask, out), registry()
    where, plan = grid(ask, evidence)
    store = runs_of(ask, plan.design, folder, workers=workers, cluster=cluster, dry_run=dry_run)
    if store is None:
        return
    frames = {
        "cells": cells(ask, where, plan, store),
        "interactions": together(ask, where, plan, store),
    }
    said = [
        f"{row.pair} at {row.high_a}, {row.high_b}, {row.outcome}: {row.says} "
        f"({row.together:.4g}, {row.low:.4g} to {row.high:.4g})."
        for row in frames["interactions"].itertuples()
    ]
    runs = len(plan.design.runs)
    pictures = map_pictures(frames["cells"], origin_of(ask, evidence.evidence_hash(), runs))
    finish(ask, folder, frames, pictures, said, runs=runs, evidence_hash=evidence.evidence_hash())


def survival(
    factors: Annotated[
        str, typer.Option(help="levers, or names of levers and records with commas.")
    ] = "levers",
    switches: Annotated[
        str, typer.Option(help="switches for all, or names with commas: what is contested.")
    ] = "switches",
    outcome: Outcome = OUTCOME,
    seeds: PairedSeeds = 8,
    scale: Scale = SCALE,
    first_year: From = FIRST_YEAR,
    last_year: To = LAST_YEAR,
    scenario: Scenario = DEFAULT,
    factorial: Annotated[
        bool, typer.Option("--factorial", help="All combinations of the switches' alternatives.")
    ] = False,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = None,
    dry_run: DryRun = False,
) -> None:
    """Tell which conclusions survive the dispute: each factor's effect under each reading."""
    from ...abm.evidence.registry import registry
    from ..sensitivity.pictures import survival_pictures
    from ..sensitivity.question import Ask
    from ..sensitivity.readings import conclusions, crossed_readings, effects

    ask = Ask(
        "survival", factors, outcome, 2, seeds, scale, first_year, last_year, scenario,
        factorial=factorial, switches=switches,
    )  # fmt: skip
    refuse_numbers(ask, workers, cluster)
    folder, evidence = folder_of(ask, out), registry()
    where, plan = crossed_readings(ask, evidence)
    store = runs_of(ask, plan.design, folder, workers=workers, cluster=cluster, dry_run=dry_run)
    if store is None:
        return
    found = effects(ask, where, plan, store)
    frames = {"effects": found, "conclusions": conclusions(found)}
    said = [
        f"{row.factor}, {row.outcome}: {row.words}." for row in frames["conclusions"].itertuples()
    ]
    runs = len(plan.design.runs)
    pictures = survival_pictures(found, origin_of(ask, evidence.evidence_hash(), runs))
    finish(ask, folder, frames, pictures, said, runs=runs, evidence_hash=evidence.evidence_hash())
