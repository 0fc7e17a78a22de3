"""Values come into force in the week of their date; enforcement falls along a smooth step."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import first_week, week_of
from terugkeer.abm.world.phases.apply_policy import ApplyPolicy, enforcement_index

from tests.abm.world.adults import adults
from tests.abm.world.small_world import change

WEDNESDAY = date(2012, 3, 7)
LAST_FITTED_YEAR = 2015


class Asked:
    """Stands for what is known of origins and lists of schemes: it returns what it was asked."""

    def at(self, *asked: object) -> tuple[object, ...]:
        return asked


def policy(*changes: object) -> ApplyPolicy:
    timeline = Timeline(registry(), changes)  # type: ignore[arg-type] # changes of several types
    return ApplyPolicy(timeline, Asked(), Asked(), Asked())  # type: ignore[arg-type] # stand-ins


@pytest.mark.parametrize(
    ("year", "index"),
    [
        (2000.0, 1.0),
        (2012.0, 1.0),
        (2012.75, 1.0 - 0.4 * 0.15625),  # 3/16 - 2/64 at a quarter of the way
        (2013.5, 0.8),
        (2015.0, 0.6),
        (2030.0, 0.6),
    ],
)
def test_enforcement_falls_from_1_to_its_floor(year: float, index: float) -> None:
    assert enforcement_index(year, 2012.0, 2015.0, 0.6) == pytest.approx(index)


@given(st.floats(2000.0, 2030.0), st.floats(0.0, 5.0), st.floats(0.1, 10.0), st.floats(0.0, 1.0))
def test_enforcement_never_rises_and_keeps_its_bounds(
    year: float, later: float, span: float, floor: float
) -> None:
    now = enforcement_index(year, 2012.0, 2012.0 + span, floor)
    then = enforcement_index(year + later, 2012.0, 2012.0 + span, floor)
    assert floor - 1e-12 <= then <= now + 1e-12 <= 1.0 + 2e-12


def test_after_the_last_fitted_year_the_index_stays_as_it_was() -> None:
    """The rule of decision 27, written before any fit: flat from the end of 2015."""
    record = registry()["enforcement_years"]
    assert record.role == "fixed"
    assert record.bounds[1] <= LAST_FITTED_YEAR + 1
    assert not record.dated
    assert not registry()["enforcement_floor"].dated
    # what else falls is who enters by apprehension: flat from then on too
    entering = registry()["apprehension_course"]
    assert entering.role == "fixed"
    assert all(each.start.year <= LAST_FITTED_YEAR for each in entering.dated)
    world, apply_policy = adults(), policy()
    seen = []
    for week in range(first_week(LAST_FITTED_YEAR + 1), first_week(2018), 4):
        world.week = week
        apply_policy(world)
        seen.append(world.enforcement)
    assert seen == pytest.approx([world.now.number("enforcement_floor")] * len(seen))


@given(st.floats(2008.0, 2016.0), st.floats(0.01, 8.0), st.floats(0.0, 1.0), st.floats(0.0, 9.0))
def test_whatever_a_fit_finds_the_index_does_not_move_after_2015(
    end: float, span: float, floor: float, later: float
) -> None:
    assert enforcement_index(2016.0 + later, end - span, end, floor) == pytest.approx(floor)


def test_a_value_holds_from_the_monday_of_the_week_of_its_day() -> None:
    apply_policy = policy(change("departure_term_weeks", 9, WEDNESDAY))
    world = adults()
    for week, weeks in ((week_of(WEDNESDAY) - 1, 4.0), (week_of(WEDNESDAY), 9.0)):
        world.week = week
        apply_policy(world)
        assert world.now.number("departure_term_weeks") == weeks


def test_values_are_left_alone_in_a_week_without_a_change() -> None:
    apply_policy = policy()
    world = adults(values={"departure_term_weeks": 7})
    days = {week_of(day) for day in Timeline(registry()).changes()}
    world.week = next(week for week in range(world.week, world.week + 60) if week not in days)
    version = world.now.version
    apply_policy(world)
    assert world.now.version == version
    assert world.now.number("departure_term_weeks") == 7.0


def test_conditions_lists_and_enforcement_are_those_of_the_week() -> None:
    world = adults(values={"enforcement_years": (2012.0, 2015.0), "enforcement_floor": 0.0})
    world.week = first_week(2013) + 26
    policy()(world)
    world.now.update({"enforcement_years": (2012.0, 2015.0), "enforcement_floor": 0.0})
    policy()(world)
    assert world.origin == (2013, world.now)  # type: ignore[comparison-overlap] # a stand-in
    assert world.listed == (world.week, world.now)
    assert world.effects == (world.week, world.now, world.listed)
    half = 26 / 52.1775
    assert world.enforcement == pytest.approx(enforcement_index(2013 + half, 2012.0, 2015.0, 0.0))
    assert not np.isclose(world.enforcement, enforcement_index(2013, 2012.0, 2015.0, 0.0))
