"""Scenarios side by side: what differs from a base, for the same seeds, in all outcomes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from .compared_outcomes import OUTCOMES
from .contrast import paired_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN: Final = ["scenario", "seed"]


def outcomes_of(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes of runs, summed over the years reported.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Rows `scenario, seed, year, table, item, group, persons`.

    Returns
    -------
    pandas.DataFrame
        Columns `scenario, seed, outcome, group, value` for every outcome of `OUTCOMES`, for
        all together and for broad groups where the table has them; missing where a run can't
        tell some year.
    """
    outcome = yearly["table"].astype(str) + "/" + yearly["item"].astype(str)
    rows = yearly.assign(outcome=outcome)
    rows = rows[rows["outcome"].isin([each.id for each in OUTCOMES])]
    keys = [*RUN, "outcome", "group"]
    grouped = rows.groupby(keys, observed=True)["persons"]
    value = grouped.sum().where(grouped.count() == grouped.size())
    return value.rename("value").reset_index()


def compared(
    outcomes: pd.DataFrame, base: str, others: Sequence[str], level: float = 0.95
) -> pd.DataFrame:
    """Return what differs between scenarios and a base, pair by pair.

    With `d_i` the difference of the two runs of seed `i`, the mean of `d` is reported with
    Student's interval `mean +- t(n - 1) * sd(d) / sqrt(n)`. It covers chance alone, at the
    parameters given.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As `outcomes_of` gives them, of at least two seeds.
    base : str
        The scenario that others are held against.
    others : sequence of str
        These.
    level : float, optional
        Level of the interval, inside (0, 1).

    Returns
    -------
    pandas.DataFrame
        Columns `scenario, outcome, group, base, other, difference, low, high`, in the order
        of `others`, `OUTCOMES` and groups; nothing of the difference where one can't tell.
    """
    keys = ["outcome", "group", "seed"]
    by = {name: rows.set_index(keys)["value"] for name, rows in outcomes.groupby("scenario")}
    tables = []
    for name in others:
        pairs = pd.concat([by[base].rename("base"), by[name].rename("other")], axis=1).reset_index()
        summary = paired_summary(
            pairs.assign(draw=0), ["outcome", "group"], pairs["seed"].nunique(), level
        )
        tables.append(summary.assign(scenario=name))
    table = pd.concat(tables, ignore_index=True)
    order = {each.id: place for place, each in enumerate(OUTCOMES)}
    table["place"] = table["outcome"].map(order)
    table["at"] = table["scenario"].map({name: place for place, name in enumerate(others)})
    table["whole"] = np.where(table["group"] == "all", 0, 1)
    table = table.sort_values(["at", "place", "whole", "group"], kind="stable", ignore_index=True)
    return table[["scenario", "outcome", "group", "base", "other", "difference", "low", "high"]]
