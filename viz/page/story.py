"""What happens to households in a week, in codes that the page puts into words.

A line tells of the first adult. The kinds of lines stand in `ORDER`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ...abm.world.events import MEMBERS
from ...abm.world.phases.hear import HEARD
from ...agents.codes import Force, LegalPhase, Option, Place, Reading, Stage, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from enum import IntEnum

    from numpy.typing import NDArray

    from ...abm.world.state import World

    Columns = dict[str, NDArray[Any]]

FORCES: Final = tuple(label(force) for force in Force)
# what is read of each household before its first week
BEFORE: Final[dict[str, int]] = {
    "phase": LegalPhase.PROCEDURE,
    "stage": Stage.NOT_CONSIDERING,
    "choice": Option.WAIT,
    "talked_week": 0,
    "reading": Reading.UNREAD,
    **dict.fromkeys(FORCES, 0),
}
AS_AT_ENTRY: Final = ("identified", "document")
READ: Final = (*BEFORE, *AS_AT_ENTRY)
LEAST_NEWS: Final = 0.01  # change of a belief, on its scale from 0 to 1, that is worth a line
PHASES: Final = {
    LegalPhase.DEPARTURE_TERM: "term",
    LegalPhase.OBLIGED: "obliged",
    LegalPhase.REPEAT_PROCEDURE: "repeat",
    LegalPhase.APPEAL: "appeal",
}
# within a week, in the order of the phases of the model that make them
ORDER: Final = (
    "entered",
    *PHASES.values(),
    "opened",
    "moved",
    "talk",
    "referred",
    "reached",
    "met",
    "news",
    "chose",
    "stage",
    *AS_AT_ENTRY,
    "applied",
    "granted",
    "refused",
    "withdrawn",
    "noticed",
    "cancelled",
    "closed",
    "left",
    "fared",
    "left_again",
)


class Lines(NamedTuple):
    """Lines of one kind in one week.

    Parameters
    ----------
    households : ndarray of int64, shape (n,)
        Their numbers.
    args : list of list
        What each line says beside its kind.
    """

    kind: str
    households: NDArray[np.int64]
    args: list[list[Any]]


@cache
def _names(enum: type[IntEnum]) -> dict[int, str]:
    return {int(code): label(code) for code in enum}


def labels(enum: type[IntEnum], values: NDArray[Any]) -> list[list[Any]]:
    """Return the label of each code as the one argument of a line."""
    names = _names(enum)
    return [[names[each]] for each in values.tolist()]


def of_columns(
    week: int, households: NDArray[np.int64], before: Columns, after: Columns
) -> Iterator[Lines]:
    """Yield what the columns of first adults tell of a week: law, talks, choices, papers.

    A weighing is told if it ends otherwise than the last: in the option that is chosen, or in
    the force that is strongest.

    Parameters
    ----------
    week : int
        The week as the model counts it.
    households : ndarray of int64, shape (n,)
        Their numbers.
    before, after : dict of str to ndarray, shape (n,)
        `READ` of each, a week before and now.
    """

    def lines(kind: str, mask: NDArray[np.bool_], **said: type[IntEnum]) -> Lines:
        at = np.flatnonzero(mask)
        named = [labels(enum, values[name][at]) for name, enum in said.items()]
        args = [[word for (word,) in each] for each in zip(*named, strict=True)]
        return Lines(kind, households[at], args or [[] for _ in at])

    values = {**after}
    turned = before["phase"] != after["phase"]
    for phase, kind in PHASES.items():
        yield lines(kind, turned & (after["phase"] == phase))
    yield lines("talk", after["talked_week"] == week, reading=Reading)
    forces, earlier = (np.stack([each[name] for name in FORCES]) for each in (after, before))
    strongest = forces.argmax(axis=0)
    new = (earlier.argmax(axis=0) != strongest) | (before["choice"] != after["choice"])
    new |= ~earlier.any(axis=0)  # the first weighing
    weighed = (forces != earlier).any(axis=0)
    values["strongest"] = strongest
    yield lines("chose", weighed & new, choice=Option, strongest=Force)
    yield lines("stage", before["stage"] != after["stage"], stage=Stage)
    for name in AS_AT_ENTRY:
        yield lines(name, after[name] & ~before[name])


class Listening:
    """The phase `hear`, with a note of what it moves in the beliefs of first adults.

    Parameters
    ----------
    wanted : callable
        Returns of which households, by number, notes are taken.
    """

    def __init__(
        self,
        hear: Callable[[World], None],
        wanted: Callable[[NDArray[np.int64]], NDArray[np.bool_]],
    ) -> None:
        self._hear, self._wanted = hear, wanted
        self.lines: list[Lines] = []

    def __call__(self, world: World) -> None:
        """Let all hear; no rows move meanwhile."""
        people = world.people
        rows = np.flatnonzero((people.person % MEMBERS == 0) & (people.place != Place.ORIGIN))
        rows = rows[self._wanted(people.household[rows])]
        before = [getattr(people, name)[rows].astype(np.float64) for name in HEARD]
        self._hear(world)
        households = people.household[rows]
        for name, old in zip(HEARD, before, strict=True):
            moved = getattr(people, name)[rows] - old
            at = np.flatnonzero(np.abs(moved) >= LEAST_NEWS)
            said: list[list[Any]] = [[name, "up" if each > 0 else "down"] for each in moved[at]]
            self.lines.append(Lines("news", households[at], said))
