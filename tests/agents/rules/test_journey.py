"""Who pays for the journey, and what is left of savings: by hand, limits and orders."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.codes import Payer
from terugkeer.agents.rules.journey import left_after, payers

EUROS = st.floats(0.0, 100_000.0)


@pytest.mark.parametrize(
    ("supported", "savings", "ticket", "expected"),
    [
        (False, 0.0, False, Payer.NONE),
        (False, 599.0, False, Payer.NONE),
        (False, 600.0, False, Payer.OWN),  # just enough
        (False, 0.0, True, Payer.STATE),
        (False, 600.0, True, Payer.OWN),  # whoever can pay pays
        (True, 0.0, False, Payer.IOM),
        (True, 9000.0, True, Payer.IOM),  # a grant comes first
    ],
)
def test_the_first_of_those_that_can_pays(
    supported: bool, savings: float, ticket: bool, expected: Payer
) -> None:
    found = payers([supported], [savings], 600.0, [ticket])
    assert found.dtype == np.uint8
    assert found.tolist() == [expected]


def test_at_a_price_of_0_everybody_can_pay_and_at_an_infinite_one_nobody() -> None:
    savings = [0.0, 1.0, 1e9]
    nobody = [False] * 3
    assert payers(nobody, savings, 0.0, nobody).tolist() == [Payer.OWN] * 3
    assert payers(nobody, savings, np.inf, nobody).tolist() == [Payer.NONE] * 3
    assert payers(nobody, savings, np.inf, [True] * 3).tolist() == [Payer.STATE] * 3


def test_each_household_has_its_own_price() -> None:
    price = [600.0, 1200.0, 1800.0]
    found = payers([False] * 3, [1200.0] * 3, price, [False] * 3)
    assert found.tolist() == [Payer.OWN, Payer.OWN, Payer.NONE]


@given(
    savings=st.lists(EUROS, min_size=1, max_size=9),
    more=EUROS,
    price=EUROS,
    supported=st.booleans(),
    ticket=st.booleans(),
)
def test_with_more_savings_nobody_loses_a_payer(
    savings: list[float], more: float, price: float, supported: bool, ticket: bool
) -> None:
    def found(extra: float) -> np.ndarray:
        n = len(savings)
        return payers([supported] * n, np.array(savings) + extra, price, [ticket] * n)

    assert ((found(0.0) == Payer.NONE) >= (found(more) == Payer.NONE)).all()


def test_each_gives_in_proportion_to_what_it_has() -> None:
    found = left_after([900.0, 300.0, 0.0], [1200.0] * 3, [600.0] * 3)
    assert found.tolist() == [450.0, 150.0, 0.0]


def test_whoever_has_just_enough_keeps_nothing_and_a_journey_for_free_costs_nothing() -> None:
    assert left_after([900.0, 300.0], [1200.0] * 2, [1200.0] * 2).tolist() == [0.0, 0.0]
    assert left_after([900.0, 0.0], [900.0, 0.0], [0.0, 0.0]).tolist() == [900.0, 0.0]


@given(savings=st.lists(EUROS, min_size=1, max_size=9), part=st.floats(0.0, 1.0))
def test_a_household_pays_the_price_and_nobody_falls_below_0(
    savings: list[float], part: float
) -> None:
    together = float(np.sum(savings))
    price = part * together
    left = left_after(savings, [together] * len(savings), [price] * len(savings))
    assert (left >= 0.0).all()
    assert (left <= np.array(savings)).all()
    assert left.sum() == pytest.approx(together - price, rel=1e-9, abs=1e-6)
