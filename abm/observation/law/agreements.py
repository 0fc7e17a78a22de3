"""Agreements of origins to take back people who do not cooperate, and whether they are used."""

from __future__ import annotations

from typing import Final

import numpy as np

from ....agents.codes import Destination, Outcome
from ...world.events import Event
from ..departures import departures
from ..events import years_of
from ..observer import DIMENSIONS, Observed, Observer, Units, labelled

AGREEMENTS: Final = "agreements"
WITHIN_WEEKS: Final = 26  # agreements of August 2018 were looked at in March 2019 (s4 B15)
ITEMS: Final = ("given", f"followed_{WITHIN_WEEKS}w", f"used_{WITHIN_WEEKS}w")


def _agreements(observed: Observed) -> list[Units]:
    events = observed.events
    given = events.of(Event.AGREED)
    week = given["week"].astype(np.int64)
    end = week + WITHIN_WEEKS
    over = end <= events["week"].max(initial=0)
    followed, week, end = given.where(over), week[over], end[over]
    gone = departures(events)
    forced = gone["outcome"] == Outcome.FORCED
    gone = gone.where(forced & (gone["destination"] == Destination.ORIGIN))
    at = gone.latest(followed["person"], end)
    used = at >= 0
    used[used] = gone["week"][at[used]] >= week[used]
    year = years_of(end)
    return [
        labelled(given, ITEMS[0]),
        labelled(followed, ITEMS[1], year=year),
        labelled(followed.where(used), ITEMS[2], year=year[used]),
    ]


AGREEMENT_TABLES: Final = (
    Observer(
        table=AGREEMENTS,
        items=ITEMS,
        population="persons who do not cooperate, for whom the origin gives papers",
        unit="person",
        year_rule="given: year of the agreement; others: year in which half a year after it ends",
        rounding=0,
        blind_spots=(
            "A check beside 10 of some 50 and 35 of some 540 agreements that two countries gave "
            "and that were used (s4 B15 L6879-6890), of 2016-19 and of unnamed countries: no "
            "target. Used is a removal to the origin by force within half a year. Papers of people "
            "who cooperate or prepare to leave, and claims on other member states, are no "
            "agreements here. An agreement never expires in the model."
        ),
        source="own (s4 B15)",
        count=_agreements,
        dimensions=DIMENSIONS,
    ),
)
