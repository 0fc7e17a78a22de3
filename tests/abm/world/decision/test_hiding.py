"""Going out of sight: the chance at an action of the state, and where households go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.special import expit
from terugkeer.abm.world.decision.hiding import chance_lost, whereabouts
from terugkeer.agents.codes import Application, Destination, Place, Scheme, Stage

from tests.abm.world.adults import RICH
from tests.abm.world.clients import WEEK, everybody, world_of
from tests.abm.world.small_world import HAZARDS, change

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override

SHARE = "unobserved_share_on_test"
SURE, NEVER = 1000.0, -1000.0  # leans beyond which there is no doubt
USUAL = change("usual_lean_hide", -0.5)


def chances(share: float, *changes: Override, lean: list[float]) -> list[float]:
    world = world_of(*changes, n=len(lean), lean_hide=lean)
    world.now.update({SHARE: share})
    return chance_lost(world, everybody(world), SHARE).tolist()


def went(
    *changes: Override, n: int = 200, decided: bool = False, **columns: object
) -> tuple[set[int], set[int]]:
    """Return the destinations of households, and the places of those who stay."""
    world = world_of(*changes, n=n, **({"savings_eur": RICH} | columns))
    destination, place = whereabouts(world, everybody(world), decided=decided)
    return set(destination.tolist()), set(place[destination == Destination.NETHERLANDS].tolist())


def test_where_nobody_weighs_the_chance_is_the_share() -> None:
    assert chances(0.3, HAZARDS, lean=[-9.0, 0.0, 9.0]) == [0.3] * 3


def test_households_with_the_usual_lean_go_at_the_share() -> None:
    assert chances(0.3, USUAL, lean=[-0.5]) == pytest.approx([0.3])


def test_a_lean_multiplies_the_odds_and_no_lean_moves_the_limits() -> None:
    found = chances(0.3, USUAL, lean=[-0.5 - np.log(2.0), -0.5, -0.5 + np.log(2.0)])
    odds = np.array(found) / (1.0 - np.array(found))
    assert odds == pytest.approx(np.array([0.5, 1.0, 2.0]) * 3 / 7, rel=1e-5)
    assert chances(0.0, lean=[-5.0, 5.0]) == [0.0, 0.0]
    assert chances(1.0, lean=[-5.0, 5.0]) == [1.0, 1.0]


def test_where_nobody_weighs_fixed_shares_say_where_households_go() -> None:
    here, onward, home = (
        Destination.NETHERLANDS,
        Destination.ONWARD,
        Destination.HOME_UNOBSERVED,
    )
    for shares, expected in (
        ((1.0, 0.0, 0.0, 0.0), ({here}, {Place.PRIVATE_NETWORK})),
        ((0.0, 1.0, 0.0, 0.0), ({here}, {Place.STREET})),
        ((0.0, 0.0, 1.0, 0.0), ({onward}, set())),
        ((0.0, 0.0, 0.0, 1.0), ({home}, set())),
    ):
        assert went(HAZARDS, change("unobserved_place_shares", shares)) == expected


def test_fixed_shares_are_met_among_many() -> None:
    world = world_of(HAZARDS, change("unobserved_place_shares", (0.4, 0.3, 0.2, 0.1)), n=4000)
    destination, place = whereabouts(world, everybody(world), decided=False)
    private = (destination == Destination.NETHERLANDS) & (place == Place.PRIVATE_NETWORK)
    assert private.mean() == pytest.approx(0.4, abs=0.03)
    assert (destination == Destination.ONWARD).mean() == pytest.approx(0.2, abs=0.03)
    assert (destination == Destination.HOME_UNOBSERVED).mean() == pytest.approx(0.1, abs=0.02)


def test_households_that_choose_to_hide_here_stay_whatever_they_lean_to() -> None:
    leans = {"lean_move_on": SURE, "stage": Stage.CONSIDERING}
    go_home = change("unregistered_share", 1.0)
    assert went(go_home, decided=True, **leans)[0] == {Destination.NETHERLANDS}
    assert went(go_home, **leans)[0] == {Destination.HOME_UNOBSERVED}


def test_places_of_hiding_here_have_the_shares_of_the_record() -> None:
    shares = change("unobserved_place_shares", (0.15, 0.05, 0.5, 0.3))
    world = world_of(shares, n=4000)
    _, place = whereabouts(world, everybody(world), decided=True)
    assert (place == Place.PRIVATE_NETWORK).mean() == pytest.approx(0.75, abs=0.03)
    assert set(place.tolist()) == {Place.PRIVATE_NETWORK, Place.STREET}


def test_without_a_share_that_stays_the_record_of_private_places_counts() -> None:
    nowhere = change("unobserved_place_shares", (0.0, 0.0, 0.5, 0.5))
    for share, place in ((1.0, Place.PRIVATE_NETWORK), (0.0, Place.STREET)):
        changes = nowhere, change("private_place_share", share)
        assert went(*changes, decided=True)[1] == {place}


def test_households_hide_or_move_on_by_what_each_is_worth() -> None:
    at_hand = change("unregistered_share", 0.0)
    for lean, expected in ((SURE, Destination.ONWARD), (NEVER, Destination.NETHERLANDS)):
        assert went(at_hand, lean_move_on=lean)[0] == {expected}
        assert went(at_hand, lean_hide=-lean)[0] == {expected}


def test_constants_of_the_options_add_to_the_leans() -> None:
    values = change("constant_move_on", 1.0), change("constant_out_of_sight", 0.5)
    world = world_of(
        *values, change("unregistered_share", 0.0), n=4000, lean_move_on=0.2, lean_hide=0.7
    )
    destination, _ = whereabouts(world, everybody(world), decided=False)
    expected = expit(0.2 - 0.7 + 1.0 - 0.5)
    assert (destination == Destination.ONWARD).mean() == pytest.approx(expected, abs=0.03)


def test_only_households_that_consider_return_go_home_untold() -> None:
    all_of_them = change("unregistered_share", 1.0)
    for stage in Stage:
        found, _ = went(all_of_them, stage=stage)
        home = {Destination.HOME_UNOBSERVED}
        assert (found == home) == (stage >= Stage.CONSIDERING)
        assert home.isdisjoint(found) == (stage < Stage.CONSIDERING)
    assert (
        Destination.HOME_UNOBSERVED
        not in went(change("unregistered_share", 0.0), stage=Stage.PREPARING)[0]
    )


def test_nobody_goes_home_untold_without_the_savings_for_the_journey() -> None:
    untold = change("unregistered_share", 1.0), change("journey_home_eur", 600)
    columns = {"stage": Stage.PREPARING, "household_size": 1}
    assert Destination.HOME_UNOBSERVED not in went(*untold, savings_eur=599.0, **columns)[0]
    assert went(*untold, savings_eur=600.0, **columns)[0] == {Destination.HOME_UNOBSERVED}
    for given in ({"application": Application.GRANTED, "applied": Scheme.REAN}, {"ticket": True}):
        found = went(*untold, savings_eur=0.0, spell_open=True, **given, **columns)[0]
        assert Destination.HOME_UNOBSERVED not in found, "others pay only for what they know of"


def test_a_household_that_goes_home_untold_pays_together() -> None:
    untold = change("unregistered_share", 1.0), change("journey_home_eur", 600)
    columns = {"stage": Stage.PREPARING, "household_size": 2}
    savings = np.array([1200.0, 0.0, 600.0, 599.0])
    world = world_of(*untold, n=2, size=2, savings_eur=savings, **columns)
    destination, _ = whereabouts(world, everybody(world), decided=False)
    home = destination == Destination.HOME_UNOBSERVED
    assert home.tolist() == [True, True, False, False]


def test_nobody_goes_home_untold_who_is_barred_by_a_price() -> None:
    untold = change("unregistered_share", 1.0), change("money", "decisive")
    priced = {"stage": Stage.CONSIDERING, "reservation_eur": 2000.0, "birth_week": WEEK - 2000}
    home = Destination.HOME_UNOBSERVED
    assert home not in went(*untold, **priced)[0]
    assert went(*untold, **priced, discretionary_eur=2000.0)[0] == {home}
    assert went(*untold, **priced | {"reservation_eur": np.inf})[0] == {home}
    for free in (change("money", "eases"), change("assistance", "none")):
        assert went(*untold, free, **priced)[0] == {home}


def test_the_price_of_any_adult_keeps_a_household_from_going_home_untold() -> None:
    untold = change("unregistered_share", 1.0), change("money", "decisive")
    world = world_of(
        *untold,
        n=2,
        size=2,
        savings_eur=RICH,
        stage=Stage.CONSIDERING,
        household_size=2,
        birth_week=WEEK - 2000,
        reservation_eur=[np.inf, 2000.0, np.inf, 0.0],
    )
    destination, _ = whereabouts(world, everybody(world), decided=False)
    home = destination == Destination.HOME_UNOBSERVED
    assert home.tolist() == [False, False, True, True]
