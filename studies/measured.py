"""Runs on which pages of measurements are made, and what is read from them alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.value import freeze
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.world.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from terugkeer.abm.observation.observer import Observer
    from terugkeer.abm.world.events import EventLog
    from terugkeer.abm.world.model import ReturnModel

SEEDS: Final = (1, 2, 3)
SCALE: Final = 4  # persons for each simulated person
YEARS: Final = (2011, 2015)  # first and last; the split of later years is a blind test


@dataclass(frozen=True)
class Lives:
    """What happened in a run.

    Parameters
    ----------
    events : pandas.DataFrame
        `EventLog.frame()`, of the years measured.
    weekly : pandas.DataFrame
        `ReturnModel.weekly_frame()`, of all weeks.
    log : EventLog
        What happened in all weeks, for what tables count.
    undecided : mapping of int to float, optional
        `ReturnModel.undecided`.
    """

    events: pd.DataFrame
    weekly: pd.DataFrame
    log: EventLog
    undecided: Mapping[int, float] = field(default_factory=dict, kw_only=True)


def lived(model: ReturnModel, last: int = YEARS[1]) -> Lives:
    """Run a model to its end, and return what happened from the first year to `last`."""
    model.run()
    events = model.log.frame(model.countries)
    of_years = events[events["year"].between(YEARS[0], last)]
    return Lives(of_years, model.weekly_frame(), model.log, undecided=model.undecided)


def observed(
    runs: Sequence[Lives], observer: Observer, years: tuple[int, int] = YEARS
) -> pd.DataFrame:
    """Return a table of the model, mean over runs.

    Returns
    -------
    pandas.DataFrame
        Items by years, persons.
    """
    seen = [
        Observed(Events(each.log), each.weekly, SCALE, undecided=each.undecided) for each in runs
    ]
    rows = pd.concat([observer.rows(each, *years) for each in seen])
    rows = rows[rows["group"] == "all"]
    return rows.pivot_table(
        index="item", columns="year", values="persons", aggfunc="mean", sort=False
    )


def override(target: str, value: str | float) -> Override:
    """Return one value changed for all days."""
    return Override(target, "set", freeze(value), None, "studies")


def changed(name: str, target: str, value: str | float) -> Scenario:
    """Return the baseline with one value changed for all days."""
    return Scenario(name, entries=(override(target, value),))
