"""The weeks that are shown."""

from __future__ import annotations

from datetime import date

from terugkeer.abm.world.calendar import monday, year_of
from terugkeer.viz.page.lives.weeks import EVERY, FIRST, SAMPLED, WEEKS, YEARS


def test_seven_years_are_shown_from_their_first_monday() -> None:
    assert monday(FIRST) == date(2011, 1, 3)
    assert monday(FIRST + WEEKS) == date(2018, 1, 1)
    assert WEEKS == 365


def test_years_begin_with_their_first_week() -> None:
    assert [year_of(FIRST + week) for week in YEARS] == [*range(2011, 2018)]
    assert [year_of(FIRST + week - 1) for week in YEARS[1:]] == [*range(2011, 2017)]


def test_tallies_are_sampled_each_quarter_and_at_the_end() -> None:
    assert SAMPLED[:2] == (EVERY - 1, 2 * EVERY - 1) == (12, 25)
    assert SAMPLED[-2:] == (363, 364)
    assert len(SAMPLED) == 29
