"""News of the week: who has something to tell, of what kind, and how it turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ...agents.codes import Destination, News, Outcome
from .events import MEMBERS, Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .moment import Moment

_TOLD: Final = np.array([event in {Event.LEFT, Event.MET, Event.GRANTED} for event in Event])


_HAPPENS: Final = np.array([News.REMOVAL, News.PERMIT, News.SUPPORT])


class Told(NamedTuple):
    """Pieces of news; what is told twice in a week of one household and kind counts once.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Household numbers of those whom it is about.
    kind : ndarray of int, shape (n,)
        `News`.
    sign : ndarray of float, shape (n,)
        From -1 to 1: how bad or good; for what only happens, 1.
    """

    household: NDArray[np.int64]
    kind: NDArray[np.int64]
    sign: NDArray[np.float64]


class Happened(NamedTuple):
    """Events of the log of which news is made, of the first member of each household.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Household numbers.
    event, outcome, destination : ndarray of int, shape (n,)
        Codes of the log.
    """

    household: NDArray[np.int64]
    event: NDArray[np.generic]
    outcome: NDArray[np.generic]
    destination: NDArray[np.generic]


def happened(world: Moment, since: int) -> Happened:
    """Return what has happened since a point of the log.

    Parameters
    ----------
    world : Moment
        The state of the world.
    since : int
        Events before it are left out.

    Returns
    -------
    Happened
        In the order of the log.
    """
    log = world.log
    person = log.column("person")[since:]
    at = np.flatnonzero(_TOLD[log.column("kind")[since:].astype(np.intp)] & (person % MEMBERS == 0))
    household = (person[at] // MEMBERS).astype(np.int64)
    event, outcome, destination = (
        log.column(name)[since:][at] for name in ("kind", "outcome", "destination")
    )
    return Happened(household, event, outcome, destination)


def news_of_return(week: Happened) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return who tells how a return went, and how well it did.

    Who has left independently is taken to fare well and who was removed badly: forced
    returnees fare worse (x5 A19). How it truly goes after return is not looked at here.

    Parameters
    ----------
    week : Happened
        Events of the week.

    Returns
    -------
    household : ndarray of int64, shape (n,)
        Household numbers of those who have returned.
    sign : ndarray of float64, shape (n,)
        From -1, badly, to 1, well.
    """
    back = (week.event == Event.LEFT) & (week.destination == Destination.ORIGIN)
    forced = week.outcome[back] == Outcome.FORCED
    return week.household[back], np.where(forced, -1.0, 1.0)


def news_of(week: Happened) -> Told:
    """Return the news that the events of a week are.

    Parameters
    ----------
    week : Happened
        Events of the week.

    Returns
    -------
    Told
        Returns, removals, permits, and support found by meeting an organisation or by a
        grant.
    """
    left = week.event == Event.LEFT
    removed = left & (week.outcome == Outcome.FORCED)
    permitted = left & (week.destination == Destination.PERMIT)
    of, at = np.nonzero(np.stack([removed, permitted, ~left]))
    household, sign = news_of_return(week)
    return Told(
        np.concatenate([household, week.household[at]]),
        np.concatenate([np.full(len(household), int(News.RETURN)), _HAPPENS[of]]),
        np.concatenate([sign, np.ones(len(at))]),
    )
