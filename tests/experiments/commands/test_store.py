"""`terugkeer resume` and `terugkeer status`, as a user calls them: the real model, coarse."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.runs.store import Store
from terugkeer.experiments.cli import main

from tests.experiments.conftest import SHORT

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.world.scenario import Scenario

    from tests.experiments.conftest import QuickModel, Shown

PROGRAM = "import sys; from terugkeer.experiments.cli import main; sys.exit(main())"
INLINE = ["--workers", "1"]
FINAL = ("yearly.csv", "weekly.parquet", "figures/flow.png")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def failing(model: QuickModel, second: Callable[[], object]) -> Callable[..., RunResult]:
    """Return a model that does something at the second seed."""

    def simulate(scenario: Scenario, *, seed: int, **options: Any) -> RunResult:  # noqa: ANN401 - as called
        if seed == 2:
            second()
        return model.simulate(scenario, seed=seed, **options)

    return simulate


def stop() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def interrupted(model: QuickModel, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Run three seeds of which the second is interrupted."""
    with monkeypatch.context() as patch:
        patch.setattr("terugkeer.abm.runs.simulate.simulate", failing(model, stop))
        assert main(["run", "--seeds", "3", *SHORT, "--out", folder]) == 130


def same_files(one: Path, other: Path) -> None:
    for name in FINAL:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_a_resumed_run_is_the_run_that_was_never_interrupted(
    finished: Path,
    quick_model: QuickModel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    interrupted(quick_model, monkeypatch, "run")
    assert "1 of 3 runs are stored in run" in capsys.readouterr().err
    assert main(["status", "run"]) == 0
    told = capsys.readouterr().out
    assert "run: 1 of 3 runs done, 0 failed, 2 to go." in told
    assert "  terugkeer resume run\n" in told
    assert main(["resume", "run", *INLINE]) == 0
    assert "How DT&V files closed" in capsys.readouterr().out
    same_files(Path("run"), finished)
    manifest = json.loads(Path("run/manifest.json").read_text(encoding="utf-8"))
    assert manifest["seeds"] == [1, 2, 3]


def test_seeds_are_added_and_nothing_is_made_twice(
    finished: Path, capsys: pytest.CaptureFixture[str], quick_model: QuickModel
) -> None:
    assert main(["run", "--seeds", "2", *SHORT, "--out", "run"]) == 0
    capsys.readouterr()
    quick_model.seeds.clear()
    assert main(["resume", "run", "--seeds", "3", *INLINE, "--json"]) == 0
    assert quick_model.seeds == [3]
    assert json.loads(capsys.readouterr().out)["seeds"] == [1, 2, 3]
    same_files(Path("run"), finished)
    assert main(["resume", "run", "--seeds", "2"]) == 1
    assert "has seeds up to 3 already" in capsys.readouterr().err


def test_resuming_what_is_finished_shows_it_again(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (finished / name).stat().st_mtime_ns for name in FINAL}
    assert main(["resume", str(finished)]) == 0
    assert "How DT&V files closed" in capsys.readouterr().out
    assert {name: (finished / name).stat().st_mtime_ns for name in FINAL} == before


@pytest.mark.usefixtures("quick_model")
def test_final_files_that_were_lost_are_written_again(finished: Path) -> None:
    shutil.copytree(finished, "run")
    Path("run/yearly.csv").unlink()
    Path("run/figures/flow.png").write_bytes(b"torn")
    assert main(["resume", "run", *INLINE]) == 0
    same_files(Path("run"), finished)


def test_failed_runs_are_counted_told_and_tried_again(
    finished: Path,
    quick_model: QuickModel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with monkeypatch.context() as patch:
        divide = failing(quick_model, lambda: 1 / 0)
        patch.setattr("terugkeer.abm.runs.simulate.simulate", divide)
        assert main(["run", "--seeds", "3", *SHORT, "--out", "run"]) == 3
    said = capsys.readouterr().err
    assert "1 of 3 runs failed; 2 are stored in run" in said
    assert "terugkeer resume run --retry-failed" in said
    assert not Path("run/manifest.json").exists()
    assert main(["status", "run"]) == 0
    assert "baseline, seed 2: simulate: ZeroDivisionError" in capsys.readouterr().out
    assert main(["status", "run", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["failures"]
    assert "Traceback" in row["traceback"]
    assert main(["resume", "run", *INLINE]) == 3  # not tried again unless asked
    assert main(["resume", "run", *INLINE, "--retry-failed"]) == 0
    same_files(Path("run"), finished)


def test_a_folder_with_this_very_run_is_told_with_the_line_that_goes_on(
    finished: Path,
    quick_model: QuickModel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    interrupted(quick_model, monkeypatch, "run")
    capsys.readouterr()
    assert main(["run", "--seeds", "3", *SHORT, "--out", "run"]) == 1
    assert "1 of 3 seeds done. Go on with:\n  terugkeer resume run" in capsys.readouterr().err
    assert main(["run", "--seeds", "3", *SHORT, "--out", str(finished)]) == 1
    assert "this very run, finished" in capsys.readouterr().err
    assert main(["run", "--seeds", "4", *SHORT, "--out", "run"]) == 1
    assert "not empty" in capsys.readouterr().err


@pytest.mark.slow
def test_two_resumes_at_once_and_the_second_is_refused(
    really_run: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(really_run.folder, "run")
    command = [sys.executable, "-c", PROGRAM, "resume", "run", "--workers", "2", "--seeds", "6"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as first:
        until = time.monotonic() + 60
        told: dict[str, object] = {}
        while time.monotonic() < until and not told.get("at_work"):
            capsys.readouterr()
            assert main(["status", "run", "--json"]) == 0
            told = json.loads(capsys.readouterr().out)
        assert told["at_work"]["pid"] == first.pid  # type: ignore[index]  # JSON
        assert main(["resume", "run"]) == 1
        assert f"process {first.pid}" in capsys.readouterr().err
        assert first.wait(120) == 0
    rows, before = (  # a mean of days may happen to be whole
        pd.read_csv(folder / "yearly.csv", dtype={"persons": float})
        for folder in (Path("run"), really_run.folder)
    )
    assert set(rows["seed"]) == {1, 2, 3, 4, 5, 6}
    assert rows[rows["seed"] <= 2].reset_index(drop=True).equals(before)


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_bytes(really_run: Shown) -> None:
    line = ["run", "--seeds", "2", *SHORT, "--cluster", "local", "--out", "run"]
    line[line.index("--workers") + 1] = "2"
    command = [sys.executable, "-c", f"if __name__ == '__main__':\n    {PROGRAM}", *line]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    same_files(Path("run"), really_run.folder)


@pytest.mark.usefixtures("quick_model")
def test_a_torn_part_is_told_set_aside_and_made_again(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(finished, "run")
    (part,) = Path("run/store/parts").iterdir()
    part.write_bytes(part.read_bytes()[:1000])
    assert main(["status", "run"]) == 0
    assert f"{part.name}: torn" in capsys.readouterr().out
    assert main(["resume", "run", *INLINE]) == 0
    same_files(Path("run"), finished)
    capsys.readouterr()
    assert main(["status", "run"]) == 0
    told = capsys.readouterr().out
    assert "Parts set aside:" in told
    assert "3 of 3 runs done" in told


def test_changed_sources_are_refused_with_what_changed(
    finished: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = Store(finished).registration.sources
    monkeypatch.setattr(
        "terugkeer.abm.runs.registration.loaded_sources",
        lambda: {**sources, "agents/codes.py": "other"},
    )
    assert main(["resume", str(finished)]) == 1
    said = capsys.readouterr().err
    assert "source file agents/codes.py: changed" in said
    assert "another --out" in said
    assert main(["status", str(finished)]) == 0
    assert "source file agents/codes.py: changed" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["resume", "status"])
@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("nowhere", "no such folder"),
        ("file", "this is no folder"),
        ("empty", "no store of runs in it"),
        ("run/store", "Did you mean run?"),
        ("future", "format_version = 99"),
        ("garbage", "cannot be read"),
        ("list", "format_version = None"),
    ],
)
def test_what_holds_no_store_is_told(
    command: str, folder: str, said: str, finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").touch()
    Path("empty").mkdir()
    shutil.copytree(finished, "run")
    for name, text in (("future", '{"format_version": 99}'), ("garbage", "{{"), ("list", "[]")):
        Path(name, "store").mkdir(parents=True)
        Path(name, "store", "design.json").write_text(text, encoding="utf-8")
    assert main([command, folder]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--workers", "0"], "--workers 0"),
        (["--cluster", ""], "--cluster"),
        (["--seeds", "0"], "--seeds 0"),
    ],
)
def test_mistakes_in_options_are_told(
    options: list[str], said: str, finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resume", str(finished), *options]) == 1
    assert said in capsys.readouterr().err
