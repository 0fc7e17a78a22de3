"""Departures through IOM, and what truly became of persons, recorded or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...agents.codes import Place
from ...agents.places import MUNICIPAL_SHELTER, labels
from .caseload import closings
from .observer import COLUMNS, DIMENSIONS, Observed, Observer, labelled, only_weighed
from .published import published

if TYPE_CHECKING:
    from collections.abc import Iterable

IN_PROCEDURE: Final = ("procedure", "appeal", "repeat_procedure")
IOM_ITEMS: Final = (
    "asylum_illegal",
    "asylum_in_procedure",
    "non_asylum_never_regular",
    "non_asylum_permit_expired",
)
APPLICATIONS: Final = {"refused": "application_refused", "withdrawn": "application_withdrawn"}
OUTSIDE_TABLE: Final = "outside_iom_departures"
OUTSIDE_GROUP: Final = "stream=exogenous"
TRUE_ITEMS: Final = (
    "returned_independent",
    "returned_forced",
    "member_state",
    "onward",
    "home_unobserved",
    "permit",
    "other",
)
UNOBSERVED_PLACES: Final = (
    *labels((Place.PRIVATE_NETWORK, Place.STREET, *MUNICIPAL_SHELTER)),
    "onward",
    "home_unobserved",
)


def departures(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events `left`: persons truly leave the country, or their duty to leave ends."""
    return events[events["kind"] == "left"]


def independent_returns(events: pd.DataFrame) -> pd.DataFrame:
    """Return the departures of persons who returned independently, with or without a file."""
    left = departures(events)
    return left[left["outcome"] == "independent"]


def true_outcome(left: pd.DataFrame) -> pd.Series[str]:
    """Return what truly became of the persons of departures, each one of `TRUE_ITEMS`."""
    destination = left["destination"].astype(str)
    returned = "returned_" + left["outcome"].astype(str)
    return returned.where(destination == "origin", destination)


def outside_stream(years: Iterable[int]) -> pd.DataFrame:
    """Return departures through IOM of persons outside the model, as published.

    These persons never had a DT&V file (ODD: Population, *outside*). They are input,
    the same in every run, and no lever moves them. The published rows count
    everybody, so they include the model's persons of `iom_departures/non_asylum_*`,
    in which the model is uncertain: do not add the two tables up.

    Parameters
    ----------
    years : iterable of int
        Years wanted; years that were not published are left out.

    Returns
    -------
    pandas.DataFrame
        Columns `year, table, item, group, persons`; the group marks the rows
        as exogenous.
    """
    rows = published("iom_departures")
    outside = rows[rows["item"].str.startswith("non_asylum_") & rows["year"].isin(list(years))]
    outside = outside.assign(table=OUTSIDE_TABLE, group=OUTSIDE_GROUP)
    return outside[list(COLUMNS)].reset_index(drop=True)


def _through_iom(observed: Observed) -> pd.DataFrame:
    left = departures(observed.events)
    left = left[left["iom"] & (left["destination"] == "origin")]
    asylum = np.where(left["phase"].isin(IN_PROCEDURE), "asylum_in_procedure", "asylum_illegal")
    other = np.where(
        left["route"] == "permit_expired", "non_asylum_permit_expired", "non_asylum_never_regular"
    )
    item = np.where(left["background"] == "asylum", asylum, other)
    ended = observed.events[observed.events["kind"].isin(list(APPLICATIONS))]
    return pd.concat(
        [
            labelled(left, pd.Series(item, index=left.index, dtype=object)),
            labelled(ended, ended["kind"].astype(str).map(APPLICATIONS)),
        ]
    )


def _true_outcomes(observed: Observed) -> pd.DataFrame:
    left = departures(observed.events)
    return labelled(left, true_outcome(left))


def _unobserved_places(observed: Observed) -> pd.DataFrame:
    closed = closings(observed.events)
    closed = closed[closed["outcome"] == "unobserved"]
    destination = closed["destination"].astype(str)
    here = closed["to_place"].astype(str)
    return labelled(closed, here.where(destination == "netherlands", destination))


DEPARTURE_TABLES: Final = (
    Observer(
        table="iom_departures",
        items=(*IOM_ITEMS, *APPLICATIONS.values()),
        population="persons of the model who return to their origin through IOM, or apply for it",
        unit="departure",
        year_rule="year of the departure",
        rounding=10,
        blind_spots=(
            "Persons of other background are here only if they had a file. How many persons of the "
            "published `non_asylum_*` rows (table outside_iom_departures) had one is not known, "
            "so those rows are no target. "
            "A grant that the person gives up counts as withdrawn. The grant of a person who is "
            "removed, gets a permit or moves on lapses and counts nowhere. A person in appeal "
            "counts as in procedure; the source does not define that term."
        ),
        source="s4 B7 (table 7, L2324-2398)",
        count=_through_iom,
        cannot_tell=only_weighed(tuple(APPLICATIONS.values())),
    ),
    Observer(
        table="true_outcomes",
        items=TRUE_ITEMS,
        population="all persons of the model, with or without a file",
        unit="departure",
        year_rule="year of the departure or permit",
        rounding=0,
        blind_spots="Nobody has published it: true destinations rest on the model's assumptions.",
        source="own (ODD: Observation)",
        count=_true_outcomes,
        dimensions=DIMENSIONS,
    ),
    Observer(
        table="unobserved_true_place",
        items=UNOBSERVED_PLACES,
        population="files closed because the person was not found",
        unit="closing",
        year_rule="year of the closing",
        rounding=0,
        blind_spots=(
            "Nobody knows where these persons are: their place, at the moment of closing, is the "
            "model's assumption. A person who already lived outside reception stays in that place. "
            "A person can come back into view later."
        ),
        source="own (ODD: Population)",
        count=_unobserved_places,
        dimensions=DIMENSIONS,
    ),
)
