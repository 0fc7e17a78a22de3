"""Effects of the country of origin, partially pooled: group, then country (ODD: Countries)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pooled_effect(
    covariates: NDArray[np.float64],
    coefficients: NDArray[np.float64],
    of_group: NDArray[np.float64],
    of_country: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the effect of each country: what is documented, then its group, then itself.

    `covariates @ coefficients + of_group + of_country`. Everything at 0: no effect, so all
    countries are alike; the parts of group and country alone: a country about which nothing is
    documented lies around its group.

    Parameters
    ----------
    covariates : ndarray of float, shape (countries, k)
        What is documented, from 0 to 1.
    coefficients : ndarray of float, shape (k,)
        In the unit of the effect, for a covariate of 1.
    of_group : ndarray of float, shape (countries,)
        Part of the group of each country, in the same unit.
    of_country : ndarray of float, shape (countries,)
        Part of the country itself, in the same unit.

    Returns
    -------
    ndarray of float, shape (countries,)
        Log odds or a log ratio.

    Notes
    -----
    Parts are a scale times a standard score (not centred on anything learned), so that the
    scale can be learned later: `scaled_scores`.
    """
    return np.asarray(covariates @ coefficients + of_group + of_country, dtype=np.float64)


def scaled_scores(scale: float, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return parts of an effect: `scale * scores`.

    Scores are standard normal before anything is learned, so parts are normal around 0
    with `scale` as standard deviation. A scale of 0: everybody is alike (complete pooling).

    Parameters
    ----------
    scale : float
        At least 0, in the unit of the effect.
    scores : ndarray of float, shape (n,)
        Standard scores of groups or countries.
    """
    return np.asarray(scale * scores, dtype=np.float64)


def cooperation(
    effect: NDArray[np.float64],
    contrast_of_group: NDArray[np.float64],
    lever_of_group: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return by what the hazard of a document is multiplied, for people who do not cooperate.

    `contrast * lever * exp(effect)`: above 1 the country takes back people without their
    consent sooner than others do. An effect of 0 leaves the mean of the group; a lever of 0
    ends all such documents.

    Parameters
    ----------
    effect : ndarray of float, shape (countries,)
        Log ratio of the country within its group.
    contrast_of_group : ndarray of float, shape (countries,)
        Ratio of the group of each country to all, above 0.
    lever_of_group : ndarray of float, shape (countries,)
        Factor that policy sets for the group of each country, at least 0.

    Returns
    -------
    ndarray of float, shape (countries,)
        Ratio of hazards, at least 0.
    """
    return np.asarray(contrast_of_group * lever_of_group * np.exp(effect), dtype=np.float64)
