"""Planned removals and their fates, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.abm.observation.hand_made import HERE, closed, counts, in_2012

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

SEEN = {"place": "private_network", "phase": "obliged"}


def noticed(person: int, **more: object) -> dict[str, Any]:
    return {"kind": "noticed", "person": person, **SEEN, **more}


def cancelled(person: int, **more: object) -> dict[str, Any]:
    return {"kind": "cancelled", "person": person, **SEEN, **more}


def test_each_planned_removal_has_one_fate(happen: Happen) -> None:
    events = happen(
        noticed(0),
        closed(0, "forced", **SEEN),
        noticed(16),
        cancelled(16, marks=["vanished"]),
        closed(16, "unobserved", to_place="street", **HERE),
        noticed(32),
        cancelled(32, phase="repeat_procedure"),
        noticed(48),
        cancelled(48),
        closed(48, "independent"),
        noticed(64),
        cancelled(64),
        noticed(80),
        cancelled(80),
        {"kind": "unprepared", "person": 80, **SEEN},
        closed(96, "independent"),  # nothing was planned
        closed(112, "permit"),
    )
    assert in_2012("planned_removals", events, 2.0) == {
        "at_liberty:flown": 2.0,
        "at_liberty:vanished": 2.0,
        "at_liberty:new_application": 2.0,
        "at_liberty:left_on_its_own": 2.0,
        "at_liberty:cancelled_otherwise": 2.0,
        "at_liberty:unprepared": 2.0,
    }


def test_a_flight_from_detention_that_takes_place_has_no_notice(happen: Happen) -> None:
    held = {"place": "detention"}
    events = happen(
        closed(0, "forced", destination="member_state", **held),
        noticed(16, **held),
        cancelled(16, phase="repeat_procedure", **held),
        noticed(32, **held),
        cancelled(32, **held),
        {"kind": "unprepared", "person": 32, **held},
        # detained once told, and flown: planned at liberty
        noticed(48),
        closed(48, "forced", **held),
    )
    assert in_2012("planned_removals", events) == {
        "held:flown": 1.0,
        "held:new_application": 1.0,
        "held:unprepared": 1.0,
        "at_liberty:flown": 1.0,
    }


def test_a_second_plan_counts_again_and_another_week_settles_nothing(happen: Happen) -> None:
    events = happen(
        noticed(0, after=1),
        cancelled(0, after=1),
        noticed(0, after=5),
        closed(0, "forced", after=5),
        noticed(16, after=5),
        cancelled(16, after=5),
        closed(16, "independent", after=6),
    )
    expected = {"at_liberty:cancelled_otherwise": 2.0, "at_liberty:flown": 1.0}
    assert in_2012("planned_removals", events) == expected


@pytest.mark.parametrize("background", ["asylum", "other"])
def test_removals_are_split_by_background(happen: Happen, background: str) -> None:
    events = happen(noticed(0, background=background), cancelled(0, background=background))
    found = counts("planned_removals", events, group=f"background={background}")
    assert found == {(2012, "at_liberty:cancelled_otherwise"): 1.0}


def test_half_fail_and_two_thirds_of_those_vanish_as_the_source_puts_it(happen: Happen) -> None:
    """s4 B13 in hundreds: 63 planned, 30 cancelled, of these 20 vanish and 14 % are new cases."""
    rows = []
    for person in range(0, 63 * 16, 16):
        rows.append(noticed(person))
        number = person // 16
        if number < 20:
            rows.append(cancelled(person, marks=["vanished"]))
        elif number < 24:
            rows.append(cancelled(person, phase="repeat_procedure"))
        elif number < 30:
            rows.append(cancelled(person))
        else:
            rows.append(closed(person, "forced", **SEEN))
    found = in_2012("planned_removals", happen(*rows), 100.0)
    assert sum(found.values()) == 6300.0
    assert found["at_liberty:flown"] == 3300.0
    failed = 6300.0 - found["at_liberty:flown"]
    assert failed / 6300.0 == pytest.approx(0.476, abs=0.001)
    assert found["at_liberty:vanished"] / failed == pytest.approx(2.0 / 3.0)
    assert found["at_liberty:new_application"] / failed == pytest.approx(0.133, abs=0.001)
