"""Closings of DT&V files by outcome, recorded independent departures among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...agents import codes
from ...agents.places import labels, table
from ..world.events import Event
from .observer import DIMENSIONS, ORIGIN_GROUP, Observed, Observer, Units, labelled

if TYPE_CHECKING:
    from .events import Events

OUTCOMES: Final = tuple(codes.label(o) for o in codes.Outcome if o is not codes.Outcome.NONE)
DEPARTED: Final = (codes.Outcome.INDEPENDENT, codes.Outcome.FORCED, codes.Outcome.UNOBSERVED)


def closings(events: Events) -> Events:
    """Return the events `closed`, which close a file."""
    return events.of(Event.CLOSED)


def _by_outcome(observed: Observed) -> list[Units]:
    closed = closings(observed.events)
    return [labelled(closed, closed.named("outcome"))]


def _together(observed: Observed) -> list[Units]:
    return [labelled(closings(observed.events), "total")]


def _talks(observed: Observed) -> list[Units]:
    closed = closings(observed.events)
    closed = closed.where(closed["outcome"] == codes.Outcome.UNOBSERVED)
    talked = closed["talks"] > 0
    return [
        labelled(closed.where(talked), "talked"),
        labelled(closed.where(~talked), "not_talked"),
    ]


def _departures(observed: Observed) -> list[Units]:
    closed = closings(observed.events)
    closed = closed.where(table(*DEPARTED)[closed["outcome"]])
    return [labelled(closed, closed.named("outcome"))]


CASELOAD: Final = (
    Observer(
        table="dtv_caseload_outflow",
        items=OUTCOMES,
        population="persons with an open DT&V file, of asylum and other background",
        unit="closing",
        year_rule="year of the closing",
        rounding=10,
        blind_spots=(
            "A person whose file opens again is counted at each closing. 'Independent' counts "
            "recorded independent departures: an independent return without an open file is not "
            "among them. 'Unobserved' says only that the file was closed because the person was "
            "not found: the person may live in the Netherlands, have moved on, or be home. The "
            "source does not define 'other'. Removals after a sentence (criminal chain) are left "
            "out of the model, and how many of them the source counts is not told. The groups are "
            "the model's; the source prints totals only."
        ),
        source="s4 B5 (table 6, L2179-2322)",
        count=_by_outcome,
        dimensions=DIMENSIONS,
    ),
    Observer(
        table="dtv_caseload_outflow_total",
        items=("total",),
        population="persons with an open DT&V file, of asylum and other background",
        unit="closing",
        year_rule="year of the closing",
        rounding=10,
        blind_spots=(
            "Counts closings, not persons. The published totals up to 2017 went into the model's "
            "inflow, so agreement with them is no success of the model."
        ),
        source="s4 B5 (table 6, L2179-2322)",
        count=_together,
    ),
    Observer(
        table="unobserved_talks",
        items=("talked", "not_talked"),
        population="files closed because the person was not found",
        unit="closing",
        year_rule="year of the closing",
        rounding=0,
        blind_spots=(
            "Counts files in which a case manager held a talk or more. The source says that more "
            "than half of these persons had one, and gives no number."
        ),
        source="own (a floor: s4 L3314)",
        count=_talks,
    ),
    Observer(
        table="national_departures_by_origin_group",
        items=labels(DEPARTED),
        population="the DT&V caseload's part of departures from the Netherlands",
        unit="closing",
        year_rule="year of the closing",
        rounding=10,
        blind_spots=(
            "The published table also counts departures through police and border guard, which "
            "the model leaves out: read the contrast of safe and not safe origin within a year, "
            "never the level. 'Independent' counts recorded independent departures."
        ),
        source="s4 B2 (table 3, L1717-1833)",
        count=_departures,
        dimensions=ORIGIN_GROUP,
        total=False,
    ),
)
