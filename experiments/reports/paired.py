"""Differences between paired runs: their mean and interval, and how pages tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from .markdown import MINUS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    Row = Mapping[Hashable, Any]


def contrast(there: pd.Series[float], here: pd.Series[float]) -> tuple[float, float, float]:
    """Return the mean difference over seeds, and its 95 % interval (Student's t).

    Parameters
    ----------
    there, here : pandas.Series, shape (n_seeds,)
        With and without a change, on the same seeds in the same order; missing where a run
        can't tell.
    """
    found = there.to_numpy(dtype=np.float64) - here.to_numpy(dtype=np.float64)
    found = found[np.isfinite(found)]
    if not len(found):
        return np.nan, np.nan, np.nan
    mean = float(found.mean())
    if len(found) == 1:
        return mean, np.nan, np.nan
    half = float(stats.t.ppf(0.975, len(found) - 1) * found.std(ddof=1) / np.sqrt(len(found)))
    return mean, mean - half, mean + half


def number(value: float, *, signed: bool = False) -> str:
    """Return a number as the page shows it: whole from 10 on, else with one decimal."""
    if not np.isfinite(value):
        return "-"
    digits = 0 if abs(value) >= 10.0 else 1  # noqa: PLR2004 - as the docstring says
    text = f"{value:{'+' if signed else ''},.{digits}f}"
    return text.replace("-", MINUS)


def half_width(row: Row) -> float:
    """Return the half-width of the interval of a difference."""
    return float(row["high"] - row["low"]) / 2.0


def seen(row: Row) -> bool:
    """Return whether the interval of a difference leaves out 0."""
    return bool(row["low"] > 0.0 or row["high"] < 0.0)


def told(row: Row, unit: float = 1.0) -> str:
    """Return a difference in words: *12 more (± 5)*, or *no difference seen (+2.0 ± 7.0)*."""
    mean, half = row["mean"] / unit, number(half_width(row) / unit)
    if not seen(row):
        return f"no difference seen ({number(mean, signed=True)} ± {half})"
    return f"{number(abs(mean))} {'more' if mean > 0.0 else 'fewer'} (± {half})"


def difference(row: Row, unit: float) -> str:
    """Return a mean difference with the half-width of its interval, set bold if 0 is outside it."""
    text = f"{number(row['mean'] / unit, signed=True)} ± {number(half_width(row) / unit)}"
    return f"**{text}**" if seen(row) else text
