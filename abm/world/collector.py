"""What Mesa's DataCollector keeps of a week: who is here, who has left and how freely, and harm.

Counts are in persons at full size, as in the model's own tables, and are Python numbers. Names are
those of the outcomes (docs/outcomes.md) wherever an outcome counts the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import mesa
import numpy as np
import pandas as pd

from ...agents import traits
from ...agents.codes import Danger, Destination, Outcome, Place, label
from ...agents.places import HELD, HIDDEN, IS_HELD, IS_HOME, UNSHELTERED
from ...agents.rules.after_return import unpack_danger
from .calendar import monday
from .events import Event, Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .events import EventLog
    from .phases.record import Tally
    from .state import World

    Value = float | pd.Timestamp | None

# persons now; the first three are all who live in the Netherlands
STATES: Final = ("in_procedure", "file_open", "out_of_sight", "children_out_of_sight")
AT: Final = {place: f"at_{label(place)}" for place in Place}
# totals since the first week of the years to report: persons who left, how freely adults did,
# who they were and into what danger; and weeks lived in harm
LEFT: Final = (
    "returned_independent",
    "returned_forced",
    "returned_unseen",
    "transferred",
    "moved_on",
    "got_permit",
)
FREEDOM: Final = (
    "adults_independent",
    "adults_informed",
    "adults_free",
    "adults_alternative",
    "adults_all_three",
    "adults_first_choice",
)
WHO: Final = ("children_returned", "returned_into_high_real_danger")
WEEKS: Final = ("weeks_without_stable_shelter", "child_weeks_without_stable_shelter", "weeks_held")
NAMES: Final = ("date", *STATES, *AT.values(), *LEFT, *FREEDOM, *WHO, *WEEKS)
# what only a model in which people weigh can tell
JUDGED: Final = (
    "adults_informed",
    "adults_alternative",
    "adults_all_three",
    "adults_first_choice",
    "returned_into_high_real_danger",
)


class Lived(Protocol):
    """The model, as far as its weeks are counted."""

    @property
    def world(self) -> World:
        """The world that lives the weeks."""

    @property
    def tally(self) -> Tally:
        """The ledgers."""

    @property
    def scale(self) -> float:
        """Persons for each simulated person."""

    @property
    def first_year(self) -> int:
        """The first year to report."""

    @property
    def report_from(self) -> int:
        """Its first week."""


class WeekCounts:
    """Counts of the last week that a model has lived, made once a week when first asked for.

    It reads the model's ledgers and its log and changes nothing, so draws and numbers of a run
    are the same with it and without.
    """

    def __init__(self) -> None:
        self._weeks = -1
        self._events = 0  # of the log, read so far
        self._left = dict.fromkeys((*LEFT, *FREEDOM, *WHO), 0)
        self._counts: dict[str, Value] = {}

    def read(self, name: str, model: Lived) -> Value:
        """Return one count.

        Parameters
        ----------
        name : str
            One of `NAMES`.
        """
        if self._weeks != model.tally.weeks:
            self._weeks = model.tally.weeks
            self._count(model)
        return self._counts[name]

    def _count(self, model: Lived) -> None:
        circumstances = model.tally.circumstances
        present = circumstances.present()
        self._add_leavers(model.world.log, model.report_from)
        returned = model.world.entered - model.world.departed - int(present.sum())
        counts = _states(present) | _at(present, returned) | self._left
        counts |= _weeks(circumstances.lived(model.first_year))
        self._counts = {name: float(number * model.scale) for name, number in counts.items()}
        if not model.world.weighs:
            self._counts |= dict.fromkeys(JUDGED)
        self._counts["date"] = pd.Timestamp(monday(model.world.week))

    def _add_leavers(self, log: EventLog, report_from: int) -> None:
        """Add the departures that the log holds since the last look."""
        new = slice(self._events, log.size)
        self._events = log.size
        left = log.column("kind")[new] == Event.LEFT
        left &= log.column("week")[new].astype(np.int64) >= report_from
        if left.any():
            for name, holds in _leavers(log, np.flatnonzero(left) + new.start).items():
                self._left[name] += int(np.count_nonzero(holds))


def weekly_reporters() -> dict[str, Callable[[Lived], Value]]:
    """Return reporters of one model for a `mesa.DataCollector`.

    Returns
    -------
    dict of str to callable
        By name: `date`, the Monday of the week; persons now, by state and by place; persons who
        have left since the first week of the years to report, with how freely adults returned,
        and harm. Totals are 0 in the spin-up. What can't be told where nobody weighs
        (`decision = hazards`) is None.
    """
    counts = WeekCounts()
    return {name: partial(counts.read, name) for name in NAMES}


def weekly_collector() -> mesa.DataCollector:
    """Return a DataCollector with `weekly_reporters`; it looks at no single agent."""
    return mesa.DataCollector(model_reporters=weekly_reporters())


def _states(present: NDArray[np.int64]) -> dict[str, int]:
    """Return persons in the Netherlands by state, as the table `year_end` tells them apart."""
    file_open = int(present[:, 1].sum())
    hidden = present[:, 0][:, list(HIDDEN)].sum(axis=1)  # by minor, with no file open
    out_of_sight = int(hidden.sum())
    in_procedure = int(present.sum()) - file_open - out_of_sight
    return dict(zip(STATES, (in_procedure, file_open, out_of_sight, int(hidden[1])), strict=True))


def _at(present: NDArray[np.int64], returned: int) -> dict[str, int]:
    """Return persons by place; at the origin are those whose return is followed."""
    by_place = present.sum(axis=(0, 1))
    by_place[Place.ORIGIN] = returned
    return {name: int(by_place[place]) for place, name in AT.items()}


def _weeks(lived: NDArray[np.int64]) -> dict[str, int]:
    """Return person-weeks without stable shelter, and held."""
    by_minor = lived.sum(axis=1)
    unsheltered = by_minor[:, list(UNSHELTERED)].sum(axis=1)
    held = by_minor[:, list(HELD)].sum()
    weeks = (int(unsheltered.sum()), int(unsheltered[1]), int(held))
    return dict(zip(WEEKS, weeks, strict=True))


def _leavers(log: EventLog, at: NDArray[np.intp]) -> dict[str, NDArray[np.bool_]]:
    """Return which of the departures at some positions in the log count under which name."""
    outcome, destination = log.column("outcome")[at], log.column("destination")[at]
    marks = log.column("marks")[at].astype(np.uint8)
    minor = traits.unpack(log.column("traits")[at].astype(np.int32), "minor") > 0
    home = IS_HOME[destination]
    at_origin = destination == Destination.ORIGIN
    adult = (outcome == Outcome.INDEPENDENT) & ~minor
    free = adult & ~IS_HELD[log.column("place")[at]] & ((marks & Mark.DESTITUTE) == 0)
    informed, alternative, willing = (
        adult & ((marks & mark) > 0) for mark in (Mark.INFORMED, Mark.ALTERNATIVE, Mark.WILLING)
    )
    return {
        "returned_independent": at_origin & (outcome == Outcome.INDEPENDENT),
        "returned_forced": at_origin & (outcome == Outcome.FORCED),
        "returned_unseen": destination == Destination.HOME_UNOBSERVED,
        "transferred": destination == Destination.MEMBER_STATE,
        "moved_on": destination == Destination.ONWARD,
        "got_permit": destination == Destination.PERMIT,
        "adults_independent": adult,
        "adults_informed": informed,
        "adults_free": free,
        "adults_alternative": alternative,
        "adults_all_three": informed & free & alternative,
        "adults_first_choice": willing,
        "children_returned": home & minor,
        "returned_into_high_real_danger": home
        & (unpack_danger(log.column("danger")[at])[0] == Danger.HIGH),
    }
