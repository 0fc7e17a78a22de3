"""Weeks without shelter, and children whose files close or who are detained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.abm.observation.hand_made import closed, counts, moved, opened

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Happen, Live


def test_harm_counts_weeks_in_persons_and_children_in_scale(happen: Happen, live: Live) -> None:
    child = {"minor": True}
    events = happen(
        opened(0, **child),
        opened(16),
        moved(0, "azc", "closed_family", **child),
        closed(0, "forced", place="closed_family", **child),
        closed(16, "forced"),
        moved(16, "azc", "detention"),
    )
    weekly = live(
        (2012, 0, "street", 100),
        (2012, 1, "street", 40),
        (2012, 1, "night_shelter", 20),
        (2012, 1, "private_network", 60),
        (2012, 1, "guided_shelter", 500),
        (2010, 1, "street", 900),
        (2013, 0, "night_shelter", 20),
    )
    assert counts("harm", events, 20.0, weekly=weekly) == {
        (2012, "weeks_without_stable_shelter"): 160.0,
        (2012, "weeks_on_street"): 140.0,
        (2012, "weeks_in_night_shelter"): 20.0,
        (2012, "weeks_in_private_network"): 60.0,
        (2013, "weeks_without_stable_shelter"): 20.0,
        (2013, "weeks_in_night_shelter"): 20.0,
        (2012, "children_closed"): 20.0,
        (2012, "children_detained"): 20.0,
    }
