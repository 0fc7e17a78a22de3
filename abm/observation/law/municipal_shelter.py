"""Municipal shelter: weeks on condition, allowances, and who of night shelter gets a permit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Destination, Place
from ...world.calendar import WEEKS_PER_YEAR
from ...world.events import Event
from ..departures import departures
from ..items import Items
from ..observer import Observed, Observer, Units, labelled, only_weighed

if TYPE_CHECKING:
    from ..events import Events

EDGES: Final = (WEEKS_PER_YEAR, 4 * WEEKS_PER_YEAR, 8 * WEEKS_PER_YEAR)
MOVED_IN: Final = "moved_in"
PERMITS: Final = (
    "permit_within_1_year",
    "permit_after_1_to_3_years",
    "permit_after_4_to_7_years",
    "permit_after_8_years_or_more",
)
MUNICIPAL: Final = ("turns_begun", "turned_out", "allowances_given")


def _residents(observed: Observed) -> list[Units]:
    entered = _into_night_shelter(observed.events)
    permits = departures(observed.events)
    permits = permits.where(permits["destination"] == Destination.PERMIT)
    at = entered.latest(permits["person"], permits["week"])
    after = at >= 0
    since = entered.take(at[after])
    weeks = permits["week"][after].astype(np.int64) - since["week"]
    return [
        labelled(entered, MOVED_IN),
        labelled(since, Items(np.digitize(weeks, EDGES), PERMITS)),
    ]


def _into_night_shelter(events: Events) -> Events:
    """Return the first move of each person into a night shelter."""
    moved = events.of(Event.MOVED)
    return moved.where(moved["to_place"] == Place.NIGHT_SHELTER).first("person")


def _municipal(observed: Observed) -> list[Units]:
    events = observed.events
    moved = events.of(Event.MOVED)
    out = (moved["place"] == Place.NIGHT_SHELTER) & (moved["to_place"] == Place.STREET)
    return [
        labelled(events.of(Event.TURN_BEGUN), "turns_begun"),
        labelled(moved.where(out), "turned_out"),
        labelled(events.of(Event.ALLOWANCE_GIVEN), "allowances_given"),
    ]


SHELTER_TABLES: Final = (
    Observer(
        table="municipal_shelter",
        items=MUNICIPAL,
        population="persons of the model in a night shelter on condition, or with an allowance",
        unit="start",
        year_rule="year of the week in which it happens",
        rounding=0,
        blind_spots=(
            "`turns_begun`: weeks in a night shelter on condition begin, once in a life. "
            "`turned_out`: they end on the street; those that end in a freedom-restricting "
            "location stand in `flows` with others who ask for guidance. `allowances_given`: a "
            "client who loses help and finds it again can count twice."
        ),
        source="own (ODD: Observation)",
        count=_municipal,
        cannot_tell=only_weighed(MUNICIPAL),
    ),
    Observer(
        table="night_shelter_residents",
        items=(MOVED_IN, *PERMITS),
        population="persons of the model who have ever moved into a night shelter",
        unit="person",
        year_rule="year of the first move into one, also for permits that come later",
        rounding=0,
        blind_spots=(
            "Who moved in late in a run has had few years in which a permit could come, so years "
            "are not comparable. Persons who left or died meanwhile count among those who moved "
            "in. The record beside it, 11 % of residents who got a status in the end (s4 B14, x5 "
            "E7), tells neither since when nor until when, and is no target."
        ),
        source="own (ODD: Observation); s4 B14 L5393-5397",
        count=_residents,
    ),
)
