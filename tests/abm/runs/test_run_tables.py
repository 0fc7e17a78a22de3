"""The tables of a run folder: all seeds, sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.result import QUEUES_COLUMNS
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import WEEKLY_COLUMNS, YEARLY_COLUMNS, run_tables

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from terugkeer.abm.runs.store import Store


def in_order(table: pd.DataFrame, keys: list[str]) -> bool:
    return table[keys].equals(table[keys].sort_values(keys, ignore_index=True))


def test_rows_are_sorted_and_each_seed_is_whole(whole: Store) -> None:
    tables = run_tables(whole)
    assert tuple(tables.yearly.columns) == YEARLY_COLUMNS
    assert tuple(tables.weekly.columns) == WEEKLY_COLUMNS
    assert in_order(tables.yearly, [*YEARLY_COLUMNS[:-1]])
    assert in_order(tables.weekly, [*WEEKLY_COLUMNS[:-1]])
    sizes = tables.yearly.groupby("seed").size()
    assert list(sizes.index) == [1, 2]
    assert len(set(sizes)) == 1
    assert set(tables.yearly["scenario"]) == {"made-up"}
    assert "outside_iom_departures" in set(tables.yearly["table"])
    outflow = tables.yearly[tables.yearly["table"] == "dtv_caseload_outflow"]
    assert outflow.groupby("seed")["persons"].apply(tuple).nunique() == 2


def test_what_runs_cost_is_added_up(whole: Store) -> None:
    tables = run_tables(whole)
    assert tables.timings == {"exit": 1.0}
    assert tables.person_weeks == sum(each.person_weeks for each in whole.ended.values()) > 0


@pytest.mark.parametrize("keeps", [["weekly"], ["weekly", "queues"]])
def test_queues_have_their_columns_also_where_none_are_kept(
    tmp_path: Path, keeps: list[str]
) -> None:
    store = run_design(small((1,), keeps), tmp_path, workers=1, simulate=fake_world.simulate)
    assert list(run_tables(store).queues.columns) == ["seed", *QUEUES_COLUMNS]
