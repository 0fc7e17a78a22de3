"""The commands `plan` and `bench`: what a week does, and what it costs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from .. import options  # noqa: TC001 - typer reads the annotations
from ..interruption import interruptible

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
    rounds: Annotated[
        int, typer.Option(min=1, help="Lives of scales 1 and 20; the median counts.")
    ] = 3,
) -> None:
    """Measure what a week, a run and a person cost, beside an empty Mesa step; prints JSON."""
    from ...abm.runs.speed.benchmark import benchmark

    with interruptible() as check:
        found = benchmark(rounds, tell=_say, check=check)
    if found["fit_note"]:
        _say(found["fit_note"])
    typer.echo(json.dumps(found, indent=2))


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
