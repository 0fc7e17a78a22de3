"""Measures of removal: who came under them, and how files closed under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.codes import Destination, Outcome, Place, label
from ...agents.places import IS_HELD, labels, table
from ..world.events import Event
from .caseload import closings
from .items import Items
from .observer import Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from .events import Events

DAYS_PER_WEEK: Final = 7.0
TIME_EDGES: Final = (13.0, 26.0)  # weeks
TIMES_HELD: Final = ("under_3_months", "3_to_6_months", "over_6_months")
ENDS: Final = ("/stayed", "/departed")
START_METRICS: Final = ("placed", "inflow", "imposed")
MEASURES: Final[dict[Place, tuple[str, ...]]] = {
    Place.DETENTION: ("placed", "demonstrable_departure", "of_which_dublin", "of_which_origin"),
    Place.FAMILY_LOCATION: ("inflow", "independent", "unobserved", "to_detention"),
    Place.VBL: ("inflow", "independent", "unobserved", "to_detention"),
    Place.CLOSED_FAMILY: ("inflow", "demonstrable_departure"),
    Place.REPORTING_DUTY: ("imposed", "independent", "unobserved"),
}
OF_FAMILIES: Final = (Outcome.INDEPENDENT, Outcome.UNOBSERVED, Outcome.FORCED, Outcome.PERMIT)


def starts(events: Events, place: Place) -> Events:
    """Return the events with which stays in a place begin: a move into it, or entry in it.

    A file that opens begins no stay; the move or the entry did.
    """
    kind, was = events["kind"], events["place"] == place
    moved = (kind == Event.MOVED) & (events["to_place"] == place) & ~was
    return events.where(moved | ((kind == Event.ENTERED) & was))


def _removal_measures(observed: Observed) -> list[Units]:
    events, closed = observed.events, closings(observed.events)
    moved = events.of(Event.MOVED)
    counted = []
    for measure, metrics in MEASURES.items():
        from_here = closed.where(closed["place"] == measure)
        outcome, destination = from_here["outcome"], from_here["destination"]
        gone = (outcome == Outcome.INDEPENDENT) | (outcome == Outcome.FORCED)
        away = moved.where((moved["place"] == measure) & (moved["to_place"] != measure))
        rows = {
            "independent": from_here.where(outcome == Outcome.INDEPENDENT),
            "unobserved": from_here.where(outcome == Outcome.UNOBSERVED),
            "demonstrable_departure": from_here.where(gone),
            "of_which_dublin": from_here.where(gone & (destination == Destination.MEMBER_STATE)),
            "of_which_origin": from_here.where(gone & (destination == Destination.ORIGIN)),
            "to_detention": away.where(IS_HELD[away["to_place"]]),
            **dict.fromkeys(START_METRICS, starts(events, measure)),
        }
        counted += [labelled(rows[metric], f"{label(measure)}/{metric}") for metric in metrics]
    return counted


def _stays(events: Events) -> Events:
    """Return the events with which stays in detention end."""
    events = events.of(Event.LEFT, Event.MOVED)
    ended = (events["kind"] == Event.LEFT) | (events["to_place"] != Place.DETENTION)
    return events.where(ended & (events["place"] == Place.DETENTION))


def _detention_days(observed: Observed) -> list[Units]:
    stays = _stays(observed.events)
    days = stays["weeks"].astype(np.float64) * DAYS_PER_WEEK
    return [labelled(stays, "days", value=days)]


def _by_time_held(observed: Observed) -> list[Units]:
    stays = _stays(observed.events)
    demonstrable = table(Outcome.INDEPENDENT, Outcome.FORCED)[stays["outcome"]]
    gone = (stays["kind"] == Event.LEFT) & demonstrable
    held = Items(np.digitize(stays["weeks"], TIME_EDGES), TIMES_HELD)
    return [labelled(stays, held + Items(gone.astype(np.intp), ENDS))]


def _family_location(observed: Observed) -> list[Units]:
    closed = closings(observed.events)
    there = closed["place"] == Place.FAMILY_LOCATION
    closed = closed.where(there & table(*OF_FAMILIES)[closed["outcome"]])
    return [labelled(closed, closed.named("outcome"))]


MEASURES_TABLES: Final = (
    Observer(
        table="removal_measures",
        items=tuple(f"{label(measure)}/{m}" for measure, of in MEASURES.items() for m in of),
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
        items=tuple(time + end for time in TIMES_HELD for end in ENDS),
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
        items=labels(OF_FAMILIES),
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
