"""Outcomes: names that stay, sums by hand, and never a departure alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation import after_outcomes
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.abm.observation.outcomes import (
    BY_ID,
    COLUMNS,
    COMPANIONS,
    OUTCOMES,
    TABLES,
    together,
)
from terugkeer.abm.observation.outcomes import outcomes as told
from terugkeer.abm.observation.reported import OF_LEAVING, Part, ReportedOutcome
from terugkeer.abm.observation.returns import CHECKS
from terugkeer.abm.runs.outcomes import rows_for, values_of
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world.scenario import Scenario

from tests.abm.world.small_world import HAZARDS, recorded

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.runs.result import RunResult

# names that others rely on: add to them, never take one away
STABLE = [
    "independent",
    "forced",
    "unobserved",
    "permit",
    "other",
    "present",
    "returned",
    "returned_independent",
    "returned_forced",
    "returned_unseen",
    "transferred",
    "moved_on",
    "got_permit",
    "out_of_sight_end",
    "adults_independent",
    "share_informed",
    "share_free",
    "share_alternative",
    "share_all_three",
    "share_own_first_choice",
    "weeks_without_stable_shelter",
    "weeks_without_stable_shelter_per_year",
    "child_weeks_without_stable_shelter",
    "weeks_out_of_sight",
    "child_weeks_out_of_sight",
    "weeks_held",
    "child_weeks_held",
    "share_poor_mental_health",
    "weeks_apart_from_kin",
    "children_left",
    "children_returned",
    "families_left",
    "families_separated",
    "returned_into_low_real_danger",
    "returned_into_middle_real_danger",
    "returned_into_high_real_danger",
    "returned_into_low_believed_danger",
    "returned_into_middle_believed_danger",
    "returned_into_high_believed_danger",
    "followed_52w",
    "sustained_52w",
    "hard_52w",
    "left_again_52w",
    "share_sustained_52w",
    "share_sustained_52w_independent",
    "share_sustained_52w_forced",
    "share_left_again_52w",
    "share_thinks_of_leaving_52w",
    "share_low_economic_52w",
    "share_low_social_52w",
    "share_low_psychosocial_52w",
    "share_sustained_26w",
    "spending_total",
    "spending_reception",
    "spending_detention",
    "spending_municipal_shelter",
    "spending_case_managers",
    "spending_counselling",
    "spending_cash",
    "spending_in_kind",
    "spending_assisted_journeys",
    "spending_removals",
]
RUN = {"seed": 1, "scale": 200.0, "first_year": 2011, "last_year": 2012}


def run_of(*changes: Override) -> RunResult:
    return simulate(Scenario("test", entries=changes), **RUN, registry=registry())  # type: ignore[arg-type] # RUN is a dict of several types


@pytest.fixture(scope="module")
def run() -> RunResult:
    return run_of()


@pytest.fixture(scope="module")
def yearly(run: RunResult) -> pd.DataFrame:
    return rows_for().count(run)


@pytest.fixture(scope="module")
def values(yearly: pd.DataFrame) -> pd.DataFrame:
    return told(yearly)


def value(values: pd.DataFrame, outcome: str, period: str, group: str = "all") -> float:
    """Return the one value of an outcome, period and group."""
    here = values["outcome"] == outcome
    rows = values[here & (values["period"] == period) & (values["group"] == group)]
    return float(rows["value"].item())


def test_names_are_stable() -> None:
    names = [each.id for each in OUTCOMES]
    assert len(set(names)) == len(names)
    assert set(STABLE) <= set(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


def test_every_outcome_is_made_of_rows_that_are_counted_and_says_what_it_is() -> None:
    items = {each.table: set(each.items) for each in OBSERVERS}
    for each in OUTCOMES:
        for part in (each.part, each.over):
            if part is not None:
                assert set(part.items) <= items[part.table], each.id
        for text in (each.label, each.label_nl, each.counts, each.reads, each.source):
            assert text, each.id
        assert each.counts.endswith("."), each.id
        assert (each.unit in {"share", "week per person-year"}) == (each.over is not None)


def test_no_word_says_which_outcome_is_good() -> None:
    wrong = re.compile(r"\b(good|bad|better|worse|success|fail\w*|goed|slecht|beter)\b")
    texts = chain.from_iterable((each.label, each.counts, each.reads) for each in OUTCOMES)
    assert [text for text in texts if wrong.search(text.lower())] == []


@pytest.mark.parametrize("name", [each.id for each in OUTCOMES if each.family in OF_LEAVING])
def test_a_number_of_leaving_never_comes_alone(name: str) -> None:
    beside = {each.id for each in together([name])}
    assert beside >= {name, *COMPANIONS}
    families = {BY_ID[each].family for each in COMPANIONS}
    assert {"harm", "voluntariness"} <= families


def test_what_is_no_leaving_may_stand_alone_and_what_is_nothing_is_refused() -> None:
    assert [each.id for each in together(["spending_total"])] == ["spending_total"]
    with pytest.raises(KeyError):
        together(["departures_per_euro"])


def test_money_is_never_divided_by_departures() -> None:
    for each in OUTCOMES:
        if "spending" in each.tables:
            assert each.over is None, each.id
    assert {each.family for each in after_outcomes.SPENDING_OUTCOMES} == {"spending"}


def test_groups_stop_at_broad_groups(values: pd.DataFrame) -> None:
    assert set(values["group"]) == {
        "all",
        *(f"background={each}" for each in ("asylum", "other")),
        *(f"origin_group={each}" for each in ("safe", "not_safe")),
        *(f"household={each}" for each in ("family", "no_family")),
    }


def test_every_outcome_has_every_period_once(values: pd.DataFrame) -> None:
    assert list(values.columns) == list(COLUMNS)
    assert list(dict.fromkeys(values["outcome"])) == [each.id for each in OUTCOMES]
    assert not values.duplicated(["outcome", "group", "period"]).any()
    every = values[values["group"] == "all"].groupby("outcome")["period"].agg(list)
    assert every.map(lambda periods: periods == ["2011", "2012", "2011-2012"]).all()


def test_values_are_sums_of_rows(yearly: pd.DataFrame, values: pd.DataFrame) -> None:
    rows = yearly[yearly["group"] == "all"].set_index(["table", "item", "year"])["persons"]
    back = sum(
        rows["true_outcomes", item, 2012]
        for item in ("returned_independent", "returned_forced", "home_unobserved")
    )
    assert value(values, "returned", "2012") == back > 0
    assert value(values, "returned", "2011-2012") == sum(
        value(values, "returned", year) for year in ("2011", "2012")
    )
    for year in ("2011", "2012", "2011-2012"):
        parts = ("returned_independent", "returned_forced", "returned_unseen")
        assert value(values, "returned", year) == sum(value(values, p, year) for p in parts)
    assert value(values, "present", "2011-2012") == rows["year_end", "file_open", 2012]


def test_a_ratio_of_a_period_is_that_of_its_sums(
    yearly: pd.DataFrame, values: pd.DataFrame
) -> None:
    rows = yearly[(yearly["group"] == "all") & (yearly["table"] == "voluntariness_of_adults")]
    sums = rows.groupby("item")["persons"].sum()
    expected = sums["all_three"] / sums["adults"]
    assert value(values, "share_all_three", "2011-2012") == pytest.approx(expected)
    lived = yearly[(yearly["group"] == "all") & (yearly["table"] == "weeks_lived")]
    one = lived[lived["year"] == 2011].set_index("item")["persons"]
    assert value(values, "weeks_without_stable_shelter_per_year", "2011") == pytest.approx(
        52.1775 * one["without_stable_shelter"] / one["all"]
    )


def test_broad_groups_add_up_to_all(values: pd.DataFrame) -> None:
    counts = [
        each.id
        for each in OUTCOMES
        if each.over is None and each.family not in {"spending", "voluntariness"}
    ]
    for name in counts:
        groups = [g for g in values.loc[values["outcome"] == name, "group"].unique() if "=" in g]
        for dimension in {group.split("=")[0] for group in groups}:
            parts = [g for g in groups if g.startswith(dimension + "=")]
            added = sum(value(values, name, "2012", group) for group in parts)
            assert added == pytest.approx(value(values, name, "2012")), (name, dimension)


def test_several_runs_stand_apart(yearly: pd.DataFrame, values: pd.DataFrame) -> None:
    both = pd.concat([yearly.assign(seed=1), yearly.assign(seed=2, persons=2 * yearly["persons"])])
    found = told(both)
    one = found[found["seed"] == 1].drop(columns="seed").reset_index(drop=True)
    pd.testing.assert_frame_equal(one, values)
    two = found[found["seed"] == 2]
    assert value(two, "forced", "2011") == 2 * value(values, "forced", "2011")
    assert value(two, "share_free", "2011") == value(values, "share_free", "2011")


def test_some_outcomes_need_fewer_rows(run: RunResult, values: pd.DataFrame) -> None:
    some = values_of(run, ["moved_on"])
    assert set(some["outcome"]) == {"moved_on", *COMPANIONS}
    expected = values[values["outcome"].isin(set(some["outcome"]))].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, expected)
    assert {table for table, _, _ in rows_for().choices} == set(TABLES)


def test_rows_without_harm_tell_nothing_of_departures(yearly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="voluntariness_of_adults"):
        told(yearly[yearly["table"] == "dtv_caseload_outflow"], ["forced"])


def test_what_a_run_cannot_tell_is_missing_and_not_nobody() -> None:
    values = values_of(run_of(HAZARDS))
    for name in ("sustained_52w", "share_sustained_52w", "returned_into_high_real_danger"):
        assert np.isnan(value(values, name, "2011-2012"))
    for name in ("share_poor_mental_health", "weeks_apart_from_kin", "spending_total"):
        assert np.isnan(value(values, name, "2012"))
    for name in ("forced", "weeks_without_stable_shelter", "spending_reception", "present"):
        assert value(values, name, "2012") > 0


def test_weeks_lived_agree_with_the_weekly_record(run: RunResult, values: pd.DataFrame) -> None:
    weekly = run.weekly[run.weekly["place"] != "origin"]
    weekly = weekly[weekly["date"].dt.isocalendar().year == 2012]
    unstable = weekly[weekly["place"].isin(["street", "night_shelter"])]["persons"].sum()
    assert value(values, "weeks_without_stable_shelter", "2012") == unstable
    last = weekly[weekly["week"] == weekly["week"].max()]
    here = value(values, "present", "2012") + value(values, "out_of_sight_end", "2012")
    assert 0 < here <= last["persons"].sum()


def test_spending_is_weeks_and_deeds_times_prices(run: RunResult, values: pd.DataFrame) -> None:
    weekly = run.weekly[run.weekly["date"].dt.isocalendar().year == 2012]
    held = weekly[weekly["place"].isin(["detention", "closed_family"])]["persons"].sum()
    assert value(values, "spending_detention", "2012") == pytest.approx(
        held * 7 * recorded("price_detention_eur_day")
    )
    left = run.events[(run.events["kind"] == "left") & (run.events["year"] == 2012)]
    removed = (left["outcome"] == "forced").sum() * run.scale
    assert value(values, "spending_removals", "2012") == pytest.approx(
        removed * recorded("price_removal_eur")
    )
    posts = [each.id for each in OUTCOMES if each.family == "spending"][1:]
    total = sum(value(values, each, "2012") for each in posts)
    assert value(values, "spending_total", "2012") == pytest.approx(total)


def test_follow_ups_are_those_of_the_record() -> None:
    followed = recorded("returned_followed_weeks")
    assert (followed // 2, followed) == CHECKS


def test_an_outcome_is_one_entry() -> None:
    added = ReportedOutcome(
        id="street_closings",
        label="closed from the street",
        label_nl="gesloten vanaf de straat",
        unit="closing",
        family="harm",
        counts="Files closed while the person lived on the street.",
        reads="More.",
        part=Part("harm", ("weeks_on_street",)),
    )
    assert added.tables == ("harm",)
    assert replace(added, over=Part("weeks_lived", ("all",))).tables == ("harm", "weeks_lived")
