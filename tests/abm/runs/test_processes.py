"""Worker processes: whoever dies takes its own work along and nobody else's."""

from __future__ import annotations

import os
import time
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.processes import Inline, Processes

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
    pids = {each.result(60) for each in [two.submit(os.getpid) for _ in range(2)]}
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
