"""Lines that the log gives, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.meetings.steps import Step
from terugkeer.abm.world.persons.people import People
from terugkeer.agents import traits
from terugkeer.agents.codes import (
    Destination,
    Embeddedness,
    Method,
    Organisation,
    Outcome,
    Place,
    Route,
    Scheme,
    Went,
)
from terugkeer.agents.rules.after_return import pack
from terugkeer.agents.rules.methods import pack_step
from terugkeer.viz.page.lives.logged import of_log

from tests.viz.page.small_worlds import events_of

ENTRY = {name: np.array([0]) for name in traits.FIELDS} | {"route": np.array([Route.BORDER])}
HARD = pack(np.full((1, 3), Embeddedness.LOW, np.uint8), np.array([Went.HARD]), np.array([False]))
SAID: dict[Event, tuple[dict[str, Any], list[Any]]] = {
    Event.ENTERED: ({"traits": traits.pack(ENTRY)[0]}, ["border"]),
    Event.OPENED: ({}, []),
    Event.CLOSED: ({"outcome": Outcome.UNOBSERVED}, ["unobserved"]),
    Event.LEFT: (
        {"destination": Destination.ONWARD, "outcome": Outcome.UNOBSERVED},
        ["onward", "unobserved"],
    ),
    Event.MOVED: ({"place": Place.AZC, "to_place": Place.STREET}, ["street"]),
    Event.NOTICED: ({}, []),
    Event.CANCELLED: ({"marks": Mark.VANISHED | Mark.SPELL_OPEN}, [1]),
    Event.MET: ({"helper": Organisation.VWN}, ["vwn"]),
    Event.REFERRED: ({"helper": Organisation.IOM}, ["iom"]),
    Event.REACHED: ({"helper": Organisation.IOM}, ["iom"]),
    Event.APPLIED: ({"scheme": Scheme.REAN | Scheme.HRT}, [["rean", "hrt"]]),
    Event.GRANTED: ({"scheme": Scheme.IN_KIND}, [["in_kind"], 500, 1500]),
    Event.REFUSED: ({}, []),
    Event.WITHDRAWN: ({}, []),
    Event.AWAITS_PLACE: ({}, []),
    Event.FARED: ({"fared": HARD[0]}, ["hard"]),
    Event.LEFT_AGAIN: ({}, []),
    Event.REFERRAL_LOST: ({"helper": Organisation.IOM}, ["iom"]),
    Event.PROJECT_LOST: ({"helper": Organisation.BRIDGE_TO_BETTER}, ["bridge_to_better"]),
    Event.PROJECT_REFUSED: ({"helper": Organisation.MAATWERK}, ["maatwerk"]),
    Event.LOCAL_GRANTED: ({}, []),
    Event.REGIONAL_GRANTED: ({}, []),
    Event.SIGNED: ({}, []),
    Event.TURN_BEGUN: ({}, []),
    Event.ALLOWANCE_GIVEN: ({}, []),
    Event.DEFERRED: ({}, []),
    Event.PROMISED: ({}, []),
    Event.PROMISED_REMOVABLE: ({}, []),
    Event.PROMISE_BROKEN: ({}, []),
    Event.RECOGNISED: ({}, []),
    Event.NO_FAULT_TESTED: ({}, []),
    Event.METHOD_BEGUN: (
        {"step_of_method": pack_step([Method.SAFE_FUTURE], [0])[0]},
        ["safe_future"],
    ),
    Event.METHOD_FINISHED: (
        {"step_of_method": pack_step([Method.BEWOGEN_TERUGKEER], [4])[0]},
        ["bewogen_terugkeer"],
    ),
    Event.METHOD_LEFT: ({"step_of_method": pack_step([Method.LIFE_LINE], [1])[0]}, ["life_line"]),
    Event.KIN_REACHED: ({}, []),
    Event.KIN_WANT: ({}, []),
}
ASKED = {Event.LOCAL_ASKED, Event.REGIONAL_ASKED}  # told if granted
# beside a removal that does not take place, and beside papers, which a column tells
BESIDE = {Event.UNPREPARED, Event.AGREED}
BY_PHASE = {Event.APPEALED, Event.APPLIED_AGAIN, Event.CLAIM_WON}  # told as phase or permit
IN_SESSIONS = {Event.METHOD_STEP, Event.KIN_SOUGHT, Event.FAMILY_MEETING}  # in tables only


@pytest.fixture
def people() -> People:
    people = People()
    people.add({"person": np.array([112]), "cash_eur": 499.6, "in_kind_eur": 1500.0})
    return people


def lines(people: People, *events: dict[str, Any]) -> list[list[Any]]:
    return [[number, kind, *args] for number, kind, args in of_log(events_of(*events), people)]


@pytest.mark.parametrize("event", SAID, ids=[event.name for event in SAID])
def test_an_event_of_a_first_adult_is_a_line(event: Event, people: People) -> None:
    columns, said = SAID[event]
    first, second = ({"kind": event, "person": person, **columns} for person in (112, 113))
    assert lines(people, first, second) == [[7, event.name.lower(), *said]]


def test_lines_stand_in_the_order_of_the_log(people: People) -> None:
    kinds = (Event.OPENED, Event.MET, Event.CLOSED, Event.MET, Event.OPENED)
    events = [{"kind": kind, "person": 112 + 16 * at} for at, kind in enumerate(kinds)]
    told = [(line[0], line[1]) for line in lines(people, *events)]
    assert told == [(7, "opened"), (8, "met"), (9, "closed"), (10, "met"), (11, "opened")]


def test_all_events_are_told_but_the_end_of_the_follow_up_steps_requests_and_sessions(
    people: People,
) -> None:
    untold = {Event.ARCHIVED, *(Event[step.name] for step in Step), *ASKED, *BESIDE}
    untold |= IN_SESSIONS | BY_PHASE
    assert {*Event} - {*SAID} == untold
    assert lines(people, *({"kind": each, "person": 112} for each in sorted(untold))) == []


def test_a_removal_that_did_not_take_place_says_whether_the_person_vanished(
    people: People,
) -> None:
    assert lines(people, {"kind": Event.CANCELLED, "person": 112}) == [[7, "cancelled", 0]]


def test_a_grant_of_who_left_in_the_same_week_has_no_amounts(people: People) -> None:
    granted = {"kind": Event.GRANTED, "person": 160, "scheme": Scheme.REAN}
    assert lines(people, granted) == [[10, "granted", ["rean"], None, None]]
