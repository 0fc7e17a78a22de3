"""What two runs share: a change reaches only the lives that it touches."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.arrivals.newcomers import INDICES, STRATA
from terugkeer.abm.world.calendar import first_week, monday, week_of
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.agents.codes import Outcome

from tests.abm.world.small_world import (
    APART,
    ROOM_FOR_ALL,
    change,
    entrances_of,
    events,
    in_both_modes,
    lived,
    model_of,
    recorded,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel

EVERY_COLUMN = [*COLUMNS]


def first_differences(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return for each household that differs its first differing week and events in it."""
    both = pd.concat([one.assign(run=1), other.assign(run=2)], ignore_index=True)
    columns = [*EVERY_COLUMN, "household"]
    numbered = both.assign(again=both.groupby(["run", *columns]).cumcount())
    alone = numbered[~numbered.duplicated([*columns, "again"], keep=False)]
    first = alone.groupby("household")["week"].transform("min")
    return alone[alone["week"] == first]


def assert_each_has(differing: pd.DataFrame, outcome: Outcome) -> None:
    """Every household that differs has the outcome on one side."""
    assert len(differing)
    assert set(differing[differing["outcome"] == outcome]["household"]) == set(
        differing["household"]
    )


@in_both_modes
@pytest.mark.parametrize(
    ("hazard", "outcome"),
    [
        ("hazard_other_asylum", Outcome.OTHER),
        pytest.param("hazard_permit_with_file", Outcome.PERMIT, marks=pytest.mark.slow),
    ],
)
def test_a_changed_hazard_moves_nobody_between_other_causes(
    hazard: str, outcome: Outcome, mode: tuple[Override, ...]
) -> None:
    """Every household that differs does so first through the cause that changed."""
    value = recorded(hazard)
    runs = [
        events(lived(*mode, *APART, change(hazard, value * factor), scale=50.0))
        for factor in (1.0, 3.0)
    ]
    differing = first_differences(*runs)
    assert differing["household"].nunique() > 5
    assert_each_has(differing, outcome)


@pytest.mark.slow
def test_at_the_first_difference_of_all_the_changed_cause_stands_on_one_side() -> None:
    """With scarce shelter too: a place that falls free is handed on a week later."""
    hazard = "hazard_other_asylum"
    value = recorded(hazard)
    runs = [events(lived(change(hazard, value * factor), scale=50.0)) for factor in (1.0, 3.0)]
    differing = first_differences(*runs)
    differing = differing[differing["week"] == differing["week"].min()]
    assert_each_has(differing, Outcome.OTHER)


@in_both_modes
def test_one_more_household_changes_one_life(mode: tuple[Override, ...]) -> None:
    """Tried with four at once: all others' events stay the same, where nobody can touch them."""
    model = model_of(*mode, *APART, scale=100.0)
    entrances = entrances_of(model)
    usual = entrances.households
    chosen = model.week + 20
    added: list[int] = []

    def with_more(week: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        number, strata = usual(week)
        if week != chosen:
            return number, strata
        added.clear()
        for stratum in (0, 3, 64 + 5, 128):
            extra = (week * STRATA + stratum) * INDICES + np.count_nonzero(strata == stratum)
            assert extra not in number
            added.append(int(extra))
            at = np.searchsorted(number, extra)
            number, strata = np.insert(number, at, extra), np.insert(strata, at, stratum)
        return number, strata

    entrances.households = with_more  # type: ignore[method-assign] # one household more
    model.run()
    log = events(model)
    without = events(lived(*mode, *APART, scale=100.0))
    entered = log[log["kind"] == Event.ENTERED]
    assert set(added) <= set(entered["household"])
    assert not set(added) & set(without["household"])
    _same_lives(log[~log["household"].isin(added)], without)


def _same_lives(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Compare lives person by person: the order of persons within a phase may differ."""
    pd.testing.assert_frame_equal(
        one.sort_values(["person"], kind="stable").reset_index(drop=True),
        other.sort_values(["person"], kind="stable").reset_index(drop=True),
    )


def _same(one: ReturnModel, other: ReturnModel) -> None:
    for name in COLUMNS:
        assert np.array_equal(one.log.column(name), other.log.column(name)), name
    pd.testing.assert_frame_equal(one.weekly_frame(), other.weekly_frame())


@pytest.mark.slow
def test_a_longer_run_begins_like_a_shorter_one() -> None:
    short = events(lived(scale=100.0))
    long = events(lived(scale=100.0, last_year=2012))
    pd.testing.assert_frame_equal(short, long[: len(short)])


def test_levers_at_their_recorded_values_change_nothing() -> None:
    recorded = {"vbl_weeks": 12, "departure_term_weeks": 4, "closed_family_weeks": 2}
    assert {name: registry()[name].value for name in recorded} == recorded
    baseline = lived(scale=100.0)
    for start in (None, date(2011, 3, 16)):
        changes = [change(name, value, start) for name, value in recorded.items()]
        _same(baseline, lived(*changes, scale=100.0))


@lru_cache(maxsize=4)
def begun(last: int, *changes: Override) -> pd.DataFrame:
    """Return the events of a run up to a week."""
    model = model_of(*changes, scale=20.0)
    while model.week <= last:
        model.step()
    return events(model)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("procedure_length_factor", 0.0),  # read as persons arrive
        ("departure_term_weeks", 0),  # read by the law
        ("detention_hazard", 9.0),  # read in enforcement
    ],
)
def test_a_lever_acts_from_the_week_that_holds_its_day(name: str, value: float) -> None:
    day = date(2010, 6, 16)  # a Wednesday
    usual, other = begun(week_of(day)), begun(week_of(day), change(name, value, day))
    assert first_differences(usual, other)["week"].min() == week_of(day)


def test_a_lever_from_a_monday_waits_for_it() -> None:
    """Also when something else changes in the week before."""
    monday_after = monday(week_of(date(2011, 1, 11)) + 1)  # family locations open that Tuesday
    week = week_of(monday_after)
    usual, other = begun(week), begun(week, change("detention_hazard", 9.0, monday_after))
    assert first_differences(usual, other)["week"].min() == week


def test_a_lever_in_the_first_weeks_waits_for_its_monday() -> None:
    start = first_week(2010)
    model = model_of(change("night_shelter_capacity", 200, monday(start + 1)), scale=500.0)
    seen = []
    for _ in range(3):
        model.step()
        seen.append(model.world.now.number("night_shelter_capacity"))
    assert seen == [recorded("night_shelter_capacity"), 200.0, 200.0]


def test_unbounded_shelter_is_the_largest_that_the_record_allows() -> None:
    assert registry()["night_shelter_capacity"].limits()[1] == ROOM_FOR_ALL
