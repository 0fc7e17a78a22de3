"""One run of the model, from a scenario to its events and weeks."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from .result import WEEKLY_COLUMNS, RunResult, WeekError

if TYPE_CHECKING:
    from ..evidence.registry import Registry
    from ..world.scenario import Scenario


def simulate(
    scenario: Scenario,
    *,
    seed: int,
    scale: float,
    first_year: int,
    last_year: int,
    registry: Registry,
) -> RunResult:
    """Run one seed of a scenario; events and weeks are not yet counted.

    Parameters
    ----------
    seed : int
        Seed of every draw.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.

    Raises
    ------
    WeekError
        If something goes wrong in a week. Errors before the first week are raised as
        they are.
    """
    from ..world.model import ReturnModel  # noqa: PLC0415 - mesa takes a second to import

    model = ReturnModel(
        scenario,
        rng=seed,
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        registry=registry,
    )
    try:
        model.run()
    except Exception as error:
        raise WeekError(model.week) from error
    weekly = model.weekly_frame()[list(WEEKLY_COLUMNS)]
    persons = int(weekly["persons"].sum())
    result = RunResult(
        scenario=scenario.name,
        seed=seed,
        scale=scale,
        first_year=first_year,
        last_year=last_year,
        log=model.log,
        weekly=weekly,
        timings=dict(model.timings),
        person_weeks=round(persons / scale),
        queues=model.queues_frame(),
        countries=tuple(model.countries),
        circumstances=model.circumstances_frame(),
        spending=model.spending_frame(),
        undecided=model.undecided,
    )
    del model
    gc.collect()  # a world is full of circles of references: several would lie about until then
    return result
