"""Scenarios side by side: how all outcomes differ from a base, for the same seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ..observation.outcomes import BY_ID
from .contrast import paired_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS: Final = ["outcome", "group", "period"]
TOLD: Final = ["scenario", *KEYS, "base", "other", "difference", "low", "high"]


def compared(
    outcomes: pd.DataFrame, base: str, others: Sequence[str], level: float = 0.95
) -> pd.DataFrame:
    """Return the differences of scenarios from a base, pair by pair.

    `d_i` is the difference between the two runs of seed `i`. The table has the mean of `d` with
    Student's interval `mean +- t(n - 1) * sd(d) / sqrt(n)`. It covers chance alone, at the
    parameters given.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As `observation.outcomes.outcomes` gives them, of at least two seeds: columns
        `scenario, seed, outcome, group, period, value`.
    level : float, optional
        Level of the interval, inside (0, 1).

    Returns
    -------
    pandas.DataFrame
        Columns `scenario, outcome, group, period, base, other, difference, low, high`, in the
        order of `others`, the registry of outcomes, groups and periods. All five numbers are
        missing where the outcome is missing in a run of any seed.
    """
    by = {
        str(name): rows.set_index([*KEYS, "seed"])["value"]
        for name, rows in outcomes.groupby("scenario", observed=True)
    }
    tables = []
    for name in others:
        pairs = pd.concat([by[base].rename("base"), by[name].rename("other")], axis=1).reset_index()
        # a mean over the other seeds alone would be one of other persons
        untold = pairs[["base", "other"]].isna().any(axis=1)
        untold = untold.groupby([pairs[key] for key in KEYS]).transform("any")
        pairs[["base", "other"]] = pairs[["base", "other"]].mask(untold)
        summary = paired_summary(pairs.assign(draw=0), KEYS, pairs["seed"].nunique(), level)
        tables.append(summary.assign(scenario=name))
    table = pd.concat(tables, ignore_index=True)
    table["place"] = table["outcome"].map({name: place for place, name in enumerate(BY_ID)})
    table["at"] = table["scenario"].map({name: place for place, name in enumerate(others)})
    table["part"] = np.where(table["group"] == "all", 0, 1)
    order = ["at", "place", "part", "group", "period"]
    return table.sort_values(order, kind="stable", ignore_index=True)[TOLD]
