"""The command `counsellor`: one counsellor's life, week by week."""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer

from ...abm.errors import InputError
from .. import options
from ..interruption import interruptible

YEAR: Final = 2015  # most organisations are open in it, or open in its course
WEEKS: Final = 26


def counsellor(
    organisation: Annotated[
        str, typer.Argument(metavar="ORGANISATION", help="For example iom, vwn or maatwerk.")
    ],
    number: Annotated[int, typer.Option(help="Which of its counsellors, from 1.")] = 1,
    seed: Annotated[int, typer.Option(help="Seed of the run.")] = 1,
    scale: options.Scale = options.SCALE,
    first_year: Annotated[
        int, typer.Option("--from", help="Year at whose beginning it begins.")
    ] = YEAR,
    weeks: Annotated[int, typer.Option(help="Weeks to tell of.")] = WEEKS,
    as_json: options.AsJson = False,
) -> None:
    """Print one counsellor's life week by week: clients, sessions, referrals, skill."""
    from ...abm.evidence.registry import registry
    from ...abm.world.calendar import first_week, year_of
    from ...abm.world.model import ReturnModel, numbers_refused
    from ..reports.counsellor_life import in_words, lived, organisation_of, refused

    whose = organisation_of(organisation)
    problems = [f"--{each}" for each in numbers_refused(seed, scale, first_year, options.LAST_YEAR)]
    if not problems:
        problems = refused(registry(), whose, number, first_year, weeks, options.LAST_YEAR)
    if problems:
        raise InputError(problems)
    last = year_of(first_week(first_year) + weeks - 1)
    model = ReturnModel(
        "baseline",
        rng=seed,
        scale=scale,
        first_year=first_year,
        last_year=last,
        registry=registry(),
    )
    with interruptible() as check:
        life = lived(model, whose, number, weeks, check)
    if as_json:
        typer.echo(json.dumps({"seed": seed, "scale": scale, **life}, indent=2))
        return
    typer.echo("\n".join(in_words(life, seed, scale)))
