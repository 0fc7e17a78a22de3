"""The command `view`: what it prints, writes and refuses, and how it ends."""

from __future__ import annotations

import base64
import gzip
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Any

import httpx2 as httpx
import pytest
from terugkeer.experiments.cli import main
from terugkeer.experiments.commands.page import open_worlds
from terugkeer.viz.page.lives import shipped
from terugkeer.viz.page.lives.shipped import Shipped
from terugkeer.viz.page.server import page_server

from tests.viz.page.stand_in import small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = "from terugkeer.experiments.cli import main; raise SystemExit(main())"
NEW = {**small.SHIPPED, "scale": 20.0, "note": "new"}


@pytest.fixture
def ships(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Let small runs ship, or none; return how many processes made new ones."""

    def ship(*, stale: bool = False) -> list[int]:
        made: list[int] = []

        def make(processes: int, tell: Callable[[str], object]) -> bytes:
            made.append(processes)
            tell("10 draws of chance.")
            return gzip.compress(json.dumps(NEW).encode())

        found = Shipped(None, ("they are old.",)) if stale else Shipped(small.SHIPPED)
        monkeypatch.setattr(Shipped, "where", lambda _self, _scale: {})
        monkeypatch.setattr(shipped, "load", lambda _registry: found)
        monkeypatch.setattr(shipped, "make", make)
        return made

    return ship


def held(page: Path) -> Any:  # noqa: ANN401 - what the file holds
    found = re.search(r'id="saved">(\{.+?\})</script>', page.read_text("utf-8"))
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(json.loads(found[1])["gzip"])))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "--port 70000: a port is"),
        (["--port", "-1"], "--port -1: a port is"),
        (["--host", "203.0.113.9"], "--host 203.0.113.9: nothing can listen there"),
        (["--scale", "0"], "--scale 0"),
        (["--workers", "0"], "--workers 0"),
        (["--save", "x.html", "--port", "8000"], "--save writes a file and opens no page"),
        (["--renew", "--no-open"], "--renew writes a file and opens no page: leave out --no-open"),
        (["--renew", "--scale", "5"], "--scale 5: what --renew writes has scale 20"),
        (["--save", "x.html", "--scale", "5"], "--scale 5: what --save writes has scale 20"),
        (["--save", "nowhere/x.html"], "--save nowhere/x.html: nowhere is no folder"),
        (["--save", "."], "--save .: is a folder"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    arguments: list[str],
    said: str,
    ships: Callable[..., list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ships()
    monkeypatch.chdir(tmp_path)
    assert main(["view", *arguments]) == 1
    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert out == ""
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_written_as_one_new_file(
    ships: Callable[..., list[int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ships()
    page = tmp_path / "page.html"
    assert main(["view", "--save", str(page)]) == 0
    assert held(page)["shipped"]["baseline"] == small.RUN
    assert set(held(page)["words"]) == {"en", "nl"}
    assert str(page) in capsys.readouterr().out
    assert made == []
    before = page.read_bytes()
    assert main(["view", "--save", str(page)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert page.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


def test_stale_runs_are_made_anew_for_a_file_and_a_line_says_so(
    ships: Callable[..., list[int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ships(stale=True)
    page = tmp_path / "page.html"
    assert main(["view", "--save", str(page), "--workers", "3"]) == 0
    assert held(page)["shipped"]["presets"] == NEW["presets"]
    err = capsys.readouterr().err
    assert "they are old. They are made anew for this file." in err
    assert "10 draws of chance." in err
    assert made == [3]


def test_the_runs_that_ship_are_made_again_as_a_whole_or_not_at_all(
    ships: Callable[..., list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ships()
    file = tmp_path / "runs.json.gz"
    monkeypatch.setattr(shipped, "FILE", file)
    assert main(["view", "--renew"]) == 0
    assert json.loads(gzip.decompress(file.read_bytes())) == NEW
    before = file.read_bytes()

    def interrupted(*_: object) -> bytes:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    monkeypatch.setattr(shipped, "make", interrupted)
    assert main(["view", "--renew"]) == 130
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["runs.json.gz"]
    monkeypatch.setattr(shipped, "FILE", tmp_path / "gone" / "runs.json.gz")
    capsys.readouterr()
    assert main(["view", "--renew"]) == 1
    assert "--renew: nothing can be written to" in capsys.readouterr().err


def test_the_address_is_printed_and_opened(
    ships: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ships()
    opened: list[str] = []
    told = threading.Event()

    def browser(address: str) -> bool:
        opened.append(address)
        told.set()
        return True

    listened: list[tuple[str, int]] = []
    monkeypatch.setattr(webbrowser, "open", browser)
    monkeypatch.setattr(
        page_server.PageServer, "run", lambda _, sockets: listened.append(sockets[0].getsockname())
    )
    assert main(["view"]) == 0
    out, err = capsys.readouterr()
    assert told.wait(60)
    host, port = listened[0]
    assert host == "127.0.0.1"
    assert opened == [f"http://127.0.0.1:{port}/"]
    assert opened[0] in out
    assert err == ""
    assert main(["view", "--no-open", "--host", "0.0.0.0"]) == 0  # noqa: S104 - under test
    out, err = capsys.readouterr()
    assert "Warning: with --host 0.0.0.0" in err
    assert f"http://127.0.0.1:{listened[1][1]}/" in out
    assert len(opened) == 1
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["view", "--port", str(port)]) == 1
    assert f"--port {port}: nothing can listen there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "stale", "said"),
    [([], True, "they are old."), (["--scale", "50"], False, "have scale 20")],
)
def test_a_line_says_that_the_baseline_is_made_anew(
    ships: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    stale: bool,
    said: str,
) -> None:
    ships(stale=stale)
    monkeypatch.setattr(page_server.PageServer, "run", lambda *_: None)
    assert main(["view", "--no-open", *arguments]) == 0
    err = capsys.readouterr().err
    assert said in err
    assert "The baseline is made anew" in err


@pytest.mark.slow
def test_worlds_of_a_worker_have_the_scale_that_was_asked_for() -> None:
    (draw,) = open_worlds(2000.0, {}).run(shipped.BASELINE, 1, whole=False)
    assert len(draw["tallies"]) > 20


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_real_page_opens_streams_and_ends(how: signal.Signals, code: int) -> None:
    command = [sys.executable, "-c", PROGRAM, "view", "--no-open", "--scale", "400"]
    with subprocess.Popen(
        [*command, "--workers", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        found = re.search(r"http://\S+/", program.stdout.readline())
        assert found is not None
        posted = {"changes": [{"lever": "cash_amount", "value": 2, "from": "2016-01-04"}]}
        with httpx.Client(base_url=found[0], timeout=120) as client:
            assert "<main>" in client.get("/").text
            assert client.get("/runs/baseline.json").json()["about"]["fresh"] is False
            answer = client.post("/run", json={**posted, "draws": False})
            lines = [json.loads(line) for line in answer.text.splitlines()]
            assert lines[-1] == {"done": True}
            first = next(each["chunk"] for each in lines if "chunk" in each)
            assert first["start"] == 5 * 52 + 1
            assert len(first["states"]) == 9
            data = client.post("/saved", json=posted).text
            assert 'id="saved"' in data
        program.send_signal(how)
        assert program.wait(20) == code
        assert "Traceback" not in program.stderr.read()
