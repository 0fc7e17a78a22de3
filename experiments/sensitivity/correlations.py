"""Factors that are correlated once points are chosen by their outcomes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.space.space import DUMMY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.space.space import Space

BY_CHANCE: Final = 3.0  # standard errors
NAMED: Final = 5


def correlations(space: Space, points: NDArray[np.float64]) -> pd.DataFrame:
    """Return how far the coordinates of points are correlated.

    Parameters
    ----------
    points : ndarray of float64, shape (n, n_factors)
        Those kept.

    Returns
    -------
    pandas.DataFrame
        Columns `a, b, correlation`, the strongest first, without the dummy and factors of groups.
    """
    names = [each for each in space.alone() if each != DUMMY]
    if len(names) < 2:  # noqa: PLR2004 - no pair
        return pd.DataFrame({"a": [], "b": [], "correlation": np.empty(0)})
    found = np.corrcoef(points[:, [space.names.index(each) for each in names]], rowvar=False)
    rows = [
        (a, b, float(np.atleast_2d(found)[i, j]))
        for (i, a), (j, b) in combinations(enumerate(names), 2)
    ]
    frame = pd.DataFrame(rows, columns=["a", "b", "correlation"])
    return frame.sort_values("correlation", key=abs, ascending=False, ignore_index=True)


def correlation_notice(frame: pd.DataFrame, number: int) -> list[str]:
    """Return a sentence on factors that the choice of points has correlated.

    If the points kept allow only certain sums of two factors, one of them seems to act on all
    that the other acts on.

    Parameters
    ----------
    frame : pandas.DataFrame
        Table that `correlations` returns.

    Returns
    -------
    list of str
        Empty where no correlation is beyond three standard errors, `3 / sqrt(n)`.
    """
    strong = frame[frame["correlation"].abs() > BY_CHANCE / np.sqrt(number)]
    if strong.empty:
        return []
    told = [f"{r.a} with {r.b} ({r.correlation:.2f})" for r in strong.head(NAMED).itertuples()]
    more = f" and {len(strong) - NAMED} more pairs" if len(strong) > NAMED else ""
    sentence = (
        f"Among the points kept, some factors are correlated: {', '.join(told)}{more}. An index "
        "then shows association, not a share of variance: one factor may stand in for the other."
    )
    return [sentence]
