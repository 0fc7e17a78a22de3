"""Who pays for journeys home, and the part of help, on logs by hand and in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.help.journey_home import PARTS, PAYER_ITEMS

from tests.abm.observation.hand_made import counts, in_2012, left, rows_of

if TYPE_CHECKING:
    from terugkeer.abm.runs.result import RunResult

    from tests.abm.observation.hand_made import Happen

UNSEEN = {"outcome": "unobserved", "destination": "home_unobserved"}
IOM = {"marks": ("iom",), "payer": "iom"}


def test_journeys_home_are_counted_by_way_and_payer(happen: Happen) -> None:
    events = happen(
        left(16, **IOM),
        left(32, payer="own"),
        left(48, payer="own"),
        left(64, payer="state"),
        left(80, payer="own", **UNSEEN),
        left(96, "forced", payer="state"),
    )
    assert in_2012("who_pays", events, 10.0) == {
        "independent:iom": 10.0,
        "independent:own": 20.0,
        "independent:state": 10.0,
        "unseen:own": 10.0,
        "forced:state": 10.0,
    }


def test_journeys_elsewhere_and_other_events_are_not_counted(happen: Happen) -> None:
    events = happen(
        left(16, "unobserved", destination="onward"),
        left(32, "forced", destination="member_state"),
        left(48, "permit"),
        {**left(64, payer="own"), "kind": "closed"},
    )
    assert in_2012("who_pays", events) == {}


def test_payers_are_split_by_who_leaves_and_counted_in_the_year_they_leave(happen: Happen) -> None:
    events = happen(
        left(16, payer="own", background="other"),
        left(32, payer="state", background="asylum", year=2013),
        left(48, payer="state", background="asylum", family=True),
    )
    assert counts("who_pays", events, group="background=other") == {(2012, "independent:own"): 1.0}
    assert counts("who_pays", events, group="background=asylum") == {
        (2012, "independent:state"): 1.0,
        (2013, "independent:state"): 1.0,
    }
    assert counts("who_pays", events, group="household=family") == {
        (2012, "independent:state"): 1.0
    }


def test_adults_with_support_say_what_part_it_had(happen: Happen) -> None:
    support = IOM | {"scheme": 1}
    events = happen(
        left(16, **support, part_of_help="decisive"),
        left(32, **support, part_of_help="influence"),
        left(48, **support, part_of_help="influence"),
        left(64, **support, part_of_help="none"),
        left(80, **support, part_of_help="decisive", minor=True),  # children are not asked
        left(96, payer="own"),  # nor those without support
    )
    assert in_2012("part_of_help", events, 10.0) == {
        "decisive": 10.0,
        "influence": 20.0,
        "no_part": 10.0,
    }


@pytest.mark.parametrize(
    ("table", "items"), [("who_pays", PAYER_ITEMS), ("part_of_help", tuple(PARTS.values()))]
)
def test_where_nobody_weighs_nothing_is_told(
    table: str, items: tuple[str, ...], happen: Happen
) -> None:
    rows = rows_of(table, happen(left(16), judged=False))
    assert set(rows["item"]) == set(items)
    assert rows["persons"].isna().all()
    told = rows_of(table, happen(left(16, payer="own")))
    assert told["persons"].notna().all()


def test_in_a_run_every_journey_home_has_a_payer_and_every_supported_adult_an_answer(
    run: RunResult,
) -> None:
    events = Events(run.log)
    frame = run.events[(run.events["kind"] == "left") & (run.events["year"] >= 2011)]
    home = frame["destination"].isin(["origin", "home_unobserved"])
    assert (frame.loc[home, "payer"] != "none").all()
    assert (frame.loc[~home, "payer"] == "none").all()
    paid = sum(counts("who_pays", events, run.scale).values())
    assert paid == home.sum() * run.scale > 0
    supported = frame[frame["iom"] & ~frame["minor"]]
    asked = sum(counts("part_of_help", events, run.scale).values())
    assert asked == len(supported) * run.scale > 0
