"""Chance apart from factors: how much of what differs between points the seeds alone make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from ...abm.space.measured import Measured


def seed_shares(measure: Measured, seeds: int) -> pd.DataFrame:
    """Return the part of the variance that the seeds make.

    With `s2` the variance over the seeds of a point, mean over points, and
    `v` the variance over points of the means of `n` seeds: a mean carries
    `s2 / n` of chance, so points alone differ by `v - s2 / n`. The share of a
    mean is `(s2 / n) / v`, that of a single run `s2 / (v - s2 / n + s2)`.
    Additive noise leaves the ranking of factors and shrinks all their indices
    by one less the share of a mean.

    Parameters
    ----------
    measure : Measured
        Points with two seeds or more; with one, shares are missing.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, mean, sd_over_points, sd_over_seeds,
        seed_share_of_a_run, seed_share_of_a_mean`.
    """
    rows = []
    for place, outcome in enumerate(measure.outcomes):
        mean = measure.mean[:, place]
        spread = float(np.var(mean, ddof=1)) if len(mean) > 1 else float("nan")
        chance = float(measure.noise[:, place].mean())
        alone = max(spread - chance / seeds, 0.0)
        rows.append(
            {
                "outcome": outcome,
                "mean": float(mean.mean()),
                "sd_over_points": spread**0.5,
                "sd_over_seeds": chance**0.5,
                "seed_share_of_a_run": chance / (alone + chance) if alone + chance else 0.0,
                "seed_share_of_a_mean": min(chance / seeds / spread, 1.0) if spread else 0.0,
            }
        )
    return pd.DataFrame(rows)
