"""Weeks are ISO weeks, numbered from Monday 1 January 2001."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.world.calendar import (
    WEEKS_PER_YEAR,
    first_week,
    monday,
    sunday,
    week_of,
    year_of,
)

WEEKS = st.integers(0, 2000)
DAYS = st.dates(date(2001, 1, 1), date(2035, 1, 1))


def test_weeks_by_hand() -> None:
    assert week_of(date(2001, 1, 1)) == week_of(date(2001, 1, 7)) == 0
    assert week_of(date(2001, 1, 8)) == 1
    assert monday(574) == date(2012, 1, 2)
    assert sunday(574) == date(2012, 1, 8)
    assert round(365.2425 / 7, 4) == pytest.approx(WEEKS_PER_YEAR, abs=1e-4)


@given(WEEKS)
def test_the_week_of_its_monday_is_the_week(week: int) -> None:
    assert week_of(monday(week)) == week_of(sunday(week)) == week
    assert monday(week).isoweekday() == 1
    assert sunday(week) - monday(week) == timedelta(days=6)


@given(DAYS)
def test_a_day_lies_in_its_week(day: date) -> None:
    assert monday(week_of(day)) <= day <= sunday(week_of(day))


@given(DAYS)
def test_the_year_of_a_week_is_its_iso_year(day: date) -> None:
    assert year_of(week_of(day)) == day.isocalendar().year


@given(st.integers(2001, 2035))
def test_the_first_week_of_a_year_is_iso_week_1(year: int) -> None:
    assert monday(first_week(year)).isocalendar()[:2] == (year, 1)
    assert year_of(first_week(year) - 1) == year - 1
