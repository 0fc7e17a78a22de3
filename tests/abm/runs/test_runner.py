"""The runner: the same numbers from anybody, and what happens when workers or runs fail."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs import batch
from terugkeer.abm.runs.cluster import crew
from terugkeer.abm.runs.folder import yearly_csv
from terugkeer.abm.runs.pace import OVERHEAD_SHARE, Pace, in_words
from terugkeer.abm.runs.processes import Processes
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import WEEKLY_COLUMNS, YEARLY_COLUMNS, run_tables
from terugkeer.abm.runs.runner import run_pending
from terugkeer.abm.runs.status import failures
from terugkeer.abm.runs.store import Store
from terugkeer.abm.runs.store_place import create_store

from tests.abm.runs import fake_world
from tests.abm.runs.planned import TOTAL, design, small

if TYPE_CHECKING:
    from pathlib import Path

    from terugkeer.abm.runs.pace import Progress


def bytes_of(store: Store) -> tuple[bytes, bytes]:
    tables = run_tables(store)
    return yearly_csv(tables.yearly), tables.weekly.to_csv(index=False).encode()


def test_rows_are_sorted_and_each_seed_is_whole(tmp_path: Path) -> None:
    store = run_design(design(), tmp_path, workers=1, simulate=fake_world.simulate)
    tables = run_tables(store)
    assert tuple(tables.yearly.columns) == YEARLY_COLUMNS
    assert tuple(tables.weekly.columns) == WEEKLY_COLUMNS
    keys = list(YEARLY_COLUMNS[:-1])
    assert tables.yearly[keys].equals(tables.yearly[keys].sort_values(keys, ignore_index=True))
    sizes = tables.yearly.groupby("seed").size()
    assert list(sizes.index) == [1, 2, 3]
    assert len(set(sizes)) == 1
    assert set(tables.yearly["scenario"]) == {"made-up"}
    assert "outside_iom_departures" in set(tables.yearly["table"])
    assert tables.timings == {"exit": 1.5}
    outflow = tables.yearly[tables.yearly["table"] == "dtv_caseload_outflow"]
    assert outflow.groupby("seed")["persons"].apply(tuple).nunique() == 3


def test_one_and_four_workers_and_shuffled_rows_give_the_same_bytes(tmp_path: Path) -> None:
    made = [
        run_design(design(seeds), tmp_path / name, workers=workers, simulate=fake_world.simulate)
        for name, workers, seeds in (
            ("one", 1, (1, 2, 3, 4, 5, 6)),
            ("four", 4, (1, 2, 3, 4, 5, 6)),
            ("shuffled", 4, (5, 2, 6, 1, 4, 3)),
        )
    ]
    assert len({bytes_of(store) for store in made}) == 1
    assert made[0].table().equals(made[2].table())


def test_chosen_outcomes_are_rows_of_the_whole(tmp_path: Path) -> None:
    whole = run_design(design((1,)), tmp_path / "a", workers=1, simulate=fake_world.simulate)
    some = run_design(design((1,), TOTAL), tmp_path / "b", workers=1, simulate=fake_world.simulate)
    rows = whole.table()
    rows = rows[rows["table"] == "dtv_caseload_outflow_total"].reset_index(drop=True)
    assert some.table().drop(columns="key").equals(rows.drop(columns="key"))
    assert len(rows) > 0


def test_workers_compute_on_one_thread_and_this_process_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    store = run_design(design((1, 2)), tmp_path, workers=2, simulate=fake_world.simulate_threads)
    assert run_tables(store).timings == {"OMP_NUM_THREADS": 2.0, "MKL_NUM_THREADS": 2.0}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_fails_is_a_row_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    store = run_design(
        design(), tmp_path, workers=workers, simulate=fake_world.simulate_second_failing
    )
    assert len(store.done()) == 2
    (row,) = failures(store)
    assert (row["seed"], row["stage"], row["date"]) == (2, "simulate", "2012-01-02")
    assert row["error"] == "ZeroDivisionError"
    assert "simulate_failing" in row["traceback"]
    assert set(store.runs()["status"]) == {"done", "failed"}
    again = run_design(design(), tmp_path, workers=1, simulate=fake_world.simulate)
    assert len(again.failed()) == 1  # only when asked for
    again = run_design(
        design(), tmp_path, workers=1, simulate=fake_world.simulate, retry_failed=True
    )
    assert (len(again.done()), again.failed()) == (3, [])


def test_a_fault_in_counting_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(batch.KEPT, "weekly", lambda _result: {}["week"])
    store = run_design(design((1,)), tmp_path, workers=1, simulate=fake_world.simulate)
    (row,) = failures(store)
    assert (row["stage"], row["week"]) == ("count", None)
    assert row["error"].startswith("KeyError")


def test_a_worker_that_is_killed_costs_nothing_but_its_run(tmp_path: Path) -> None:
    """Seed 2 kills its worker whenever it runs; the others are done all the same."""
    store = run_design(
        design((1, 2, 3, 4)), tmp_path, workers=2, simulate=fake_world.simulate_second_killed
    )
    assert len(store.done()) == 3
    (row,) = failures(store)
    assert (row["seed"], row["stage"]) == (2, "worker")
    assert "BrokenProcessPool" in row["traceback"]


def test_workers_killed_from_outside_lose_no_run(tmp_path: Path) -> None:
    wanted = small(range(1, 201))
    create_store(wanted, tmp_path / "run", {})
    store = Store(tmp_path / "run")
    killed: list[int] = []
    with store.writing(), crew(2) as who:
        assert isinstance(who.executor, Processes)

        def kill(progress: Progress) -> None:
            alive = [pid for pid in who.executor.pids() if pid not in killed]
            if alive and progress.done >= 10 * (len(killed) + 1) and len(killed) < 4:
                os.kill(alive[-1], signal.SIGKILL)
                killed.append(alive[-1])

        run_pending(store, who, wanted.registry, simulate=fake_world.simulate, tell=kill)
    assert len(set(killed)) == 4
    assert (len(store.done()), store.failed()) == (200, [])


def test_workers_that_die_whatever_they_run_end_the_session_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--workers 1"):
        run_design(design(range(1, 10)), tmp_path, workers=2, simulate=fake_world.simulate_killed)


def test_a_worker_with_other_sources_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(batch, "loaded_sources", lambda: {"other": "sources"})
    with pytest.raises(InputError, match="other sources"):
        run_design(design((1,)), tmp_path, workers=1, simulate=fake_world.simulate)
    assert Store(tmp_path).done() == []


def test_an_interrupt_ends_the_workers_at_once(tmp_path: Path) -> None:
    begin = time.monotonic()
    threading.Timer(3.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        run_design(design((1, 2)), tmp_path, workers=2, simulate=fake_world.simulate_for_an_hour)
    assert time.monotonic() - begin < 30


def test_what_is_done_is_not_made_again(tmp_path: Path) -> None:
    run_design(design((1, 2)), tmp_path, workers=1, simulate=fake_world.simulate)
    more = design((1, 2, 3))
    told: list[Progress] = []
    store = run_design(more, tmp_path, workers=1, simulate=fake_world.simulate, tell=told.append)
    assert told[0].planned == 1
    assert len(store.done()) == 3
    whole = run_design(more, tmp_path / "anew", workers=1, simulate=fake_world.simulate)
    assert bytes_of(store) == bytes_of(whole)
    cached = run_design(design((2,)), tmp_path, workers=1, simulate=fake_world.simulate_killed)
    assert set(cached.table(design=design((2,)))["seed"]) == {2}


def test_batches_grow_until_overhead_is_small_and_shrink_at_the_end() -> None:
    pace = Pace(10_000)
    assert pace.batch_size(10_000, 4) == 1
    pace.ended(done=1, failed=0, run_seconds=0.01, other_seconds=0.015, size=1000)
    size = pace.batch_size(10_000, 4)
    assert (0.015 + 0.005) / (size * 0.01) <= OVERHEAD_SHARE * 1.01
    assert pace.batch_size(8, 4) <= 2
    assert pace.batch_size(1, 4) == 1
    slow = Pace(10_000)
    slow.ended(done=1, failed=0, run_seconds=20.0, other_seconds=0.02, size=1000)
    assert slow.batch_size(10_000, 4) == 2  # not more than half a minute is at stake


def test_estimates_follow_what_was_measured() -> None:
    pace = Pace(101)
    pace.ended(done=1, failed=0, run_seconds=2.0, other_seconds=0.1, size=5000)
    state = pace.progress(4)
    assert (state.left, state.seconds_left, state.bytes_left) == (100, 50.0, 500_000.0)
    assert [in_words(s) for s in (12, 600, 7200)] == ["12 seconds", "10 minutes", "2.0 hours"]
