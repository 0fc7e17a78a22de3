"""The journey home in a small world: who pays it, and what that leaves of savings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.world.help.journey import can_pay, payer, saved_together, settle
from terugkeer.agents.codes import (
    Application,
    Destination,
    LegalPhase,
    Outcome,
    Payer,
    Place,
    Scheme,
)

from tests.abm.world.adults import CHILD, adults, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

WITH_REAN = {"application": Application.GRANTED, "applied": Scheme.REAN | Scheme.HRT}
TICKET = {"ticket": True}
EVERY_OUTCOME = (Outcome.INDEPENDENT, Outcome.UNOBSERVED, Outcome.FORCED)


def priced(n: int = 1, size: int = 1, price: float = 600.0, **columns: object) -> World:
    """Return households for each of whose members the journey has a price."""
    return adults(n, size, {"journey_home_eur": price}, **columns)


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def settled(world: World, outcome: Outcome, *, home: bool = True) -> list[int]:
    """Return who pays for a journey of everybody."""
    rows = everybody(world)
    outcomes = np.full(len(rows), outcome, dtype=np.uint8)
    return settle(world, rows, outcomes, np.full(len(rows), home)).tolist()


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, Payer.NONE),
        ({"savings_eur": 599.0}, Payer.NONE),
        ({"savings_eur": 600.0}, Payer.OWN),
        (WITH_REAN, Payer.IOM),
        (WITH_REAN | {"savings_eur": 9000.0}, Payer.IOM),
        (WITH_REAN | {"applied": Scheme.IN_KIND | Scheme.HRT}, Payer.NONE),
        (WITH_REAN | {"application": Application.PENDING}, Payer.NONE),
        (WITH_REAN | {"application": Application.WITHDRAWN}, Payer.NONE),
        (TICKET, Payer.STATE),
        (TICKET | {"spell_open": False}, Payer.NONE),
        (TICKET | {"savings_eur": 600.0}, Payer.OWN),
    ],
)
def test_basic_support_savings_or_a_ticket_of_the_open_file_pay(
    columns: dict[str, object], expected: Payer
) -> None:
    world = priced(**columns)
    assert payer(world, everybody(world)).tolist() == [expected]


def test_savings_of_a_household_are_pooled_and_a_child_needs_a_seat() -> None:
    family = {"birth_week": [0, 0, CHILD], "savings_eur": [900.0, 899.0, 0.0]}
    world = priced(1, 3, **family)
    assert saved_together(world, everybody(world)).tolist() == [1799.0] * 3
    assert payer(world, everybody(world)).tolist() == [Payer.NONE] * 3
    world.people.savings_eur[1] = 900.0
    assert payer(world, everybody(world)).tolist() == [Payer.OWN] * 3


def test_each_household_is_asked_for_itself() -> None:
    world = priced(3, 2, savings_eur=[1200.0, 0.0, 600.0, 599.0, 600.0, 600.0])
    found = can_pay(world, everybody(world)).tolist()
    assert found == [True, True, False, False, True, True]
    assert can_pay(world, np.array([4, 5])).tolist() == [True, True]
    assert can_pay(world, np.zeros(0, dtype=np.intp)).tolist() == []


def test_a_journey_for_free_has_a_payer_and_one_without_price_has_none() -> None:
    for price, expected in ((0.0, Payer.OWN), (np.inf, Payer.NONE)):
        world = priced(2, price=price, savings_eur=[0.0, 1e6])
        assert payer(world, everybody(world)).tolist() == [expected] * 2


def test_a_household_pays_in_proportion_to_what_each_has() -> None:
    world = priced(2, 2, savings_eur=[900.0, 900.0, 1800.0, 600.0])
    assert settled(world, Outcome.INDEPENDENT) == [Payer.OWN] * 4
    assert world.people.savings_eur == pytest.approx([300.0, 300.0, 900.0, 300.0])


@pytest.mark.parametrize("columns", [WITH_REAN, TICKET], ids=["iom", "state"])
def test_others_who_pay_leave_savings_alone(columns: dict[str, object]) -> None:
    world = priced(savings_eur=500.0, **columns)
    assert settled(world, Outcome.INDEPENDENT) != [Payer.OWN]
    assert world.people.savings_eur.tolist() == [500.0]


def test_the_state_pays_every_journey_by_force_and_those_of_whom_it_has_announced_it() -> None:
    for columns in ({"savings_eur": 9000.0}, WITH_REAN, {}):
        world = priced(**columns)
        saved = world.people.savings_eur.tolist()
        assert settled(world, Outcome.FORCED) == [Payer.STATE]
        assert world.people.savings_eur.tolist() == saved
    assert settled(priced(), Outcome.INDEPENDENT) == [Payer.STATE]


def test_whoever_goes_home_unseen_pays_also_with_a_grant() -> None:
    for columns in ({}, WITH_REAN, TICKET):
        world = priced(savings_eur=700.0, **columns)
        assert settled(world, Outcome.UNOBSERVED) == [Payer.OWN]
        assert world.people.savings_eur.tolist() == [100.0]


@pytest.mark.parametrize("outcome", EVERY_OUTCOME)
def test_nobody_pays_for_journeys_elsewhere_or_where_nobody_weighs(outcome: Outcome) -> None:
    world = priced(savings_eur=9000.0)
    assert settled(world, outcome, home=False) == [Payer.NONE]
    world.now.update(hazards_only())
    assert settled(world, outcome) == [Payer.NONE]
    assert world.people.savings_eur.tolist() == [9000.0]


def test_a_departure_is_logged_with_its_payer() -> None:
    world = priced(4, savings_eur=[0.0, 600.0, 0.0, 0.0], ticket=[False, False, True, False])
    world.people.application[0], world.people.applied[0] = Application.GRANTED, Scheme.REAN
    goals = [Destination.ORIGIN] * 3 + [Destination.PERMIT]
    outcomes = [Outcome.INDEPENDENT] * 3 + [Outcome.PERMIT]
    world.leave(everybody(world), outcomes, goals)
    assert world.log.column("payer").tolist() == [Payer.IOM, Payer.OWN, Payer.STATE, Payer.NONE]
    assert world.people.savings_eur[1] == 0.0


def test_a_ticket_ends_with_its_file() -> None:
    world = priced(ticket=True)
    world.close_files(
        everybody(world), Outcome.UNOBSERVED, Destination.NETHERLANDS, Place.PRIVATE_NETWORK
    )
    assert payer(world, everybody(world)).tolist() == [Payer.NONE]
    world.week += 1
    world.open_files(everybody(world))
    assert not world.people.ticket.any(), "it is not taken over into the next"
    assert payer(world, everybody(world)).tolist() == [Payer.NONE]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_in_random_worlds_households_pay_the_price_or_nothing(data: st.DataObject) -> None:
    n, size = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    price = data.draw(st.sampled_from([0.0, 581.0, 1500.0, 1e5]))

    def of_households(values: np.ndarray) -> np.ndarray:
        return np.repeat(values, size)

    world = priced(
        n,
        size,
        price,
        savings_eur=rng.choice([0.0, 100.0, 581.0, 3000.3, 1e5], n * size),
        ticket=of_households(rng.random(n) < 0.3),
        spell_open=of_households(rng.random(n) < 0.6),
        application=of_households(rng.choice(list(Application), n)),
        applied=of_households(rng.choice([0, Scheme.REAN, Scheme.IN_KIND, 3], n)),
        phase=LegalPhase.OBLIGED,
    )
    rows = everybody(world)
    outcomes = of_households(rng.choice(EVERY_OUTCOME, n)).astype(np.uint8)
    home = of_households(rng.random(n) < 0.8)
    home &= (outcomes != Outcome.UNOBSERVED) | can_pay(world, rows)  # others stay (`whereabouts`)
    before = world.people.savings_eur.astype(np.float64)
    paid = settle(world, rows, outcomes, home)
    spent = (before - world.people.savings_eur).reshape(n, size).sum(axis=1)
    assert (world.people.savings_eur >= 0.0).all()
    assert ((paid == Payer.NONE) == ~home).all()
    by_household = paid.reshape(n, size)
    assert (by_household == by_household[:, :1]).all()
    own = by_household[:, 0] == Payer.OWN
    assert spent == pytest.approx(np.where(own, price * size, 0.0), rel=1e-5, abs=0.05)
    assert (paid[home & (outcomes == Outcome.UNOBSERVED)] == Payer.OWN).all()
