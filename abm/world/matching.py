"""Scarce places: a keyed lottery among households, whole households only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .blocks import starts

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fitting(
    household: NDArray[np.int64],
    draw: NDArray[np.float64],
    free: int,
    edge: NDArray[np.float64] | None = None,
) -> NDArray[np.intp]:
    """Return which persons get a free place: by ascending draw, as long as the household fits.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Household of each person that seeks a place; members side by side.
    draw : ndarray of float64, shape (n,)
        Keyed uniforms, equal within a household.
    free : int
        Places, each for one person.
    edge : ndarray of float64, shape (n,), optional
        Further keyed uniforms, equal within a household. The first household that does
        not fit gets places nevertheless if its `edge` lies below the share of its members
        who would fit.

    Returns
    -------
    ndarray of intp
        Indices of the persons who get a place, in the order of the draw, whole households
        only. The first household that does not fit ends the row: a household depends only
        on those before it. Without `edge` there are never more than `free`; with it there
        are `free` on average, so that a large household has a chance even where a scaled
        model leaves few places.
    """
    if free <= 0 or not len(household):
        return np.empty(0, dtype=np.intp)
    order = np.argsort(draw, kind="stable")
    house = household[order]
    position = np.arange(len(order))
    last = np.flatnonzero(np.append(house[1:] != house[:-1], [True]))
    ends = last[np.searchsorted(last, position)]
    taken = ends < free
    if edge is not None and not taken.all():
        first = int(np.argmin(taken))
        size = ends[first] + 1 - first
        taken[first : first + size] = edge[order[first]] < (free - first) / size
    return np.asarray(order[taken])


def while_it_lasts(
    household: NDArray[np.int64], draw: NDArray[np.float64], left: float
) -> NDArray[np.bool_]:
    """Return which persons get a place from an account: by ascending draw, until it is used up.

    A household gets places for all its members as long as anything is left when its turn comes,
    so the last one may take more than is there: the account is then in debt, which what comes in
    later pays back. On average no more is given out than comes in, and a large household has
    the same chance as a small one, however small the account is.

    Parameters
    ----------
    household : ndarray of int64, shape (n,)
        Household of each person that seeks a place; members side by side.
    draw : ndarray of float64, shape (n,)
        Keyed uniforms, equal within a household.
    left : float
        Places in the account, of which a person takes one; 0 or less: nobody gets any; infinity:
        everybody does.

    Returns
    -------
    ndarray of bool, shape (n,)
        Whole households only.
    """
    found = np.zeros(len(household), dtype=np.bool_)
    if left <= 0.0 or not len(household):
        return found
    order = np.argsort(draw, kind="stable")
    house = household[order]
    first = np.flatnonzero(starts(house))
    before = first[np.searchsorted(first, np.arange(len(order)), side="right") - 1]
    found[order] = before < left
    return found
