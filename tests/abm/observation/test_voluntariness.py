"""The tables of how freely persons returned independently, counted from events by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.observation.voluntariness import ADULTS, NEEDS_WEIGHING

from tests.abm.observation.hand_made import in_2012, rows_of
from tests.abm.observation.hand_made import left as leave

if TYPE_CHECKING:
    from terugkeer.abm.observation.events import Events

    from tests.abm.observation.hand_made import Happen

ALL_MARKS = ("informed", "alternative", "willing")


def left(person: int, *marks: str, place: str = "azc", **more: object) -> dict[str, Any]:
    return leave(person, place=place, marks=marks, **more)  # type: ignore[arg-type] # columns


def counted(events: Events, table: str = ADULTS) -> dict[str, float]:
    rows = rows_of(table, events, 10.0)
    rows = rows[(rows["group"] == "all") & (rows["year"] == 2012)]
    return dict(zip(rows["item"], rows["persons"], strict=True))


def test_circumstances_add_up_to_independent_returns(happen: Happen) -> None:
    events = happen(
        left(0),
        left(16, "destitute", place="street"),
        left(32, place="detention"),
        left(48, minor=True),
        left(64, place="detention", outcome="forced"),
    )
    assert in_2012("voluntariness", events) == dict.fromkeys(
        ("from_stable_shelter", "destitute", "from_detention", "children"), 1.0
    )


def test_each_adult_counts_where_it_holds(happen: Happen) -> None:
    events = happen(
        left(0, *ALL_MARKS),
        left(1, "informed"),  # of the same household: judged apart
        left(16, "informed", "alternative", "destitute", place="street"),
        left(32, "informed", "willing", place="detention"),
        left(48, "alternative"),
        left(64, place="closed_family"),
        left(80, *ALL_MARKS, minor=True),
        left(96, *ALL_MARKS, outcome="forced"),
    )
    assert counted(events) == {
        "adults": 60.0,
        "informed": 40.0,
        "free_of_detention_and_destitution": 30.0,
        "liveable_alternative": 30.0,
        "all_three": 10.0,
        "own_first_choice": 20.0,
    }


def test_adults_are_those_of_the_circumstances(happen: Happen) -> None:
    events = happen(
        left(0),
        left(16, "destitute", place="street"),
        left(32, place="detention"),
        left(48, minor=True),
    )
    circumstances = counted(events, "voluntariness")
    of_adults = counted(events)
    assert of_adults["adults"] == sum(circumstances.values()) - circumstances["children"]
    assert of_adults["free_of_detention_and_destitution"] == circumstances["from_stable_shelter"]


def test_what_a_run_cannot_tell_is_missing_and_not_nobody(happen: Happen) -> None:
    found = counted(happen(left(0), left(16, place="detention"), judged=False))
    assert found["adults"] == 20.0
    assert found["free_of_detention_and_destitution"] == 10.0
    for item in NEEDS_WEIGHING:
        assert math.isnan(found[item]), item


@pytest.mark.parametrize("judged", [True, False])
def test_nobody_is_zero_where_one_could_have_been(happen: Happen, *, judged: bool) -> None:
    found = counted(happen(judged=judged))
    zero = {item for item, persons in found.items() if persons == 0.0}
    assert zero == set(found) - (set() if judged else set(NEEDS_WEIGHING))
