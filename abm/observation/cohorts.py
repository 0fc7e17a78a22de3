"""Cohorts: where persons are two years after their first file opened."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..world.events import Event
from .departures import TRUE_ITEMS, departures, true_outcome
from .events import years_of
from .items import first_of
from .observer import DIMENSIONS, Observed, Observer, Units, labelled

COHORTS: Final = "cohorts"
COHORT_WEEKS: Final = 104  # departures are looked at within two years of a rejection (s4 G8)
STILL_HERE: Final = ("file_open", "out_of_view")
COHORT_ITEMS: Final = ("opened", *TRUE_ITEMS, *STILL_HERE)


def _cohorts(observed: Observed) -> list[Units]:
    events = observed.events
    first = events.of(Event.OPENED).first("person")
    end = first["week"].astype(np.int64) + COHORT_WEEKS
    ended = end <= events["week"].max(initial=0)
    first, end = first.where(ended), end[ended]
    left = departures(events).first("person")
    departure = left.latest(first["person"], end)
    gone = departure >= 0
    files = events.of(Event.OPENED, Event.CLOSED)
    here = first.where(~gone)
    last = files.take(files.latest(here["person"], end[~gone]))
    file_open, out_of_view = STILL_HERE
    state = first_of({file_open: last["kind"] == Event.OPENED}, out_of_view)
    year = years_of(end)
    return [
        labelled(first, "opened", year=year),
        labelled(first.where(gone), true_outcome(left.take(departure[gone])), year=year[gone]),
        labelled(here, state, year=year[~gone]),
    ]


COHORT_TABLES: Final = (
    Observer(
        table=COHORTS,
        items=COHORT_ITEMS,
        population="persons whose first file opened two years before",
        unit="person",
        year_rule="year in which the two years end",
        rounding=0,
        blind_spots=(
            "The items after `opened` add up to it. A person whose file closed as unobserved and "
            "who still lives in the Netherlands counts as out of view; with a new file the person "
            "counts under `file_open`. Older hidden persons count from the first file that the "
            "model knows."
        ),
        source="own (ODD: Observation, cohorts)",
        count=_cohorts,
        dimensions=DIMENSIONS,
    ),
)
