"""What is counted of each week that a model lives: states, places, tallies and flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....abm.world.events import Event
from .flows import Flows
from .states import (
    LEFT,
    PLACE_INDEX,
    PLACES,
    STATES,
    events_since,
    here,
    of_kind,
    state_after,
    state_of,
)
from .tallies import SUMMED, TALLIES, closing, leaving, living, of_week
from .weeks import FIRST, SAMPLED

if TYPE_CHECKING:
    from ....abm.world.model import ReturnModel

WEEKLY: Final = ("states", "places", "tallies")


class Lived:
    """Counts of simulated persons after the last week, and sums since the first.

    `states` has shape (9,), `places` (11,) and `tallies` (25,). Who left before the first week
    that is counted is in none of them. A copy of a model goes on with a copy of its counts.
    """

    def __init__(self) -> None:
        self.states = np.zeros(len(STATES), dtype=np.int64)
        self.places = np.zeros(len(PLACES), dtype=np.int64)
        self.tallies = np.zeros(len(TALLIES), dtype=np.int64)
        self.flows = Flows()
        self._sampled: list[list[int]] = []

    def live(self, model: ReturnModel) -> int:
        """Let a model live a week, and count it.

        Returns
        -------
        int
            The number of events in the log before that week.
        """
        size, week = model.log.size, model.week - FIRST
        model.step()
        events, people = events_since(model.log, size), model.people
        rows, left = here(people), of_kind(events, Event.LEFT)
        now, after = state_of(people, rows), state_after(left)
        self.states[:LEFT] += np.bincount(after, minlength=LEFT)
        self.states[LEFT:] = np.bincount(now, minlength=len(STATES))[LEFT:]
        self.places = np.bincount(PLACE_INDEX[people.place[rows]], minlength=len(PLACES))
        self.tallies *= SUMMED
        self.tallies += of_week(leaving(left, after), living(people, rows, now), closing(events))
        self.flows.count(left, after)
        if week in SAMPLED:
            self._sampled.append(self.tallies.tolist())
        return size

    def draw(self) -> list[list[int]]:
        """Return each tally at the end of the sampled weeks so far."""
        return [list(each) for each in zip(*self._sampled, strict=True)]
