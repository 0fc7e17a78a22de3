"""The runs of a design, made: by anybody the same, never twice, and whatever is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import freeze
from terugkeer.abm.runs.design import cross
from terugkeer.abm.runs.folder import yearly_csv
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import run_tables
from terugkeer.abm.runs.status import failures
from terugkeer.abm.runs.store import Store
from terugkeer.abm.runs.store_place import has_store
from terugkeer.abm.world.scenario import Scenario

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small
from tests.abm.runs.stand_in.survivor import end_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terugkeer.abm.runs.pace import Progress

MANY = 600  # runs
PROGRAM = Path(__file__).with_name("stand_in") / "survivor.py"


def bytes_of(store: Store) -> tuple[bytes, bytes]:
    tables = run_tables(store)
    return yearly_csv(tables.yearly), tables.weekly.to_csv(index=False).encode()


@pytest.mark.slow
def test_shuffled_rows_and_workers_of_whom_one_is_killed_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_WORLD_MARKS", str(tmp_path))
    one, two = (
        run_design(small(seeds, ["weekly"]), tmp_path / name, workers=workers, simulate=simulate)
        for name, workers, seeds, simulate in (
            ("one", 1, (1, 2, 3, 4, 5, 6), fake_world.simulate),
            ("two", 2, (5, 2, 6, 1, 4, 3), fake_world.simulate_killed_now_and_then),
        )
    )
    assert (tmp_path / "5").exists()  # the seed that killed its worker at the first try
    assert bytes_of(one) == bytes_of(two)
    assert one.table().equals(two.table())


def test_what_is_done_is_not_made_again(folder: Path) -> None:
    told: list[Progress] = []
    more = small((1, 2, 3, 4, 5))
    store = run_design(more, folder, workers=1, simulate=fake_world.simulate, tell=told.append)
    assert told[0].planned == 1
    assert len(store.done()) == 5
    cached = run_design(small((2,)), folder, workers=1, simulate=fake_world.simulate_killed)
    assert set(cached.table(design=small((2,)))["seed"]) == {2}


def test_all_rows_are_registered_before_the_first_run_starts(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_design(
            small([1, 2, 3]), tmp_path, workers=1, check=interrupt, simulate=fake_world.simulate
        )
    store = Store(tmp_path)
    assert store.registration.keys() == [run.key for run in small([1, 2, 3]).runs]
    assert len(store.done()) == 1


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="not empty"):
        run_design(small((1,)), tmp_path, workers=1, simulate=fake_world.simulate)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this process")
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_parent_killed_while_writing_loses_no_finished_run(tmp_path: Path, step: int) -> None:
    """Steps 1, 2: the register; 3, 4: a run; 5, 6: two runs; 7, 8: the compacted part."""
    folder = tmp_path / "run"
    wanted = small([1, 2, 3])
    copy = os.fork()
    if not copy:
        end_at(step)
        try:
            run_design(wanted, folder, workers=1, simulate=fake_world.simulate)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(copy, 0)[1]) == signal.SIGKILL
    if step <= 2:
        assert not folder.exists()  # the folder appears with all rows registered, or not at all
    else:
        store = Store(folder)
        assert len(store.registration.runs) == 3
        assert (len(store.done()), store.broken) == ([0, 1, 1, 3, 3, 3][step - 3], {})
    again = run_design(wanted, folder, workers=1, simulate=fake_world.simulate)
    assert sorted(again.table()["seed"]) == [1, 2, 3]
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.slow
def test_a_run_that_kills_its_worker_whenever_it_runs_costs_nothing_else(tmp_path: Path) -> None:
    store = run_design(
        small((1, 2, 3, 4)), tmp_path, workers=2, simulate=fake_world.simulate_second_killed
    )
    assert len(store.done()) == 3
    (row,) = failures(store)
    assert (row["seed"], row["stage"]) == (2, "worker")
    assert "BrokenProcessPool" in row["traceback"]


def program(
    folder: Path, runs: int, workers: int, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), str(runs), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **(environment or {})},
    )


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(each) for each in found.stdout.split()]


@pytest.mark.slow
def test_runs_with_random_kills_are_there_exactly_once(tmp_path: Path) -> None:
    """Parents and workers die at random; resumed until all is done."""
    chance = random.Random(7)  # noqa: S311 - no secrets
    folder, marks = tmp_path / "run", tmp_path / "marks"
    marks.mkdir()
    for seed in range(1, MANY + 1):
        if seed % 50:  # every fiftieth seed kills its worker at its first try
            (marks / str(seed)).touch()
    kills = 0
    for session in range(60):
        environment = {"FAKE_WORLD_MARKS": str(marks)}
        with program(folder, MANY, 2, environment=environment) as process:
            assert process.stdout is not None
            process.stdout.readline()
            end = time.monotonic() + chance.uniform(3.0, 15.0)
            while process.poll() is None and time.monotonic() < end:
                time.sleep(chance.uniform(0.2, 2.0))
                workers = children(process.pid)
                if workers and chance.random() < 0.2:
                    try:
                        os.kill(chance.choice(workers), signal.SIGKILL)
                        kills += 1
                    except ProcessLookupError:
                        pass
            if process.poll() is None and session < 8:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.stdout.close()
            code = process.wait(600)
        if code == 0:
            break
    assert has_store(folder)
    assert kills > 8
    store = Store(folder)
    left = len(store.registration.runs) - len(store.done())
    if left:  # a run under which somebody killed the worker twice counts as failed until retried
        store = run_design(
            small(range(1, MANY + 1)),
            folder,
            workers=2,
            simulate=fake_world.simulate,
            retry_failed=True,
        )
    table = store.table()
    assert table["seed"].value_counts().eq(1).all()
    assert set(table["seed"]) == set(range(1, MANY + 1))
    whole = run_design(
        small(range(1, MANY + 1)), tmp_path / "quiet", workers=2, simulate=fake_world.simulate
    )
    pd.testing.assert_frame_equal(table, whole.table())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads memory from /proc")
def test_a_workers_memory_stays_flat_over_many_runs_of_the_real_model(tmp_path: Path) -> None:
    # people weigh in every tenth run; the others are quicker
    hazards = Override("decision", "set", freeze("hazards"), None, "test")
    quick = [
        Override("hazard_other_asylum", "set", freeze(0.001 * times), None, "test")
        for times in range(1, 10)
    ]
    wanted = cross(
        [
            Scenario("weighed"),
            *(Scenario(f"quick_{n}", entries=(hazards, each)) for n, each in enumerate(quick)),
        ],
        range(1, 41),
        scale=4000.0,
        first_year=2012,
        last_year=2012,
        registry=registry(),
    )
    store = run_design(wanted, tmp_path, workers=2, simulate=fake_world.simulate_with_memory)
    told = pd.DataFrame([store.ended[run.key].timings for run in wanted.runs])
    assert told["pid"].nunique() == 2  # nobody was replaced meanwhile
    for _, own in told.groupby("pid"):
        number = len(own) // 5
        start, end = own["mb"].iloc[number : 2 * number].max(), own["mb"].iloc[-number:].max()
        assert end - start < 8, f"{start:.0f} MB became {end:.0f} MB over {4 * number} runs"
