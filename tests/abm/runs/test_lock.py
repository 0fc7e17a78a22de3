"""One writer at a time, and a dead one is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs import lock
from terugkeer.abm.runs.lock import holder, locked

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = (
    "import sys, time; from pathlib import Path; from terugkeer.abm.runs.lock import locked\n"
    "with locked(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)\n"
)


def test_the_second_writer_is_refused_and_a_dead_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "run/store/lock"
    path.parent.mkdir(parents=True)
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        said = holder(path)
        assert said is not None
        assert said["pid"] == process.pid
        with (
            pytest.raises(InputError, match=rf"(?s)process {process.pid} on .*status .*run$"),
            locked(path),
        ):
            pass
        process.send_signal(signal.SIGKILL)
    assert holder(path) is None
    with locked(path):
        assert path.exists()


def test_a_lock_is_given_up_after_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
        raise ZeroDivisionError
    assert holder(tmp_path / "lock") is None


def test_nobody_holds_a_lock_that_was_never_made(tmp_path: Path) -> None:
    assert holder(tmp_path / "lock") is None
    assert not (tmp_path / "lock").exists()


def test_a_place_without_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"), locked(tmp_path / "none/lock"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="locks otherwise")
def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_file: int, _how: int) -> None:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(lock.fcntl, "flock", refused)
    with pytest.raises(InputError, match="cannot lock files"), locked(tmp_path / "lock"):
        pass
