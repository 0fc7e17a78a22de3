"""What case managers decided on, from a few events by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terugkeer.agents.codes import Scheme

from tests.abm.observation.hand_made import counts, left

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def happened(kind: str, person: int, **columns: object) -> dict[str, Any]:
    return {"kind": kind, "person": person, **columns}


def test_extensions_count_by_shelter_and_body_with_departures_within_them(happen: Happen) -> None:
    azc = {"place": "azc_departure_term", "after": 20}
    vbl = {"place": "vbl", "after": 20}
    events = happen(
        happened("local_asked", 0, **azc),
        happened("local_granted", 0, weeks=2, **azc),
        happened("local_asked", 16, **azc),
        happened("local_asked", 32, **vbl),
        happened("local_granted", 32, weeks=2, **vbl),
        happened("regional_asked", 32, **{**vbl, "after": 22}),
        happened("regional_granted", 32, weeks=4, **{**vbl, "after": 22}),
        left(0, "independent", after=22),  # in the last week
        left(32, "independent", after=23),  # after the local one, within the regional one
    )
    found = {item: n for (_, item), n in counts("extensions", events).items()}
    assert found == {
        "azc:local:asked": 2.0,
        "azc:local:granted": 1.0,
        "azc:local:left_within": 1.0,
        "vbl:local:asked": 1.0,
        "vbl:local:granted": 1.0,
        "vbl:regional:asked": 1.0,
        "vbl:regional:granted": 1.0,
        "vbl:regional:left_within": 1.0,
    }


def test_a_removal_within_an_extension_counts_apart(happen: Happen) -> None:
    at = {"place": "vbl", "after": 20}
    events = happen(happened("local_granted", 0, weeks=2, **at), left(0, "forced", after=21))
    found = {item for _, item in counts("extensions", events)}
    assert found == {"vbl:local:granted", "vbl:local:removed_within"}


def test_projects_count_persons_and_promises_count_by_reading(happen: Happen) -> None:
    events = happen(
        happened("project_lost", 0),
        happened("project_lost", 0),
        happened("project_lost", 16),
        happened("project_refused", 16),
        happened("project_refused", 17),
        happened("project_refused", 17),
        happened("promised", 32, reading="ambiguous"),
        happened("promised_removable", 48, reading="cooperates"),
        happened("promise_broken", 32),
        left(48, "independent", scheme=int(Scheme.DISCRETIONARY)),
        left(64, "independent", scheme=int(Scheme.REAN)),
        happened("unprepared", 80),
        happened("recognised", 96),
        happened("signed", 112),
        happened("deferred", 128, weeks=26),
        happened("deferred", 128, weeks=26),
    )
    found = {item: n for (_, item), n in counts("case_managers", events).items()}
    assert found == {
        "project_lost": 2.0,
        "project_refused": 2.0,
        "promised:ambiguous:not_removable": 1.0,
        "promised:cooperates:removable": 1.0,
        "promise_broken": 1.0,
        "promise_paid": 1.0,
        "removal_unprepared": 1.0,
        "identified_at_mission": 1.0,
        "intention_signed": 1.0,
        "departure_deferred": 2.0,
    }
