"""Missing data on persons: whose data lack something, and what fails for want of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...age import WEEKS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray


def lacks_data(uniform: NDArray[np.float64], share: float) -> NDArray[np.bool_]:
    """Return in which cases data are missing.

    `uniform < share`, with one uniform for each household for life: a smaller share completes
    cases and makes none incomplete.

    Parameters
    ----------
    uniform : ndarray of float, shape (n,)
        Uniforms in (0, 1).
    share : float
        Share of cases with a gap, in [0, 1].

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    return np.asarray(uniform < share)


def chance_cancelled(
    otherwise: float, lacking: NDArray[np.bool_], fails: float
) -> NDArray[np.float64]:
    """Return the chance that a removal of somebody who is there is cancelled.

    `min(otherwise + fails * lacking, 1)`: reasons compete, and each cancelled removal has one.

    Parameters
    ----------
    otherwise : float
        Chance for other reasons, in [0, 1].
    lacking : ndarray of bool, shape (n,)
        Whether data are missing.
    fails : float
        Chance that a removal with missing data is not prepared in time, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        `otherwise` for all if `fails` is 0.

    Notes
    -----
    s4 F17: the chance that a removal fails is a function of the data gap. The form is an
    assumption.
    """
    return np.asarray(np.minimum(otherwise + fails * lacking, 1.0))


def identified_at_mission(
    visits_a_year: float, identifies: float, ease: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return the weekly hazard that a mission of the origin identifies a person.

    `visits_a_year / WEEKS_PER_YEAR * identifies * ease`: visits come evenly over the year, and each
    identifies a share of those brought before it, more where the origin agrees with ease.

    Parameters
    ----------
    visits_a_year : float
        Visits by authorities of an origin, at least 0.
    identifies : float
        Share of persons whom a visit identifies at an average ease, at least 0.
    ease : ndarray of float, shape (n,)
        Multiplier of a person and an origin on the hazard of papers, at least 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        In 1/week; 0 without visits.
    """
    return np.asarray(
        visits_a_year / WEEKS_PER_YEAR * identifies * np.asarray(ease, dtype=np.float64)
    )
