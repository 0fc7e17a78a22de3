"""Age in years from weeks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.age import WEEKS_PER_YEAR, age_years

WEEK = st.integers(-6000, 6000)


def test_a_gregorian_year_has_the_days_of_four_hundred_years() -> None:
    assert pytest.approx((400 * 365 + 97) / 400 / 7) == WEEKS_PER_YEAR


def test_ages_by_hand() -> None:
    born = np.array([700, 0, -1000], dtype=np.int32)
    assert age_years(born, 700) == pytest.approx([0.0, 13.415744, 32.581093])
    assert age_years(born, 700).dtype == np.float64
    assert age_years(100, 100).shape == ()


def test_small_whole_numbers_do_not_overflow() -> None:
    assert age_years(np.array([-100], dtype=np.int8), 100) == pytest.approx([200 / WEEKS_PER_YEAR])


@given(birth=WEEK, week=WEEK, later=st.integers(1, 500))
def test_a_later_week_makes_older_by_exactly_that(birth: int, week: int, later: int) -> None:
    older = age_years(birth, week + later) - age_years(birth, week)
    assert older == pytest.approx(later / WEEKS_PER_YEAR)
