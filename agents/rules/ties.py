"""Ties between households that tell each other news: how they form, and how far they trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Ring:
    """A ring of households for each cell, ordered by a place that is drawn once for life.

    A seeker draws a point and finds the last household before it on the ring of the cell.
    A household that is added takes over the points between itself and the next household;
    ties between others stay. On a ring over time, seekers find households that came before.

    Parameters
    ----------
    members : ndarray of intp, shape (m,)
        Households that can be found, by the caller's own numbers.
    cell : ndarray of int, shape (m,)
        The cell of each.
    position : ndarray of float, shape (m,)
        Place of each on the ring, in [0, width).
    width : float, optional
        Length of a ring.
    closed : bool, optional
        Whether the first follows the last; a line in time is not closed.
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
        """Return the household that each seeker finds: the last before its point, not itself.

        Parameters
        ----------
        seeker : ndarray of intp, shape (n,)
            Households that seek, by the caller's own numbers.
        cell : ndarray of int, shape (n,)
            The cell in which each seeks.
        point : ndarray of float, shape (n,)
            Points in [0, width).

        Returns
        -------
        ndarray of intp, shape (n,)
            Households found; -1 where nobody else is in the cell.
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
    Trust in the source multiplies information: s2 D20, s4 G4. No source gives
    the trust in compatriots. The form is that of other states at entry.
    """
    middle = logit(np.asarray(median, dtype=np.float64))
    return np.asarray(expit(middle + spread * ndtri(np.asarray(uniform, dtype=np.float64))))
