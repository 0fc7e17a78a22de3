"""What happens to households in a week, in codes that the page puts into words.

A line tells of the first adult. The kinds of lines stand in `ORDER`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ....agents.codes import LegalPhase, Reading, Stage, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import IntEnum

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

# what is read of each household before its first week
BEFORE: Final[dict[str, int]] = {
    "phase": LegalPhase.PROCEDURE,
    "stage": Stage.NOT_CONSIDERING,
    "talked_week": 0,
    "reading": Reading.UNREAD,
}
AS_AT_ENTRY: Final = ("identified", "document")
READ: Final = (*BEFORE, *AS_AT_ENTRY)
PHASES: Final = {
    LegalPhase.DEPARTURE_TERM: "term",
    LegalPhase.OBLIGED: "obliged",
    LegalPhase.REPEAT_PROCEDURE: "repeat",
    LegalPhase.APPEAL: "appeal",
}
# within a week, in the order of the phases of the model in which they mostly happen
ORDER: Final = (
    "entered",
    *PHASES.values(),
    "no_fault_tested",
    "opened",
    "local_granted",
    "regional_granted",
    "deferred",
    "signed",
    "turn_begun",
    "moved",
    "talk",
    "promised",
    "promised_removable",
    "promise_broken",
    "referred",
    "reached",
    "referral_lost",
    "project_lost",
    "project_refused",
    "met",
    "allowance_given",
    "method_begun",
    "method_left",
    "method_finished",
    "kin_reached",
    "kin_want",
    "news",
    "chose",
    "stage",
    *AS_AT_ENTRY,
    "recognised",
    "applied",
    "awaits_place",
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
_RANK: Final = {kind: rank for rank, kind in enumerate(ORDER)}


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
    """Yield what the columns of first adults tell of a week: law, talks, stages, papers.

    Parameters
    ----------
    week : int
        The week as the model counts it.
    households : ndarray of int64, shape (n,)
        Their numbers.
    before, after : dict of str to ndarray, shape (n,)
        `READ` of each, a week before and now.
    """

    def lines(
        kind: str, mask: NDArray[np.bool_], said: tuple[str, type[IntEnum]] | None = None
    ) -> Lines:
        at = np.flatnonzero(mask)
        args: list[list[Any]] = [[] for _ in at]
        if said is not None:
            name, enum = said
            args = labels(enum, after[name][at])
        return Lines(kind, households[at], args)

    turned = before["phase"] != after["phase"]
    for phase, kind in PHASES.items():
        yield lines(kind, turned & (after["phase"] == phase))
    yield lines("talk", after["talked_week"] == week, ("reading", Reading))
    yield lines("stage", before["stage"] != after["stage"], ("stage", Stage))
    for name in AS_AT_ENTRY:
        yield lines(name, after[name] & ~before[name])


def in_order(
    logged: Iterable[tuple[int, str, list[Any]]], others: Iterable[Lines]
) -> list[tuple[int, list[Any]]]:
    """Return the lines of a week in the order of the phases, each with its household.

    Parameters
    ----------
    logged : iterable of tuple
        Household, kind and arguments of what the log tells, in its order, which is kept.
    others : iterable of Lines
        What columns and phases tell.

    Returns
    -------
    list of tuple
        Household numbers, and lists of a kind and its arguments.
    """
    found: list[tuple[int, int, list[Any]]] = []
    last: dict[int, int] = {}
    for household, kind, args in logged:
        last[household] = max(_RANK[kind], last.get(household, 0))
        found.append((last[household], household, [kind, *args]))
    for each in others:
        for household, args in zip(each.households.tolist(), each.args, strict=True):
            found.append((_RANK[each.kind], household, [each.kind, *args]))
    found.sort(key=lambda one: one[0])
    return [(household, line) for _, household, line in found]
