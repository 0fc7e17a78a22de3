"""A session on a run folder: nothing is made twice, and final files are written once."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import typer
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.folder import MANIFEST
from terugkeer.experiments.session import finish, make_runs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.experiments.conftest import QuickModel


def test_a_whole_folder_is_reported_without_a_run_or_a_new_file(
    finished: Path, tmp_path: Path, quick_model: QuickModel, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)
    before = (folder / MANIFEST).read_bytes()
    content = make_runs(folder, registry(), workers=1, cluster=None)
    assert quick_model.seeds == []
    assert (folder / MANIFEST).read_bytes() == before
    assert content is not None
    capsys.readouterr()
    finish(content, folder, as_json=True)
    assert json.loads(capsys.readouterr().out)["seeds"] == [1, 2, 3]
    with pytest.raises(typer.Exit) as ended:
        finish(None, folder, as_json=True)
    assert ended.value.exit_code == 0


def test_what_stops_a_session_is_told_with_the_line_that_goes_on(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)

    def full(*_: object) -> None:
        raise InputError("the disk is full.")

    monkeypatch.setattr("terugkeer.experiments.session._finish", full)
    with pytest.raises(InputError) as told:
        make_runs(folder, registry(), workers=1, cluster="local")
    assert told.value.problems == [
        "the disk is full.", f"  terugkeer resume {folder} --cluster local",
    ]  # fmt: skip
