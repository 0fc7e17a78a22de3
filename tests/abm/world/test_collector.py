"""What Mesa's DataCollector keeps of weeks: what observers count, and no number moves."""

from __future__ import annotations

import copy
import gc
import weakref
from functools import lru_cache
from typing import TYPE_CHECKING

import mesa
import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.catalogue import observe
from terugkeer.abm.observation.outcomes import BY_ID, outcomes
from terugkeer.abm.world import collector
from terugkeer.abm.world.collector import AT, FREEDOM, JUDGED, LEFT, NAMES, WEEKS, WHO
from terugkeer.abm.world.events import COLUMNS
from terugkeer.agents.codes import Place

from tests.abm.world.small_world import HAZARDS, in_both_modes, lived, model_of

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel

SCALE = 100.0
YEARS = (2011, 2012)
SHARES = {
    "adults_informed": "share_informed",
    "adults_free": "share_free",
    "adults_alternative": "share_alternative",
    "adults_all_three": "share_all_three",
    "adults_first_choice": "share_own_first_choice",
}


@lru_cache(maxsize=4)
def run(*changes: Override) -> ReturnModel:
    """Run two years with a year of spin-up, and collect each week; no test may change it."""
    model = model_of(*changes, scale=SCALE, last_year=YEARS[1])
    model.datacollector = collector.weekly_collector()
    model.run()
    return model


def weeks_of(model: ReturnModel) -> pd.DataFrame:
    """Return what was collected, by Monday."""
    assert model.datacollector is not None
    return model.datacollector.get_model_vars_dataframe().set_index("date")


@pytest.fixture(scope="module")
def model() -> ReturnModel:
    return run()


@pytest.fixture(scope="module")
def told(model: ReturnModel) -> pd.Series[float]:
    """Return the values of outcomes over the years to report, by name."""
    yearly = observe(
        model.log,
        model.weekly_frame(),
        *YEARS,
        SCALE,
        circumstances=model.circumstances_frame(),
        spending=model.spending_frame(),
    )
    table = outcomes(yearly)
    whole = table[(table["group"] == "all") & (table["period"] == "2011-2012")]
    return whole.set_index("outcome")["value"]


@in_both_modes
def test_no_draw_and_no_number_changes(mode: tuple[Override, ...]) -> None:
    plain, watched = lived(*mode, scale=SCALE, last_year=YEARS[1]), run(*mode)
    for name in COLUMNS:
        assert np.array_equal(plain.log.column(name), watched.log.column(name)), name
    for name in plain.people.columns:
        assert np.array_equal(getattr(plain.people, name), getattr(watched.people, name)), name
    assert plain.weekly_frame().equals(watched.weekly_frame())
    assert plain.random.random() == watched.random.random()
    assert plain.datacollector is None


@pytest.mark.parametrize("name", [*LEFT, "adults_independent", *WHO, *WEEKS])
def test_totals_are_those_of_the_outcomes_of_the_same_name(
    model: ReturnModel, told: pd.Series[float], name: str
) -> None:
    last = weeks_of(model)[name].iloc[-1]
    assert last == told[name]
    assert last > 0.0 or name == "child_weeks_without_stable_shelter"


@pytest.mark.parametrize("name", SHARES)
def test_how_freely_adults_returned_is_what_the_shares_say(
    model: ReturnModel, told: pd.Series[float], name: str
) -> None:
    last = weeks_of(model).iloc[-1]
    assert last[name] / last["adults_independent"] == pytest.approx(told[SHARES[name]])
    assert 0.0 < last[name] <= last["adults_independent"]


def test_states_are_those_of_the_end_of_the_year(
    model: ReturnModel, told: pd.Series[float]
) -> None:
    last = weeks_of(model).iloc[-1]
    assert last["out_of_sight"] == told["out_of_sight_end"]
    ends = observe(
        model.log,
        model.weekly_frame(),
        *YEARS,
        SCALE,
        circumstances=model.circumstances_frame(),
    )
    ends = ends[(ends["table"] == "year_end") & (ends["group"] == "all") & (ends["year"] == 2012)]
    for item, persons in zip(ends["item"], ends["persons"], strict=True):
        assert last[item] == persons, item


def test_places_are_those_of_the_weekly_table(model: ReturnModel) -> None:
    weekly = model.weekly_frame()
    by_place = weekly.pivot_table(index="date", columns="place", values="persons", aggfunc="sum")
    found = weeks_of(model)[list(AT.values())]
    found.columns = found.columns.str.removeprefix("at_")
    there = by_place.reindex(index=found.index, columns=found.columns).fillna(0.0)
    assert np.array_equal(found.to_numpy(), there.to_numpy())
    # in the first weeks nobody may be there yet
    assert set(found.index) ^ set(by_place.index) <= set(found.index[:2])


