"""Designs: which runs are planned, in which order, and which mistakes are told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs import design as designs
from terugkeer.abm.runs.design import Design, cross, keyed, matrix, plan
from terugkeer.abm.runs.outcomes import EVERYTHING, HEADLINE
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


def test_every_scenario_with_every_seed_in_order() -> None:
    longer = Scenario("more", "", (Override("vbl_weeks", "set", 24, None, "test"),))
    frame = one(scenarios=["baseline", longer], seeds=[3, 1]).frame()
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
    assert planned.columns() == ["vbl_weeks", "iom_share"]
    first = planned.runs[0].drawn().entries
    assert [(each.target, each.operation, each.value, each.start) for each in first] == [
        ("vbl_weeks", "set", 8, None),
        ("iom_share", "set", 0.5, None),
    ]


def test_a_matrix_starts_from_its_scenario() -> None:
    base = Scenario("half", "", (Override("iom_share", "multiply", 0.5, None, "test"),))
    values = pd.DataFrame({"iom_share": [0.8]})
    planned = matrix(values, [1], scenario=base, **YEARS, registry=registry(), outcomes=HEADLINE)
    assert [each.value for each in planned.runs[0].drawn().entries] == [0.8, 0.5]


def test_an_empty_cell_leaves_the_evidence_as_it_is() -> None:
    table = pd.concat([rows(seed=1, vbl_weeks=8), rows(seed=2)], ignore_index=True)
    planned = plan(table, registry=registry(), outcomes=HEADLINE)
    assert [run.sets for run in planned.runs] == [(("vbl_weeks", 8),), ()]


def test_numbers_of_another_type_are_the_same_run() -> None:
    assert key(scale=400) == key(scale=400.0)
    assert key(seeds=[np.int64(1)]) == key()  # as pandas gives it
    whole, number = (
        plan(rows(iom_share=v), registry=registry(), outcomes=HEADLINE) for v in (1, 1.0)
    )
    assert whole.runs[0].key == number.runs[0].key


def test_the_key_depends_on_what_is_kept_and_on_sources_and_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = key()
    assert len({before, key(outcomes=HEADLINE), key(keeps=["weekly"])}) == 3
    with monkeypatch.context() as patch:
        patch.setattr(designs, "loaded_sources", lambda: {"other": "sources"})
        assert key() != before
    monkeypatch.setattr(type(registry()), "evidence_hash", lambda _self: "other")
    assert key() != before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (rows(vbl_week=8), "column 'vbl_week' names no record. Did you mean 'vbl_weeks'"),
        (rows(seed=-1), "design row 1: seed = -1"),
        (rows(scenario="basline"), "Did you mean 'baseline'"),
        (rows(vbl_weeks=8.5), "design row 1: vbl_weeks = 8.5"),
        (rows(iom_share=1.5), "design row 1: design: seed 1: iom_share"),
        (pd.concat([rows(), rows()], ignore_index=True), "the same run as row 1"),
    ],
)
def test_mistakes_are_told(table: pd.DataFrame, said: str) -> None:
    with pytest.raises(InputError) as told:
        plan(table, registry=registry(), outcomes=HEADLINE)
    assert said in str(told.value)


def test_a_run_that_stands_twice_is_told_with_its_row() -> None:
    (run,) = one().runs
    with pytest.raises(InputError, match=r"row 2: the same run as row 1 \(baseline, seed 1\)"):
        keyed([run, run], registry(), EVERYTHING, ())


def test_all_mistakes_are_told_at_once_and_not_a_thousand_times() -> None:
    table = pd.concat([rows(seed=-1), rows(scale=0), rows(iom_share=7)], ignore_index=True)
    with pytest.raises(InputError) as told:
        plan(table, registry=registry(), outcomes=HEADLINE)
    assert all(f"design row {number}" in str(told.value) for number in (1, 2, 3))
    many = pd.DataFrame({"scenario": "baseline", "seed": -np.arange(1, 101), **YEARS})
    with pytest.raises(InputError) as told:
        plan(many, registry=registry(), outcomes=HEADLINE)
    assert len(told.value.problems) == 21
    assert "80 more" in told.value.problems[-1]


def test_everything_is_chosen_by_default() -> None:
    assert one().outcomes == EVERYTHING
    assert one().keeps == ()
    assert one(keeps=["weekly", "fates", "weekly"]).keeps == ("fates", "weekly")


def test_a_design_without_runs_has_its_columns() -> None:
    empty = Design((), registry(), HEADLINE, ())
    assert list(empty.frame()) == ["key", "scenario", "seed", "scale", "first_year", "last_year"]
