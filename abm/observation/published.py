"""Published tables, in the same tidy rows as what is observed of the model."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ..evidence.tables import read_table
from .observer import ALL, COLUMNS


def published(table: str) -> pd.DataFrame:
    """Return a published table as tidy rows.

    Parameters
    ----------
    table : str
        Name of a table that an observer produces and that has years.

    Returns
    -------
    pandas.DataFrame
        Columns `year, table, item, group, persons`, of the years on record.

    Raises
    ------
    KeyError
        If the table has no form that can be set beside the model.
    """
    raw = read_table(table)
    group: pd.Series[str] | str = ALL
    match table:
        case "dtv_caseload_outflow":
            item: pd.Series[str] | str = raw["outflow"]
        case "dtv_caseload_outflow_total":
            item = "total"
        case "national_departures_by_origin_group":
            item, group = raw["departure_type"], "origin_group=" + raw["origin_group"]
        case "iom_departures":
            item = raw["category"]
        case "iom_support_received":
            item = raw["support"]
        case "removal_measures":
            item = raw["measure"] + "/" + raw["metric"]
        case "detention_mean_days":
            item = "days"
            raw = raw.rename(columns={"days": "persons"})
        case _:
            raise KeyError(table)
    rows = pd.DataFrame(
        {"year": raw["year"], "item": item, "group": group, "persons": raw["persons"].astype(float)}
    ).assign(table=table)
    return rows[list(COLUMNS)]


PUBLISHED: Final = (
    "dtv_caseload_outflow",
    "dtv_caseload_outflow_total",
    "national_departures_by_origin_group",
    "iom_departures",
    "iom_support_received",
    "removal_measures",
    "detention_mean_days",
)


def published_rows() -> pd.DataFrame:
    """Return all published tables that can be set beside the model year by year.

    Returns
    -------
    pandas.DataFrame
        Columns `year, table, item, group, persons`.
    """
    return pd.concat([published(table) for table in PUBLISHED], ignore_index=True)
