"""Appeals and repeat applications, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.abm.observation.hand_made import closed, counts, in_2012

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def appealed(person: int, track: str, phase: str) -> dict[str, Any]:
    return {"kind": "appealed", "person": person, "track": track, "phase": phase}


def won(person: int, phase: str, track: str = "general") -> dict[str, Any]:
    return {"kind": "claim_won", "person": person, "track": track, "phase": phase}


def again(person: int, place: str = "azc") -> dict[str, Any]:
    return {
        "kind": "applied_again",
        "person": person,
        "place": place,
        "phase": "repeat_procedure",
    }


def test_appeals_count_by_track_and_by_right_to_stay(happen: Happen) -> None:
    events = happen(
        appealed(0, "dublin", "departure_term"),
        appealed(16, "extended", "appeal"),
        appealed(32, "extended", "departure_term"),
        appealed(48, "general", "departure_term"),
        won(16, "appeal", "extended"),
        won(48, "obliged"),  # while the term had run
    )
    assert in_2012("procedures", events, 2.0) == {
        "appeal:dublin:made": 2.0,
        "appeal:extended:made": 4.0,
        "appeal:extended:awaited": 2.0,
        "appeal:extended:won": 2.0,
        "appeal:general:made": 2.0,
        "appeal:general:won": 2.0,
    }


def test_repeat_applications_count_where_and_when_they_are_made(happen: Happen) -> None:
    stopped = {"kind": "cancelled", "phase": "repeat_procedure"}
    events = happen(
        again(0),
        again(16, "detention"),
        again(32, "closed_family"),
        {**stopped, "person": 32, "place": "closed_family"},
        won(0, "repeat_procedure"),
        {"kind": "cancelled", "person": 48, "phase": "obliged"},  # no application
    )
    assert in_2012("procedures", events) == {
        "repeat:made": 3.0,
        "repeat:held": 2.0,
        "repeat:last_minute": 1.0,
        "repeat:won": 1.0,
    }
    assert counts("procedures", events, group="background=other") == {}


def test_no_fault_permits_count_beside_requests_that_are_refused(happen: Happen) -> None:
    tested = {"kind": "no_fault_tested", "phase": "obliged"}
    events = happen(
        {**tested, "person": 0, "outcome": "permit"},
        closed(0, "permit"),
        {**tested, "person": 16, "outcome": "none"},
        closed(32, "permit"),  # on other grounds
    )
    assert in_2012("procedures", events) == {"no_fault:tested": 2.0, "no_fault:granted": 1.0}
