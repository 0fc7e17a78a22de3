"""Outcomes after return, of cohorts and of spending, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.observation.after_outcomes import COHORT_OUTCOMES, SPENDING_OUTCOMES
from terugkeer.abm.observation.cohorts import COHORT_ITEMS
from terugkeer.abm.observation.outcomes import OUTCOMES

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_shares_after_return_are_of_all_who_returned_that_way(told: Tell) -> None:
    found = told(
        "followed_52w",
        "sustained_52w",
        "share_sustained_52w",
        "share_sustained_52w_independent",
        "share_sustained_52w_forced",
        "share_sustained_26w",
        "share_low_social_52w",
        after_return={
            "independent:followed_52w": 10.0,
            "independent:sustained_52w": 6.0,
            "forced:followed_52w": 30.0,
            "forced:sustained_52w": 2.0,
            "unobserved:followed_52w": 40.0,
            "unobserved:low_social_52w": 20.0,
            "forced:followed_26w": 4.0,
            "forced:sustained_26w": 3.0,
        },
    )
    assert found == pytest.approx(
        {
            "followed_52w": 80.0,
            "sustained_52w": 8.0,
            "share_sustained_52w": 0.1,
            "share_sustained_52w_independent": 0.6,
            "share_sustained_52w_forced": 2.0 / 30.0,
            "share_sustained_26w": 0.75,
            "share_low_social_52w": 0.25,
        }
    )


def test_shares_of_a_cohort_are_of_all_whose_file_opened_and_leave_nothing_out(told: Tell) -> None:
    found = told("cohort_out_of_view_104w", cohorts={"opened": 8.0, "out_of_view": 2.0})
    assert found == {"cohort_out_of_view_104w": 0.25}
    told_of = {item for each in COHORT_OUTCOMES for item in each.part.items}
    assert told_of == set(COHORT_ITEMS) - {"opened"}


def test_money_is_never_divided_by_departures(told: Tell) -> None:
    assert told("spending_cash", spending={"cash": 7.0, "total": 9.0}) == {"spending_cash": 7.0}
    for each in OUTCOMES:
        if "spending" in each.tables:
            assert each.over is None, each.id
    assert {each.family for each in SPENDING_OUTCOMES} == {"spending"}
