"""Folders that are there as a whole or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.whole_folder import whole_folder

if TYPE_CHECKING:
    from pathlib import Path

WRITE = """
import sys, time, signal
from pathlib import Path
from terugkeer.abm.runs.whole_folder import whole_folder
if sys.argv[2] == "polite":
    from terugkeer.experiments.interruption import interruptible as guard
else:
    from contextlib import nullcontext as guard
with guard(), whole_folder(Path(sys.argv[1])) as folder:
    (folder / "yearly.csv").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


def test_a_folder_gets_its_name_when_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "deep/run").mkdir(parents=True)  # empty: free
    with whole_folder(tmp_path / "deep/run") as folder:
        (folder / "file").write_text("whole", encoding="utf-8")
        assert list((tmp_path / "deep/run").iterdir()) == []
    assert (tmp_path / "deep/run/file").read_text(encoding="utf-8") == "whole"
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["run"]


def test_a_folder_that_was_filled_meanwhile_is_left(tmp_path: Path) -> None:
    def late() -> None:
        with whole_folder(tmp_path / "run") as folder:
            (folder / "file").touch()
            (tmp_path / "run").mkdir()
            (tmp_path / "run/theirs").touch()

    with pytest.raises(FileExistsError):
        late()
    assert [each.name for each in tmp_path.rglob("*")] == ["run", "theirs"]


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_folder(tmp_path / "run") as folder:
            (folder / "file").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("how", "with_signal"),
    [("polite", signal.SIGTERM), ("polite", signal.SIGINT), ("rude", signal.SIGKILL)],
)
def test_a_run_killed_while_writing_leaves_no_folder(
    tmp_path: Path, how: str, with_signal: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path / "run"), how],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        time.sleep(0.2)
        process.send_signal(with_signal)
        process.wait(20)
    assert not (tmp_path / "run").exists()
    if how == "polite":
        assert list(tmp_path.iterdir()) == []
    else:  # nobody can clean up after SIGKILL: what stays is hidden and called partial
        assert all(p.name.startswith(".run.partial-") for p in tmp_path.iterdir())
