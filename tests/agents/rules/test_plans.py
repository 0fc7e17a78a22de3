"""Plans for life after return: each rule by hand, and what must hold at any value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from terugkeer.agents.codes import Plan
from terugkeer.agents.rules.plans import CATEGORIES, came_of, done, means, score

QUARTERS = [0.25] * 4
UNIFORMS = st.floats(1e-9, 1.0 - 1e-9)
SCORES = st.floats(-20.0, 20.0)
RANK = {plan: place for place, plan in enumerate(CATEGORIES)}  # 0 is carried out


def test_money_covers_half_of_a_plan_at_the_half_amount_and_never_all() -> None:
    assert means([0.0, 2000.0, 6000.0], 2000.0).tolist() == [0.0, 0.5, 0.75]


def test_a_plan_with_all_half_there_has_no_score_and_effects_add_up() -> None:
    conditions = [[0.5, 0.5], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
    assert score(conditions, [2.0, 1.0]).tolist() == [0.0, 0.5, 1.5, -1.5]


@pytest.mark.parametrize(
    ("uniform", "plan"),
    [
        (0.1, Plan.CARRIED_OUT),
        (0.26, Plan.PARTLY),
        (0.6, Plan.PROSPECTS),
        (0.9, Plan.NOTHING),
    ],
)
def test_after_a_year_an_average_plan_comes_to_its_share(uniform: float, plan: Plan) -> None:
    assert came_of([0.0], 1.0, QUARTERS, 1.0, [uniform]).tolist() == [plan]


def test_half_a_year_costs_one_doubling_and_a_score_buys_it_back() -> None:
    """A quarter has odds of 1 to 3; a log odds less makes 1 to 8.15: 10.9 %."""
    limit = float(expit(logit(0.25) - 1.0))
    assert limit == pytest.approx(0.1092, abs=1e-4)
    early = came_of([0.0, 0.0, 1.0], 0.5, QUARTERS, 1.0, [limit - 1e-6, limit + 1e-6, 0.2499])
    assert early.tolist() == [Plan.CARRIED_OUT, Plan.PARTLY, Plan.CARRIED_OUT]


def test_shares_of_nought_and_all_leave_no_doubt() -> None:
    always, never = [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]
    uniforms = [1e-9, 0.5, 1.0 - 1e-9]
    for at in (-5.0, 0.0, 5.0):
        assert set(came_of([at] * 3, 1.0, always, 1.0, uniforms)) == {Plan.CARRIED_OUT}
        assert set(came_of([at] * 3, 1.0, never, 1.0, uniforms)) == {Plan.NOTHING}


@given(SCORES, UNIFORMS, st.floats(0.0, 3.0), st.floats(0.1, 0.99))
def test_a_plan_only_advances_with_time_and_with_what_is_there_for_it(
    at: float, uniform: float, per_doubling: float, years: float
) -> None:
    early = came_of([at], years, QUARTERS, per_doubling, [uniform])[0]
    late = came_of([at], 1.0, QUARTERS, per_doubling, [uniform])[0]
    richer = came_of([at + 1.0], years, QUARTERS, per_doubling, [uniform])[0]
    assert RANK[late] <= RANK[early]
    assert RANK[richer] <= RANK[early]


def test_shares_are_met_among_many() -> None:
    shares = [0.1, 0.2, 0.3, 0.4]
    uniforms = (np.arange(1000) + 0.5) / 1000
    found = came_of(np.zeros(1000), 1.0, shares, 1.0, uniforms)
    assert [np.mean(found == each) for each in CATEGORIES] == pytest.approx(shares, abs=0.002)


def test_a_plan_counts_as_far_as_it_is_carried_out() -> None:
    assert done(list(Plan), 0.4).tolist() == [0.0, 0.0, 1.0, 0.4, 0.0, 0.0]