def test_states_and_places_both_add_up_to_the_agents_of_the_model() -> None:
    model = model_of(scale=SCALE)
    model.datacollector = collector.weekly_collector()
    for _ in range(70):
        model.step()
        week = weeks_of(model).iloc[-1]
        here = model.agents.select(where=lambda p: ~p.returned)
        states = week[["in_procedure", "file_open", "out_of_sight"]].sum()
        places = week[[name for place, name in AT.items() if place != Place.ORIGIN]].sum()
        assert len(here) * SCALE == states == places
        assert (len(model.agents) - len(here)) * SCALE == week["at_origin"]


def test_totals_begin_with_the_years_to_report_and_never_fall(model: ReturnModel) -> None:
    found = weeks_of(model)[[*LEFT, *FREEDOM, *WHO, *WEEKS]]
    spin_up = found[found.index < "2011-01-03"]
    assert len(spin_up) == model.report_from - (model.week - len(found)) > 50
    assert (spin_up == 0.0).all(axis=None)
    assert (found.diff().dropna() >= 0.0).all(axis=None)


def test_values_are_python_numbers(model: ReturnModel) -> None:
    assert model.datacollector is not None
    assert list(model.datacollector.model_vars) == list(NAMES)
    kinds = {name: {type(each) for each in values} for name, values in _values(model).items()}
    assert kinds.pop("date") == {pd.Timestamp}
    assert set(map(frozenset, kinds.values())) == {frozenset({float})}


def _values(model: ReturnModel) -> dict[str, list[object]]:
    assert model.datacollector is not None
    return dict(model.datacollector.model_vars)


def test_where_nobody_weighs_what_cannot_be_judged_is_missing() -> None:
    values = _values(run(HAZARDS))
    assert all(set(values[name]) == {None} for name in JUDGED)
    rest = [each for name in NAMES if name not in JUDGED for each in values[name]]
    assert None not in rest
    assert values["adults_free"][-1] != 0.0


def test_nothing_is_counted_if_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(collector.WeekCounts, "read", lambda _, name, _model: asked.append(name))
    model = model_of(scale=1000.0)
    model.step()
    assert asked == []
    model.datacollector = collector.weekly_collector()
    model.step()
    assert set(asked) == set(NAMES)


def test_a_collector_of_ones_own_collects_each_week_beside_the_model_s() -> None:
    model = model_of(scale=1000.0)
    own = {"agents": lambda each: len(each.agents)}
    model.datacollector = mesa.DataCollector({**collector.weekly_reporters(), **own})
    for _ in range(5):
        model.step()
    found = model.datacollector.get_model_vars_dataframe()
    assert list(found.columns) == [*NAMES, "agents"]
    assert len(found) == 5
    assert found["agents"].iloc[-1] == len(model.agents)


def test_a_collector_that_looks_seldom_misses_nothing(model: ReturnModel) -> None:
    seldom = model_of(scale=SCALE, last_year=YEARS[1])
    mine = collector.weekly_collector()
    while seldom.tally.weeks < 100:
        seldom.step()
        if seldom.tally.weeks % 30 == 0:
            seldom.world.week -= 1  # as in `step`, before the week is counted on
            mine.collect(seldom)
            seldom.world.week += 1
    often = weeks_of(model)
    found = mine.get_model_vars_dataframe().set_index("date")
    assert len(found) == 3
    assert found.equals(often.loc[found.index])


def test_a_copy_goes_on_counting_for_itself() -> None:
    """As happens to the collector of a model that is copied."""
    model = model_of(scale=SCALE)
    model.datacollector = collector.weekly_collector()
    for _ in range(70):
        model.step()
    before = weeks_of(model)
    kept, model.datacollector = model.datacollector, copy.deepcopy(model.datacollector)
    for _ in range(10):
        model.step()
    assert weeks_of(model).equals(weeks_of(run()).iloc[: model.tally.weeks])
    assert kept.get_model_vars_dataframe().set_index("date").equals(before)


def test_a_model_with_a_collector_is_released() -> None:
    model = model_of(scale=2000.0)
    model.datacollector = collector.weekly_collector()
    for _ in range(3):
        model.step()
    kept = weakref.ref(model)
    del model
    gc.collect()
    assert kept() is None


def test_names_are_those_of_outcomes_where_one_counts_the_same() -> None:
    assert set(LEFT) | set(WHO) | set(WEEKS) | {"adults_independent"} <= set(BY_ID)
