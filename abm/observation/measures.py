"""Measures of removal: who came under them, and how files closed from them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ...agents.places import HELD, labels
from .caseload import closings
from .observer import Observed, Observer, labelled

DAYS_PER_WEEK: Final = 7.0
START_METRICS: Final = ("placed", "inflow", "imposed")
MEASURES: Final[dict[str, tuple[str, ...]]] = {
    "detention": ("placed", "demonstrable_departure", "of_which_dublin", "of_which_origin"),
    "family_location": ("inflow", "independent", "unobserved", "to_detention"),
    "vbl": ("inflow", "independent", "unobserved", "to_detention"),
    "closed_family": ("inflow", "demonstrable_departure"),
    "reporting_duty": ("imposed", "independent", "unobserved"),
}
FAMILY_LOCATION_OUTCOMES: Final = ("independent", "unobserved", "forced", "permit")


def starts(events: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return the events with which persons come to a place.

    Parameters
    ----------
    events : pandas.DataFrame
        `EventLog.frame()`.
    place : str
        Label of a place.

    Returns
    -------
    pandas.DataFrame
        One row for each stay that begins: moved there, or in it on entering
        the model. A file that opens begins no stay; the move or entry did.
    """
    moved = (events["kind"] == "moved") & (events["to_place"] == place) & (events["place"] != place)
    entered = (events["kind"] == "entered") & (events["place"] == place)
    return events[moved | entered]


def _removal_measures(observed: Observed) -> pd.DataFrame:
    events, closed = observed.events, closings(observed.events)
    parts = []
    for measure, metrics in MEASURES.items():
        from_here = closed[closed["place"] == measure]
        gone = from_here[from_here["outcome"].isin(["independent", "forced"])]
        held = events[
            (events["kind"] == "moved")
            & (events["place"] == measure)
            & events["to_place"].isin([place for place in labels(HELD) if place != measure])
        ]
        counted = {
            "placed": starts(events, measure),
            "independent": from_here[from_here["outcome"] == "independent"],
            "unobserved": from_here[from_here["outcome"] == "unobserved"],
            "demonstrable_departure": gone,
            "of_which_dublin": gone[gone["destination"] == "member_state"],
            "of_which_origin": gone[gone["destination"] == "origin"],
            "to_detention": held,
        }
        for metric in metrics:
            rows = counted["placed" if metric in START_METRICS else metric]
            parts.append(labelled(rows, f"{measure}/{metric}"))
    return pd.concat(parts)


def _detention_days(observed: Observed) -> pd.DataFrame:
    events = observed.events
    ended = (events["kind"] == "left") | (
        (events["kind"] == "moved") & (events["to_place"] != "detention")
    )
    stays = events[ended & (events["place"] == "detention")]
    return labelled(stays, "days").assign(value=stays["weeks"] * DAYS_PER_WEEK)


def _family_location(observed: Observed) -> pd.DataFrame:
    closed = closings(observed.events)
    closed = closed[
        (closed["place"] == "family_location") & closed["outcome"].isin(FAMILY_LOCATION_OUTCOMES)
    ]
    return labelled(closed, closed["outcome"].astype(str))


MEASURES_TABLES: Final = (
    Observer(
        table="removal_measures",
        items=tuple(f"{measure}/{m}" for measure, metrics in MEASURES.items() for m in metrics),
        population="persons who come under a measure, and files closed from it",
        unit="start",
        year_rule="year of the start for placed, inflow and imposed; of the closing or move else",
        rounding=10,
        blind_spots=(
            "Measures follow each other: a person in one row can appear in another, and closings "
            "of a year are not those who started in it. Persons are selected for a measure, so "
            "shares of departure are no effects."
        ),
        source="s4 B10 (table 16, L5087-5170)",
        count=_removal_measures,
    ),
    Observer(
        table="detention_mean_days",
        items=("days",),
        population="stays in immigration detention (closed family facility not counted)",
        unit="stay",
        year_rule="year in which the stay ends",
        rounding=0,
        blind_spots=(
            "The column `persons` holds mean days for this one table, and is missing where no stay "
            "ended. Stays are whole weeks in the model; the source does not say whether its mean "
            "is over stays that ended."
        ),
        source="s4 B11 (L4893-4899)",
        count=_detention_days,
        aggregate="mean",
    ),
    Observer(
        table="family_location_outflow_2013_2017",
        items=FAMILY_LOCATION_OUTCOMES,
        population="persons in family locations",
        unit="closing",
        year_rule="year of the closing; the source pools January 2013 to November 2017",
        rounding=0,
        blind_spots=(
            "Plausibility only: the published pool of 59 months covers years of the withheld test, "
            "and its inflow and mean stay do not add up. Other outflow is not in it."
        ),
        source="s4 B12 (table 17, L5339-5375)",
        count=_family_location,
    ),
)
