"""Departures through IOM, and what truly became of persons, recorded or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.codes import Background, Destination, Outcome, Place, Route
from ...agents.places import IS_PROCEDURE, MUNICIPAL_SHELTER, labels
from ..world.events import Event
from .caseload import closings
from .items import Items, either, first_of, same
from .observer import COLUMNS, DIMENSIONS, Observed, Observer, Units, labelled, only_weighed
from .published import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from .events import Events

IOM_ITEMS: Final = (
    "asylum_illegal",
    "asylum_in_procedure",
    "non_asylum_never_regular",
    "non_asylum_permit_expired",
)
APPLICATIONS: Final = ("application_refused", "application_withdrawn")
NATIONAL_ITEMS: Final = ("with_file", "without_file", "undecided", "never_a_file")
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


def departures(events: Events) -> Events:
    """Return the events `left`: persons truly leave the country, or their duty to leave ends."""
    return events.of(Event.LEFT)


def independent_returns(events: Events) -> Events:
    """Return the departures of persons who returned independently, with or without a file."""
    left = departures(events)
    return left.where(left["outcome"] == Outcome.INDEPENDENT)


def true_outcome(left: Events) -> Items:
    """Return what truly became of the persons of departures, each one of `TRUE_ITEMS`."""
    returned = "returned_" + left.named("outcome")
    at_origin = left["destination"] == Destination.ORIGIN
    return either(at_origin, returned, left.named("destination"))


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


def _through_iom(observed: Observed) -> list[Units]:
    left = departures(observed.events)
    left = left.where(left["iom"] & (left["destination"] == Destination.ORIGIN))
    asylum = left["background"] == Background.ASYLUM
    item = first_of(
        {
            "asylum_in_procedure": asylum & IS_PROCEDURE[left["phase"]],
            "asylum_illegal": asylum,
            "non_asylum_permit_expired": left["route"] == Route.PERMIT_EXPIRED,
        },
        "non_asylum_never_regular",
    )
    ended = observed.events.of(Event.REFUSED, Event.WITHDRAWN)
    return [
        labelled(left, item),
        labelled(ended, "application_" + ended.named("kind")),
        _undecided(observed, "asylum_in_procedure"),
    ]


def _undecided(observed: Observed, item: str) -> Units:
    """Return the departures of undecided persons outside the model, under one item."""
    return _by_year(item, observed.undecided or {})


def _by_year(item: str, persons: Mapping[int, float]) -> Units:
    """Return persons that nobody simulates, by year, under one item."""
    years = np.array([*persons], dtype=np.int64)
    return Units(
        years, same(item, len(years)), value=np.array([*persons.values()], dtype=np.float64)
    )


def _national(observed: Observed) -> list[Units]:
    left = independent_returns(observed.events)
    seen = either(left["spell_open"], same("with_file", len(left)), same("without_file", len(left)))
    return [
        labelled(left, seen),
        _undecided(observed, "undecided"),
        _by_year("never_a_file", _never_a_file(observed)),
    ]


def _never_a_file(observed: Observed) -> dict[int, float]:
    """Return published departures through IOM outside asylum, less the model's, by year.

    They are at least 0, and missing in years that were not published.
    """
    rows = published("iom_departures")
    rows = rows[rows["item"].str.startswith("non_asylum_")]
    left = independent_returns(observed.events)
    left = left.where(left["iom"] & (left["background"] == Background.OTHER))
    found = dict.fromkeys(observed.undecided or {}, np.nan)
    for year in sorted(set(rows["year"])):
        ours = observed.scale * np.count_nonzero(left["year"] == year)
        theirs = float(rows.loc[rows["year"] == year, "persons"].sum())
        found[int(year)] = max(theirs - ours, 0.0)
    return found


def _true_outcomes(observed: Observed) -> list[Units]:
    left = departures(observed.events)
    return [labelled(left, true_outcome(left))]


def _unobserved_places(observed: Observed) -> list[Units]:
    closed = closings(observed.events)
    closed = closed.where(closed["outcome"] == Outcome.UNOBSERVED)
    here = closed["destination"] == Destination.NETHERLANDS
    item = either(here, closed.named("to_place"), closed.named("destination"))
    return [labelled(closed, item)]


DEPARTURE_TABLES: Final = (
    Observer(
        table="iom_departures",
        items=(*IOM_ITEMS, *APPLICATIONS),
        population=(
            "persons of the model who return to their origin through IOM, or apply for it, and "
            "those who leave while they wait for a decision that would be a permit"
        ),
        unit="departure",
        year_rule="year of the departure",
        rounding=10,
        blind_spots=(
            "Persons of other background are here only if they had a file. How many persons of the "
            "published `non_asylum_*` rows (table outside_iom_departures) had one is not known, "
            "so those rows are no target. "
            "A grant that the person gives up counts as withdrawn. The grant of a person who is "
            "removed, gets a permit or moves on lapses and counts nowhere. A person in appeal "
            "counts as in procedure; the source does not define that term. People who would get a "
            "permit are not in the model: `asylum_in_procedure` adds an expected number of "
            "departures for them, the same under every policy, and no applications that are "
            "refused or withdrawn."
        ),
        source="s4 B7 (table 7, L2324-2398)",
        count=_through_iom,
        cannot_tell=only_weighed(APPLICATIONS),
    ),
    Observer(
        table="national_independent",
        items=NATIONAL_ITEMS,
        population="everybody who is known to return independently, with or without a file",
        unit="departure",
        year_rule="year of the departure",
        rounding=10,
        blind_spots=(
            "`with_file` is what DT&V counts; `without_file` are persons of the model whose file "
            "had closed or not opened yet. `undecided` and `never_a_file` are no persons of the "
            "model: an expected number of people who wait for a permit (the same under every "
            "policy), and the published departures through IOM outside asylum less the model's "
            "own, which no year after 2015 has. So `never_a_file` echoes the record: one more "
            "departure of other background in the model is one fewer here. Departures through "
            "police and border guard that IOM does not help are missing, so the sum lies below the "
            "published count, and what DT&V counts is a larger part of it."
        ),
        source="own (beside a row of s4 B1, table 2, L1550-1600)",
        count=_national,
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
