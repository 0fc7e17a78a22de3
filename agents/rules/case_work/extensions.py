"""Longer stays in state shelter: when they are asked for, and how long they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def departs_within(
    ready: NDArray[np.bool_], weeks_left: NDArray[np.floating], within: float
) -> NDArray[np.bool_]:
    """Return whose departure falls within the weeks that can be agreed locally.

    `ready & (weeks_left <= within)`.

    Parameters
    ----------
    ready : ndarray of bool, shape (n,)
        Whether the household prepares to leave and has papers.
    weeks_left : ndarray of float, shape (n,)
        Weeks until a decision on support, or until help in kind is prepared; 0 if it awaits none.
    within : float
        Weeks that can be agreed locally.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    s1 L3324-3344: departure must fall within the two weeks.
    """
    return np.asarray(ready & (np.asarray(weeks_left) <= within))


def more_weeks(
    asks: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    answers: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    weeks: tuple[float, float],
    waits: NDArray[np.bool_] | bool = False,
) -> NDArray[np.float64]:
    """Return by how many weeks a stay is longer than its clock.

    `agreed * local` while more is asked locally, and `agreed * (local + approved * regional)`
    once it is asked in the region: nobody gets weeks there without the first ones, nor where
    `local` is 0. The region approves again as long as papers are awaited: then there is no end.

    Parameters
    ----------
    asks : tuple of ndarray of bool, shape (n,)
        Whether more is asked of the local and of the regional consultation.
    answers : tuple of ndarray of bool, shape (n,)
        Whether the local one agrees, and whether the regional one approves.
    weeks : tuple of float
        Weeks that each can give.
    waits : ndarray of bool, shape (n,), optional
        Whether papers are awaited in a freedom-restricting location.

    Returns
    -------
    ndarray of float64, shape (n,)
        In weeks; 0 where nothing is asked, infinity where the region approves again and again.

    Notes
    -----
    s1 L3324-3366, B4: two weeks with the LTO, beyond them through the RAO. B9 L4354-4365: longer
    while documents or the research of an embassy are awaited.
    """
    (locally, regionally), (agreed, approved) = asks, answers
    local, regional = weeks
    first = (locally | regionally) & agreed & (local > 0.0)
    in_region = np.where(np.asarray(waits) & (regional > 0.0), np.inf, regional)
    return np.asarray(first * local + np.where(first & regionally & approved, in_region, 0.0))


def falls_due(
    past: NDArray[np.floating], first: float, every: float, again: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return for whom the region is asked this week: after the first weeks, for some again.

    Parameters
    ----------
    past : ndarray of float, shape (n,)
        Weeks since the clock was over; a week later it is one more.
    first, every : float
        Weeks agreed locally, and weeks that the region gives, above 0.
    again : ndarray of bool, shape (n,)
        Whether it is asked again each time that its weeks are over.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    s1 B4 L3340-3344.
    """
    since = past - first
    begins = np.floor(since / every) > np.floor((since - 1.0) / every)
    return np.asarray((since >= 0.0) & ((since < 1.0) | (again & begins)))
