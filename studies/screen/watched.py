"""Runs that are looked at week by week, and what is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict, Unpack

import pandas as pd
from terugkeer.abm.runs.result import WEEKLY_COLUMNS, RunResult, WeekError
from terugkeer.abm.world.calendar import monday
from terugkeer.abm.world.model import ReturnModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.world.scenario import Scenario

NEVER: Final = 100_000  # weeks


class Settings(TypedDict):
    """What the library's `simulate` takes besides a scenario and a seed, and its model too."""

    scale: float
    first_year: int
    last_year: int
    registry: Registry


def watched(
    scenario: Scenario,
    seed: int,
    look: Callable[[ReturnModel], None],
    until: int = NEVER,
    **settings: Unpack[Settings],
) -> ReturnModel:
    """Run a model, and look at it after each week.

    Parameters
    ----------
    until : int, optional
        Week at which to stop; the model's own end if left out.

    Raises
    ------
    WeekError
        If something goes wrong in a week, with that week.
    """
    model = ReturnModel(scenario, rng=seed, **settings)
    while model.running and model.week < until:
        try:
            model.step()
            look(model)
        except Exception as error:
            raise WeekError(model.week) from error
    return model


def note(week: int, what: str, persons: float) -> dict[str, object]:
    """Return a number of a run as a row of its weekly table, which a run can keep.

    Parameters
    ----------
    week : int
        The week it belongs to.
    what : str
        What is counted; stands under `population`.

    Returns
    -------
    dict of str to object
        A row that no observer counts, since its place is none.
    """
    values = (week, pd.Timestamp(monday(week)), "-", "-", what, float(persons))
    return dict(zip(WEEKLY_COLUMNS, values, strict=True))


def kept(model: ReturnModel, seed: int, weekly: pd.DataFrame, person_weeks: int) -> RunResult:
    """Return all events of a run, and in the place of its weeks what a look has noted."""
    return RunResult(
        scenario=model.settings.name,
        seed=seed,
        scale=model.scale,
        first_year=model.first_year,
        last_year=model.last_year,
        log=model.log,
        weekly=weekly,
        timings=dict(model.timings),
        person_weeks=person_weeks,
        countries=tuple(model.countries),
    )
