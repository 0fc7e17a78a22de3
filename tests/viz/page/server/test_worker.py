"""A worker process: it makes runs, stops them between two weeks, and survives runs that fail."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.world.scenario import Scenario
from terugkeer.viz.page.server.worker import End, Line, Make, Ready, Stop, work

from tests.viz.page.asking import PATIENCE
from tests.viz.page.stand_in import lives

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(scope="module")
def pipe() -> Iterator[Connection]:
    """The server's end of the pipe to a worker that is ready."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(theirs, lives.opened), daemon=True)
    process.start()
    theirs.close()
    assert heard(ours) == Ready()
    yield ours
    ours.close()  # as when a server ends
    process.join(PATIENCE)
    assert process.exitcode == 1


def heard(pipe: Connection) -> Any:  # noqa: ANN401 - one of the messages
    assert pipe.poll(PATIENCE)
    return pipe.recv()


def made(pipe: Connection, number: int, name: str, *, whole: bool = True) -> tuple[list[Any], End]:
    """Return the lines of a run, and how it ended."""
    pipe.send(Make(number, Scenario(name), 3, whole))
    lines: list[Any] = []
    while isinstance(message := heard(pipe), Line):
        assert message.number == number
        assert message.text.endswith(b"\n")
        lines.append(json.loads(message.text))
    assert message.number == number
    return lines, message


def test_a_whole_run_is_told_in_chunks_and_a_draw_in_tallies(pipe: Connection) -> None:
    lines, end = made(pipe, 1, "quick")
    assert [each["chunk"]["start"] for each in lines] == [0, 13, 26, 39]
    assert lines[0]["chunk"]["states"] == [[3] * 13]
    assert end == End(1)
    lines, end = made(pipe, 2, "quick", whole=False)
    assert lines == [{"draw": {"seed": 3, "tallies": [[3, 5]]}}]
    assert end == End(2)


def test_a_run_that_fails_is_told_in_sentences_and_the_next_one_is_made(pipe: Connection) -> None:
    lines, end = made(pipe, 3, "fails")
    assert len(lines) == 2
    assert end.failure is not None
    assert end.failure.kind == "failed"
    assert end.failure.week == 26
    (sentence,) = end.failure.problems
    assert "week of 2011-07-04" in sentence
    assert "secret" not in sentence
    assert "ZeroDivisionError" not in sentence
    _, end = made(pipe, 4, "refused")
    assert end.failure is not None
    assert end.failure.kind == "input"
    assert end.failure.problems == ("lever x = 5: too much.", "lever y: unknown.")
    assert made(pipe, 5, "quick")[1] == End(5)


def test_a_run_is_stopped_within_its_week(pipe: Connection) -> None:
    for number, whole in ((6, True), (7, False)):
        pipe.send(Make(number, Scenario("slow"), 1, whole))
        time.sleep(5 * lives.DAY)
        pipe.send(Stop(number))
        begin = time.monotonic()
        while isinstance(message := heard(pipe), Line):
            pass
        assert message == End(number, stopped=True)
        assert time.monotonic() - begin < lives.WEEKS * lives.DAY  # not only after the part
    assert made(pipe, 8, "quick")[1] == End(8)


def test_a_stop_counts_for_its_own_run_only(pipe: Connection) -> None:
    pipe.send(Stop(6))  # a run that has ended
    lines, end = made(pipe, 9, "quick")
    assert len(lines) == 4
    assert end == End(9)
    pipe.send(Stop(10))  # a run that has not begun
    assert made(pipe, 10, "quick") == ([], End(10, stopped=True))
    assert made(pipe, 11, "quick")[1] == End(11)


SERVER = """
import time
from tests.viz.page.stand_in import lives
from terugkeer.viz.page.server.job import Asked, Job
from terugkeer.viz.page.server.member import Member
from terugkeer.abm.world.scenario import Scenario
import threading
ready = threading.Event()
member = Member(lives.opened, lambda _, message: ready.set() if message else None)
ready.wait(60)
member.make(Job(Asked("slow", 1, True, Scenario("slow" if {busy} else "quick"))))
print(member.pid, flush=True)
time.sleep(3600)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("busy", [True, False])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.slow
def test_a_worker_ends_with_its_server_however_it_ends(how: signal.Signals, busy: bool) -> None:
    script = SERVER.format(busy=busy)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        assert alive(pid)
        server.send_signal(how)
        server.wait(PATIENCE)
    begin = time.monotonic()
    while alive(pid):
        time.sleep(0.01)
        assert time.monotonic() - begin < 2


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_terminal_of_the_server_gets_the_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=partial(work, opened=lives.opened), args=(theirs,), daemon=True)
    process.start()
    assert heard(ours) == Ready()
    made(ours, 1, "fails")
    ours.close()
    theirs.close()
    process.join(PATIENCE)
    told = capfd.readouterr().err
    assert "ZeroDivisionError: a secret of the model" in told
    assert os.getpid() != process.pid
