"""Levers on the inflow, and support that draws people where it is held to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.arrivals.inflow import derive_inflow
from terugkeer.abm.world.arrivals.pull import Pull
from terugkeer.abm.world.calendar import first_week, sunday, week_of
from terugkeer.abm.world.fork import fork
from terugkeer.abm.world.help.scheme_lists import SchemeLists
from terugkeer.abm.world.scenario import Scenario
from terugkeer.abm.world.values import Values
from terugkeer.agents.rules.assistance import drawn, not_drawn

from tests.abm.world.small_world import change, lived, model_of
from tests.abm.world.test_levers_act import same

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.arrivals.inflow import Inflow

INFLOW = derive_inflow(registry())
PULL = Pull(INFLOW, SchemeLists(registry(), INFLOW.countries), Timeline(registry()))
YES = change("assistance_draws_inflow", "yes")
MORE = change("assistance_cash_adult", 2750)  # 1,000 more than on record
YEAR = slice(first_week(2013) - INFLOW.start, first_week(2014) - INFLOW.start)


def under(*changes: Override) -> Inflow:
    return PULL.under(Timeline(registry(), changes))


def ratio(country: str, *changes: Override, background: str = "asylum") -> float:
    """Return by what the persons who enter in 2013 are multiplied."""
    column = INFLOW.countries.index(country)
    moved, usual = (getattr(each, background)[YEAR, column] for each in (under(*changes), INFLOW))
    return float(moved.sum() / usual.sum())


def test_the_size_of_what_draws_by_hand() -> None:
    """e^(0.1 x 1) for 1,000 euro more, e^(-0.05) for 500 less."""
    assert drawn([1000.0, 0.0, -500.0], 0.1) == pytest.approx([np.exp(0.1), 1.0, np.exp(-0.05)])
    assert drawn([1000.0, -500.0], 0.0).tolist() == [1.0, 1.0]
    assert not_drawn([1000.0, -500.0], 0.1).tolist() == [1.0, 1.0]


def test_support_by_hand() -> None:
    """In 2013 REAN 500, HRT 1,750 and help in kind 1,500 at most, each by its list."""
    now = Values(Timeline(registry()).at(sunday(first_week(2013))))
    asylum, other = PULL.support(first_week(2013), now)
    kind = now.number("assistance_in_kind")
    place = INFLOW.countries.index
    assert asylum[place("Iraq")] == pytest.approx(500.0 + 1750.0 + kind)
    assert asylum[place("Macedonia")] == pytest.approx(500.0 + kind)  # no cash since August 2010
    assert asylum[place("United States")] == pytest.approx(kind)
    assert other[place("Iraq")] < asylum[place("Iraq")]


@pytest.mark.slow
def test_in_the_baseline_either_reading_changes_nothing() -> None:
    assert under() is INFLOW
    assert under(YES) is INFLOW
    assert under(MORE) is INFLOW
    assert same(lived(), lived(YES))


def test_more_cash_draws_those_whose_list_has_it_and_no_others() -> None:
    assert ratio("Iraq", YES, MORE) == pytest.approx(np.exp(0.1))
    assert ratio("Macedonia", YES, MORE) == pytest.approx(1.0)
    assert ratio("Iraq", YES, MORE, background="other") == pytest.approx(1.0)
    assert ratio("Iraq", YES, MORE, change("draw_of_assistance", 0.0)) == 1.0


def test_a_country_that_comes_on_a_list_draws_its_own() -> None:
    codes = registry().tables.frame("country_codes")["country"].tolist()
    listed = change("list_change_hrt", tuple(int(each == "Georgia") for each in codes))
    assert ratio("Georgia", YES, listed) == pytest.approx(np.exp(0.175))
    assert ratio("Albania", YES, listed) == pytest.approx(1.0)


def test_cash_without_basic_support_draws_nobody() -> None:
    """Off that list a country loses 500 and the cash of 1,750, as nobody gets cash without it."""
    codes = registry().tables.frame("country_codes")["country"].tolist()
    off = change("list_change_rean", tuple(-int(each == "Iraq") for each in codes))
    assert ratio("Iraq", YES, off) == pytest.approx(np.exp(-0.225))
    # 0.54 of the unnamed safe countries have cash and 0.95 basic support: all of the 0.54 have both
    rest = INFLOW.countries[INFLOW.countries.index("Macedonia") - 2]
    assert ratio(rest, YES, MORE) == pytest.approx(np.exp(0.1 * 0.54))


def test_it_holds_from_the_day_of_the_policy() -> None:
    day = date(2013, 6, 5)
    moved = under(YES, change("assistance_cash_adult", 2750, day))
    turn = week_of(day) - INFLOW.start
    column = INFLOW.countries.index("Iraq")
    assert np.array_equal(moved.asylum[:turn], INFLOW.asylum[:turn])
    after = moved.asylum[turn : turn + 50, column] / INFLOW.asylum[turn : turn + 50, column]
    assert after == pytest.approx(np.exp(0.1))


def test_both_factors_multiply() -> None:
    double = change("inflow_by_origin", (1.0, 2.0))
    assert ratio("Iraq", double) == pytest.approx(2.0)
    assert ratio("Georgia", double) == 1.0
    assert ratio("Iraq", YES, MORE, double) == pytest.approx(2.0 * np.exp(0.1))


@pytest.mark.slow
def test_a_copy_lives_under_the_policy_from_its_day_on() -> None:
    day = date(2011, 6, 8)
    policy = (YES, change("assistance_cash_adult", 50_000, day))
    usual = model_of(YES)
    while usual.week < week_of(day):
        usual.step()
    other = fork(usual, Scenario("other", entries=policy), registry())
    other.run()
    assert same(other, lived(*policy))
    assert not same(other, lived())
