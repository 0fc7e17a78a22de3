"""Worker processes: whoever dies takes its own work along and nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.processes import Inline, Processes

from tests.abm.runs.stand_in import fake_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    """Two processes, which nothing but the standard library needs to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "7")
        patch.delenv("MKL_NUM_THREADS", raising=False)
        found = Processes(2)
        for future in [found.submit(time.sleep, 0.1) for _ in range(2)]:
            future.result(60)
        assert os.environ["OMP_NUM_THREADS"] == "7"
        assert "MKL_NUM_THREADS" not in os.environ
    yield found
    found.shutdown(cancel_futures=True)


def test_work_goes_to_the_process_that_has_the_least(two: Processes) -> None:
    waiting = [two.submit(fake_world.pid_after, 0.5) for _ in range(2)]
    pids = {each.result(60) for each in waiting}
    assert pids == set(two.pids())
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_workers_compute_on_one_thread(two: Processes) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        assert two.submit(os.getenv, name).result(60) == "1"


def test_a_process_that_dies_takes_its_own_work_alone_and_is_replaced(two: Processes) -> None:
    before = set(two.pids())
    dying, slow = two.submit(os._exit, 1), two.submit(time.sleep, 0.3)
    with pytest.raises(BrokenProcessPool):
        dying.result(60)
    assert slow.result(60) is None
    assert len({each.result(60) for each in [two.submit(os.getpid) for _ in range(2)]}) == 2
    assert len(before & set(two.pids())) == 1


def test_workers_leave_ctrl_c_to_their_parent(two: Processes) -> None:
    assert two.submit(signal.getsignal, signal.SIGINT).result(60) is signal.SIG_IGN


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_parent_that_was_killed() -> None:
    script = (
        "import os, time; from terugkeer.abm.runs.processes import Processes\n"
        "two = Processes(2); work = [two.submit(time.sleep, 0.1) for _ in range(2)]\n"
        "print(*[each.result() or '' for each in work], *two.pids(), flush=True)\n"
        "work = [two.submit(time.sleep, 3600) for _ in range(2)]; time.sleep(3600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        workers = [int(each) for each in parent.stdout.readline().split()]
        assert len(workers) == 2
        assert all(map(alive, workers))
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_shutdown_that_cancels_ends_processes_under_their_work() -> None:
    one = Processes(1)
    one.submit(os.getpid).result(60)
    working = one.submit(time.sleep, 3600)
    begin = time.monotonic()
    one.shutdown(cancel_futures=True)
    assert time.monotonic() - begin < 30
    assert working.done()


def test_inline_work_is_done_when_it_is_submitted() -> None:
    assert Inline().submit(divmod, 7, 2).result(0) == (3, 1)
    assert isinstance(Inline().submit(divmod, 7, 0).exception(0), ZeroDivisionError)


def test_an_interruption_of_inline_work_is_raised() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Inline().submit(interrupted)
