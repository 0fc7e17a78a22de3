"""Who makes runs: this process, several, or Dask; and what is told when Dask is not there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.cluster import crew
from terugkeer.abm.runs.folder import yearly_csv
from terugkeer.abm.runs.processes import Processes
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import run_tables
from terugkeer.abm.runs.status import failures

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terugkeer.abm.runs.pace import Progress

pytestmark = pytest.mark.filterwarnings("ignore")  # of Dask's own


def test_one_worker_is_this_process_and_several_are_their_own() -> None:
    with crew(1) as alone:
        assert (alone.workers(), alone.words) == (1, "1 process(es)")
        assert alone.executor.submit(os.getpid).result(0) == os.getpid()
    with crew(2) as two:
        assert (two.workers(), two.ahead, two.words) == (2, 1, "2 process(es)")
        assert isinstance(two.executor, Processes)
        assert two.executor.submit(os.getpid).result(60) != os.getpid()
        pids = two.executor.pids()
    assert not [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists()]


def test_an_interruption_ends_the_workers_at_once() -> None:
    def interrupted() -> None:
        with crew(2) as two:
            two.executor.submit(os.getpid).result(60)
            work.append(two.executor.submit(time.sleep, 3600))
            raise KeyboardInterrupt

    work: list[Future[None]] = []
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begin < 30
    assert work[0].done()


@pytest.mark.slow
def test_dask_gives_the_same_bytes_and_a_run_that_kills_its_workers_costs_nothing_else(
    tmp_path: Path,
) -> None:
    here = run_design(
        small((1, 3, 4), ["weekly"]), tmp_path / "a", workers=1, simulate=fake_world.simulate
    )
    there = run_design(
        small((3, 1, 2, 4), ["weekly"]),
        tmp_path / "b",
        workers=2,
        cluster="local",
        simulate=fake_world.simulate_second_killed,
    )
    one, other = run_tables(here), run_tables(there)
    assert yearly_csv(one.yearly) == yearly_csv(other.yearly)
    assert one.weekly.equals(other.weekly)
    (row,) = failures(there)
    assert (row["seed"], row["stage"]) == (2, "worker")


def test_an_address_where_nobody_answers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terugkeer.abm.runs.cluster.CONNECT_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        run_design(small((1,)), tmp_path, cluster=address, simulate=fake_world.simulate)


@pytest.mark.slow
def test_a_cluster_that_goes_away_leaves_a_store_to_go_on_with(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The scheduler is killed once a run is stored; the rest is made without it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = (
        "import time; from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        f"    with LocalCluster(n_workers=1, threads_per_worker=1, scheduler_port={port},\n"
        "                      dashboard_address=None): print('up', flush=True); time.sleep(99)\n"
    )
    (tmp_path / "cluster.py").write_text(script, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as cluster:
        assert cluster.stdout is not None
        assert cluster.stdout.readline() == "up\n"

        def kill(progress: Progress) -> None:
            if progress.done:
                cluster.send_signal(signal.SIGKILL)
                cluster.wait(20)

        with pytest.raises(InputError, match="runs stored so far are safe"):
            run_design(
                small(range(1, 30)),
                tmp_path / "run",
                cluster=f"tcp://127.0.0.1:{port}",
                simulate=fake_world.simulate,
                tell=kill,
            )
    assert "Traceback" not in capfd.readouterr().err
    store = run_design(
        small(range(1, 30)), tmp_path / "run", workers=1, simulate=fake_world.simulate
    )
    assert (len(store.done()), store.failed()) == (29, [])


@pytest.mark.parametrize(
    "address", ["nonsense://x", "tcp://", ":::", "node1", "tcp://node1:", "a b:1"]
)
def test_what_is_no_address_is_told(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terugkeer.abm.runs.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match="--cluster"):
        run_design(small((1,)), tmp_path, cluster=address, simulate=fake_world.simulate)


def test_dask_that_is_not_installed_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'terugkeer\[cluster\]'"):
        run_design(small((1,)), tmp_path, cluster="local", simulate=fake_world.simulate)
