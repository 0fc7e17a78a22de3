"""Where a slider stands, how far it goes and in which steps: for every lever that ships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import Registry, registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import first_week, monday
from terugkeer.viz.page.stops import FIRST_DAY, LAST_DAY, Course, stops

if TYPE_CHECKING:
    from terugkeer.abm.evidence.lever import Lever

DAY: Final = date(2012, 1, 2)
LEVERS: Final = registry().levers
GRADED: Final = [
    name
    for name, lever in LEVERS.items()
    if not lever.inert and not lever.settings and not isinstance(lever.low, bool)
]
COURSE: Final = Course(registry())


def alone(lever: Lever) -> Registry:
    """Return the records of one lever, so that a timeline of them is quick."""
    whole = registry()
    named = {name: whole[name] for name in lever.records()}
    return Registry(named, whole.mechanisms, whole.bibliography, whole.tables)


def test_the_days_are_those_of_the_weeks_that_are_shown() -> None:
    assert monday(first_week(2011)) == FIRST_DAY
    assert monday(first_week(2018)) > LAST_DAY
    assert LAST_DAY.year == 2017


@pytest.mark.parametrize("name", GRADED)
def test_stops_hold_what_they_must_and_each_is_a_sound_dose(name: str) -> None:
    lever = LEVERS[name]
    default = COURSE.default(lever, DAY)
    found = stops(lever, default, COURSE.grain(lever))
    assert list(found) == sorted(set(found))
    assert {lever.low, lever.high, lever.step} <= set(found)
    assert default is None or default in found
    assert (found[0], found[-1]) == (lever.low, lever.high)
    assert len(found) <= 27
    assert len(found) >= 15 or all(isinstance(each, int) for each in found)
    records = alone(lever)
    for dose in found:
        Timeline(records, lever.pull(dose, FIRST_DAY))


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if not lever.inert])
def test_the_default_leaves_the_values_of_its_day(name: str) -> None:
    lever = LEVERS[name]
    default = COURSE.default(lever, DAY)
    if default is None:
        return
    records = alone(lever)
    pulled = Timeline(records, lever.pull(default, DAY)).at(DAY)
    assert repr(pulled) == repr(Timeline(records).at(DAY))


def test_no_dose_stands_for_values_that_differ() -> None:
    without = {
        name for name, lever in LEVERS.items()
        if not lever.inert and COURSE.default(lever, DAY) is None
    }  # fmt: skip
    assert without == {
        "term_extension",
        "shelter_after_term",
        "counsellor_training",
        "future_talks",
        "time_and_safety",
        "life_line",
        "talks_on_all_futures",
        "family_mediation",
        "counsellor_stance",
        "early_talks",
        "training_for_return",
        "plans_before_return",
        "hand_over_to_origin",
        "aftercare",
        "patience_of_case_managers",
    }
    assert COURSE.default(LEVERS["safe_country_track"], DAY) is None


def test_defaults_of_each_sort() -> None:
    found = {name: COURSE.default(LEVERS[name], DAY) for name in (
        "counsellors", "guided_shelter", "departure_term", "hrt_open", "stacking_rule",
        "inflow_asylum", "deposit",
    )}  # fmt: skip
    assert found == {
        "counsellors": 1,
        "guided_shelter": 0,
        "departure_term": 4,
        "hrt_open": True,
        "stacking_rule": "stacked",
        "inflow_asylum": 1,
        "deposit": 0.013,
    }


def test_the_course_tells_what_the_record_changes() -> None:
    assert COURSE.doses(LEVERS["hrt_open"]) == [(FIRST_DAY, True), (date(2017, 7, 1), False)]
    assert COURSE.doses(LEVERS["activation_throughout"]) == [
        (FIRST_DAY, 0),
        (date(2014, 3, 1), None),  # family locations only
        (date(2015, 5, 1), 0),
    ]
    assert COURSE.doses(LEVERS["night_shelter"]) == [(FIRST_DAY, 1)]
    assert COURSE.doses(LEVERS["safe_country_track"]) == []


@pytest.mark.parametrize("name", GRADED)
def test_bounds_are_where_records_end(name: str) -> None:
    lever = LEVERS[name]
    low, high = COURSE.bounds(lever)
    assert low is not None
    assert high is not None
    assert low <= float(lever.low or 0) <= float(lever.high or 0) <= high
    records = alone(lever)
    for dose in (low, high):
        Timeline(records, lever.pull(dose, FIRST_DAY))
    step = COURSE.grain(lever) or Fraction(1, 1000)
    for beyond in (low - step, high + step):
        dose = int(beyond) if Fraction(str(beyond)).denominator == 1 else float(beyond)
        with pytest.raises(InputError):
            Timeline(records, lever.pull(dose, FIRST_DAY))


def test_whole_numbers_stay_whole() -> None:
    assert COURSE.grain(LEVERS["counsellors"]) == Fraction(1, 10)  # 1,200, 250, 350, 40, ...
    assert COURSE.grain(LEVERS["night_shelter"]) == Fraction(1, 100)
    assert COURSE.grain(LEVERS["guided_shelter"]) == 1
    assert COURSE.grain(LEVERS["counsellor_stance"]) == 1
    assert COURSE.grain(LEVERS["allowance"]) is None


@dataclass(frozen=True)
class Range:
    """What stops ask of a lever."""

    low: float
    high: float
    step: float


@settings(derandomize=True, deadline=None)
@given(
    low=st.integers(-1000, 1000),
    width=st.integers(1, 100_000),
    place=st.floats(0, 1),
    whole=st.booleans(),
)
def test_any_range_has_stops(low: int, width: int, place: float, *, whole: bool) -> None:
    unit = 1 if whole else 0.001
    high, middle = low + width, low + int(place * width)
    lever = Range(low * unit, high * unit, middle * unit)
    found = stops(lever, lever.low, Fraction(1) if whole else None)  # type: ignore[arg-type] # its three numbers
    assert {lever.low, lever.high, lever.step} <= set(found)
    assert list(found) == sorted(found)
    assert len(found) <= 70
    assert not whole or all(isinstance(each, int) for each in found)
