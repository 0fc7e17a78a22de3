"""What the model predicts of its targets before it has learned anything from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from .statistic import measured, wide_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .target import Target, Use

TARGETS_COLUMNS: Final = (
    "target", "used_for", "record", "low", "median", "high", "quantile", "inside",
)  # fmt: skip
JOINT_COLUMNS: Final = (
    "kind", "point", "target", "other", "met", "of", "expected", "conflict",
)  # fmt: skip
LOW, MEDIAN, HIGH = 0.01, 0.5, 0.99
NEAR: Final = 3.0  # standard deviations within which a target counts as met
FALSE_CONFLICT: Final = 0.05  # chance that any pair of a table is called a conflict wrongly


@dataclass(frozen=True)
class Predicted:
    """What runs at points of the priors give for each target.

    Parameters
    ----------
    targets : tuple of Target
        In order.
    predictions : ndarray of float64, shape (n_points, n_targets)
        Mean over the seeds of a point; missing where a run can't tell.
    noise : ndarray of float64, shape (n_targets,)
        Standard deviation of the chance in such a mean, pooled over points; 0 with one seed,
        where it can't be told.
    """

    targets: tuple[Target, ...]
    predictions: NDArray[np.float64]
    noise: NDArray[np.float64]

    def off(self) -> NDArray[np.float64]:
        """Return how many standard deviations each point is off each target.

        Returns
        -------
        ndarray of float64, shape (n_points, n_targets)
            As `Target.off`.
        """
        columns = zip(self.targets, self.predictions.T, self.noise, strict=True)
        return np.array(
            [[target.off(value, noise) for value in values] for target, values, noise in columns]
        ).T

    def untold(self) -> list[int]:
        """Return how many points can't tell each target."""
        return [int(each) for each in (~np.isfinite(self.predictions)).sum(axis=0)]

    def of_use(self, use: Use) -> list[int]:
        """Return the places of the targets of one use."""
        return [place for place, each in enumerate(self.targets) if each.used_for == use]


def predicted(
    targets: Sequence[Target], yearly: pd.DataFrame, keys: Sequence[Sequence[str]]
) -> Predicted:
    """Return what runs give for each target.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `key, year, table, item, group, persons`.
    keys : sequence of sequence of str
        By point, the keys of its runs, as many for each.
    """
    wide = wide_tables(yearly, [each.table for each in targets])
    order = [key for of_point in keys for key in of_point]
    shape = (len(keys), -1)
    by_seed = []
    for each in targets:
        values = pd.Series(measured(each, wide), index=wide[each.table].index)
        by_seed.append(values.reindex(order).to_numpy().reshape(shape))
    runs = np.stack(by_seed, axis=-1)
    seeds = runs.shape[1]
    noise = np.zeros(len(targets))
    if seeds > 1:
        variance = runs.var(axis=1, ddof=1)
        told = np.isfinite(variance)
        pooled = np.where(told, variance, 0.0).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
        noise = np.sqrt(pooled / seeds)
    return Predicted(tuple(targets), runs.mean(axis=1), noise)


def targets_table(found: Predicted) -> pd.DataFrame:
    """Return each target beside what the priors predict.

    Returns
    -------
    pandas.DataFrame
        `TARGETS_COLUMNS`: `low`, `median` and `high` are the 1, 50 and 99 % points of the prior
        prediction; `quantile` is the share of points below the record; `inside` is `true`
        where the record lies from low to high, or a floor not above high, else `false`.
        Points that can't tell are left out; where none can, the numbers are missing.
    """
    rows = []
    for place, target in enumerate(found.targets):
        values = found.predictions[:, place]
        values = values[np.isfinite(values)]
        low = median = high = quantile = float("nan")
        inside = False
        if len(values):
            low, median, high = (float(each) for each in np.quantile(values, [LOW, MEDIAN, HIGH]))
            ties = np.mean(values == target.value)
            quantile = float(np.mean(values < target.value) + 0.5 * ties)
            inside = target.value <= high and (bool(target.bound) or low <= target.value)
        rows.append((
            target.id, target.used_for, target.value, low, median, high, quantile,
            "true" if inside else "false",
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(TARGETS_COLUMNS))


def ranges(outcomes: pd.DataFrame, keys: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Return what the priors predict of outcomes that stand beside the targets.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        A row for each run (index `key`), a column for each outcome.
    keys : sequence of sequence of str
        By point, the keys of its runs, as many for each.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome`, and `low`, `median`, `high`: the 1, 50 and 99 % points.
    """
    order = [key for of_point in keys for key in of_point]
    rows = []
    for name in outcomes:
        runs = outcomes[name].reindex(order).to_numpy(dtype=np.float64).reshape(len(keys), -1)
        values = runs.mean(axis=1)
        values = values[np.isfinite(values)]
        points = np.quantile(values, [LOW, MEDIAN, HIGH]) if len(values) else [float("nan")] * 3
        rows.append((str(name), *map(float, points)))
    return pd.DataFrame(rows, columns=["outcome", "low", "median", "high"])


def share_meeting_all(found: Predicted) -> float:
    """Return the share of points that meet all calibration targets within `NEAR`."""
    return float(_met(found).all(axis=1).mean())


def joint_table(found: Predicted) -> pd.DataFrame:
    """Return how many calibration targets each point meets, and which pairs conflict.

    Returns
    -------
    pandas.DataFrame
        `JOINT_COLUMNS`. With `kind` `point`: `met` of `of` calibration targets lie within three
        standard deviations at the point (numbered from 1), `target` is the one farthest off.
        With `kind` `pair`: `met` of `of` points meet both `target` and `other`, where `expected`
        would if the two had nothing to do with each other; `conflict` is `true` where chance would
        leave so few in one of 20 such tables at most (hypergeometric).
    """
    met = _met(found)
    calibration = found.of_use("calibration")
    names = [found.targets[place].id for place in calibration]
    worst = found.off()[:, calibration].argmax(axis=1)
    n = len(met)
    rows: list[tuple[object, ...]] = [
        ("point", point, names[farthest], "", int(row.sum()), len(names), float("nan"), "")
        for point, (row, farthest) in enumerate(zip(met, worst, strict=True), start=1)
    ]
    pairs = list(combinations(range(len(names)), 2))
    for i, j in pairs:
        both, one, other = (
            int(each.sum()) for each in (met[:, i] & met[:, j], met[:, i], met[:, j])
        )
        chance = float(hypergeom.cdf(both, n, one, other))
        conflict = "true" if chance < FALSE_CONFLICT / len(pairs) else "false"
        rows.append(("pair", "", names[i], names[j], both, n, one * other / n, conflict))
    return pd.DataFrame(rows, columns=list(JOINT_COLUMNS))


def _met(found: Predicted) -> NDArray[np.bool_]:
    """Return which calibration targets each point meets, shape (n_points, n_calibration)."""
    return np.asarray(found.off()[:, found.of_use("calibration")] <= NEAR)
