"""Events as observers read them: columns of codes of some rows of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...agents import codes, traits
from ...agents.rules.methods import unpack_step
from ..world.calendar import EPOCH
from ..world.events import MEMBERS, Event, Mark
from .items import Items, named

if TYPE_CHECKING:
    from enum import IntEnum

    from numpy.typing import NDArray

    from ..world.events import EventLog

CODES: Final[dict[str, type[IntEnum]]] = {
    "kind": Event,
    "route": codes.Route,
    "place": codes.Place,
    "to_place": codes.Place,
    "outcome": codes.Outcome,
    "destination": codes.Destination,
    "helper": codes.Organisation,
    "referred_by": codes.Organisation,
    "payer": codes.Payer,
    "reason": codes.Reason,
    "part_of_help": codes.PartOfHelp,
    "reading": codes.Reading,
    "method": codes.Method,
}
MARKS: Final = {str(mark.name).lower(): np.uint8(mark) for mark in Mark}
FLAGS: Final = ("dublin", "family", "minor", "female")  # traits that hold or don't
_WEEKS: Final = 1 << 15  # more than the log can hold


class Events:
    """Some events of a log, in codes.

    `events["place"]` is a column of numbers.

    Parameters
    ----------
    log : EventLog
        What happened in a run.
    rows : ndarray of int, optional
        Positions in the log; all events if left out.
    """

    def __init__(self, log: EventLog, rows: NDArray[np.intp] | None = None) -> None:
        self.log = log
        self._rows = rows

    def __len__(self) -> int:
        """Return the number of events."""
        return self.log.size if self._rows is None else len(self._rows)

    def where(self, mask: NDArray[np.bool_]) -> Events:
        """Return the events at which a mask holds."""
        return self.take(np.flatnonzero(mask))

    def take(self, at: NDArray[np.intp]) -> Events:
        """Return the events at some positions."""
        return Events(self.log, at if self._rows is None else self._rows[at])

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column of the log, one of the traits and marks that it packs, or another.

        Parameters
        ----------
        name : str
            Also `household` (number of the household), `year` (ISO year of the week), `method`
            (code of the method that the event is about) and `method_step` (its last finished step).
        """
        if name in MARKS:
            return np.asarray((self["marks"] & MARKS[name]) > 0)
        if name in traits.FIELDS:
            values = traits.unpack(self["traits"], name)
            return values > 0 if name in FLAGS else values
        if name == "household":
            return np.asarray(self["person"] // MEMBERS)
        if name == "year":
            return years_of(self["week"])
        if name in ("method", "method_step"):
            return unpack_step(self["step_of_method"])[name == "method_step"]
        column = self.log.column(name)
        return column if self._rows is None else column[self._rows]

    def named(self, column: str) -> Items:
        """Return a column of `CODES` with its labels."""
        return named(self[column], CODES[column])

    def of(self, *kinds: Event) -> Events:
        """Return the events of some kinds."""
        wanted = np.zeros(max(Event) + 1, dtype=np.bool_)
        wanted[list(kinds)] = True
        return self.where(wanted[self["kind"]])

    def key(self, *columns: str) -> NDArray[np.int64]:
        """Return a number for each event, the same where some columns are all the same.

        Parameters
        ----------
        *columns : str
            Columns of whole numbers from 0 on.
        """
        key = np.zeros(len(self), dtype=np.int64)
        for name in columns:
            values = self[name].astype(np.int64)
            key = key * (values.max(initial=0) + 1) + values
        return key

    def first(self, *columns: str) -> Events:
        """Return the first event of each combination of columns, which are those of `key`."""
        return self.take(np.sort(np.unique(self.key(*columns), return_index=True)[1]))

    def latest(self, person: NDArray[np.integer], week: NDArray[np.integer]) -> NDArray[np.intp]:
        """Return the position of the last event of each person up to a week.

        Parameters
        ----------
        person, week : ndarray of int, shape (n,)
            Of whom, and up to when: events of that week count.

        Returns
        -------
        ndarray of int, shape (n,)
            Positions among these events; -1 where there is none.
        """
        if not len(self):
            return np.full(len(person), -1)
        key = self["person"] * _WEEKS + self["week"]
        order = np.argsort(key, kind="stable")  # the later of a week is the later in the log
        found = np.searchsorted(key[order], person * _WEEKS + week, side="right") - 1
        at = order[found]
        return np.where((found >= 0) & (self["person"][at] == person), at, -1)


def years_of(weeks: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the ISO year of each week, that of its Thursday."""
    thursdays = np.datetime64(EPOCH) + (7 * weeks.astype(np.int64) + 3)
    return thursdays.astype("datetime64[Y]").astype(np.int64) + 1970
