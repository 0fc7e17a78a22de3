"""Stays in places: who comes in, who goes out, and the weeks that are lived there.

The three are counted apart, from events and from the weekly stock. Little's law ties them: over
any window the stock grows by inflow less outflow, and stays, cut at both ends of the window, add
up to the weeks lived there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents.codes import Place
from ...agents.places import labels
from ..world.events import Event
from .events import years_of
from .items import Items
from .observer import Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from .events import Events

PLACES: Final = tuple(place for place in Place if place is not Place.ORIGIN)
METRICS: Final = ("inflow", "outflow", "weeks")


def _place_stays(observed: Observed) -> list[Units]:
    begun, ended = begins(observed.events), ends(observed.events)
    return [
        labelled(begun, begun.named("to_place") + "/inflow"),
        labelled(ended, ended.named("place") + "/outflow"),
        _weeks(observed.weekly),
    ]


def begins(events: Events) -> Events:
    """Return the events with which stays begin: entries, and moves (column `to_place`)."""
    events = events.of(Event.ENTERED, Event.MOVED)
    return events.where((events["kind"] == Event.ENTERED) | _elsewhere(events))


def ends(events: Events) -> Events:
    """Return the events with which stays end: moves, and departures (column `place`)."""
    events = events.of(Event.MOVED, Event.LEFT)
    return events.where((events["kind"] == Event.LEFT) | _elsewhere(events))


def _elsewhere(events: Events) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(events["place"] != events["to_place"])


def _weeks(weekly: pd.DataFrame) -> Units:
    """Return the weeks lived in each place in the Netherlands."""
    code = pd.Categorical(weekly["place"], categories=list(labels(PLACES))).codes
    here = np.flatnonzero(code >= 0)
    return Units(
        years_of(weekly["week"].to_numpy()[here]),
        Items(code[here].astype(np.intp), labels(PLACES)) + "/weeks",
        value=weekly["persons"].to_numpy(np.float64)[here],
    )


STAY_TABLES: Final = (
    Observer(
        table="place_stays",
        items=tuple(f"{place}/{metric}" for place in labels(PLACES) for metric in METRICS),
        population="all persons of the model who live in the Netherlands",
        unit="person_week",
        year_rule="year of the move, entry or departure; of the week",
        rounding=0,
        blind_spots=(
            "Items that end in `/weeks` count person-weeks, the others persons. Somebody who comes "
            "twice counts twice. Weeks over the weeks of the year are the mean stock; weeks over "
            "inflow are the mean stay only in a place that is steady. How far it is from that "
            "shows in inflow less outflow, the growth of the stock: where it is not small beside "
            "the inflow, the place fills or empties, and no mean stay follows. A stay that begins "
            "and ends in the same week has no weeks."
        ),
        source="own (ODD: Observation)",
        count=_place_stays,
    ),
)
