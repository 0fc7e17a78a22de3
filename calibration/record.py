"""What was simulated beside what was recorded: differences, and no score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

KEYS: Final = ["table", "item", "group", "year"]
COLUMNS: Final = (*KEYS, "seeds", "mean", "low", "high", "record", "difference")


def beside_record(yearly: pd.DataFrame, record: pd.DataFrame) -> pd.DataFrame:
    """Set simulated rows beside recorded ones.

    Recorded counts are rounded to tens and simulated ones are not, so a
    difference below ten says nothing.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`: simulated rows, one
        for each seed.
    record : pandas.DataFrame
        Columns `year, table, item, group, persons`: recorded rows, each at
        most once.

    Returns
    -------
    pandas.DataFrame
        Columns `table, item, group, year, seeds` (seeds with a value),
        `mean`, `low` and `high` (smallest and largest over seeds), `record`
        and `difference` (mean less record), one row for each simulated row;
        `record` and `difference` are missing where nothing is recorded or the
        record is withheld.

    Raises
    ------
    ValueError
        If a row is recorded twice, or simulated twice by one seed.
    """
    if yearly.duplicated([*KEYS, "seed"]).any():
        raise ValueError("a simulated row stands twice under one seed")
    over_seeds = (
        yearly.groupby(KEYS, observed=True)["persons"]
        .agg(seeds="count", mean="mean", low="min", high="max")
        .reset_index()
    )
    recorded = record[[*KEYS, "persons"]].rename(columns={"persons": "record"})
    beside = over_seeds.merge(recorded, on=KEYS, how="left", validate="one_to_one")
    beside["record"] = beside["record"].astype(np.float64)
    beside["difference"] = beside["mean"] - beside["record"]
    return beside[list(COLUMNS)]
