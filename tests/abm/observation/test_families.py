"""Children and families who leave, and households that part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terugkeer.abm.observation.families import FAMILIES

from tests.abm.observation.hand_made import in_2012, left

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen

CHILD = {"minor": True, "family": True}
PARENT = {"family": True}


def entered(*persons: int) -> list[dict[str, Any]]:
    return [{"kind": "entered", "person": person, "place": "azc"} for person in persons]


def test_a_family_counts_once_and_each_of_its_children(happen: Happen) -> None:
    events = happen(
        *entered(0, 1, 2, 16),
        left(0, **PARENT),
        left(1, **CHILD),
        left(2, **CHILD),
        left(16),  # alone
    )
    assert in_2012(FAMILIES, events) == {
        "children_left": 2.0,
        "children_returned": 2.0,
        "families_left": 1.0,
    }


def test_a_child_who_goes_elsewhere_has_left_and_not_returned(happen: Happen) -> None:
    events = happen(
        *entered(0, 16),
        left(0, "unobserved", destination="onward", **CHILD),
        left(16, "permit", destination="permit", **CHILD),
    )
    assert in_2012(FAMILIES, events) == {"children_left": 1.0, "families_left": 1.0}


def test_a_household_of_which_some_stay_or_leave_later_is_separated(happen: Happen) -> None:
    events = happen(
        *entered(0, 1, 16, 17, 32, 33),
        left(0),  # 1 stays
        left(16, after=10),
        left(17, after=20),
        left(32),
        left(33),
    )
    assert in_2012(FAMILIES, events) == {"families_separated": 2.0}
