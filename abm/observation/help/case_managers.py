"""What case managers decided on: extensions, projects, discretionary cash.

Counts of groups only; what a case manager did to one person is told nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents import codes
from ...world.events import Event
from ..departures import departures, independent_returns
from ..items import Items, first_of
from ..observer import BACKGROUND, Observed, Observer, Units, labelled, only_weighed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import Events

EXTENSIONS: Final = {
    "local": (Event.LOCAL_ASKED, Event.LOCAL_GRANTED),
    "regional": (Event.REGIONAL_ASKED, Event.REGIONAL_GRANTED),
}
SHELTERS: Final = ("azc", "vbl")
EXTENSION_ITEMS: Final = tuple(
    f"{shelter}:{body}:{step}"
    for shelter in SHELTERS
    for body in EXTENSIONS
    for step in ("asked", "granted", "left_within", "removed_within")
)
READINGS: Final = ("cooperates", "ambiguous", "refuses")
PROMISES: Final = {
    "not_removable": Event.PROMISED,
    "removable": Event.PROMISED_REMOVABLE,
}
DECIDED_ITEMS: Final = (
    "project_lost",
    "project_refused",
    *(f"promised:{reading}:{able}" for reading in READINGS for able in PROMISES),
    "promise_broken",
    "promise_paid",
    "removal_unprepared",
    "identified_at_mission",
    "intention_signed",
    "departure_deferred",
)


def left_within(granted: Events, left: Events) -> NDArray[np.bool_]:
    """Return which extensions were followed by a departure before they ended.

    Parameters
    ----------
    granted : Events
        Extensions, with the weeks granted.
    left : Events
        Departures of a kind.

    Returns
    -------
    ndarray of bool, shape (n,)
        Whether the person left in the week of the extension or in the weeks granted.
    """
    week, until = granted["week"], granted["week"] + granted["weeks"].astype(np.int64)
    at = left.latest(granted["person"], until)
    found = at >= 0
    found[found] = left["week"][at[found]] >= week[found]
    return np.asarray(found)


def _shelter(events: Events) -> Items:
    return first_of({"vbl": events["place"] == codes.Place.VBL}, "azc")


def _extensions(observed: Observed) -> list[Units]:
    events, gone = observed.events, departures(observed.events)
    left = independent_returns(events)
    removed = gone.where(gone["outcome"] == codes.Outcome.FORCED)
    counted = []
    for body, (asked, granted) in EXTENSIONS.items():
        put, given = events.of(asked), events.of(granted)
        steps = {
            "asked": put,
            "granted": given,
            "left_within": given.where(left_within(given, left)),
            "removed_within": given.where(left_within(given, removed)),
        }
        for step, some in steps.items():
            counted.append(labelled(some, _shelter(some) + f":{body}:{step}"))
    return counted


def _decided(observed: Observed) -> list[Units]:
    events = observed.events
    paid = independent_returns(events)
    paid = paid.where((paid["scheme"] & int(codes.Scheme.DISCRETIONARY)) > 0)
    counted = [
        labelled(events.of(Event.PROJECT_LOST).first("person"), "project_lost"),
        labelled(events.of(Event.PROJECT_REFUSED).first("person"), "project_refused"),
        labelled(events.of(Event.PROMISE_BROKEN), "promise_broken"),
        labelled(paid, "promise_paid"),
        labelled(events.of(Event.UNPREPARED), "removal_unprepared"),
        labelled(events.of(Event.RECOGNISED), "identified_at_mission"),
        labelled(events.of(Event.SIGNED), "intention_signed"),
        labelled(events.of(Event.DEFERRED), "departure_deferred"),
    ]
    for able, event in PROMISES.items():
        promised = events.of(event)
        counted.append(labelled(promised, "promised:" + promised.named("reading") + f":{able}"))
    return counted


CASE_MANAGER_TABLES: Final = (
    Observer(
        table="extensions",
        items=EXTENSION_ITEMS,
        population="persons in reception or a freedom-restricting location whose time is over",
        unit="person",
        year_rule="year in which more time is asked for, or granted",
        rounding=0,
        blind_spots=(
            "Each extension counts, so a person can stand in it more than once: with the local "
            "consultation (LTO), and with the regional one (RAO). `left_within` counts persons "
            "granted more time who return independently before it ends, and `removed_within` those "
            "who leave by force, most of them to a member state; they might have left without it "
            "too."
        ),
        source="own (s1 B4)",
        count=_extensions,
        cannot_tell=only_weighed(EXTENSION_ITEMS),
    ),
    Observer(
        table="case_managers",
        items=DECIDED_ITEMS,
        population="persons of the model with a DT&V file",
        unit="person",
        year_rule="year of the decision; promise_paid: year of the departure",
        rounding=0,
        blind_spots=(
            "`project_lost` counts clients who have had a session there, `project_refused` persons "
            "who have not; each counts a person once. A promise stands under what the case manager "
            "read in that talk, and under whether the case manager thinks that the person can be "
            "removed. `removal_unprepared` counts removals, not persons. `intention_signed` counts "
            "those who also get a place in a VBL. `departure_deferred` counts decisions: who is "
            "granted more time on medical grounds counts again."
        ),
        source="own (s1 C4, L3438-3477; s4 F17)",
        count=_decided,
        dimensions=BACKGROUND,
        cannot_tell=only_weighed(DECIDED_ITEMS),
    ),
)
