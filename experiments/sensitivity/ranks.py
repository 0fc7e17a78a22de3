"""Whether a ranking depends on how wide the priors are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...abm.space.space import DUMMY
from .indices import savage

if TYPE_CHECKING:
    from collections.abc import Mapping

INDEX = "mu_star"


def ranks(indices: pd.DataFrame, others: Mapping[float, pd.DataFrame]) -> pd.DataFrame:
    """Return the ranks of factors under priors as they are, and wider or narrower.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `indices.COLUMNS`, of a screening.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, width, factor, mu_star, rank, agreement`: `agreement` is
        the rank correlation with the priors as they are, weighted toward the top.
    """
    parts = []
    whole = _of(indices)
    for width, frame in {1.0: indices, **others}.items():
        some = _of(frame)
        for outcome, rows in some.groupby("outcome", sort=False):
            base = whole[whole["outcome"] == outcome].set_index("factor")["value"]
            here = rows.set_index("factor")["value"].reindex(base.index)
            parts.append(
                pd.DataFrame(
                    {
                        "outcome": outcome,
                        "width": width,
                        "factor": base.index,
                        INDEX: here.to_numpy(),
                        "rank": here.rank(ascending=False, method="first").astype(int).to_numpy(),
                        "agreement": _agreement(base.to_numpy(), here.to_numpy()),
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def _of(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["index"] == INDEX) & (frame["factor"] != DUMMY)]


def _agreement(
    one: np.ndarray[tuple[int], np.dtype[np.float64]],
    other: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> float:
    if len(one) < 2:  # noqa: PLR2004 - nothing to rank
        return 1.0
    return float(np.corrcoef(savage(one), savage(other))[0, 1])
