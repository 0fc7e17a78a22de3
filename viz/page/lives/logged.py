"""What the log tells of households in a week, as lines of their stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....abm.world.events import MEMBERS, Event, Mark
from ....agents import traits
from ....agents.codes import (
    Destination,
    Method,
    Organisation,
    Outcome,
    Place,
    Route,
    Scheme,
    Went,
    label,
)
from ....agents.rules.after_return import unpack
from ....agents.rules.methods import unpack_step
from .story import labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from ....abm.world.persons.people import People
    from .states import Events, Rows

    Args = list[list[Any]]


def of_log(events: Events, people: People) -> list[tuple[int, str, list[Any]]]:
    """Return what events tell of first adults, in the order of the log.

    Parameters
    ----------
    events : dict of str to ndarray
        Raw columns of the events of a week.
    people : People
        Those of the end of that week.

    Returns
    -------
    list of tuple
        Household number, kind of the line, and what it says beside.
    """
    first = np.flatnonzero(events["person"] % MEMBERS == 0)
    kinds = events["kind"][first]
    found: dict[int, tuple[int, str, list[Any]]] = {}
    for kind in np.unique(kinds).tolist():
        if kind in _SAID:
            at = first[kinds == kind]
            numbers = (events["person"][at] // MEMBERS).tolist()
            said = _SAID[Event(kind)](events, at, people)
            for place, number, args in zip(at.tolist(), numbers, said, strict=True):
                found[place] = number, label(Event(kind)), args
    return [found[place] for place in sorted(found)]


def _nothing(_events: Events, at: Rows, _people: People) -> Args:
    return [[] for _ in at]


def _organisation(events: Events, at: Rows, _people: People) -> Args:
    return labels(Organisation, events["helper"][at])


def _left(events: Events, at: Rows, _people: People) -> Args:
    to = labels(Destination, events["destination"][at])
    recorded = labels(Outcome, events["outcome"][at])
    return [one + two for one, two in zip(to, recorded, strict=True)]


def _schemes(bits: int) -> list[str]:
    return [str(scheme.name).lower() for scheme in Scheme if scheme and bits & scheme]


def _granted(events: Events, at: Rows, people: People) -> Args:
    """Tell schemes, and euro for each adult: None if the household has left in the same week."""
    args: Args = []
    rows = people.find(events["person"][at]).tolist()
    for row, bits in zip(rows, events["scheme"][at].tolist(), strict=True):
        sums = (people.cash_eur[row], people.in_kind_eur[row]) if row >= 0 else (None, None)
        args.append([_schemes(bits), *(None if each is None else round(each) for each in sums)])
    return args


def _entered(events: Events, at: Rows, _people: People) -> Args:
    return labels(Route, traits.unpack(events["traits"][at], "route"))


def _closed(events: Events, at: Rows, _people: People) -> Args:
    return labels(Outcome, events["outcome"][at])


def _moved(events: Events, at: Rows, _people: People) -> Args:
    return labels(Place, events["to_place"][at])


def _cancelled(events: Events, at: Rows, _people: People) -> Args:
    return [[int(each > 0)] for each in events["marks"][at] & Mark.VANISHED]


def _applied(events: Events, at: Rows, _people: People) -> Args:
    return [[_schemes(bits)] for bits in events["scheme"][at].tolist()]


def _fared(events: Events, at: Rows, _people: People) -> Args:
    return labels(Went, unpack(events["fared"][at])[1])


def _method(events: Events, at: Rows, _people: People) -> Args:
    return labels(Method, unpack_step(events["step_of_method"][at])[0])


_SAID: Final[dict[int, Callable[[Events, Rows, People], Args]]] = {
    Event.ENTERED: _entered,
    Event.OPENED: _nothing,
    Event.CLOSED: _closed,
    Event.LEFT: _left,
    Event.MOVED: _moved,
    Event.NOTICED: _nothing,
    Event.CANCELLED: _cancelled,
    Event.MET: _organisation,
    Event.REFERRED: _organisation,
    Event.REACHED: _organisation,
    Event.APPLIED: _applied,
    Event.GRANTED: _granted,
    Event.REFUSED: _nothing,
    Event.WITHDRAWN: _nothing,
    Event.AWAITS_PLACE: _nothing,
    Event.FARED: _fared,
    Event.LEFT_AGAIN: _nothing,
    Event.REFERRAL_LOST: _organisation,
    Event.PROJECT_LOST: _organisation,
    Event.PROJECT_REFUSED: _organisation,
    Event.LOCAL_GRANTED: _nothing,
    Event.REGIONAL_GRANTED: _nothing,
    Event.SIGNED: _nothing,
    Event.TURN_BEGUN: _nothing,
    Event.ALLOWANCE_GIVEN: _nothing,
    Event.DEFERRED: _nothing,
    Event.PROMISED: _nothing,
    Event.PROMISED_REMOVABLE: _nothing,
    Event.PROMISE_BROKEN: _nothing,
    Event.RECOGNISED: _nothing,
    Event.NO_FAULT_TESTED: _nothing,
    Event.METHOD_BEGUN: _method,
    Event.METHOD_FINISHED: _method,
    Event.METHOD_LEFT: _method,
    Event.KIN_REACHED: _nothing,
    Event.KIN_WANT: _nothing,
}
