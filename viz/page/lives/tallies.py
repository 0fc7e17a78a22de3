"""What is summed up or stands in each week, with the definitions of `abm.observation`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from ....abm.world.events import Event, Mark
from ....agents import traits
from ....agents.codes import Danger, Destination, Outcome
from ....agents.places import IS_HELD, IS_HOME, IS_UNSHELTERED
from ....agents.rules.after_return import unpack_danger
from .states import FILE_OPEN, FORCED, IN_PROCEDURE, OUT_OF_SIGHT, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ....abm.world.persons.people import People
    from .states import Codes, Events, Rows

    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Tallied:
    """A number that the page keeps for each week.

    Parameters
    ----------
    id : str
        That of the outcome in `abm.observation`, wherever one counts the same.
    stock : bool
        Whether it holds in the week; if not, it is a sum since week 0.
    unit : {"person", "person-week", "closing"}
        In what it is counted, in simulated ones.
    """

    id: str
    stock: bool
    unit: Literal["person", "person-week", "closing"]


_CLOSED: Final = {
    "independent": Outcome.INDEPENDENT,
    "forced": Outcome.FORCED,
    "unobserved": Outcome.UNOBSERVED,
}
TALLIES: Final = (
    Tallied("returned_independent", stock=False, unit="person"),
    Tallied("returned_forced", stock=False, unit="person"),
    Tallied("transferred", stock=False, unit="person"),
    Tallied("returned_unseen", stock=False, unit="person"),
    Tallied("moved_on", stock=False, unit="person"),
    Tallied("got_permit", stock=False, unit="person"),
    Tallied("left_other", stock=False, unit="person"),
    Tallied("adults_independent", stock=False, unit="person"),
    Tallied("adults_informed", stock=False, unit="person"),
    Tallied("adults_free", stock=False, unit="person"),
    Tallied("adults_alternative", stock=False, unit="person"),
    Tallied("adults_all_three", stock=False, unit="person"),
    Tallied("adults_first_choice", stock=False, unit="person"),
    Tallied("weeks_without_stable_shelter", stock=False, unit="person-week"),
    Tallied("child_weeks_without_stable_shelter", stock=False, unit="person-week"),
    Tallied("weeks_held", stock=False, unit="person-week"),
    Tallied("returned_into_high_real_danger", stock=False, unit="person"),
    Tallied("children_returned", stock=False, unit="person"),
    Tallied("in_procedure", stock=True, unit="person"),
    Tallied("file_open", stock=True, unit="person"),
    Tallied("out_of_sight", stock=True, unit="person"),
    Tallied("children_out_of_sight", stock=True, unit="person"),
    *(Tallied(name, stock=False, unit="closing") for name in _CLOSED),
)
SUMMED: Final = np.array([not each.stock for each in TALLIES])


def of_week(*several: Mapping[str, Mask]) -> NDArray[np.int64]:
    """Count one week, from what `leaving`, `living` and `closing` return of it.

    Returns
    -------
    ndarray of int64, shape (len(TALLIES),)
        Simulated persons, person-weeks and closings.
    """
    masks = {name: mask for each in several for name, mask in each.items()}
    return np.array([np.count_nonzero(masks[each.id]) for each in TALLIES], dtype=np.int64)


def closing(events: Events) -> dict[str, Mask]:
    """Return which closings of files count where."""
    closed = events["outcome"][events["kind"] == Event.CLOSED]
    return {name: closed == code for name, code in _CLOSED.items()}


def leaving(left: Events, state: Codes) -> dict[str, Mask]:
    """Return which departures count where; adults are those who were of age at entry.

    Parameters
    ----------
    left : dict of str to ndarray
        Raw columns of the departures.
    state : ndarray of int
        The state after each.
    """
    destination, marks = left["destination"], left["marks"]
    minor = traits.unpack(left["traits"], "minor") > 0
    home, transferred = IS_HOME[destination], destination == Destination.MEMBER_STATE
    adult = ~minor & (left["outcome"] == Outcome.INDEPENDENT)
    free = ~IS_HELD[left["place"]] & ((marks & Mark.DESTITUTE) == 0)
    informed, alternative = (marks & Mark.INFORMED) > 0, (marks & Mark.ALTERNATIVE) > 0
    return {
        "returned_independent": state == STATES.index("returned_independent"),
        "returned_forced": (state == FORCED) & ~transferred,
        "transferred": transferred,
        "returned_unseen": state == STATES.index("returned_unseen"),
        "moved_on": state == STATES.index("moved_on"),
        "got_permit": state == STATES.index("got_permit"),
        "left_other": state == STATES.index("other"),
        "adults_independent": adult,
        "adults_informed": adult & informed,
        "adults_free": adult & free,
        "adults_alternative": adult & alternative,
        "adults_all_three": adult & informed & free & alternative,
        "adults_first_choice": adult & ((marks & Mark.WILLING) > 0),
        "returned_into_high_real_danger": home & (unpack_danger(left["danger"])[0] == Danger.HIGH),
        "children_returned": home & minor,
    }


def living(people: People, rows: Rows, state: Codes) -> dict[str, Mask]:
    """Return which of those who live in the Netherlands count where.

    Parameters
    ----------
    rows : ndarray of intp
        Those who live there after the week.
    state : ndarray of int
        The state of each.
    """
    unstable = IS_UNSHELTERED[people.place[rows]]
    child = traits.unpack(people.traits[rows], "minor") > 0
    return {
        "weeks_without_stable_shelter": unstable,
        "child_weeks_without_stable_shelter": unstable & child,
        "weeks_held": IS_HELD[people.place[rows]],
        "in_procedure": state == IN_PROCEDURE,
        "file_open": state == FILE_OPEN,
        "out_of_sight": state == OUT_OF_SIGHT,
        "children_out_of_sight": (state == OUT_OF_SIGHT) & child,
    }
