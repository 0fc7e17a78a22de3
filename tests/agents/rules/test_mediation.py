"""Mediation by hand: who is reached, who is newly wanted, what falls away."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.mediation import Chances, eased, outcome

SHARE = st.floats(0.0, 1.0)


def test_kin_are_reached_and_then_may_want_the_household_back() -> None:
    wanted = np.array([False, False, False, True])
    reached, newly = outcome(wanted, Chances(0.5, 0.3), [0.4, 0.4, 0.6, 0.4], [0.2, 0.4, 0.2, 0.2])
    assert reached.tolist() == [True, True, False, True]
    assert newly.tolist() == [True, False, False, False]


def test_what_kin_expect_falls_by_its_share() -> None:
    np.testing.assert_allclose(eased([0.5, 0.0, 1.0], 0.3), [0.35, 0.0, 0.7])
    assert eased([0.5], 0.0).tolist() == [0.5]


@given(SHARE, SHARE)
def test_it_never_makes_kin_expect_more(debt: float, share: float) -> None:
    (after,) = eased([debt], share)
    assert 0.0 <= after <= debt
