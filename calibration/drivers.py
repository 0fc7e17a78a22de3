"""Which parameters and switches drive which target, and how surely that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ..abm.space.sample import RESAMPLING_SEED
from ..abm.space.space import DUMMY, part_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..abm.space.space import Space
    from .prior_predictive import Predicted

COLUMNS: Final = (
    "target", "factor", "grade", "share", "low", "high", "direction", "chance", "known",
)  # fmt: skip
NAMED: Final = 5  # factors told for each target, besides the dummy
PERMUTATIONS: Final = 200
RESAMPLES: Final = 200
CHANCE: Final = 0.95  # of the largest share that any factor gets by chance
INTERVAL: Final = (0.025, 0.975)
FEWEST: Final = 8  # points that can tell
TINY: Final = 1e-9  # of the largest direction: none at all


def drivers_table(space: Space, points: NDArray[np.float64], found: Predicted) -> pd.DataFrame:
    """Return the factors that go with each target most.

    `share` is the share of the variance of a target's ranks over points that goes with one factor
    alone: the squared correlation of ranks, or for alternatives the variance between them,
    each less what is expected by chance (adjusted R2). It says what a factor does while all
    others vary too, and misses what only acts together with another.

    Parameters
    ----------
    points : ndarray of float64, shape (n_points, n_factors)
        Of the design.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: for each target up to five factors, the strongest first, then the dummy. A group
        is told as one, by what goes with all its factors together;
        `low` and `high` are a 95 % bootstrap interval over points; `direction` is `up` or `down`
        (empty for alternatives and groups); `chance` is what the strongest of all factors, or
        of all groups, reaches in 95 of 100 shuffled samples; `known` is `yes` where the share lies
        above it, else `no`. A target about which fewer than eight points tell, or that never
        changes, has no rows.
    """
    labels = space.labels()
    factors = {each.name: each for each in space.factors}
    members = [space.groups.get(label, (label,)) for label in labels]
    several = np.array([len(some) > 1 for some in members])
    columns = [
        np.hstack([_columns(space, points, space.names.index(each)) for each in some])
        for some in members
    ]
    whole = [_basis(each) for each in columns]
    rng = np.random.default_rng(RESAMPLING_SEED)
    rows: list[tuple[object, ...]] = []
    for place, target in enumerate(found.targets):
        told = np.flatnonzero(np.isfinite(found.predictions[:, place]))
        values = found.predictions[told, place]
        if len(told) < FEWEST or np.ptp(values) == 0.0:
            continue
        kept = [each[told] for each in columns]
        bases = whole if len(told) == len(points) else [_basis(each) for each in kept]
        ranks = rankdata(values)
        shares = _shares(bases, ranks[:, np.newaxis])[:, 0]
        shuffled = np.column_stack([rng.permutation(ranks) for _ in range(PERMUTATIONS)])
        by_chance = _shares(bases, shuffled)
        floors = {  # a group has more freedom, so its chance is its own
            grouped: float(np.quantile(by_chance[several == grouped].max(axis=0), CHANCE))
            for grouped in np.unique(several)
        }
        dummy = labels.index(DUMMY)
        order = [int(each) for each in np.argsort(-shares, kind="stable") if each != dummy]
        again = rng.integers(0, len(told), (RESAMPLES, len(told)))
        ranked = rankdata(values[again], axis=1)
        for which in (*order[:NAMED], dummy):
            factor = factors[members[which][0]]
            spread = [
                _shares([_basis(kept[which][some])], y[:, np.newaxis])[0, 0]
                for some, y in zip(again, ranked, strict=True)
            ]
            # points drawn twice make a factor seem stronger: the interval is moved back
            moved = np.maximum(np.array(spread) - np.mean(spread) + shares[which], 0.0)
            low, high = (float(each) for each in np.quantile(moved, INTERVAL))
            floor = floors[several[which]]
            direction = ""
            if not factor.alternatives and len(members[which]) == 1:
                slope = np.corrcoef(kept[which][:, 0], ranks)[0, 1]
                direction = "up" if slope > 0.0 else "down"
            known = "yes" if shares[which] > floor else "no"
            rows.append((
                target.id, labels[which], factor.grade, float(shares[which]), low, high, direction,
                floor, known,
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _columns(space: Space, points: NDArray[np.float64], place: int) -> NDArray[np.float64]:
    """Return a factor's ranks in one column, or of alternatives all but the first as 0 and 1."""
    k = len(space.factors[place].alternatives)
    if not k:
        return np.asarray(rankdata(points[:, place]))[:, np.newaxis]
    which = part_of(points[:, place], k)
    return np.asarray(which[:, np.newaxis] == np.arange(1, k), dtype=np.float64)


def _basis(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return orthonormal directions of columns about their means, shape (n, n_free)."""
    x = columns - columns.mean(axis=0)
    if x.shape[1] == 1:
        size = float(np.linalg.norm(x))
        return np.asarray(x / size if size > 0.0 else x[:, :0])
    directions, sizes, _ = np.linalg.svd(x, full_matrices=False)
    return np.asarray(directions[:, sizes > TINY * max(float(sizes[0]), 1.0)])


def _shares(bases: list[NDArray[np.float64]], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the adjusted R2 of each factor alone.

    Parameters
    ----------
    bases : list of ndarray of float64, each of shape (n, n_free)
        Of `_basis`, by factor.
    y : ndarray of float64, shape (n, m)
        Ranks.

    Returns
    -------
    ndarray of float64, shape (n_factors, m)
        Not below 0.
    """
    centred = y - y.mean(axis=0)
    total = (centred**2).sum(axis=0)
    n = len(y)
    found = np.zeros((len(bases), y.shape[1]))
    for place, each in enumerate(bases):
        free = each.shape[1]
        if not free or n - free - 1 < 1:
            continue
        explained = ((each.T @ centred) ** 2).sum(axis=0)
        r2 = np.divide(explained, total, out=np.zeros_like(total), where=total > 0.0)
        found[place] = np.maximum(1.0 - (1.0 - r2) * (n - 1) / (n - free - 1), 0.0)
    return found
