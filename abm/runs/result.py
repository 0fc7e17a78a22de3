"""What one run of the model hands to those who read it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..observation.events import Events
from ..observation.observer import Observed
from ..world.calendar import monday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..world.events import EventLog

WEEKLY_COLUMNS: Final = ("week", "date", "place", "phase", "population", "persons")
QUEUES_COLUMNS: Final = (
    "week",
    "date",
    "organisation",
    "clients",
    "waiting",
    "served",
    "capacity",
)


def _no_queues() -> pd.DataFrame:
    return pd.DataFrame(columns=list(QUEUES_COLUMNS))


class WeekError(Exception):
    """Something went wrong in a week of a run; the cause is attached.

    Parameters
    ----------
    week : int
        The week, as the calendar counts.
    """

    def __init__(self, week: int) -> None:
        self.week = week
        super().__init__(f"in the week of {monday(week)}")


@dataclass(frozen=True)
class RunResult:
    """One seed's run of one scenario, before anything is counted.

    Parameters
    ----------
    seed : int
        Seed of every draw.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years that are reported; the spin-up lies before them.
    log : EventLog
        Every event of a simulated person, the spin-up's included.
    weekly : pandas.DataFrame
        Columns `week` (int), `date` (the Monday, datetime64), `place`,
        `phase`, `population` (procedure, spell, known, never_known or
        returned; str) and `persons` (int, already times `scale`).
    timings : dict of str to float
        Seconds by phase of the week.
    person_weeks : int
        Simulated persons times weeks, the size of the work.
    queues : pandas.DataFrame, optional
        Columns `week` (int), `date` (the Monday, datetime64), `organisation` (str) and
        `clients, waiting, served, capacity` (float, persons, already times `scale`).
    countries : sequence of str, optional
        Countries of origin, by code.
    circumstances : pandas.DataFrame, optional
        How persons lived, by year: columns `world.ledgers.circumstances.COLUMNS`.
    spending : pandas.DataFrame, optional
        Columns `week` (int), `post` (str) and `euros` (float, already times `scale`).
    undecided : mapping of int to float, optional
        Departures through IOM, in persons by year, of people who are not in the model: they wait
        for a decision that would be a permit.
    """

    scenario: str
    seed: int
    scale: float
    first_year: int
    last_year: int
    log: EventLog
    weekly: pd.DataFrame
    timings: dict[str, float]
    person_weeks: int
    queues: pd.DataFrame = field(default_factory=_no_queues)
    countries: Sequence[str] = ()
    circumstances: pd.DataFrame | None = None
    spending: pd.DataFrame | None = None
    undecided: Mapping[int, float] | None = None

    @functools.cached_property
    def events(self) -> pd.DataFrame:
        """Events with their labels, `EventLog.frame()`: for people, nothing is counted from it."""
        return self.log.frame(self.countries)

    @property
    def observed(self) -> Observed:
        """What observers look at."""
        events = Events(self.log)
        return Observed(
            events, self.weekly, self.scale, self.circumstances, self.spending, self.undecided
        )
