"""Scarce places: a keyed lottery among households, whole households only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
