"""Designs: what a row may hold, and what its key depends on."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs import design as designs
from terugkeer.abm.runs.design import Design, cross, matrix, plan
from terugkeer.abm.runs.outcomes import EVERYTHING, HEADLINE, choose
from terugkeer.abm.world.scenario import Scenario

YEARS = {"scale": 400.0, "first_year": 2011, "last_year": 2012}


def one(**changes: object) -> Design:
    options = {"scenarios": ["baseline"], "seeds": [1], **YEARS, "registry": registry()} | changes
    return cross(**options)  # type: ignore[arg-type]  # names are checked by the call


def key(**changes: object) -> str:
    (run,) = one(**changes).runs
    return run.key


def rows(**changes: object) -> pd.DataFrame:
    row = {"scenario": "baseline", "seed": 1, **YEARS, **changes}
    return pd.DataFrame([row])


def lever(value: object, start: date | None = None, name: str = "more") -> Scenario:
    return Scenario(name, "", (Override("vbl_weeks", "set", value, start, "test"),))  # type: ignore[arg-type]  # what a user gives


def test_every_scenario_with_every_seed_in_order() -> None:
    frame = one(scenarios=["baseline", lever(24)], seeds=[3, 1]).frame()
    assert frame[["scenario", "seed"]].to_numpy().tolist() == [
        ["baseline", 3], ["baseline", 1], ["more", 3], ["more", 1],
    ]  # fmt: skip
    assert frame["key"].is_unique
    assert frame["key"].str.fullmatch("[0-9a-f]{64}").all()


def test_a_matrix_sets_its_records_from_the_start_and_shares_its_seeds() -> None:
    values = pd.DataFrame({"vbl_weeks": [8, 12], "iom_share": [0.5, 0.9]})
    planned = matrix(values, [1, 2], **YEARS, registry=registry(), outcomes=HEADLINE)
    frame = planned.frame()
    assert frame["seed"].tolist() == [1, 2, 1, 2]
    assert frame["vbl_weeks"].tolist() == [8, 8, 12, 12]
    first = planned.runs[0].drawn().entries
    assert [(each.target, each.operation, each.value, each.start) for each in first] == [
        ("vbl_weeks", "set", 8, None),
        ("iom_share", "set", 0.5, None),
    ]


def test_a_rows_values_come_before_the_scenarios_entries() -> None:
    base = Scenario("half", "", (Override("iom_share", "multiply", 0.5, None, "test"),))
    planned = matrix(
        pd.DataFrame({"iom_share": [0.8]}),
        [1],
        scenario=base,
        **YEARS,
        registry=registry(),
        outcomes=HEADLINE,
    )
    assert [each.value for each in planned.runs[0].drawn().entries] == [0.8, 0.5]


def test_an_empty_cell_leaves_the_evidence_as_it_is() -> None:
    table = pd.concat([rows(seed=1, vbl_weeks=8), rows(seed=2)], ignore_index=True)
    planned = plan(table, registry=registry(), outcomes=HEADLINE)
    assert [run.sets for run in planned.runs] == [(("vbl_weeks", 8),), ()]


@pytest.mark.parametrize(
    "changes",
    [
        {"seeds": [2]},
        {"scale": 200.0},
        {"first_year": 2012},
        {"last_year": 2013},
        {"outcomes": HEADLINE},
        {"keeps": ["weekly"]},
        {"scenarios": [lever(24)]},
        {"scenarios": [Scenario("other-name")]},
    ],
)
def test_the_key_depends_on_the_row(changes: dict[str, object]) -> None:
    assert key(**changes) != key()


def test_the_key_depends_on_dates_and_values_and_on_nothing_else() -> None:
    keys = [
        key(scenarios=[each])
        for each in (lever(24), lever(25), lever(24, date(2013, 1, 1)), lever(24, date(2014, 1, 1)))
    ]
    assert len(set(keys)) == 4
    said = Scenario("more", "in other words", (Override("vbl_weeks", "set", 24, None, "a memo"),))
    assert key(scenarios=[said]) == keys[0]
    assert key(scale=400) == key(scale=400.0)
    assert key(seeds=[np.int64(1)]) == key()  # type: ignore[list-item]  # as pandas gives it
    whole, number = (
        plan(rows(iom_share=v), registry=registry(), outcomes=HEADLINE) for v in (1, 1.0)
    )
    assert whole.runs[0].key == number.runs[0].key


def test_the_key_depends_on_sources_and_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    with monkeypatch.context() as patch:
        patch.setattr(designs, "loaded_sources", lambda: {"other": "sources"})
        assert key() != before
    monkeypatch.setattr(type(registry()), "evidence_hash", lambda _self: "other")
    assert key() != before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (rows(vbl_week=8), "column 'vbl_week' names no record. Did you mean 'vbl_weeks'"),
        (rows().drop(columns="seed"), "column 'seed' is missing"),
        (rows().iloc[:0], "nothing to run"),
        (rows(seed=-1), "seed = -1"),
        (rows(seed=1.5), "seed = 1.5"),
        (rows(seed=True), "seed = True"),
        (rows(seed=2**63), "seed = 9223372036854775808"),
        (rows(scale=0), "scale = 0"),
        (rows(scale=float("nan")), "scale = nan"),
        (rows(scale="big"), "scale = 'big'"),
        (rows(first_year=2010), "first_year = 2010"),
        (rows(first_year=2013), "swap"),
        (rows(scenario="basline"), "Did you mean 'baseline'"),
        (rows(vbl_weeks=8.5), "vbl_weeks = 8.5"),
        (rows(vbl_weeks="long"), "vbl_weeks = 'long'"),
        (rows(iom_share=1.5), "iom_share"),
        (pd.concat([rows(), rows()], ignore_index=True), "the same run as row 1"),
    ],
)
def test_mistakes_are_told(table: pd.DataFrame, said: str) -> None:
    with pytest.raises(InputError) as told:
        plan(table, registry=registry(), outcomes=HEADLINE)
    assert said in str(told.value)


def test_all_mistakes_are_told_at_once_and_not_a_thousand_times() -> None:
    table = pd.concat([rows(seed=-1), rows(scale=0), rows(iom_share=7)], ignore_index=True)
    with pytest.raises(InputError) as told:
        plan(table, registry=registry(), outcomes=HEADLINE)
    assert all(f"design row {number}" in str(told.value) for number in (1, 2, 3))
    many = pd.DataFrame({"scenario": "baseline", "seed": -np.arange(1, 1001), **YEARS})
    with pytest.raises(InputError) as told:
        plan(many, registry=registry(), outcomes=HEADLINE)
    assert len(told.value.problems) == 21
    assert "980 more" in told.value.problems[-1]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["dtv_caseload_outflo"], "Did you mean 'dtv_caseload_outflow'"),
        ([("dtv_caseload_outflow", "permits")], "Did you mean 'permit'"),
        ([("dtv_caseload_outflow", "permit", "al")], "'al': unknown"),
        ([], "none chosen"),
        ([("a", "b", "c", "d")], "give (table, item, group)"),
    ],
)
def test_outcomes_that_do_not_exist_are_told(chosen: list[str], said: str) -> None:
    with pytest.raises(InputError) as told:
        choose(chosen)
    assert said in str(told.value)


def test_a_table_that_cannot_be_kept_is_told() -> None:
    with pytest.raises(InputError, match="'daily' cannot be kept"):
        one(keeps=["daily"])


def test_everything_is_chosen_by_default() -> None:
    assert one().outcomes == EVERYTHING
    assert EVERYTHING.everything
    assert not HEADLINE.everything
    assert choose([("*", "*", "all")]) != EVERYTHING
