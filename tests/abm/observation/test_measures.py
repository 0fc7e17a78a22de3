"""Starts of measures, closings under them, and days in detention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.abm.observation.hand_made import HERE, closed, counts, in_2012, left, moved, opened

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen


def test_measures_count_starts_closings_and_moves_to_detention(happen: Happen) -> None:
    events = happen(
        # Straight into detention, with a file the same week: one start.
        {"kind": "entered", "person": 0, "place": "detention"},
        opened(0, "detention"),
        closed(0, "forced", place="detention", destination="member_state"),
        # From the vbl to detention, and out of it independently.
        opened(16),
        moved(16, "azc", "vbl"),
        moved(16, "vbl", "detention"),
        closed(16, "independent", place="detention"),
        # A family: family location, closed family facility, released unobserved.
        opened(32),
        moved(32, "azc", "family_location"),
        moved(32, "family_location", "closed_family"),
        closed(32, "unobserved", place="closed_family", to_place="street", **HERE),
        opened(48, "reporting_duty"),
        closed(48, "unobserved", place="reporting_duty", to_place="private_network", **HERE),
    )
    assert in_2012("removal_measures", events, 2.0) == {
        "detention/placed": 4.0,
        "detention/demonstrable_departure": 4.0,
        "detention/of_which_dublin": 2.0,
        "detention/of_which_origin": 2.0,
        "vbl/inflow": 2.0,
        "vbl/to_detention": 2.0,
        "family_location/inflow": 2.0,
        "family_location/to_detention": 2.0,
        "closed_family/inflow": 2.0,
        "reporting_duty/unobserved": 2.0,
    }


def test_a_file_that_opens_begins_no_stay(happen: Happen) -> None:
    events = happen(moved(0, "street", "detention", after=3), opened(0, "detention", after=9))
    assert in_2012("removal_measures", events) == {"detention/placed": 1.0}


def test_mean_days_are_over_stays_that_end_and_not_scaled(happen: Happen) -> None:
    events = happen(
        moved(0, "detention", "street", weeks=4),
        left(16, "forced", place="detention", weeks=8),
        opened(16, "detention"),
        closed(16, "forced", place="detention", weeks=90),  # a spell's weeks, not a stay's
        moved(32, "vbl", "street", weeks=2),
        moved(48, "detention", "street", weeks=1, year=2013),
    )
    expected = {(2012, "days"): 42.0, (2013, "days"): 7.0}
    assert counts("detention_mean_days", events, scale=20.0) == expected


def test_stays_in_detention_end_in_departure_or_not_by_time_held(happen: Happen) -> None:
    held = {"place": "detention"}
    events = happen(
        left(0, "forced", weeks=12, **held),
        left(16, "independent", weeks=13, **held),
        left(32, "permit", weeks=25, **held),
        moved(48, "detention", "street", weeks=26),
        moved(64, "detention", "vbl", weeks=12),
        moved(80, "vbl", "street", weeks=40),
        left(96, "forced", weeks=90, place="vbl"),
    )
    assert in_2012("detention_by_time_held", events, 2.0) == {
        "under_3_months/departed": 2.0,
        "under_3_months/stayed": 2.0,
        "3_to_6_months/departed": 2.0,
        "3_to_6_months/stayed": 2.0,
        "over_6_months/stayed": 2.0,
    }


def test_family_location_outflow_leaves_out_other(happen: Happen) -> None:
    home = {"place": "family_location"}
    events = happen(
        *(opened(p) for p in (0, 16, 32)),
        closed(0, "permit", **home),
        closed(16, "other", **home),
        closed(32, "permit", place="azc"),
    )
    assert in_2012("family_location_outflow_2013_2017", events) == {"permit": 1.0}
