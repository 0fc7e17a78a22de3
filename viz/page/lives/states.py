"""Where persons and households stand in a week: nine states, and eleven places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from ....abm.world.events import COLUMNS
from ....agents.codes import Destination, Outcome, Place
from ....agents.places import IS_HIDDEN
from ...figures import palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ....abm.world.events import Event, EventLog
    from ....abm.world.persons.people import People

    Rows = NDArray[np.intp]
    Codes = NDArray[np.intp]

Events: TypeAlias = "dict[str, NDArray[Any]]"  # raw columns of the log

STATES: Final = (  # in the order of stacking from the bottom; the first six have left
    "returned_independent",
    "forced",
    "returned_unseen",
    "moved_on",
    "got_permit",
    "other",
    "in_procedure",
    "file_open",
    "out_of_sight",
)
FORCED: Final = STATES.index("forced")
LEFT: Final = STATES.index("in_procedure")  # how many of them have left
IN_PROCEDURE, FILE_OPEN, OUT_OF_SIGHT = range(LEFT, len(STATES))
PLACES: Final = tuple(place for place in palette.PLACES if place is not Place.ORIGIN)
PLACE_INDEX: Final = np.array(  # by `Place`
    [PLACES.index(place) if place in PLACES else -1 for place in Place], dtype=np.intp
)
_AFTER: Final = {
    Destination.ORIGIN: "returned_independent",  # unless the departure was forced
    Destination.MEMBER_STATE: "forced",
    Destination.HOME_UNOBSERVED: "returned_unseen",
    Destination.ONWARD: "moved_on",
    Destination.PERMIT: "got_permit",
    Destination.OTHER: "other",
}
_STATE_AFTER: Final = np.array(
    [STATES.index(_AFTER[each]) if each in _AFTER else -1 for each in Destination]
)


def events_since(log: EventLog, size: int) -> Events:
    """Return the raw columns of the log from its event number `size` on: views."""
    return {name: log.column(name)[size:] for name in COLUMNS}


def of_kind(events: Events, kind: Event) -> Events:
    """Return the events of one kind."""
    at = np.flatnonzero(events["kind"] == kind)
    return {name: column[at] for name, column in events.items()}


def state_after(left: Events) -> Codes:
    """Return the state in which each event `LEFT` leaves a person, as an index of `STATES`."""
    destination = left["destination"]
    removed = (destination == Destination.ORIGIN) & (left["outcome"] == Outcome.FORCED)
    return np.where(removed, FORCED, _STATE_AFTER[destination])


def here(people: People) -> Rows:
    """Return the rows of those who live in the Netherlands; who has left has the place origin."""
    return np.flatnonzero(people.place != Place.ORIGIN)


def state_of(people: People, rows: Rows) -> Codes:
    """Return the state of persons who live in the Netherlands, as in the table `year_end`."""
    hidden = np.where(IS_HIDDEN[people.place[rows]], OUT_OF_SIGHT, IN_PROCEDURE)
    return np.where(people.spell_open[rows], FILE_OPEN, hidden)
