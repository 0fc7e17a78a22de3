"""What holds on which day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Operation, Override
from terugkeer.abm.evidence.registry import Registry, load_registry
from terugkeer.abm.evidence.timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from terugkeer.abm.evidence.value import Value

EARLY, MIDDLE, LATE = date(2012, 1, 1), date(2015, 1, 1), date(2017, 1, 1)


@pytest.fixture(scope="module")
def evidence(sound: Registry) -> Registry:
    return sound


def course(evidence: Registry, *overrides: Override, name: str = "stay_weeks") -> list[Value]:
    timeline = Timeline(evidence, overrides)
    return [timeline.at(day)[name] for day in (EARLY, MIDDLE, LATE)]


def stay(operation: Operation, value: Value, start: date | None = None) -> Override:
    return Override("stay_weeks", operation, value, start, "test")


def test_without_overrides_the_evidence_holds(evidence: Registry) -> None:
    timeline = Timeline(evidence)
    assert timeline.changes() == [date(2014, 10, 1), date(2016, 1, 1)]
    assert timeline.at(date(1900, 1, 1)) == {
        "household_shares": {"single": 0.7, "family": 0.3},
        "leave_hazard": 0.02,
        "support_rule": "either_or",
        "stay_weeks": 12,
    }
    assert timeline.at(date(2014, 9, 30))["stay_weeks"] == 12
    assert timeline.at(date(2014, 10, 1))["stay_weeks"] == 3
    assert timeline.at(date(2100, 1, 1))["stay_weeks"] == 6


def test_zero_doses_change_nothing(evidence: Registry) -> None:
    nothing = [
        stay("multiply", 1),
        stay("add", 0, EARLY),
        Override("leave_hazard", "multiply", 1.0),
        Override("support_rule", "set", "either_or"),
    ]
    plain, dosed = Timeline(evidence), Timeline(evidence, nothing)
    assert dosed.changes() == plain.changes()
    for day in (EARLY, MIDDLE, LATE):
        assert dosed.at(day) == plain.at(day)


def test_set_holds_across_later_dates_of_the_evidence(evidence: Registry) -> None:
    assert course(evidence, stay("set", 8)) == [8, 8, 8]
    assert course(evidence, stay("set", 8, MIDDLE)) == [12, 8, 8]
    timeline = Timeline(evidence, [stay("set", 8, date(2013, 1, 1))])
    assert timeline.changes() == [date(2013, 1, 1)]


def test_multiply_and_add_work_on_the_value_of_the_day(evidence: Registry) -> None:
    assert course(evidence, stay("multiply", 2)) == [24, 6, 12]
    assert course(evidence, stay("add", 1, MIDDLE)) == [12, 4, 7]
    assert course(evidence, stay("multiply", 0.5, LATE)) == [12, 3, 3]


def test_overrides_work_in_the_order_of_their_start(evidence: Registry) -> None:
    later_first = [stay("multiply", 2, MIDDLE), stay("set", 5)]
    assert course(evidence, *later_first) == [5, 10, 10]
    set_last = [stay("set", 5, LATE), stay("multiply", 2)]
    assert course(evidence, *set_last) == [24, 6, 5]
    same_day = [stay("add", 1, MIDDLE), stay("multiply", 2, MIDDLE)]
    assert course(evidence, *same_day) == [12, 8, 14]


def test_types_are_kept(evidence: Registry) -> None:
    hazard = course(evidence, Override("leave_hazard", "set", 1), name="leave_hazard")
    assert hazard == [1.0, 1.0, 1.0]
    assert isinstance(hazard[0], float)
    assert isinstance(course(evidence, stay("multiply", 0.5, LATE))[2], int)


@pytest.mark.parametrize(
    ("override", "named"),
    [
        (Override("stay_week", "set", 3, None, "mine"), ["mine", "Did you mean 'stay_weeks'"]),
        (stay("set", 200), ["test: stay_weeks = 200", "[0, 104]"]),
        (stay("set", 8.5), ["8.5", "whole number", "[0, 104]"]),
        (stay("set", True), ["true", "whole number"]),
        (stay("set", "8"), ['"8"', "a text"]),
        (stay("set", (8, 9)), ["list"]),
        (stay("set", float("nan")), ["finite"]),
        (stay("multiply", 10, LATE), []),
        (stay("multiply", 20, LATE), ["multiply 20 on 6", "2017-01-01", "120", "[0, 104]"]),
        (stay("add", -4), ["add -4 on 3", "2014-10-01", "-1", "[0, 104]"]),
        (stay("multiply", 0.3), ["whole number"]),
        (stay("multiply", (1, 2)), ["one number"]),
        (stay("multply", 2), ["Did you mean 'multiply'"]),  # type: ignore[arg-type] # wrong on purpose
        (Override("support_rule", "set", "both"), ['"both"', "either_or, stacked"]),
        (Override("support_rule", "add", 1), ["use set"]),
        (Override("closings", "set", 1), ["data table"]),
        (Override("household_shares", "multiply", 0.5), ["sums to 0.5"]),
        (Override("household_shares", "set", {"single": 1.0}), ["single, family"]),  # type: ignore[arg-type] # wrong on purpose
        (Override("leave_hazard", "set", -0.1, None, "mine"), ["mine: leave_hazard", "[0, 1]"]),
    ],
)
def test_a_bad_override_is_refused_with_its_reason(
    evidence: Registry, override: Override, named: list[str]
) -> None:
    if not named:
        Timeline(evidence, [override])
        return
    with pytest.raises(InputError) as caught:
        Timeline(evidence, [override])
    for each in named:
        assert each in str(caught.value)


def test_a_fixed_value_is_refused(evidence_folder: Path) -> None:
    sample = evidence_folder / "records" / "sample.toml"
    text = sample.read_text(encoding="utf-8").replace('role = "lever"', 'role = "fixed"')
    sample.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="fixed"):
        Timeline(load_registry(evidence_folder), [stay("set", 8)])


def test_all_bad_overrides_come_at_once(evidence: Registry) -> None:
    with pytest.raises(InputError) as caught:
        Timeline(evidence, [stay("set", 200), Override("leave_hazard", "set", 2.0)])
    assert len(caught.value.problems) == 2


def test_what_a_caller_does_with_the_values_stays_with_him(evidence: Registry) -> None:
    timeline = Timeline(evidence)
    timeline.at(EARLY)["stay_weeks"] = 99
    assert timeline.at(EARLY)["stay_weeks"] == 12


DAYS = st.dates(date(2001, 1, 1), date(2030, 1, 1))
CHANGES = st.one_of(
    st.builds(stay, st.just("set"), st.integers(0, 104), DAYS),
    st.builds(stay, st.just("multiply"), st.integers(0, 1), DAYS),
    st.builds(stay, st.just("add"), st.just(1), DAYS),
    st.builds(
        Override,
        st.just("leave_hazard"),
        st.just("multiply"),
        st.floats(0, 1),
        DAYS,
        st.just("test"),
    ),
)


@settings(deadline=None)
@given(overrides=st.lists(CHANGES, max_size=3), day=DAYS)
def test_before_the_first_start_nothing_changes(
    evidence: Registry, overrides: list[Override], day: date
) -> None:
    try:
        timeline = Timeline(evidence, overrides)
    except InputError:  # a set to 104 and an add of 1
        return
    starts = [each.start for each in overrides if each.start is not None]
    plain = Timeline(evidence)
    if all(day < start for start in starts):
        assert timeline.at(day) == plain.at(day)
    ends = [*timeline.changes(), date(2040, 1, 1)]
    for before, after in pairwise(ends):
        assert timeline.at(before) == timeline.at(after - timedelta(days=1))
        assert timeline.at(before) != timeline.at(before - timedelta(days=1))
