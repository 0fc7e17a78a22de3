"""Spending by week and post: prices times what was done, and departures from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.calendar import WEEKS_PER_YEAR
from terugkeer.abm.world.events import Event, EventLog, Mark
from terugkeer.abm.world.ledgers.accounts import (
    BY_PLACE,
    NOT_PUBLIC,
    ONLY_WEIGHED,
    POSTS,
    Accounts,
    weekly_prices,
)
from terugkeer.agents.codes import Organisation, Outcome, Payer, Place

from tests.abm.world.clients import WEEK, world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NOBODY = np.zeros(len(Place), dtype=np.int64)
PRICES = {
    "price_reception_eur_week": 500.0,
    "price_detention_eur_day": 200.0,
    "price_night_shelter_eur_day": 30.0,
    "price_guided_shelter_eur_day": 50.0,
    "price_session_eur": 80.0,
    "price_case_manager_eur_year": 52_000.0,
    "price_assisted_journey_eur": 900.0,
    "price_removal_eur": 4000.0,
    "journey_home_eur": 600.0,
    "case_managers": 10,
}


def priced(scale: float = 1.0) -> World:
    """Return a world with round prices."""
    world = world_of()
    world.now.update(PRICES)
    world.scale = scale
    return world


def at(**persons: int) -> np.ndarray:
    """Return a number of persons at some places."""
    counts = NOBODY.copy()
    for place, number in persons.items():
        counts[Place[place.upper()]] = number
    return counts


def spent(accounts: Accounts, log: EventLog | None = None) -> dict[tuple[int, str], float]:
    """Return what is not 0, by weeks since the first and post."""
    frame = accounts.frame(log or EventLog())
    return {
        (row.week - WEEK, row.post): row.euros  # type: ignore[operator, misc] # columns of one type each
        for row in frame.itertuples()
        if row.euros and row.post != "case_managers"
    }


def test_each_post_pays_for_its_own_places_and_none_for_any_other() -> None:
    prices = weekly_prices(priced().now)
    for post in POSTS:
        paid = {place for place in Place if prices[POSTS.index(post), place]}
        assert paid == set(BY_PLACE.get(post, ())), post


def test_days_are_paid_seven_times_a_week() -> None:
    prices = weekly_prices(priced().now)
    for post, place, euros in (
        ("reception", Place.VBL, 500.0),
        ("detention", Place.DETENTION, 1400.0),
        ("detention", Place.CLOSED_FAMILY, 1400.0),
        ("municipal_shelter", Place.NIGHT_SHELTER, 210.0),
        ("municipal_shelter", Place.GUIDED_SHELTER, 350.0),
    ):
        assert prices[POSTS.index(post), place] == euros, place


def test_a_week_costs_its_persons_sessions_and_grants_times_the_scale() -> None:
    world, accounts = priced(scale=10.0), Accounts(2)
    world.organisations.served[Organisation.IOM] = 2
    world.organisations.served[Organisation.VWN] = 1
    world.returns.cash_eur, world.returns.in_kind_eur = 1750.0, 500.0
    accounts(world, at(azc=3, detention=1, private_network=50))
    assert spent(accounts) == {
        (0, "reception"): 15_000.0,
        (0, "detention"): 14_000.0,
        (0, "counselling"): 2400.0,
        (0, "cash"): 17_500.0,
        (0, "in_kind"): 5000.0,
    }


def test_case_managers_cost_their_salary_at_any_scale_and_with_nobody_to_guide() -> None:
    for scale in (1.0, 100.0):
        accounts = Accounts(1)
        accounts(priced(scale), NOBODY)
        frame = accounts.frame(EventLog()).set_index("post")["euros"]
        assert frame["case_managers"] == pytest.approx(520_000.0 / WEEKS_PER_YEAR)
        assert frame.drop("case_managers").eq(0.0).all()


def test_a_price_holds_from_the_week_in_which_it_changes() -> None:
    world, accounts = priced(), Accounts(3)
    for price in (500.0, 600.0):
        world.now.update({"price_reception_eur_week": price})
        accounts(world, at(vbl=1))
        world.week += 1
    assert spent(accounts) == {(0, "reception"): 500.0, (1, "reception"): 600.0}


def test_departures_are_paid_for_in_their_week_at_its_price_and_scale() -> None:
    world, accounts, log = priced(scale=10.0), Accounts(2), EventLog()
    for removal in (4000.0, 5000.0):
        world.now.update({"price_removal_eur": removal})
        accounts(world, NOBODY)
        world.week += 1
    persons = np.arange(2)
    for after in (0, 1):
        log.append(WEEK + after, Event.LEFT, persons, outcome=Outcome.FORCED)
    log.append(WEEK + 1, Event.LEFT, persons[:1], outcome=Outcome.INDEPENDENT, marks=Mark.IOM)
    log.append(WEEK + 1, Event.LEFT, persons, outcome=Outcome.INDEPENDENT)
    log.append(WEEK + 1, Event.CLOSED, persons, outcome=Outcome.FORCED, marks=Mark.IOM)
    assert spent(accounts, log) == {
        (0, "removals"): 80_000.0,
        (1, "removals"): 100_000.0,
        (1, "assisted_journeys"): 9000.0,
    }


def test_each_journey_is_paid_once_by_who_pays_it() -> None:
    """By IOM, a ticket, the household, force; nobody pays journeys elsewhere."""
    world, accounts, log = priced(scale=10.0), Accounts(1), EventLog(judged=True)
    accounts(world, NOBODY)
    log.append(
        WEEK,
        Event.LEFT,
        np.arange(8),
        outcome=[
            *[Outcome.INDEPENDENT] * 4,
            Outcome.UNOBSERVED,
            Outcome.FORCED,
            Outcome.UNOBSERVED,
            Outcome.PERMIT,
        ],
        payer=[
            *(Payer.IOM, Payer.STATE, Payer.OWN, Payer.OWN, Payer.OWN, Payer.STATE),
            *(Payer.NONE, Payer.NONE),
        ],
        marks=[Mark.IOM, 0, 0, Mark.IOM, 0, 0, 0, 0],  # the fourth has help, but no basic support
    )
    assert spent(accounts, log) == {
        (0, "assisted_journeys"): 9000.0,
        (0, "state_tickets"): 6000.0,
        (0, "own_journeys"): 18_000.0,
        (0, "removals"): 40_000.0,
    }


def test_only_journeys_that_households_pay_are_no_public_money() -> None:
    assert NOT_PUBLIC == ("own_journeys",)
    assert {*NOT_PUBLIC, *ONLY_WEIGHED} <= set(POSTS)


def test_only_the_weeks_that_were_counted_have_rows() -> None:
    accounts = Accounts(9)
    assert accounts.frame(EventLog()).empty
    accounts(priced(), NOBODY)
    frame = accounts.frame(EventLog())
    assert frame["week"].tolist() == [WEEK] * len(POSTS)
    assert frame["post"].tolist() == list(POSTS)


def test_reading_the_frame_twice_pays_for_no_departure_twice() -> None:
    world, accounts, log = priced(), Accounts(1), EventLog()
    accounts(world, at(azc=1))
    log.append(WEEK, Event.LEFT, np.arange(1), outcome=Outcome.FORCED)
    assert accounts.frame(log).equals(accounts.frame(log))


def test_allowances_are_paid_to_adults_alone_under_municipal_shelter() -> None:
    world, accounts = world_of(n=3, birth_week=[WEEK - 2000, WEEK - 2000, WEEK - 100]), Accounts(1)
    world.now.update(PRICES | {"pocket_money_eur_week": 45.0})
    world.scale = 10.0
    world.people.living_allowance[[0, 2]] = True
    accounts(world, NOBODY)
    assert spent(accounts) == {(0, "municipal_shelter"): 10 * 45.0}
