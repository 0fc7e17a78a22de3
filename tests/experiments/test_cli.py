"""How the program ends: its exit codes, and no traceback for its users."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from terugkeer.abm.evidence import registry
from terugkeer.experiments.cli import main


@pytest.mark.parametrize("arguments", [["explain"], ["chek"], ["check", "--evidense", "x"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, "registry", interrupted)
    assert main(["explain", "stay_weeks"]) == 130


@pytest.mark.parametrize(
    "text",
    [
        "from terugkeer.experiments import cli; cli.main(['--help'])",
        "from terugkeer.experiments import cli; cli.app = lambda _: print('x'); cli.main([])",
    ],
)
def test_a_reader_that_ends_early_gets_no_traceback(text: str) -> None:
    command = [sys.executable, "-c", text]
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_program_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.count(".") == 2
