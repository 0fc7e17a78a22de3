"""Paths: from entry through places to recorded outcomes and what lies behind them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pandas as pd

from ...agents import codes
from .caseload import OUTCOMES, closings
from .departures import UNOBSERVED_PLACES, departures
from .observer import Observed, Observer, labelled

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


def _flows(observed: Observed) -> pd.DataFrame:
    events, closed = observed.events, closings(observed.events)
    entered = events[events["kind"] == "entered"]
    moved = events[(events["kind"] == "moved") & (events["place"] != events["to_place"])]
    left = departures(events)
    unfiled = left[~left["spell_open"]]
    return pd.concat(
        [
            labelled(entered, ENTRY + ARROW + entered["place"].astype(str)),
            labelled(moved, moved["place"].astype(str) + ARROW + moved["to_place"].astype(str)),
            labelled(closed, closed["place"].astype(str) + ARROW + closed["outcome"].astype(str)),
            labelled(unfiled, unfiled["place"].astype(str) + ARROW + WITHOUT_FILE),
        ]
    )


def _closing_paths(observed: Observed) -> pd.DataFrame:
    events = observed.events
    opened = events.loc[events["kind"] == "opened", ["week", "person", "place"]]
    opened = opened.assign(opened=opened["place"].astype(str)).drop(columns="place")
    closed = pd.merge_asof(
        closings(events).sort_values("week", kind="stable"),
        opened.sort_values("week", kind="stable"),
        on="week",
        by="person",
    )
    if closed["opened"].isna().any():
        person = int(closed.loc[closed["opened"].isna(), "person"].iloc[0])
        raise ValueError(f"the file of person {person} closes but was never opened")
    destination = closed["destination"].astype(str)
    hidden = (closed["outcome"] == "unobserved") & (destination == "netherlands")
    stage = {
        "route": closed["route"].astype(str),
        "opened": closed["opened"],
        "closed": closed["place"].astype(str),
        "outcome": closed["outcome"].astype(str),
        "truth": destination.where(~hidden, closed["to_place"].astype(str)),
    }
    return pd.concat(
        [
            labelled(closed, one + ":" + stage[one] + ARROW + stage[following])
            for one, following in pairwise(STAGES)
        ]
    )


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
