"""Occasions: what in a week makes a household weigh its options (ODD: Decision).

They are read from what the phases before `weigh` leave in the columns, and move nothing
themselves: a talk has shifted beliefs by then, and an occasion only makes a household weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import LegalPhase
from ..help.case_managers import FIRST_TWO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Which = NDArray[np.bool_]

# a decision against a stay leads to these, and so does the end of a term
_DECIDED: Final = np.isin(
    list(LegalPhase), (LegalPhase.APPEAL, LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED)
)


def decided(world: Moment, rows: Rows) -> Which:
    """Return who had a decision this week, or whose departure term has ended.

    Decisions are the first refusal or order to leave, and a refusal of an appeal or a repeat
    application. Without an open file nobody is there to be told.
    """
    people = world.people
    found = (people.phase_since[rows] == world.week) & _DECIDED[people.phase[rows]]
    found |= people.lost_week[rows] == world.week  # no phase begins
    return np.asarray(found & people.spell_open[rows])


def talked(world: Moment, rows: Rows) -> Which:
    """Return who had the first or second talk of a file this week (by day 10, around day 15)."""
    people = world.people
    found = people.talked_week[rows] == world.week
    return np.asarray(found & (people.talks[rows] <= FIRST_TWO))


def moved(world: Moment, rows: Rows) -> Which:
    """Return who has lived elsewhere since this week: a stay has ended, or persons are released.

    Newcomers who await a first decision have just arrived and have ended no stay.
    """
    people = world.people
    found = people.place_since[rows] == world.week
    return np.asarray(found & (people.phase[rows] != LegalPhase.PROCEDURE))


def heard(world: Moment, rows: Rows) -> Which:
    """Return whose household heard weighty news this week (`agents.rules.news.weighty`)."""
    return np.asarray(world.people.news_week[rows] == world.week)


def decides(world: Moment, rows: Rows) -> Which:
    """Return with whom a method came to a provisional decision this week (s0 E6)."""
    return np.asarray(world.people.decides_week[rows] == world.week)


OCCASIONS: Final[Mapping[str, Callable[[Moment, Rows], Which]]] = {
    "decision": decided,
    "talk": talked,
    "move": moved,
    "news": heard,
    "method": decides,
}


def occasion(world: Moment, rows: Rows) -> Which:
    """Return for which rows the week brings an occasion: the same for a whole household.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    found = np.zeros(len(rows), dtype=np.bool_)
    for has in OCCASIONS.values():
        found |= has(world, rows)
    return found
