"""Which points of a sample look like the Netherlands, so that an analysis keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...abm.errors import InputError
from ...abm.space.measured import by_seed
from ...abm.space.outcomes import WAYS
from ...calibration.near_record import near, recorded_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from ...abm.space.planned import Planned
    from .question import Question

# of recorded independent departures among closings
LOWEST_SHARE, HIGHEST_SHARE = 0.05, 0.40
FEWEST_PLAUSIBLE: Final = 64
# outcomes by which points are chosen, without and with a tolerance
FILTERED: Final = {
    False: ("independent_share", "unobserved_share"),
    True: tuple(f"{way}_share" for way in WAYS),
}


def plausible(shares: dict[str, NDArray[np.float64]], low: float, high: float) -> NDArray[np.bool_]:
    """Return which points look like the Netherlands at all.

    Parameters
    ----------
    shares : dict of str to ndarray of float64, each of shape (n,)
        Shares of closings by way.
    low, high : float
        Between which the share of recorded independent departures may lie.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where whereabouts unknown is the largest share and independent
        lies between the two.
    """
    others = [each for name, each in shares.items() if name != "unobserved"]
    largest = np.all([shares["unobserved"] >= each for each in others], axis=0)
    inside = (shares["independent"] >= low) & (shares["independent"] <= high)
    return np.asarray(largest & inside)


def plausible_points(
    question: Question, plan: Planned, store: Store
) -> tuple[NDArray[np.bool_], str]:
    """Return which points to keep, and a sentence on how many and why.

    Returns
    -------
    keep : ndarray of bool, shape (n_points,)
        At least `FEWEST_PLAUSIBLE` are True.
    said : str
        How many points are kept, and by which bounds.

    Raises
    ------
    InputError
        If fewer than `FEWEST_PLAUSIBLE` are plausible.
    """
    names = [f"{way}_share" for way in WAYS]
    shares = by_seed(store, plan, names).mean(axis=1)
    by_way = {way: shares[:, place] for place, way in enumerate(WAYS)}
    if question.tolerance:
        first, last = question.first_year, question.last_year
        keep = near(by_way, recorded_shares(first, last), question.tolerance)
        means = (
            "whereabouts unknown the largest share, and every share of closings within "
            f"{question.tolerance:g} percentage points of the record of {first}-{last}"
        )
    else:
        keep = plausible(by_way, LOWEST_SHARE, HIGHEST_SHARE)
        means = (
            "whereabouts unknown the largest share, recorded independent departure between "
            f"{LOWEST_SHARE:.0%} and {HIGHEST_SHARE:.0%}"
        )
    number = int(keep.sum())
    if number < FEWEST_PLAUSIBLE:
        raise InputError(
            f"{number} of {len(keep)} points are plausible ({means}); at least "
            f"{FEWEST_PLAUSIBLE} are needed. Double N (--double), or look at all with "
            "--all-points."
        )
    return keep, f"{number} of {len(keep)} points are plausible and kept: {means}."
