"""Eligibility rule by rule, and what a household takes under each rule, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.schemes import (
    RULES,
    eligible,
    ends_procedures,
    for_each_adult,
    on_list,
    take,
    trajectory_fits,
    waited_out,
    weeks_since_earlier,
    within_window,
    without_means,
)

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


def test_savings_from_the_limit_on_are_means() -> None:
    assert without_means([999.0, 1000.0], 1000.0).tolist() == [True, False]


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
    ("rule", "prefers_kind", "expected"),
    [
        ("either_or", False, (1750.0, 0.0)),
        ("either_or", True, (0.0, 1500.0)),
        ("stacked", False, (1750.0, 1500.0)),
        ("stacked", True, (1750.0, 1500.0)),
        ("capped_total", False, (1750.0, 750.0)),
        ("capped_total", True, (1750.0, 750.0)),
    ],
)
def test_cash_and_kind_under_each_rule(
    rule: str, prefers_kind: bool, expected: tuple[float, float]
) -> None:
    cash, kind = take(rule, 1750.0, 1500.0, prefers_kind=prefers_kind, cap=2500.0)
    assert (float(cash), float(kind)) == expected


@given(cash=EUROS, kind=EUROS, prefers=st.booleans(), cap=EUROS)
def test_no_rule_gives_more_than_is_on_offer(
    cash: float, kind: float, prefers: bool, cap: float
) -> None:
    for rule in RULES:
        had, given_in_kind = take(rule, cash, kind, prefers_kind=prefers, cap=cap)
        assert 0.0 <= had <= cash
        assert 0.0 <= given_in_kind <= kind
    without_cap = take("capped_total", cash, kind, prefers_kind=prefers, cap=np.inf)
    assert without_cap == take("stacked", cash, kind, prefers_kind=prefers, cap=cap)
    assert take("capped_total", cash, kind, prefers_kind=prefers, cap=0.0) == (cash, 0.0)
