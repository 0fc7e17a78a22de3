"""Outcomes: names that stay, sums by hand, and never a departure alone."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.abm.observation.observer import DIMENSIONS
from terugkeer.abm.observation.outcomes import (
    BY_ID,
    COLUMNS,
    COMPANIONS,
    HEADLINES,
    OUTCOMES,
    TABLES,
    outcomes,
    together,
)
from terugkeer.abm.observation.reported import OF_LEAVING
from terugkeer.abm.runs.outcomes import rows_for, values_of

if TYPE_CHECKING:
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
PERIODS = ["2011", "2012", "2011-2012"]


@pytest.fixture(scope="module")
def yearly(nothing: pd.DataFrame) -> pd.DataFrame:
    """Another number in every row, so that no two sums are alike by accident."""
    return nothing.assign(persons=np.sqrt(np.arange(1.0, len(nothing) + 1.0)))


@pytest.fixture(scope="module")
def values(yearly: pd.DataFrame) -> pd.DataFrame:
    return outcomes(yearly)


@pytest.fixture(scope="module")
def counted(run: RunResult) -> pd.DataFrame:
    """The rows of a run of the model that outcomes need."""
    return rows_for().count(run)


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


def test_headlines_are_outcomes_and_stand_with_their_companions() -> None:
    assert {each.id for each in together(HEADLINES)} == {*HEADLINES}


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
    assert every.map(lambda periods: periods == PERIODS).all()


def test_a_count_is_the_sum_of_its_rows_and_of_a_period_that_of_its_years(
    yearly: pd.DataFrame, values: pd.DataFrame
) -> None:
    rows = yearly[yearly["group"] == "all"].set_index(["table", "item", "year"])["persons"]
    back = [
        sum(
            rows["true_outcomes", item, year]
            for item in ("returned_independent", "returned_forced", "home_unobserved")
        )
        for year in (2011, 2012)
    ]
    found = [value(values, "returned", period) for period in PERIODS]
    assert found == pytest.approx([*back, sum(back)])


def test_a_stock_of_a_period_is_that_of_its_last_year(
    yearly: pd.DataFrame, values: pd.DataFrame
) -> None:
    rows = yearly[yearly["group"] == "all"].set_index(["table", "item", "year"])["persons"]
    first, last = (rows["year_end", "file_open", year] for year in (2011, 2012))
    assert [value(values, "present", period) for period in PERIODS] == [first, last, last]


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


def test_a_ratio_over_nobody_is_missing(nothing: pd.DataFrame) -> None:
    names = ["share_free", "share_left_again_52w", "returned", "spending_total"]
    found = outcomes(nothing, names).groupby("outcome")["value"]
    missing = found.agg(lambda each: each.isna().all())[names]
    assert missing.tolist() == [True, True, False, False]


def test_what_one_year_cannot_tell_the_period_cannot(yearly: pd.DataFrame) -> None:
    untold = yearly["table"].isin(["true_outcomes", "year_end"]) & (yearly["year"] == 2011)
    rows = yearly.assign(persons=yearly["persons"].mask(untold))
    found = outcomes(rows, ["returned", "present"])
    missing = [np.isnan(value(found, "returned", period)) for period in PERIODS]
    assert missing == [True, False, True]
    # a stock is that of the last year, which is known
    assert [np.isnan(value(found, "present", period)) for period in PERIODS] == [True, False, False]


def test_broad_groups_of_a_run_add_up_to_all(counted: pd.DataFrame) -> None:
    told = outcomes(counted, [each.id for each in OUTCOMES if each.over is None])
    wide = told[told["period"] == "2012"].set_index(["outcome", "group"])["value"].unstack()  # noqa: PD010 (no two to add)
    wide = wide.drop(index=[each.id for each in OUTCOMES if each.over is not None], errors="ignore")
    assert (wide["all"] > 0).sum() > 30
    for dimension, groups in DIMENSIONS.items():
        parts = wide[[f"{dimension}={group}" for group in groups]]
        split = parts.notna().all(axis=1)
        assert split.sum() > 15
        np.testing.assert_allclose(parts[split].sum(axis=1), wide["all"][split])


def test_several_runs_stand_apart(yearly: pd.DataFrame, values: pd.DataFrame) -> None:
    both = pd.concat([yearly.assign(seed=1), yearly.assign(seed=2, persons=2 * yearly["persons"])])
    found = outcomes(both, ["forced", "share_free"])
    one = found[found["seed"] == 1].drop(columns="seed").reset_index(drop=True)
    same = values[values["outcome"].isin(set(one["outcome"]))].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, same)
    two = found[found["seed"] == 2]
    assert value(two, "forced", "2011") == 2 * value(values, "forced", "2011")
    assert value(two, "share_free", "2011") == value(values, "share_free", "2011")


def test_some_outcomes_need_fewer_rows(run: RunResult, counted: pd.DataFrame) -> None:
    some = values_of(run, ["moved_on"])
    assert set(some["outcome"]) == {"moved_on", *COMPANIONS}
    expected = outcomes(counted, ["moved_on"])
    pd.testing.assert_frame_equal(some, expected)
    assert {table for table, _, _ in rows_for().choices} == set(TABLES)


def test_an_item_that_the_rows_lack_is_named(yearly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="true_outcomes hold no item onward"):
        outcomes(yearly[yearly["item"] != "onward"], ["moved_on"])


def test_a_row_that_stands_twice_is_refused(yearly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="what sets runs apart"):
        outcomes(pd.concat([yearly, yearly]))


def test_years_that_a_run_lacks_are_not_told(yearly: pd.DataFrame) -> None:
    short = yearly[yearly["year"] == 2012].assign(seed=2)
    found = outcomes(pd.concat([yearly.assign(seed=1), short]), ["returned", "present"])
    of_two = found[(found["seed"] == 2) & (found["group"] == "all")].set_index("outcome")
    assert of_two.loc["returned", "period"].tolist() == ["2012", "2011-2012"]
    assert np.isnan(of_two.loc["returned", "value"].iloc[1])  # a year is missing of the sum
    assert of_two.loc["present", "period"].tolist() == ["2012", "2011-2012"]
    assert of_two.loc["present", "value"].notna().all()  # a stock is that of the last year


def test_rows_without_harm_tell_nothing_of_departures(yearly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="voluntariness_of_adults"):
        outcomes(yearly[yearly["table"] == "dtv_caseload_outflow"], ["forced"])
