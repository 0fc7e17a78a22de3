from __future__ import annotations

import os
import signal
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import fake_world
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.design import YEARLY_COLUMNS, Design, combine, run_design, run_seed
from terugkeer.abm.runs.folder import yearly_csv

if TYPE_CHECKING:
    import pandas as pd


def design(seeds: tuple[int, ...] = (1, 2, 3), scale: float = 400.0) -> Design:
    return Design(fake_world.scenario(), SimpleNamespace(), seeds, scale, 2011, 2012)


def test_rows_are_sorted_and_each_seed_is_whole() -> None:
    tables = run_design(design(), workers=1, simulate=fake_world.simulate)
    assert tuple(tables.yearly.columns) == YEARLY_COLUMNS
    keys = list(YEARLY_COLUMNS[:-1])
    assert tables.yearly[keys].equals(tables.yearly[keys].sort_values(keys, ignore_index=True))
    sizes = tables.yearly.groupby("seed").size()
    assert list(sizes.index) == [1, 2, 3]
    assert len(set(sizes)) == 1
    assert set(tables.yearly["scenario"]) == {"made-up"}
    assert "outside_iom_departures" in set(tables.yearly["table"])
    assert tables.weekly.columns[0] == "seed"
    assert tables.timings == {"exit": 1.5}


def test_seeds_differ() -> None:
    tables = run_design(design(), workers=1, simulate=fake_world.simulate)
    outflow = tables.yearly[tables.yearly["table"] == "dtv_caseload_outflow"]
    assert outflow.groupby("seed")["persons"].apply(tuple).nunique() == 3


def test_order_of_finishing_changes_no_byte() -> None:
    parts = [run_seed(design(), seed, fake_world.simulate) for seed in (1, 2, 3)]
    there, back = combine(parts), combine(reversed(parts))
    assert yearly_csv(there.yearly) == yearly_csv(back.yearly)
    assert there.weekly.equals(back.weekly)


def test_number_of_workers_changes_no_byte() -> None:
    done: list[int] = []
    alone = run_design(design(), workers=1, simulate=fake_world.simulate)
    together = run_design(design(), workers=2, simulate=fake_world.simulate, finished=done.append)
    assert yearly_csv(alone.yearly) == yearly_csv(together.yearly)
    assert alone.weekly.equals(together.weekly)
    assert sorted(done) == [1, 2, 3]


def test_workers_compute_on_one_thread_and_this_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    tables = run_design(design((1, 2)), workers=2, simulate=fake_world.simulate_threads)
    assert tables.timings == {"OMP_NUM_THREADS": 2.0, "MKL_NUM_THREADS": 2.0}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_worker_that_the_system_ends_is_told_with_a_remedy() -> None:
    with pytest.raises(InputError, match="--workers 1"):
        run_design(design((1, 2)), workers=2, simulate=fake_world.simulate_killed)


def test_an_error_in_a_worker_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        run_design(design((1, 2)), workers=2, simulate=fake_world.simulate_failing)


def test_an_interrupt_ends_the_workers_at_once() -> None:
    threading.Timer(3.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        run_design(design((1, 2)), workers=2, simulate=fake_world.simulate_for_an_hour)


def test_columns_of_the_weekly_table() -> None:
    weekly: pd.DataFrame = run_design(design((5,)), workers=1, simulate=fake_world.simulate).weekly
    assert list(weekly.columns) == [
        "seed", "week", "date", "place", "phase", "population", "persons",
    ]  # fmt: skip
    assert set(weekly["seed"]) == {5}
