"""News of the week: whom it is about, of what kind it is, and how it turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.codes import Destination, News, Outcome, Went
from ....agents.rules.after_return import unpack
from ..events import MEMBERS, Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment

_SUPPORT: Final = (Event.MET, Event.GRANTED)
_TOLD: Final = np.isin(
    np.arange(max(Event) + 1), [Event.LEFT, Event.FARED, Event.LEFT_AGAIN, *_SUPPORT]
)

_HAPPENS: Final = np.array([News.REMOVAL, News.PERMIT, News.SUPPORT])


class Told(NamedTuple):
    """Pieces of news; two of one household and kind in one week count as one.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Numbers of the households that the news is about.
    kind : ndarray of int, shape (n,)
        `News`.
    sign : ndarray of float, shape (n,)
        From -1 to 1: how bad or good it is; 1 for all news except that of returns.
    """

    household: NDArray[np.int64]
    kind: NDArray[np.int64]
    sign: NDArray[np.float64]


class Happened(NamedTuple):
    """Events of the log that make news, of the first member of each household.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Household numbers.
    event, outcome, destination, fared : ndarray of int, shape (n,)
        Codes of the log.
    """

    household: NDArray[np.int64]
    event: NDArray[np.generic]
    outcome: NDArray[np.generic]
    destination: NDArray[np.generic]
    fared: NDArray[np.generic]


def happened(world: Moment, since: int) -> Happened:
    """Return the events since a position in the log, in the order of the log."""
    log = world.log
    person = log.column("person")[since:]
    at = np.flatnonzero(_TOLD[log.column("kind")[since:].astype(np.intp)] & (person % MEMBERS == 0))
    household = (person[at] // MEMBERS).astype(np.int64)
    columns = (log.column(name)[since:][at] for name in ("kind", "outcome", "destination", "fared"))
    return Happened(household, *columns)


def news_of_return(week: Happened) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the households whose return is news, and how it went.

    A return is news at its follow-ups in phase 12, and when the household leaves the origin
    again.

    Returns
    -------
    household : ndarray of int64, shape (n,)
        Household numbers of those who have returned.
    sign : ndarray of float64, shape (n,)
        1 for a return that lasts and is low in no dimension, -1 for any other.
    """
    _, went, _ = unpack(week.fared)
    checked = (week.event == Event.FARED) & (went != Went.LEFT_AGAIN)  # told when they left
    back = checked | (week.event == Event.LEFT_AGAIN)
    well = checked & (went == Went.SUSTAINED)
    return week.household[back], np.where(well[back], 1.0, -1.0)


def news_of(week: Happened) -> Told:
    """Return the news that the events of a week make.

    It tells of returns, removals, permits, and support found by meeting an organisation or by
    a grant.
    """
    left = week.event == Event.LEFT
    removed = left & (week.outcome == Outcome.FORCED)
    permitted = left & (week.destination == Destination.PERMIT)
    found = np.isin(week.event, _SUPPORT)
    of, at = np.nonzero(np.stack([removed, permitted, found]))
    household, sign = news_of_return(week)
    return Told(
        np.concatenate([household, week.household[at]]),
        np.concatenate([np.full(len(household), int(News.RETURN)), _HAPPENS[of]]),
        np.concatenate([sign, np.ones(len(at))]),
    )
