"""The server: where it listens, how it ends, and that nothing of it stays behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.viz.page.server.page_server import address_of, listening, warning

from tests.viz.page.asking import PATIENCE

# As the command does, with lives that stand in for the model; prints address and process ids.
PROGRAM = """
import asyncio, sys, threading, time
from terugkeer.experiments.interruption import interruptible
from terugkeer.abm.evidence.registry import registry
from terugkeer.viz.page.server import page_server
from terugkeer.viz.page.server.app import make_app
from terugkeer.viz.page.server.crew import Crew
from tests.viz.page.stand_in import lives, small

crew = Crew(lives.opened, 2)
listener = page_server.listening("127.0.0.1", 0)

def tell():
    while len(crew.pids) < {workers}:
        time.sleep(0.01)
    print(*crew.pids, flush=True)

if __name__ == "__main__":
    print(page_server.address_of(listener), flush=True)
    threading.Thread(target=tell, daemon=True).start()
    with interruptible():
        page_server.PageServer(make_app(small.contents(), crew, registry()), crew).run([listener])
"""
SLOW = {
    "changes": [{"lever": "cash_amount", "value": 2, "from": "2013-01-28"}],
    "draws": False,
}


def test_a_free_port_is_found_and_a_taken_one_is_refused() -> None:
    with listening("127.0.0.1", 0) as one, listening("127.0.0.1", 0) as other:
        assert one.getsockname() != other.getsockname()
        port = one.getsockname()[1]
        assert address_of(one) == f"http://127.0.0.1:{port}/"
        with pytest.raises(InputError) as caught:
            listening("127.0.0.1", port)
        assert f"--port {port}: nothing can listen there" in str(caught.value)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", -1, "--port -1: a port is"),
        ("127.0.0.1", 65536, "--port 65536: a port is"),
        ("no-such-machine.invalid", 0, "--host no-such-machine.invalid"),
        ("203.0.113.7", 0, "--host 203.0.113.7"),
        ("a" * 70, 0, "no address"),
        ("..", 0, "no address"),
    ],
)
def test_an_impossible_address_is_refused_in_a_sentence(host: str, port: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        listening(host, port)
    (problem,) = caught.value.problems
    assert said in problem
    assert "\n" not in problem


def test_an_address_can_be_typed_into_a_browser() -> None:
    with listening("0.0.0.0", 0) as everywhere:  # noqa: S104 - under test
        assert address_of(everywhere).startswith("http://127.0.0.1:")
    if socket.has_ipv6:
        try:
            six = listening("::1", 0)
        except InputError:
            return  # a machine without it
        with six:
            assert address_of(six) == f"http://[::1]:{six.getsockname()[1]}/"


def test_who_opens_the_page_to_others_is_warned() -> None:
    assert warning("127.0.0.1") == warning("localhost") == ""
    assert "--host 0.0.0.0" in warning("0.0.0.0")  # noqa: S104 - under test
    assert "trust" in warning("192.168.1.7")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("how", "code"),
    [(signal.SIGINT, None), (signal.SIGTERM, 143), (signal.SIGKILL, -9)],
)
@pytest.mark.parametrize("streams", [False, True])
@pytest.mark.slow
def test_all_ends_with_the_server_however_it_ends(
    how: signal.Signals, code: int | None, streams: bool
) -> None:
    program = PROGRAM.format(workers=1 + streams)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C reaches all of a terminal's processes
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        address = server.stdout.readline().strip()
        with httpx.Client(base_url=address, timeout=PATIENCE) as client:
            assert client.get("/").status_code == 200
            stream = client.stream("POST", "/run", json=SLOW)
            if streams:
                answer = stream.__enter__()
                lines = answer.iter_lines()
                while "chunk" not in next(lines):
                    pass
                client.post("/run", json={"changes": []}, headers={"x-visitor": "b"})
            pids = [int(each) for each in server.stdout.readline().split()]
            assert len(pids) >= 1 + streams
            assert all(map(alive, pids))
            begin = time.monotonic()
            if how is signal.SIGINT:
                os.killpg(server.pid, how)
            else:
                server.send_signal(how)
            ended = server.wait(PATIENCE)
            while any(map(alive, pids)):
                time.sleep(0.01)
            assert time.monotonic() - begin < 2
        told = server.stderr.read()
    if code is None:  # KeyboardInterrupt, which the program makes 130 of
        assert told.rstrip().endswith("KeyboardInterrupt")
    else:
        assert ended == code
        assert told == ""
    assert "Cancel" not in told
