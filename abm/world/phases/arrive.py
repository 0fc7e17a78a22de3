"""Phase 2, arrive: the households of the frozen inflow enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....agents.codes import LegalPhase
from ..arrivals.newcomers import week_of_entry
from ..events import Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...evidence.timeline import Timeline
    from ..arrivals.newcomers import Entrances, Newcomers
    from ..arrivals.pull import Pull
    from ..state import World


WEEKS_AT_ONCE: Final = 13  # newcomers are built for a quarter of a year in one go


class Arrive:
    """Adds the households of the week; those without a procedure get a file at once.

    Draws are keyed by week and household, so newcomers can be built weeks ahead. When
    values change, those of the coming weeks are built again.
    """

    def __init__(self, entrances: Entrances, newcomers: Newcomers, pull: Pull) -> None:
        self._entrances = entrances
        self._newcomers = newcomers
        self._pull = pull
        self._built: dict[str, NDArray[Any]] = {}
        self._starts = np.zeros(1, dtype=np.int64)
        self._first_week = self._end_week = 0
        self._values = -1

    def under(self, timeline: Timeline) -> Arrive:
        """Return the phase under the levers on the inflow of another timeline."""
        inflow = self._pull.under(timeline)
        return Arrive(self._entrances.under(inflow), self._newcomers, self._pull)

    def __call__(self, world: World) -> None:
        """Let the week's households enter."""
        if world.week >= self._end_week or self._values != world.now.version:
            self._build(world)
        start, end = self._starts[world.week - self._first_week :][:2]
        if start == end:
            return
        columns = {name: column[start:end] for name, column in self._built.items()}
        added = world.people.add(columns)
        rows = np.arange(added.start, added.stop)
        world.entered += len(rows)
        world.note(Event.ENTERED, rows)
        world.open_files(rows[world.people.phase[rows] != LegalPhase.PROCEDURE])

    def _build(self, world: World) -> None:
        """Build the newcomers of the weeks to come."""
        self._first_week, self._values = world.week, world.now.version
        self._end_week = min(world.week + WEEKS_AT_ONCE, self._entrances.end)
        weeks = range(self._first_week, self._end_week)
        numbers, strata = zip(*(self._entrances.households(week) for week in weeks), strict=True)
        week = np.repeat(np.array(weeks, dtype=np.int64), [len(number) for number in numbers])
        self._built = self._newcomers.build(
            week, np.concatenate(numbers), np.concatenate(strata), world.now
        )
        edges = np.array([*weeks, self._end_week], dtype=np.int64)
        self._starts = np.searchsorted(week_of_entry(self._built["household"]), edges)
