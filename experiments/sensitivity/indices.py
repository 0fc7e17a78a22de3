"""The table of indices, and intervals from resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.space.sample import RESAMPLING_SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

COLUMNS: Final = ("outcome", "factor", "index", "value", "low", "high")
RESAMPLES: Final = 400
LEVEL: Final = 0.95


@dataclass(frozen=True)
class Estimates:
    """One index of all factors for one outcome.

    Parameters
    ----------
    index : str
        Its name, such as `ST`.
    factors : tuple of str
        In order.
    value : ndarray of float64, shape (n_factors,)
        From the whole sample.
    resampled : ndarray of float64, shape (n_resamples, n_factors)
        From samples drawn anew out of it.
    """

    index: str
    factors: tuple[str, ...]
    value: NDArray[np.float64]
    resampled: NDArray[np.float64]

    def frame(self, outcome: str) -> pd.DataFrame:
        """Return the rows of the table of indices.

        Returns
        -------
        pandas.DataFrame
            Columns `COLUMNS`; the interval always holds the value.
        """
        ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        low, high = np.quantile(self.resampled, ends, axis=0)
        return pd.DataFrame(
            {
                "outcome": outcome,
                "factor": self.factors,
                "index": self.index,
                "value": self.value,
                "low": np.minimum(low, self.value),
                "high": np.maximum(high, self.value),
            },
            columns=list(COLUMNS),
        )

    def rank_stability(self) -> float:
        """Return how alike the resampled rankings are to the whole one.

        Returns
        -------
        float
            Mean rank correlation weighted toward the top (Savage scores), 1 if
            no resample ranks otherwise.
        """
        if len(self.factors) < 2:  # noqa: PLR2004 - nothing to rank
            return 1.0
        whole = savage(self.value)
        some = np.array([savage(each) for each in self.resampled])
        whole = whole - whole.mean()
        some = some - some.mean(axis=1, keepdims=True)
        return float(np.mean(some @ whole) / (whole @ whole))


def savage(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Savage scores: `sum_{i=r}^{n} 1/i` for rank `r` from the largest.

    The first ranks weigh most, so that noise among factors that do nothing
    does not decide (Iman and Conover 1987, Technometrics 29, 351-357).

    Returns
    -------
    ndarray of float64, shape (n,)
        Scores in the order of `values`.
    """
    n = len(values)
    scores = np.cumsum(1 / np.arange(n, 0, -1))[::-1]
    ranked = np.empty(n)
    ranked[np.argsort(-values, kind="stable")] = scores
    return ranked


def resample(
    estimate: Callable[[NDArray[np.int64]], NDArray[np.float64]],
    blocks: int,
    number: int = RESAMPLES,
) -> NDArray[np.float64]:
    """Estimate from blocks drawn anew with replacement.

    Parameters
    ----------
    number : int, optional
        Resamples.

    Returns
    -------
    ndarray of float64
        One more axis in front.
    """
    rng = np.random.default_rng(RESAMPLING_SEED)
    return np.array([estimate(rng.integers(0, blocks, blocks)) for _ in range(number)])


def together(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return parts of a table of indices as one.

    Parameters
    ----------
    parts : sequence of pandas.DataFrame
        With columns `COLUMNS`.

    Returns
    -------
    pandas.DataFrame
        The same rows in order.
    """
    return pd.concat(parts, ignore_index=True)
