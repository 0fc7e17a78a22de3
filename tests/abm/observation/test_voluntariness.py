"""The table of how freely adults left, counted from events by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.observation.catalogue import OBSERVERS, observe
from terugkeer.abm.observation.voluntariness import ADULTS, NEEDS_WEIGHING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    Happen = Callable[..., pd.DataFrame]
    Live = Callable[..., pd.DataFrame]

TABLES = ("voluntariness", ADULTS)
ALL_MARKS = ("informed", "alternative", "willing")


def left(person: int, *marks: str, place: str = "azc", **more: object) -> dict[str, Any]:
    return {
        "kind": "left",
        "person": person,
        "outcome": "independent",
        "destination": "origin",
        "to_place": "origin",
        "place": place,
        "marks": marks,
        **more,
    }


def counted(events: pd.DataFrame, weekly: pd.DataFrame, table: str = ADULTS) -> dict[str, float]:
    wanted = [observer for observer in OBSERVERS if observer.table in TABLES]
    seen = observe(events, weekly, 2012, 2012, 10.0, observers=wanted)
    rows = seen[(seen["table"] == table) & (seen["group"] == "all")]
    return dict(zip(rows["item"], rows["persons"], strict=True))


def test_each_adult_counts_where_it_holds(happen: Happen, live: Live) -> None:
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
    assert counted(events, live()) == {
        "adults": 60.0,
        "informed": 40.0,
        "free_of_detention_and_destitution": 30.0,
        "liveable_alternative": 30.0,
        "all_three": 10.0,
        "own_first_choice": 20.0,
    }


def test_adults_are_those_of_the_circumstances(happen: Happen, live: Live) -> None:
    events = happen(
        left(0),
        left(16, "destitute", place="street"),
        left(32, place="detention"),
        left(48, minor=True),
    )
    circumstances = counted(events, live(), "voluntariness")
    of_adults = counted(events, live())
    assert of_adults["adults"] == sum(circumstances.values()) - circumstances["children"]
    assert of_adults["free_of_detention_and_destitution"] == circumstances["from_stable_shelter"]


def test_what_a_run_cannot_tell_is_missing_and_not_nobody(happen: Happen, live: Live) -> None:
    found = counted(happen(left(0), left(16, place="detention"), judged=False), live())
    assert found["adults"] == 20.0
    assert found["free_of_detention_and_destitution"] == 10.0
    for item in NEEDS_WEIGHING:
        assert math.isnan(found[item]), item


@pytest.mark.parametrize("judged", [True, False])
def test_nobody_is_zero_where_one_could_have_been(
    happen: Happen, live: Live, *, judged: bool
) -> None:
    found = counted(happen(judged=judged), live())
    zero = {item for item, persons in found.items() if persons == 0.0}
    assert zero == set(found) - (set() if judged else set(NEEDS_WEIGHING))
