"""Methods and mediation, counted from events by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.observation.help.methods import METHOD_ITEMS
from terugkeer.agents.codes import Method
from terugkeer.agents.rules.methods import pack_step

from tests.abm.observation.hand_made import in_2012

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def test_every_method_has_its_own_steps() -> None:
    steps = [item for item in METHOD_ITEMS if ":step_" in item]
    assert len(steps) == 9 + 4 + 2 + 3
    assert len(METHOD_ITEMS) == len(steps) + 4 * 3


def test_methods_are_counted_by_step_and_end(happen: Happen) -> None:
    def step(method: Method, number: int) -> int:
        return int(pack_step(method, number))

    line, safe = Method.LIFE_LINE, Method.SAFE_FUTURE
    events = happen(
        {"kind": "method_begun", "person": 0, "step_of_method": step(line, 0)},
        {"kind": "method_step", "person": 0, "step_of_method": step(line, 1)},
        {"kind": "method_step", "person": 0, "step_of_method": step(line, 2)},
        {"kind": "method_finished", "person": 0, "step_of_method": step(line, 2)},
        {"kind": "method_begun", "person": 16, "step_of_method": step(safe, 0)},
        {"kind": "method_step", "person": 16, "step_of_method": step(safe, 1)},
        {"kind": "method_left", "person": 16, "step_of_method": step(safe, 1)},
    )
    assert in_2012("methods", events, scale=10.0) == {
        "life_line:begun": 10.0,
        "life_line:step_1": 10.0,
        "life_line:step_2": 10.0,
        "life_line:finished": 10.0,
        "safe_future:begun": 10.0,
        "safe_future:step_1": 10.0,
        "safe_future:left": 10.0,
    }


def test_mediation_is_counted_as_it_goes(happen: Happen) -> None:
    events = happen(
        {"kind": "kin_sought", "person": 0},
        {"kind": "kin_sought", "person": 16},
        {"kind": "kin_reached", "person": 0},
        {"kind": "kin_want", "person": 0},
    )
    assert in_2012("mediation", events) == {"kin_sought": 2.0, "kin_reached": 1.0, "kin_want": 1.0}


def test_a_person_counts_at_every_meeting_of_families(happen: Happen) -> None:
    there = {"kind": "family_meeting", "person": 0, "place": "family_location"}
    events = happen(there, there | {"after": 20}, there | {"person": 1})
    assert in_2012("family_meetings", events, 20.0) == {"met_families": 60.0}
