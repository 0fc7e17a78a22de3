"""What is counted of each week that a model lives: states, places, tallies and flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...abm.world.events import Event
from .flows import Flows
from .states import LEFT, PLACE_INDEX, PLACES, STATES, events_since, here, state_after, state_of
from .tallies import SUMMED, TALLIES, of_week
from .weeks import FIRST, SAMPLED

if TYPE_CHECKING:
    from ...abm.world.model import ReturnModel

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
        rows = here(people)
        at = np.flatnonzero(events["kind"] == Event.LEFT)
        left = state_after({name: column[at] for name, column in events.items()})
        self.states[:LEFT] += np.bincount(left, minlength=LEFT)
        self.states[LEFT:] = np.bincount(state_of(people, rows), minlength=len(STATES))[LEFT:]
        self.places = np.bincount(PLACE_INDEX[people.place[rows]], minlength=len(PLACES))
        self.tallies = np.where(SUMMED, self.tallies, 0) + of_week(people, rows, events)
        self.flows.count(events)
        if week in SAMPLED:
            self._sampled.append(self.tallies.tolist())
        return size

    def draw(self) -> list[list[int]]:
        """Return each tally at the end of the sampled weeks so far."""
        return [list(each) for each in zip(*self._sampled, strict=True)]
