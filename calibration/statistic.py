"""From yearly rows of runs, or of the record, to the number that a target names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from .target import Target

RUN: Final = "key"


def wide_tables(yearly: pd.DataFrame, tables: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Return yearly rows with a row for each run.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `key, year, table, item, group, persons`.
    tables : iterable of str
        Those wanted.

    Returns
    -------
    dict of str to pandas.DataFrame
        By table: index `key`, columns `(item, group, year)`.
    """
    wide = {}
    for name in dict.fromkeys(tables):
        rows = yearly[yearly["table"] == name]
        columns = ["item", "group", "year"]
        wide[name] = rows.pivot(index=RUN, columns=columns, values="persons")  # noqa: PD010 - pivot_table would drop what is missing
    return wide


def measured(target: Target, wide: Mapping[str, pd.DataFrame]) -> NDArray[np.float64]:
    """Return the statistic of a target.

    Parameters
    ----------
    wide : mapping of str to pandas.DataFrame
        As `wide_tables` returns it.

    Returns
    -------
    ndarray of float64, shape (n_runs,)
        In the unit of the target; missing where rows are, or where nothing stands below the line.

    Raises
    ------
    KeyError
        If a row of the target is missing altogether.
    """
    table = wide[target.table]

    def taken(items: tuple[str, ...], group: str, years: tuple[int, ...]) -> NDArray[np.float64]:
        """Return rows as an array of runs, items and years."""
        columns = [(item, group, year) for item in items for year in years]
        values = table[columns].to_numpy(dtype=np.float64)
        return values.reshape(len(table), len(items), len(years))

    def share(group: str) -> NDArray[np.float64]:
        above = taken(target.item, group, target.years).sum(axis=(1, 2))
        return _by(above, taken(target.over, group, target.years).sum(axis=(1, 2)))

    def mean(years: tuple[int, ...]) -> NDArray[np.float64]:
        return np.asarray(taken(target.item, target.group, years).sum(axis=1).mean(axis=1))

    match target.statistic:
        case "mean":
            return mean(target.years)
        case "share":
            return share(target.group)
        case "change":
            return _by(mean(target.years), mean(target.before))
        case "contrast":
            return _by(share(target.group), share(target.against))
        case "lead":
            own = taken(target.item, target.group, target.years).sum(axis=1)
            others = taken(target.over, target.group, target.years).max(axis=1)
            return np.asarray(_by(own, others).min(axis=1))


def _by(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide; missing where nothing stands below the line."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0.0)
