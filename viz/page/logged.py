"""What the log tells of households in a week, as lines of their stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...abm.world.events import MEMBERS, Event, Mark
from ...agents import traits
from ...agents.codes import Destination, Organisation, Outcome, Place, Route, Scheme, Went, label
from ...agents.rules.after_return import unpack
from .story import Lines, labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...abm.world.persons.people import People
    from .states import Events

    Args = list[list[Any]]


def of_log(events: Events, people: People) -> Iterator[Lines]:
    """Yield what events tell of first adults.

    Parameters
    ----------
    events : dict of str to ndarray
        Raw columns of the events of a week.
    people : People
        Those of the end of that week.
    """
    first = events["person"] % MEMBERS == 0
    for kind in np.unique(events["kind"][first]).tolist():
        if kind in _SAID:
            at = np.flatnonzero(first & (events["kind"] == kind))
            part = {name: column[at] for name, column in events.items()}
            args = _SAID[Event(kind)](part, people)
            yield Lines(label(Event(kind)), part["person"] // MEMBERS, args)


def _nothing(events: Events, _people: People) -> Args:
    return [[] for _ in events["person"]]


def _organisation(events: Events, _people: People) -> Args:
    return labels(Organisation, events["helper"])


def _left(events: Events, _people: People) -> Args:
    to, recorded = labels(Destination, events["destination"]), labels(Outcome, events["outcome"])
    return [one + two for one, two in zip(to, recorded, strict=True)]


def _schemes(bits: int) -> list[str]:
    return [str(scheme.name).lower() for scheme in Scheme if scheme and bits & scheme]


def _granted(events: Events, people: People) -> Args:
    """Tell schemes, and euro for each adult: None if the household has left in the same week."""
    args: Args = []
    rows = people.find(events["person"]).tolist()
    for row, bits in zip(rows, events["scheme"].tolist(), strict=True):
        sums = (people.cash_eur[row], people.in_kind_eur[row]) if row >= 0 else (None, None)
        args.append([_schemes(bits), *(None if each is None else round(each) for each in sums)])
    return args


_SAID: Final[dict[int, Callable[[Events, People], Args]]] = {
    Event.ENTERED: lambda events, _: labels(Route, traits.unpack(events["traits"], "route")),
    Event.OPENED: _nothing,
    Event.CLOSED: lambda events, _: labels(Outcome, events["outcome"]),
    Event.LEFT: _left,
    Event.MOVED: lambda events, _: labels(Place, events["to_place"]),
    Event.NOTICED: _nothing,
    Event.CANCELLED: lambda events, _: [
        [int(each > 0)] for each in events["marks"] & Mark.VANISHED
    ],
    Event.MET: _organisation,
    Event.REFERRED: _organisation,
    Event.REACHED: _organisation,
    Event.APPLIED: lambda events, _: [[_schemes(bits)] for bits in events["scheme"].tolist()],
    Event.GRANTED: _granted,
    Event.REFUSED: _nothing,
    Event.WITHDRAWN: _nothing,
    Event.FARED: lambda events, _: labels(Went, unpack(events["fared"])[1]),
    Event.LEFT_AGAIN: _nothing,
}
