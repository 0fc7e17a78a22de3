"""What is run and counted for systems: no run is made here."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.observer import ALL
from terugkeer.abm.runs.outcomes import ANY
from terugkeer.abm.space.outcomes import KNOWN, kept
from terugkeer.experiments.systems.effects import effects
from terugkeer.experiments.systems.system import systems

from studies.systems import study
from studies.systems.study import (
    COLUMNS,
    CONTACT,
    OUTCOMES,
    PATH,
    SEEDS,
    STEPS,
    counted,
    counts_now,
    plan,
    told_of,
)

LISTED = {each.name: each for each in systems()}


def test_a_system_is_run_with_and_without_it_on_the_same_seeds() -> None:
    some = [LISTED["iom"], LISTED["vwn"]]
    found = plan(some, registry())
    runs = {run.key: run for run in found.design.runs}
    assert len(runs) == 3 * SEEDS, "the baseline is run once for both"
    for keys, sets in zip(found.keys, ((), ("iom_capacity",), ("vwn_capacity",)), strict=True):
        assert [runs[key].seed for key in keys] == [runs[key].seed for key in found.keys[0]]
        assert tuple(name for name, _ in runs[keys[0]].sets) == sets
    kept_tables = {table for table, _, _ in found.design.outcomes.choices}
    assert {*STEPS} | {each[0] for each in kept().choices} == kept_tables


def made_up(**items: float) -> pd.DataFrame:
    """Return rows of one run and two years, with the persons of some items in each year."""
    rows = [
        ("a", year, *name.split("/"), ALL, value)
        for year in (2013, 2014)
        for name, value in items.items()
    ]
    return pd.DataFrame(rows, columns=["key", "year", "table", "item", "group", "persons"])


def test_items_are_added_up_and_counted_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    def outcomes(rows: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
        assert set(ids) == set(OUTCOMES)
        return pd.DataFrame(8.0, index=pd.Index(rows["key"].unique(), name="key"), columns=ids)

    monkeypatch.setattr(study, "outcomes_of_runs", outcomes)
    rows = made_up(
        **{
            "contacts/met:vwn": 3.0,
            "contacts/met:iom": 9.0,
            "journeys/met:vwn>rean": 1.0,
            "journeys/met:vwn>hrt": 5.0,
            "journeys/met:iom>hrt": 7.0,
        }
    )
    found = counted(rows, [replace(LISTED["vwn"], years=(2013, 2014))]).loc["a"]
    assert found["contacts:met:vwn"] == 3.0
    assert found["journeys:met:vwn" + ">" + ANY] == 6.0
    assert found["returned_independent"] == 4.0
    assert found["share_all_three"] == 8.0, "a share is none of a year"
    assert found["out_of_sight_end"] == 8.0, "nor is a stock"


def test_rows_that_runs_do_not_keep_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "outcomes_of_runs", lambda *_: pd.DataFrame())
    with pytest.raises(ValueError, match="contacts:met:vwn: the runs keep no such rows"):
        counted(made_up(**{"contacts/met:iom": 9.0}), [LISTED["vwn"]])


def test_a_row_is_the_mean_difference_over_seeds_that_can_tell() -> None:
    system = replace(LISTED["vwn"], contact=("a", "b"), path=("b",))
    absent = pd.DataFrame({"a": [0.0, 0.0, 0.0], "b": 1.0} | dict.fromkeys(OUTCOMES, 5.0))
    there = pd.DataFrame({"a": [2.0, 4.0, 9.0], "b": [1.0, 1.0, np.nan]}).reindex(
        columns=["a", "b", *OUTCOMES], fill_value=5.0
    )
    found = {row[1]: row[2:] for row in told_of(system, there, absent)}
    assert list(found) == [CONTACT, PATH, *OUTCOMES]
    # differences 2 and 4, since the third seed can't tell; t of one degree is 12.7062
    assert found[CONTACT] == pytest.approx((1.0, 4.0, 3.0, 3.0 - 12.7062, 3.0 + 12.7062, 2))
    assert found[PATH] == pytest.approx((1.0, 1.0, 0.0, 0.0, 0.0, 2))


def test_new_rows_take_the_place_of_old_ones_in_the_order_of_the_list() -> None:
    def rows(*names: str, evidence: str) -> pd.DataFrame:
        found = pd.DataFrame({"system": names}).reindex(columns=list(COLUMNS))
        return found.assign(evidence=evidence)

    old = rows("gone", "coa", "vwn", "iom", evidence="old")
    found = study.renewed(old, rows("vwn", evidence="new"))
    assert found["system"].tolist() == ["iom", "vwn", "coa"]
    assert found["evidence"].tolist() == ["old", "new", "old"]


def test_rows_carry_the_definition_of_their_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of a study that goes on has it too: it is written of runs, kept or new."""
    found = pd.DataFrame(5.0, index=["a"], columns=["x"])
    runs = SimpleNamespace(design=None, keys=[["a"], ["a"], ["a"]])
    store = SimpleNamespace(rows=lambda **_: found)
    row = ("vwn", PATH, 1.0, 2.0, 1.0, 0.0, 2.0, 10)
    monkeypatch.setattr(study, "plan", lambda *_: runs)
    monkeypatch.setattr(study, "made", lambda *_: store)
    monkeypatch.setattr(study, "counted", lambda *_: found)
    monkeypatch.setattr(study, "told_of", lambda system, *_: [(system.name, *row[1:])])
    some = [LISTED["iom"], LISTED["vwn"]]
    made = study.table_of(some, registry())
    assert made["definition"].tolist() == [each.definition for each in some]
    assert made["counts"].tolist() == [counts_now()] * 2
    assert tuple(made.columns) == COLUMNS


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(SystemExit, match="no system: hospital"):
        study.main(["hospital"])


def test_runs_keep_all_that_systems_count() -> None:
    asked = {name for each in LISTED.values() for name in (*each.contact, *each.path)}
    assert {name.split(":")[0] for name in asked if name not in KNOWN} <= set(STEPS)


def test_the_table_is_of_this_evidence_and_of_the_counts_of_the_model_as_it_is() -> None:
    found = effects()
    again = "run: python -m studies.systems.study"
    assert set(found["evidence"]) == {registry().evidence_hash()[:12]}, again
    assert set(found["counts"]) == {counts_now()}, again
    assert (found["seeds"] <= SEEDS).all()
    assert found.groupby("system")["seeds"].max().eq(SEEDS).all()
