"""The commands `plan` and `bench`: what a week does, and what it costs."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .. import options  # noqa: TC001 - typer reads the annotations

PLAN_SCALE = 20.0  # a year in a second or two, with every phase at work
PLAN_YEAR = 2015  # all places of the seven years exist by then


def plan(as_json: options.AsJson = False) -> None:
    """Print the phases of a week, in order, with the time each took in one year."""
    from ...abm.evidence.registry import registry
    from ...abm.world.model import ReturnModel
    from ...abm.world.scenario import load_scenario

    evidence = registry()
    model = ReturnModel(
        load_scenario("baseline", evidence),
        scale=PLAN_SCALE,
        first_year=PLAN_YEAR,
        last_year=PLAN_YEAR,
        registry=evidence,
    )
    model.run()
    seconds = model.stopwatch.seconds
    weeks = model.tally.weeks
    rows = [
        {
            "phase": phase.name,
            "does": phase.does,
            "acts": phase.act is not None,
            "writes": list(phase.writes),
            "microseconds_a_week": round(seconds[phase.name] / weeks * 1e6, 1),
        }
        for phase in model.stopwatch.plan
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    total = sum(seconds.values())
    typer.echo(f"A week, phase by phase ({weeks} weeks, {PLAN_SCALE:g} persons for each agent):\n")
    for number, (row, spent) in enumerate(zip(rows, seconds.values(), strict=True), start=1):
        cost = f"{row['microseconds_a_week']:8.0f} us  {spent / total:4.0%}"
        typer.echo(f"{number:3d}  {row['phase']:13s} {row['does']:46s} {cost}")


def bench(
    rounds: Annotated[int, typer.Option(min=1, help="Runs of each scale; the best counts.")] = 3,
    throughput: Annotated[
        bool, typer.Option("--throughput", help="Measure how fast many runs go: runner and store.")
    ] = False,
    runs: Annotated[int, typer.Option(min=2, help="Runs that --throughput makes.")] = 24,
) -> None:
    """Measure the cost of a person-week against an empty Mesa step; prints JSON."""
    if throughput:
        from ...abm.runs.speed.throughput import throughput as many_runs

        typer.echo(json.dumps(many_runs(runs), indent=2))
        return
    from ...abm.runs.speed.benchmark import benchmark

    typer.echo(json.dumps(benchmark(rounds), indent=2))
