"""Which points look like the Netherlands: what is recorded, and how far from it is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..abm.errors import InputError
from ..abm.observation.published import published
from ..abm.space.outcomes import WAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

CLOSINGS: Final = "dtv_caseload_outflow"


def recorded_shares(first_year: int, last_year: int) -> dict[str, float]:
    """Return how recorded closings were shared out.

    Parameters
    ----------
    first_year, last_year : int
        Years, both included.

    Returns
    -------
    dict of str to float
        Share of all closings of these years, by way.

    Raises
    ------
    InputError
        If a year has no record, or one that is withheld.
    """
    rows = published(CLOSINGS)
    years = range(first_year, last_year + 1)
    without = sorted(set(years) - set(rows["year"]))
    if without:
        raise InputError(
            f"--tolerance: no record of how files closed in {', '.join(map(str, without))}; the "
            f"record runs from {rows['year'].min()} to {rows['year'].max()}. Choose --from and "
            "--to within it."
        )
    counts = rows[rows["year"].isin(years)].groupby("item")["persons"].sum()
    return {way: float(counts[way] / counts.sum()) for way in WAYS}


def near(
    shares: Mapping[str, NDArray[np.float64]], recorded: Mapping[str, float], tolerance: float
) -> NDArray[np.bool_]:
    """Return which points lie near the record.

    Parameters
    ----------
    shares : mapping of str to ndarray of float64, each of shape (n,)
        Shares of closings by way.
    tolerance : float
        How far each may be from it, in percentage points.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where every share is within the tolerance and whereabouts unknown is the largest.
    """
    far = [np.abs(shares[way] - share) for way, share in recorded.items()]
    largest = np.all([shares["unobserved"] >= each for each in shares.values()], axis=0)
    return np.asarray(largest & (np.max(far, axis=0) <= tolerance / 100.0))
