"""What a command tells when a folder has no report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from terugkeer.abm.runs.store import Store
from terugkeer.experiments.ending import FAILED, resume_line, tell_end, tell_interrupted

if TYPE_CHECKING:
    import pytest


def test_a_folder_with_a_blank_is_quoted() -> None:
    line = resume_line(Path("my runs"), " --retry-failed")
    assert line == "terugkeer resume 'my runs' --retry-failed"


def test_an_interruption_names_the_line_that_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    tell_interrupted("terugkeer compare a b")
    assert capsys.readouterr().err.endswith("Go on with:\n  terugkeer compare a b\n")


def test_failed_runs_end_with_three_and_a_whole_folder_with_nought(
    finished: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)
    assert tell_end(folder) == 0
    assert "All 3 runs are done" in capsys.readouterr().err
    monkeypatch.setattr(Store, "failed", lambda _: ["one"])
    assert tell_end(folder) == FAILED == 3
    assert f"1 of 3 runs failed; 3 are stored in {folder}" in capsys.readouterr().err
