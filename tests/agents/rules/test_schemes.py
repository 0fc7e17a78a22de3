"""Eligibility rule by rule, and what a household takes under each rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.assistance import PREFERENCES, STACKING, offer
from terugkeer.agents.rules.schemes import (
    RULES,
    combinations,
    eligible,
    ends_procedures,
    for_each_adult,
    on_list,
    trajectory_fits,
    waited_out,
    weeks_since_earlier,
    weeks_to_prepare,
    within_window,
    without_means,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

EUROS = st.floats(0.0, 20_000.0)


def test_a_list_holds_all_none_or_a_part_of_a_group_of_countries() -> None:
    assert on_list([1.0, 0.0, 0.6, 0.6], [0.999, 0.001, 0.59, 0.61]).tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_the_window_opens_with_the_ruling_and_shuts_after_four_weeks() -> None:
    since = [-np.inf, -1.0, 0.0, 3.0, 4.0]
    assert within_window(since, 4.0).tolist() == [False, False, True, True, False]
    assert not within_window(since, 0.0).any()
    assert within_window(since, np.inf).tolist() == [False, False, True, True, True]


def test_five_years_must_pass_and_who_never_left_so_need_not_wait() -> None:
    assert waited_out([259.0, 260.0, np.inf], 260.0).tolist() == [False, True, True]
    assert waited_out([0.0], 0.0).all()


def test_an_earlier_departure_lies_before_the_present_stay() -> None:
    # a share of 0.1 over 520 weeks: 0.05 is halfway, 260 weeks before arrival
    found = weeks_since_earlier([0.05, 0.1, 0.9], 0.1, [10.0, 10.0, 10.0], 520.0)
    assert found[0] == pytest.approx(270.0)
    assert np.isinf(found[1:]).all()
    assert np.isinf(weeks_since_earlier([0.05], 0.0, [10.0], 520.0)).all()


@pytest.mark.parametrize(
    ("saved", "limit", "price", "poor"),
    [
        (999.0, 1000.0, 581.0, True),
        (1000.0, 1000.0, 581.0, False),
        (6000.0, 6000.0, 4 * 581.0, False),  # two parents and two children, 3,000 for each parent
        (5999.0, 6000.0, 4 * 581.0, True),
        (3000.0, 3000.0, 6 * 581.0, True),  # a mother of five needs 3,486 euro for the journey
        (3486.0, 3000.0, 6 * 581.0, False),
        (0.0, 0.0, 0.0, False),
        (1e9, np.inf, 581.0, True),
        (1e9, 3000.0, np.inf, True),
    ],
)
def test_savings_are_means_from_the_limit_and_the_price_of_the_journey_on(
    saved: float, limit: float, price: float, poor: bool
) -> None:
    assert without_means([saved], limit, price).tolist() == [poor]


@given(EUROS, EUROS, EUROS, EUROS)
def test_whoever_has_means_can_pay_and_who_saves_more_has_them_too(
    saved: float, limit: float, price: float, more: float
) -> None:
    if not without_means([saved], limit, price)[0]:
        assert saved >= price
        assert not without_means([saved + more], limit, price)[0]


def test_a_procedure_bars_only_where_no_applications_are_taken_meanwhile() -> None:
    running = [True, False]
    assert ends_procedures(running, may_apply_during=True).tolist() == [True, True]
    assert ends_procedures(running, may_apply_during=False).tolist() == [False, True]


def test_six_weeks_of_preparation_must_end_within_sixteen_of_shelter() -> None:
    assert trajectory_fits([0.0, 10.0, 11.0], 6.0, 16.0).tolist() == [True, True, False]
    assert trajectory_fits([-np.inf], 600.0, 16.0).all()  # no clock outside state shelter


def test_all_conditions_must_hold() -> None:
    found = eligible(listed=np.array([True, True, False]), running=True, waited=[True, False, True])
    assert found.tolist() == [True, False, False]


def test_two_parents_share_what_is_paid_for_three_children() -> None:
    # 1,750 + 3 x 880 / 2, and a person alone
    assert for_each_adult(1750.0, 880.0, [2, 1], [3, 0]).tolist() == [3070.0, 1750.0]


@pytest.mark.parametrize(
    ("rule", "cap", "expected"),
    [
        ("either_or", 2500.0, {(1750.0, 0.0), (0.0, 1500.0)}),
        (
            "capped_total",
            2500.0,
            {(1750.0, 750.0), (1000.0, 1500.0), (1750.0, 0.0), (0.0, 1500.0)},
        ),
        # one form alone is not bound by the cap
        ("capped_total", 1000.0, {(1750.0, 0.0), (0.0, 1500.0)}),
        ("capped_total", 1600.0, {(1750.0, 0.0), (0.0, 1500.0), (100.0, 1500.0)}),
        ("stacked", 2500.0, {(1750.0, 1500.0), (1750.0, 0.0), (0.0, 1500.0)}),
    ],
)
def test_what_may_be_taken_of_cash_and_kind_under_each_rule(
    rule: str, cap: float, expected: set[tuple[float, float]]
) -> None:
    assert pairs(rule, 1750.0, 1500.0, cap) == expected


def pairs(rule: str, cash: float, in_kind: float, cap: float) -> set[tuple[float, float]]:
    """Return what a household may take."""
    found = combinations(rule, cash, in_kind, cap=cap)
    return {(float(money), float(kind)) for money, kind in found}


@given(cash=EUROS, kind=EUROS, cap=EUROS)
def test_no_rule_gives_more_than_is_on_offer_or_than_the_cap_together(
    cash: float, kind: float, cap: float
) -> None:
    for rule in RULES:
        found = pairs(rule, cash, kind, cap)
        assert all(0.0 <= had <= cash and 0.0 <= own <= kind for had, own in found)
        assert {(cash, 0.0), (0.0, kind)} <= found
    together = [each for each in pairs("capped_total", cash, kind, cap) if min(each) > 0.0]
    assert all(sum(each) <= cap * (1.0 + 1e-12) for each in together)
    assert pairs("capped_total", cash, kind, np.inf) == pairs("stacked", cash, kind, cap)
    assert pairs("capped_total", cash, kind, 0.0) == pairs("either_or", cash, kind, cap)


@given(
    cash=EUROS,
    kind=EUROS,
    basic=EUROS,
    caps=st.tuples(EUROS, EUROS),
    stacking=st.sampled_from(sorted(STACKING)),
    preference=st.sampled_from(sorted(PREFERENCES)),
    discount=st.floats(0.0, 1.0),
    share=st.floats(0.0, 1.0),
    splits=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)),
)
def test_what_may_be_taken_is_never_worth_less_where_more_may_be_combined(
    cash: float,
    kind: float,
    basic: float,
    caps: tuple[float, float],
    stacking: str,
    preference: str,
    discount: float,
    share: float,
    splits: tuple[float, float],
) -> None:
    def value(money: ArrayLike, own: ArrayLike) -> float:
        return float(
            offer(
                basic + np.asarray(money),
                own,
                stacking=stacking,
                preference=preference,
                discount=discount,
                diminishing_share=share,
            )
        )

    def best(rule: str, cap: float) -> float:
        return max(value(*pair) for pair in combinations(rule, cash, kind, cap=cap))

    low, high = sorted(caps)
    either, stacked = best("either_or", low), best("stacked", low)
    assert either <= best("capped_total", low) <= best("capped_total", high) <= stacked
    # nothing between the corners is worth more: a part of the one, and of the other what fits
    money = splits[0] * min(cash, high)
    own = splits[1] * min(kind, high - money)
    assert value(money, own) <= best("capped_total", high) * (1.0 + 1e-12)


def test_preparation_runs_from_the_application_on() -> None:
    assert weeks_to_prepare([0.0, 2.0, 6.0, 9.0], 6.0).tolist() == [6.0, 4.0, 0.0, 0.0]
    assert weeks_to_prepare([3.0], 0.0).tolist() == [0.0]
    # what fitted at the application still fits later, since both clocks run
    for since in range(12):
        left = weeks_to_prepare([float(since)], 6.0)
        fits = trajectory_fits([10.0 + since], left, 16.0)
        assert fits.tolist() == [since <= 6]
