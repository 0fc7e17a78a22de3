"""Municipal shelter: weeks on condition, allowances, and permits of people of night shelter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.observation.law.municipal_shelter import MUNICIPAL, PERMITS

from tests.abm.observation.hand_made import counts, in_2012, left, moved

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

IN = ("street", "night_shelter")
PERMIT = {"destination": "permit"}
YEAR, TWO_YEARS = 50, 104  # weeks


def test_a_resident_counts_once_and_a_permit_by_the_years_since_the_first_night(
    happen: Happen,
) -> None:
    events = happen(
        moved(0, *IN, after=1),
        moved(0, *IN, after=30),
        left(0, "permit", after=TWO_YEARS, **PERMIT),
        moved(16, *IN, after=1),
        left(16, "permit", after=YEAR, **PERMIT),
        moved(32, *IN),
        left(32, "independent"),
        left(48, "permit", **PERMIT),  # never there
        left(64, "permit", after=1, **PERMIT),
        moved(80, "night_shelter", "street"),
    )
    assert in_2012("night_shelter_residents", events) == {
        "moved_in": 3.0,
        PERMITS[0]: 1.0,
        PERMITS[1]: 1.0,
    }


def test_what_municipalities_begin_and_end_is_counted(happen: Happen) -> None:
    events = happen(
        {"kind": "turn_begun", "person": 0, "place": "night_shelter"},
        {"kind": "allowance_given", "person": 16, "place": "private_network"},
        moved(0, "night_shelter", "street"),
        moved(32, "night_shelter", "vbl"),
        moved(48, "detention", "street"),
    )
    assert in_2012("municipal_shelter", events) == dict.fromkeys(MUNICIPAL, 1.0)


def test_where_nobody_weighs_no_condition_is_told(happen: Happen) -> None:
    events = happen(moved(0, "night_shelter", "street"), judged=False)
    assert counts("municipal_shelter", events) == {}
