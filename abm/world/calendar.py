"""Weeks: one tick is one ISO week, numbered from Monday 1 January 2001."""

from __future__ import annotations

from datetime import date, timedelta

from ...agents import age

EPOCH = date(2001, 1, 1)
WEEKS_PER_YEAR = age.WEEKS_PER_YEAR


def week_of(day: date) -> int:
    """Return the number of the week that holds a day, at the earliest 1 January 2001."""
    return (day - EPOCH).days // 7


def monday(week: int) -> date:
    """Return the first day of a week."""
    return EPOCH + timedelta(weeks=int(week))


def sunday(week: int) -> date:
    """Return the last day of a week: what changes within a week holds for all of it."""
    return monday(week) + timedelta(days=6)


def year_of(week: int) -> int:
    """Return the ISO year of a week: the year that holds its Thursday.

    The events of a week are counted in that year.
    """
    return (monday(week) + timedelta(days=3)).year


def first_week(year: int) -> int:
    """Return the first ISO week of a year, from 2001 on."""
    return week_of(date(year, 1, 4))
