"""Ties between those who tell each other news: who is found, and how far one is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Ring:
    """Households of each cell on a ring of their own, in the order of a place drawn for life.

    Who seeks somebody draws a point and finds the last before it on the ring of the cell.
    One more household takes over the points between itself and the one after it, and moves
    no other: ties between others stay. A ring over time finds who came before.

    Parameters
    ----------
    members : ndarray of intp, shape (m,)
        Who can be found, as numbers of the caller.
    cell : ndarray of int, shape (m,)
        The cell of each.
    position : ndarray of float, shape (m,)
        Place of each on the ring, in [0, width).
    width : float, optional
        Length of a ring.
    closed : bool, optional
        Whether the last stands before the first again; a line in time is not closed.
    """

    def __init__(
        self,
        members: NDArray[np.intp],
        cell: NDArray[np.integer],
        position: NDArray[np.floating],
        width: float = 1.0,
        *,
        closed: bool = True,
    ) -> None:
        value = cell * width + position
        order = np.argsort(value)  # places are drawn with 52 bits: no two are the same
        self._members = members[order]
        self._value = value[order]
        self._width = width
        self._closed = closed

    def find(
        self,
        seeker: NDArray[np.intp],
        cell: NDArray[np.integer],
        point: NDArray[np.floating],
    ) -> NDArray[np.intp]:
        """Return whom seekers find: the last on the ring before their point, not themselves.

        Parameters
        ----------
        seeker : ndarray of intp, shape (n,)
            Who seeks, as numbers of the caller.
        cell : ndarray of int, shape (n,)
            The cell in which each seeks.
        point : ndarray of float, shape (n,)
            Points in [0, width).

        Returns
        -------
        ndarray of intp, shape (n,)
            Who is found; -1 where nobody else is in the cell.
        """
        if not len(self._members):
            return np.full(len(seeker), -1, dtype=np.intp)
        edge = cell * self._width
        start = np.searchsorted(self._value, edge)
        end = np.searchsorted(self._value, edge + self._width)
        at = np.searchsorted(self._value, edge + point, side="right") - 1
        before = at < start
        at = np.where(before, end - 1, at)
        found = self._members[at]  # in an empty cell somebody else, who is not returned
        again = np.where(at - 1 < start, end - 1, at - 1)
        found = np.where(found == seeker, self._members[again], found)
        there = (end > start) & (found != seeker)
        if not self._closed:
            there &= ~before
        return np.asarray(np.where(there, found, -1), dtype=np.intp)


def trust_in_ties(uniform: ArrayLike, median: ArrayLike, spread: float) -> NDArray[np.float64]:
    """Return how far each tie is trusted.

    `expit(logit(median) + spread * ndtri(u))`.

    Parameters
    ----------
    uniform : array_like of float, shape (n,)
        One uniform for each pair, inside (0, 1).
    median : array_like of float, shape (n,)
        Median trust in ties of that kind, in (0, 1).
    spread : float
        Standard deviation in log odds, at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        Trust in (0, 1); the median itself where the spread is 0.

    Notes
    -----
    Trust in the source multiplies information: s2 D20, s4 G4. Trust in compatriots is
    in no sheet; the form is that of other states at entry.
    """
    middle = logit(np.asarray(median, dtype=np.float64))
    return np.asarray(expit(middle + spread * ndtri(np.asarray(uniform, dtype=np.float64))))
