"""Mediation in a small world: for whom, when, and what it changes at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.agents.codes import LegalPhase, Organisation

from tests.abm.world.clients import alone, everybody, session
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

OFFERS = change("mediation_share", alone(Organisation.MAATWERK, 1.0))
SURE = (change("mediation_reaches", 1.0), change("mediation_wanted", 1.0))
HOME = {"social_debt": 0.5, "ties_origin": 0.2}
SIZES = (change("mediation_eases", 0.4), change("mediation_ties", 0.25))


def offered(*changes: object, **columns: object) -> World:
    return session(Organisation.MAATWERK, OFFERS, *SIZES, *changes, **(HOME | columns))


def test_kin_who_are_reached_expect_less_and_may_want_the_household_back() -> None:
    people = offered(*SURE).people
    np.testing.assert_allclose(people.social_debt, 0.5 * 0.6, rtol=1e-6)
    np.testing.assert_allclose(people.ties_origin, 0.2 + 0.25 * 0.8, rtol=1e-6)
    assert people.wanted_at_home.all()
    assert people.kin_sought.all()
    people = offered(change("mediation_reaches", 0.0)).people
    np.testing.assert_allclose(people.social_debt, 0.5)
    np.testing.assert_allclose(people.ties_origin, 0.2)
    assert not people.wanted_at_home.any()
    assert people.kin_sought.all(), "it was tried"


def test_contact_is_sought_once_in_the_life_of_a_household() -> None:
    world = offered(*SURE)
    for _ in range(3):
        world.week += 1
        hold_sessions(world, everybody(world))
    np.testing.assert_allclose(world.people.social_debt, 0.5 * 0.6, rtol=1e-6)
    kinds = world.log.column("kind")
    for event in (Event.KIN_SOUGHT, Event.KIN_REACHED, Event.KIN_WANT):
        assert np.count_nonzero(kinds == event) == len(world.people)


@pytest.mark.parametrize(
    ("phase", "appeals", "sought"),
    [
        (LegalPhase.PROCEDURE, False, False),
        (LegalPhase.APPEAL, False, False),
        (LegalPhase.REPEAT_PROCEDURE, False, False),
        (LegalPhase.OBLIGED, True, False),
        (LegalPhase.DEPARTURE_TERM, False, True),
        (LegalPhase.OBLIGED, False, True),
    ],
)
def test_nobody_is_sought_while_a_claim_is_open(
    phase: LegalPhase, *, appeals: bool, sought: bool
) -> None:
    people = offered(*SURE, phase=phase, appeals=appeals).people
    assert (people.kin_sought == sought).all()
    assert (people.wanted_at_home == sought).all()


def test_only_organisations_that_offer_it_seek_contact() -> None:
    people = session(Organisation.VWN, OFFERS, *SURE, **HOME).people
    assert not people.kin_sought.any()
    assert not people.wanted_at_home.any()


def test_households_are_reached_and_wanted_together_at_the_stated_rates() -> None:
    half = (change("mediation_reaches", 0.5), change("mediation_wanted", 0.4))
    world = offered(*half, n=2000, size=2)
    wanted = world.people.wanted_at_home.reshape(-1, 2)
    assert (wanted[:, 0] == wanted[:, 1]).all()
    eased = (world.people.social_debt < 0.5).reshape(-1, 2)
    assert (eased[:, 0] == eased[:, 1]).all()
    assert abs(eased[:, 0].mean() - 0.5) < 4 * np.sqrt(0.25 / 2000)
    assert abs(wanted[:, 0].mean() - 0.2) < 4 * np.sqrt(0.16 / 2000)


def test_what_changes_at_home_moves_people_also_where_talks_do_not() -> None:
    people = offered(*SURE, change("counselling_moves_intention", "none")).people
    np.testing.assert_allclose(people.social_debt, 0.5 * 0.6, rtol=1e-6)
    assert people.wanted_at_home.all()
