"""Measures of removal: who came under them, and how files closed under them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from ...agents.places import HELD, labels
from .caseload import closings
from .observer import Observed, Observer, labelled

DAYS_PER_WEEK: Final = 7.0
TIME_EDGES: Final = (13.0, 26.0)  # weeks
TIMES_HELD: Final = ("under_3_months", "3_to_6_months", "over_6_months")
ENDS: Final = {True: "/departed", False: "/stayed"}
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
    """Return the events with which stays in a place begin: a move into it, or entry in it.

    A file that opens begins no stay; the move or the entry did.

    Parameters
    ----------
    events : pandas.DataFrame
        `EventLog.frame()`.
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


def _stays(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events with which stays in detention end."""
    ended = (events["kind"] == "left") | (
        (events["kind"] == "moved") & (events["to_place"] != "detention")
    )
    return events[ended & (events["place"] == "detention")]


def _detention_days(observed: Observed) -> pd.DataFrame:
    stays = _stays(observed.events)
    return labelled(stays, "days").assign(value=stays["weeks"] * DAYS_PER_WEEK)


def _by_time_held(observed: Observed) -> pd.DataFrame:
    stays = _stays(observed.events)
    gone = (stays["kind"] == "left") & stays["outcome"].isin(["independent", "forced"])
    held = np.array(TIMES_HELD, dtype=object)[np.digitize(stays["weeks"], TIME_EDGES)]
    return labelled(stays, pd.Series(held, index=stays.index) + gone.map(ENDS))


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
        population="persons who come under a measure, and files that close under it",
        unit="start",
        year_rule="placed, inflow, imposed: year of the start; others: year of the closing or move",
        rounding=10,
        blind_spots=(
            "One measure can follow another, so a person can stand in several rows. Files that "
            "close in a year need not be of persons whose measure began in that year. Persons are "
            "selected for a measure, so a share of departures is not the effect of the measure."
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
            "In this table the column `persons` holds mean days; it is missing where no stay "
            "ended. Stays are whole weeks in the model; the source does not say whether its mean "
            "is over stays that ended."
        ),
        source="s4 B11 (L4893-4899)",
        count=_detention_days,
        aggregate="mean",
    ),
    Observer(
        table="detention_by_time_held",
        items=tuple(time + end for time in TIMES_HELD for end in ENDS.values()),
        population="stays in immigration detention (closed family facility not counted)",
        unit="stay",
        year_rule="year in which the stay ends",
        rounding=0,
        blind_spots=(
            "`departed` are stays that end in independent or forced departure. Stays are whole "
            "weeks in the model: three months are 13 of them. The source does not say how it "
            "counted stays that follow each other."
        ),
        source="own (shares: x5 B1)",
        count=_by_time_held,
    ),
    Observer(
        table="family_location_outflow_2013_2017",
        items=FAMILY_LOCATION_OUTCOMES,
        population="persons in family locations",
        unit="closing",
        year_rule="year of the closing; the source pools January 2013 to November 2017",
        rounding=0,
        blind_spots=(
            "For plausibility only: the published pool of 59 months covers years of the withheld "
            "test, and its inflow and mean stay do not agree. Other outflow is not in it."
        ),
        source="s4 B12 (table 17, L5339-5375)",
        count=_family_location,
    ),
)
