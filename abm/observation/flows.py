"""Paths: from entry through places to recorded outcomes and what lies behind them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ...agents import codes
from ..world.events import Event
from .caseload import OUTCOMES, closings
from .departures import UNOBSERVED_PLACES, departures
from .items import either
from .observer import Observed, Observer, Units, labelled

ARROW: Final = ">"
ENTRY: Final = "entry"
WITHOUT_FILE: Final = "left_without_file"
PLACES: Final = tuple(codes.label(p) for p in codes.Place if p is not codes.Place.ORIGIN)
ROUTES: Final = tuple(codes.label(route) for route in codes.Route)
STAGES: Final = ("route", "opened", "closed", "outcome", "truth")
# Behind a recorded outcome: where the person truly is when the file closes.
TRUTHS: Final[dict[str, tuple[str, ...]]] = {
    "independent": ("origin", "member_state"),
    "forced": ("origin", "member_state"),
    "unobserved": UNOBSERVED_PLACES,
    "permit": ("permit",),
    "other": ("other", "netherlands"),
}


def _pairs(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{a}{ARROW}{b}" for a in left for b in right if a != b)


def stage_pair(stage: str, left: str, right: str) -> str:
    """Name the step from one stage of a closed file's path to the next.

    Parameters
    ----------
    stage : str
        The stage of `left`, of `STAGES`.

    Returns
    -------
    str
        An item of the table `closing_paths`, such as `opened:azc>vbl`.
    """
    return f"{stage}:{left}{ARROW}{right}"


STAGE_VALUES: Final = {"route": ROUTES, "opened": PLACES, "closed": PLACES, "outcome": OUTCOMES}
PATH_ITEMS: Final = (
    *(stage_pair("route", a, b) for a in ROUTES for b in PLACES),
    *(stage_pair("opened", a, b) for a in PLACES for b in PLACES),
    *(stage_pair("closed", a, b) for a in PLACES for b in OUTCOMES),
    *(stage_pair("outcome", a, b) for a in OUTCOMES for b in TRUTHS[a]),
)


def _flows(observed: Observed) -> list[Units]:
    events, closed = observed.events, closings(observed.events)
    entered, moved = events.of(Event.ENTERED), events.of(Event.MOVED)
    moved = moved.where(moved["place"] != moved["to_place"])
    left = departures(events)
    unfiled = left.where(~left["spell_open"])
    return [
        labelled(entered, ENTRY + ARROW + entered.named("place")),
        labelled(moved, moved.named("place") + ARROW + moved.named("to_place")),
        labelled(closed, closed.named("place") + ARROW + closed.named("outcome")),
        labelled(unfiled, unfiled.named("place") + ARROW + WITHOUT_FILE),
    ]


def _closing_paths(observed: Observed) -> list[Units]:
    closed, opened = closings(observed.events), observed.events.of(Event.OPENED)
    opening = opened.latest(closed["person"], closed["week"])
    if (opening < 0).any():
        person = int(closed["person"][opening < 0][0])
        raise ValueError(f"the file of person {person} closes but was never opened")
    here = closed["destination"] == codes.Destination.NETHERLANDS
    hidden = here & (closed["outcome"] == codes.Outcome.UNOBSERVED)
    stage = {
        "route": closed.named("route"),
        "opened": opened.take(opening).named("place"),
        "closed": closed.named("place"),
        "outcome": closed.named("outcome"),
        "truth": either(hidden, closed.named("to_place"), closed.named("destination")),
    }
    return [
        labelled(closed, one + ":" + stage[one] + ARROW + stage[following])
        for one, following in pairwise(STAGES)
    ]


PATH_TABLES: Final = (
    Observer(
        table="flows",
        items=(
            *_pairs((ENTRY,), PLACES),
            *_pairs(PLACES, PLACES),
            *_pairs(PLACES, OUTCOMES),
            *_pairs(PLACES, (WITHOUT_FILE,)),
        ),
        population="all persons of the model who live in the Netherlands",
        unit="transition",
        year_rule="year of the transition",
        rounding=0,
        blind_spots=(
            "A person makes several transitions. A closing is no move: a person whose file closes "
            "as unobserved may also move in the same week, and still lives in the Netherlands."
        ),
        source="own (ODD: Observation, paths)",
        count=_flows,
    ),
    Observer(
        table="closing_paths",
        items=PATH_ITEMS,
        population="files that close",
        unit="closing",
        year_rule="year of the closing",
        rounding=0,
        blind_spots=(
            "Each step of `stage:from>to` counts the same closings, so every stage adds up to all "
            "closings of the year. The table does not say which steps belong to one person, nor "
            "where a person was between opening and closing."
        ),
        source="own (ODD: Observation, paths)",
        count=_closing_paths,
    ),
)
