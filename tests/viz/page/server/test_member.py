"""A member of the crew: one process, which tells what it makes and when it has ended."""

from __future__ import annotations

import os
import queue
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.viz.page.server.job import Job
from terugkeer.viz.page.server.member import Member
from terugkeer.viz.page.server.worker import End, Line, Ready

from tests.viz.page.asking import PATIENCE, asked
from tests.viz.page.stand_in import lives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terugkeer.viz.page.server.worker import Message


class Heard:
    """A member that has just started, and what it says."""

    def __init__(self) -> None:
        self._said: queue.Queue[Message | None] = queue.Queue()
        self.member = Member(lives.opened, lambda _, message: self._said.put(message))
        assert self.member.pid is not None
        self.pid: int = self.member.pid

    def next(self) -> Message | None:
        return self._said.get(timeout=PATIENCE)

    def after_lines(self) -> Message | None:
        while isinstance(said := self.next(), Line):
            assert said.number == self.member.number
        return said


@pytest.fixture
def heard() -> Iterator[Heard]:
    found = Heard()
    yield found
    found.member.end()


def test_a_member_makes_jobs_and_tells_when_it_has_died(heard: Heard) -> None:
    member, job = heard.member, Job(asked("quick", 4))
    assert heard.next() == Ready()
    member.make(job)
    assert member.job is job
    assert isinstance(heard.next(), Line)
    assert heard.after_lines() == End(member.number)
    member.rest()
    assert member.job is None
    member.make(Job(asked("slow")))
    member.stop()
    assert member.stopping
    assert heard.after_lines() == End(member.number, stopped=True)
    member.rest()
    assert not member.stopping
    os.kill(heard.pid, signal.SIGKILL)
    assert heard.next() is None
    member.make(job)  # the news may come too late: no error


def test_ctrl_c_is_for_the_server_from_the_first_moment(heard: Heard) -> None:
    os.kill(heard.pid, signal.SIGINT)
    assert heard.next() == Ready()
    os.kill(heard.pid, signal.SIGINT)
    heard.member.make(Job(asked()))
    assert heard.after_lines() == End(heard.member.number)


def test_a_member_is_ended_for_certain(heard: Heard) -> None:
    assert heard.next() == Ready()
    os.kill(heard.pid, signal.SIGSTOP)  # takes no polite request
    state = Path(f"/proc/{heard.pid}/stat")
    while state.exists() and state.read_text("utf-8").rpartition(")")[2].split()[0] != "T":
        time.sleep(0.01)
    heard.member.end()
    with pytest.raises(ProcessLookupError):
        os.kill(heard.pid, 0)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads the environment in /proc")
def test_a_member_computes_on_one_thread(heard: Heard) -> None:
    assert heard.next() == Ready()
    told = Path(f"/proc/{heard.pid}/environ").read_text("utf-8").split("\0")
    assert {"OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1"} <= set(told)
