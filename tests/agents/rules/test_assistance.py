"""What an offer is worth and whether it is enough: by hand, orders and limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.assistance import (
    CASH_TIMING,
    MONEY,
    PREFERENCES,
    STACKING,
    accepted,
    before_departure,
    decides,
    eases,
    offer,
    paid_later,
    tips,
)

EUROS = st.floats(0.0, 20_000.0)
UNIT = st.floats(0.0, 1.0)
HALVES = {"discount": 0.5, "diminishing_share": 0.2}


@pytest.mark.parametrize(
    ("stacking", "preference", "expected"),
    [
        ("additive", "cash", 1000.0 + 300.0),
        ("diminishing", "cash", 1000.0 + 0.2 * 300.0),
        ("none_beyond_cash", "cash", 1000.0),
        ("additive", "in_kind", 500.0 + 600.0),
        ("diminishing", "in_kind", 600.0 + 0.2 * 500.0),
        ("none_beyond_cash", "in_kind", 600.0),
    ],
)
def test_a_thousand_in_cash_and_six_hundred_in_kind(
    stacking: str, preference: str, expected: float
) -> None:
    switches = {"stacking": stacking, "preference": preference}
    both = offer(1000.0, 600.0, **switches, **HALVES)
    assert both == pytest.approx(expected)


@pytest.mark.parametrize("stacking", sorted(STACKING))
def test_in_kind_alone_counts_under_every_reading(stacking: str) -> None:
    assert offer(0.0, 1500.0, stacking=stacking, preference="cash", **HALVES) == 750.0


def test_the_discount_differs_by_person() -> None:
    cash = np.array([1750.0, 1750.0], dtype=np.float32)
    found = offer(
        cash,
        1500.0,
        stacking="additive",
        preference="cash",
        discount=np.array([0.0, 1.0]),
        diminishing_share=0.5,
    )
    assert found.dtype == np.float64
    assert found.tolist() == [3250.0, 1750.0]


@given(
    cash=EUROS,
    in_kind=EUROS,
    more=EUROS,
    discount=UNIT,
    share=UNIT,
    preference=st.sampled_from(sorted(PREFERENCES)),
)
def test_readings_are_ordered_and_more_is_worth_no_less(
    cash: float,
    in_kind: float,
    more: float,
    discount: float,
    share: float,
    preference: str,
) -> None:
    rest = {
        "preference": preference,
        "discount": discount,
        "diminishing_share": share,
    }
    none, diminishing, additive = (
        offer(cash, in_kind, stacking=stacking, **rest)
        for stacking in ("none_beyond_cash", "diminishing", "additive")
    )
    assert 0.0 <= none <= diminishing <= additive <= cash + in_kind
    for stacking in STACKING:
        before = offer(cash, in_kind, stacking=stacking, **rest)
        slack = 1e-9  # euro: rounding
        assert before <= offer(cash + more, in_kind, stacking=stacking, **rest) + slack
        assert before <= offer(cash, in_kind + more, stacking=stacking, **rest) + slack


def test_a_share_of_the_price_by_hand() -> None:
    # Hill with k = 2 at a ratio of 1, 2 and 1/3
    found = accepted([1000.0, 2000.0, 1000.0], [1000.0, 1000.0, 3000.0], 2.0)
    assert found == pytest.approx([0.5, 0.8, 0.1])


@pytest.mark.parametrize("steepness", [0.5, 4.0, 1e6, np.inf])
def test_nothing_and_a_price_beyond_money_are_exact(steepness: float) -> None:
    offers = np.array([0.0, 0.0, 0.0, 1e6, 1.0])
    prices = np.array([0.0, 1000.0, np.inf, np.inf, 0.0], dtype=np.float32)
    assert accepted(offers, prices, steepness).tolist() == [0.0, 0.0, 0.0, 0.0, 1.0]


def test_a_hard_price_is_met_or_not() -> None:
    found = accepted([999.0, 1000.0, 1001.0], 1000.0, np.inf)
    assert found.tolist() == [0.0, 1.0, 1.0]


@given(amount=EUROS, more=EUROS, price=st.floats(1.0, 20_000.0), steepness=st.floats(0.5, 50.0))
def test_more_money_meets_no_less_of_the_price(
    amount: float, more: float, price: float, steepness: float
) -> None:
    less, larger = accepted([amount, amount + more], price, steepness)
    assert 0.0 <= less <= larger <= 1.0
    assert accepted(amount, price * 2.0, steepness) <= less


def test_cash_paid_later_is_discounted_by_the_part_that_is_paid_later() -> None:
    assert [paid_later(timing, 0.4) for timing in CASH_TIMING] == [0.0, 1.0, 0.4]
    assert before_departure([0.0, 2000.0], paid_later("in_parts", 0.4), 0.25).tolist() == [
        0.0,
        1800.0,
    ]
    assert before_departure(2000.0, 1.0, 0.25) == 1500.0


@given(cash=st.floats(0.0, 20_000.0), discount=st.floats(0.0, 1.0))
def test_cash_at_departure_is_worth_itself_and_nothing_is_lost_without_a_discount(
    cash: float, discount: float
) -> None:
    assert before_departure(cash, paid_later("at_departure", 0.5), discount) == cash
    assert before_departure(cash, 1.0, 0.0) == cash
    parts = before_departure(cash, paid_later("in_parts", 0.5), discount)
    assert before_departure(cash, 1.0, discount) <= parts <= cash


WORTH = np.array([0.0, 500.0, 1000.0, 2000.0, 2000.0])
PRICE = np.array([1000.0, 1000.0, 1000.0, 1000.0, np.inf])


def test_help_that_eases_adds_what_it_meets_of_the_price_and_bars_nobody() -> None:
    added, barred = eases(WORTH, PRICE, 2.0, 7.0, 0.3)
    assert added == pytest.approx([0.0, 0.2, 0.5, 0.8, 0.0])
    assert not barred.any()


def test_help_that_tips_counts_from_a_part_of_the_price_on() -> None:
    added, barred = tips(WORTH, PRICE, 2.0, 0.5, 0.5)
    # as if the price were 500: ratios of 0, 1, 2 and 4
    assert added == pytest.approx([0.0, 0.5 / 2, 0.5 * 0.8, 0.5 * 16 / 17, 0.0])
    assert not barred.any()
    nothing, _ = tips(WORTH, PRICE, 2.0, 0.0, 0.5)
    assert not nothing.any()


def test_help_that_decides_bars_below_a_price_and_adds_as_it_eases() -> None:
    added, barred = decides(WORTH, PRICE, 2.0, 7.0, 0.3)
    assert added.tolist() == eases(WORTH, PRICE, 2.0, 1.0, 1.0)[0].tolist()
    assert barred.tolist() == [True, True, False, False, False]


def test_a_price_of_0_bars_nobody() -> None:
    assert not decides(np.zeros(1), np.zeros(1), 2.0, 1.0, 1.0)[1].any()


@given(
    worth=st.lists(EUROS, min_size=1, max_size=5),
    price=st.floats(1.0, 20_000.0) | st.just(np.inf),
    steepness=st.floats(0.5, 50.0) | st.just(np.inf),
)
def test_size_and_reach_of_1_are_help_that_eases(
    worth: list[float], price: float, steepness: float
) -> None:
    what, asked = np.array(worth), np.full(len(worth), price)
    assert np.array_equal(
        tips(what, asked, steepness, 1.0, 1.0)[0], eases(what, asked, steepness, 9.0, 0.1)[0]
    )


@pytest.mark.parametrize("reading", sorted(MONEY))
@given(amount=EUROS, more=EUROS, price=st.floats(1.0, 20_000.0), size=UNIT, reach=UNIT)
def test_more_help_adds_no_less_and_bars_nobody_else(
    reading: str, amount: float, more: float, price: float, size: float, reach: float
) -> None:
    worth = np.array([amount, amount + more])
    added, barred = MONEY[reading](worth, np.full(2, price), 4.0, size, max(reach, 0.001))
    assert added[0] <= added[1]
    assert barred[0] >= barred[1]
