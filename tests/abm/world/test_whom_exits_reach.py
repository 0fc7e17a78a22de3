"""Exits reach whom they should: the held, the pardoned, those outside, Dublin claimants."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from small_world import change, events, lived, model_of
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.state import HIDING
from terugkeer.agents.codes import Destination, Outcome, Phase, Place
from terugkeer.agents.traits import unpack


def test_families_held_have_two_weeks_of_hazard() -> None:
    """With a flight hazard `h` as the only exit, `1 - exp(-2 h)` of them leave."""
    quiet = [
        change(name, 0.0)
        for name in ("hazard_other_asylum", "hazard_other_other", "hazard_independent_detention")
    ]
    hazard = 0.5
    model = model_of(
        *quiet,
        change("closed_family_departure_hazard", hazard),
        change("closed_family_hazard", 0.2),
        change("removal_planning_hazard", 0.0),
        change("child_pardon_hazard", 0.0, date(2008, 1, 1)),
        scale=2.0,
        first_year=2015,
        last_year=2016,
    )
    model.run()
    log = events(model)
    ended = log[(log["place"] == Place.CLOSED_FAMILY) & log["kind"].isin([Event.LEFT, Event.MOVED])]
    households = ended.drop_duplicates(["week", "household"])
    left = (households["kind"] == Event.LEFT).to_numpy()
    assert set(households["weeks"][left]) == {0.0, 1.0}
    assert set(households["weeks"][~left]) == {2.0}
    expected = 1.0 - np.exp(-2.0 * hazard)
    error = np.sqrt(expected * (1.0 - expected) / len(left))
    assert len(left) > 150
    assert abs(left.mean() - expected) < 4.0 * error  # one test in 16,000 fails by chance


def test_the_child_pardon_does_not_need_other_permits() -> None:
    """It finds everybody with a file, also where the hazard of other permits is 0."""
    log = events(
        lived(
            change("hazard_permit_with_file", 0.0),
            change("hazard_permit_family_location", 0.0),
            change("child_pardon_stay_weeks", 0),
            change("child_pardon_hazard", 0.5, date(2011, 1, 1)),
            scale=20.0,
        )
    )
    permits = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.PERMIT)]
    granted = permits[~permits["place"].isin([Place.AZC, Place.AZC_DEPARTURE_TERM])]
    assert {Place.FAMILY_LOCATION, Place.PRIVATE_NETWORK} <= set(granted["place"])
    assert unpack(granted["traits"].to_numpy(), "family").all()


def test_a_file_that_closes_moves_nobody_who_is_outside() -> None:
    log = events(lived(scale=20.0))
    closed = log[(log["kind"] == Event.CLOSED) & (log["outcome"] == Outcome.UNOBSERVED)]
    outside = closed[closed["place"].isin(HIDING)]
    assert len(outside) > 100
    assert (outside["destination"] == Destination.NETHERLANDS).all()
    assert (outside["to_place"] == outside["place"]).all()
    inside = closed[~closed["place"].isin(HIDING)]
    assert set(inside["destination"]) == {
        Destination.NETHERLANDS,
        Destination.ONWARD,
        Destination.HOME_UNOBSERVED,
    }


@pytest.mark.parametrize("documented", [0.0, 1.0])
def test_dublin_claimants_wait_for_the_member_state(documented: float) -> None:
    """A passport is no agreement to take somebody over, and an appeal wins no Dutch permit."""
    log = events(
        lived(
            change("document_hazard_dublin", 0.0),
            change("documented_share", documented),
            change("hazard_permit_with_file", 0.0),
            scale=20.0,
        )
    )
    dublin = log[unpack(log["traits"].to_numpy(), "dublin").astype(bool)]
    closed = dublin[dublin["kind"] == Event.CLOSED]
    assert len(closed) > 50
    assert not (closed["outcome"] == Outcome.FORCED).any()
    in_appeal = closed["phase"] == Phase.APPEAL
    assert not (in_appeal & (closed["outcome"] == Outcome.PERMIT)).any()
