"""Places of help in kind by hand: filled by week, given by lottery, lapsing at the year's end."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from unittest import mock

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import first_week, sunday
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.in_kind_places import InKindPlaces, places_a_year
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Scheme

from tests.abm.world.applicants import EVERYBODY, NO_CAP, make_world
from tests.abm.world.small_world import change, events, lived, model_of

HALF = {"in_kind_budget": 26.0, "in_kind_cofinance_factor": 2.0, "in_kind_place_eur": 1000.0}


def values(**changed: float) -> Values:
    """Return 52 places a year, one a week."""
    return Values(HALF | changed)


@pytest.mark.parametrize(
    ("year", "places"),
    [(2011, 909), (2012, 909), (2013, 545), (2014, 702), (2015, 2138), (2016, 1902), (2017, 1564)],
)
def test_the_recorded_budgets_give_these_places_a_year(year: int, places: int) -> None:
    timeline = Timeline(registry())
    for week in (first_week(year), first_week(year + 1) - 1):
        assert round(places_a_year(Values(timeline.at(sunday(week))))) == places


def test_the_account_gets_a_share_each_week_and_lapses_at_the_end_of_the_year() -> None:
    account, start = InKindPlaces(), first_week(2013)
    for week in range(start, start + 52):
        account.fill(values(), week, 2.0)
    assert account.left == pytest.approx(26.0)  # two persons for each simulated one
    account.fill(values(), start + 52, 2.0)
    assert account.left == pytest.approx(0.5)


def test_a_debt_is_carried_into_the_next_year() -> None:
    account, start = InKindPlaces(), first_week(2013)
    account.fill(values(), start, 1.0)
    account.left = -3.0
    account.fill(values(), start + 52, 1.0)
    assert account.left == pytest.approx(-2.0)


def test_a_year_of_53_weeks_has_no_more_places() -> None:
    account, start = InKindPlaces(), first_week(2015)
    assert first_week(2016) - start == 53
    for week in range(start, start + 53):
        account.fill(values(), week, 1.0)
    assert account.left == pytest.approx(52.0)


def test_places_are_taken_off_for_each_person_and_a_small_account_is_not_stuck() -> None:
    world = make_world()
    account = world.in_kind_places
    account.left = 0.05
    got = account.give(world, EVERYBODY)
    assert got.tolist() in ([True] * 3 + [False], [False] * 3 + [True])
    assert account.left == pytest.approx(0.05 - got.sum())
    assert not account.give(world, EVERYBODY).any()  # in debt
    account.left = np.inf
    assert account.give(world, EVERYBODY).all()
    assert account.left == np.inf


def test_in_many_weeks_as_many_are_served_as_places_came_in_and_families_as_often() -> None:
    world = make_world()
    account, served = InKindPlaces(), np.zeros(4)
    start = first_week(2011)
    for week in range(start, start + 364):
        world.week = week
        account.fill(values(), week, 2.0)
        served += account.give(world, EVERYBODY)
    assert served.sum() == pytest.approx(182, abs=4)
    assert served[0] == pytest.approx(served[3], abs=25)  # households, not persons, are drawn


def test_a_copy_of_the_world_has_an_account_of_its_own() -> None:
    world = make_world()
    copy = deepcopy(world)
    copy.in_kind_places.left -= 1.0
    assert copy.in_kind_places.left != world.in_kind_places.left


def with_kind(*changes: object, last_year: int = 2011) -> int:
    """Return how many persons were granted help in kind in a run."""
    log = events(lived(*changes, scale=50.0, last_year=last_year))  # type: ignore[arg-type] # years are whole
    granted = log[(log["kind"] == Event.GRANTED) & (log["week"] >= first_week(2011))]
    return int(((granted["scheme"] & int(Scheme.IN_KIND)) > 0).sum())


@pytest.mark.slow
def test_without_a_budget_nobody_is_granted_help_in_kind() -> None:
    assert with_kind(change("in_kind_budget", 0.0)) == 0
    assert with_kind(NO_CAP) > 0


def test_no_more_are_granted_than_the_budget_pays() -> None:
    """A fifth of the budget, 182 places or 3.6 persons at this scale, and a family in debt."""
    few = with_kind(change("in_kind_budget", 500.0))
    assert 0 < few <= 3.7 + 6


@pytest.mark.slow
def test_a_budget_without_limit_is_no_cap_byte_for_byte() -> None:
    capped = events(lived(NO_CAP, scale=100.0))
    with mock.patch.object(
        InKindPlaces, "give", lambda _self, _world, rows: np.ones(len(rows), dtype=np.bool_)
    ):
        free = model_of(change("in_kind_budget", 0.0), scale=100.0)
        free.run()
    assert capped.equals(events(free))


def test_the_budget_of_a_year_holds_from_the_first_week_of_that_year() -> None:
    days = [each.start for each in registry()["in_kind_budget"].dated]
    for day in days:
        week = first_week(day.year)
        assert sunday(week - 1) < day <= sunday(week)
    assert min(days) == date(2012, 1, 2)
