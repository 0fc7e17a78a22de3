"""`terugkeer prior`, from its line to its files, with a stand-in for the model."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from terugkeer.abm.runs.outcomes import catalogue
from terugkeer.abm.runs.result import RunResult
from terugkeer.abm.runs.store import Store
from terugkeer.abm.world.events import EventLog
from terugkeer.calibration.target_list import FILE, load_targets
from terugkeer.experiments.cli import main

from tests.experiments.conftest import answer_for_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terugkeer.abm.world.scenario import Scenario

PROGRAM = "import sys; from terugkeer.experiments.cli import main; sys.exit(main())"
BESIDE = ("weeks_lived", "year_end", "returns_into_danger", "voluntariness_of_adults")
TABLES = {each.table for each in load_targets()} | set(BESIDE)
ROWS = [
    (year, table, item, group)
    for table in sorted(TABLES)
    for item in catalogue()[table][0]
    for group in catalogue()[table][1]
    for year in range(2011, 2016)
]
COUNTS = np.array(
    [
        float(100 + zlib.crc32(f"{table}{item}{group}".encode()) % 50)
        for _, table, item, group in ROWS
    ]
)
KEYS = pd.DataFrame(ROWS, columns=["year", "table", "item", "group"])
FILES = ("targets.csv", "joint.csv", "drivers.csv", "beside.csv", "prior.png")


def simulate(scenario: Scenario, *, seed: int, scale: float, **_: object) -> RunResult:
    """Answer with counts of its own for each row; one parameter moves independent departure."""
    values = {each.target: each.value for each in scenario.entries}
    moved = float(str(values["constant_return_asylum"]))
    rng = np.random.default_rng(seed)
    rows = KEYS.assign(persons=COUNTS + rng.random(len(ROWS)))
    own = (rows["table"] == "dtv_caseload_outflow") & (rows["item"] == "independent")
    rows.loc[own, "persons"] *= np.exp(0.5 * moved)
    return RunResult(scenario.name, seed, scale, 2011, 2015, EventLog(), rows, {}, 1)


def line(out: Path, *more: str) -> list[str]:
    return ["prior", "--scale", "400", "--workers", "1", "--out", str(out), *more]


@pytest.fixture(scope="module")
def two_points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two points with a seed each, run once; copy the folder to change it."""
    folder = tmp_path_factory.mktemp("two_points") / "out"
    with pytest.MonkeyPatch.context() as patch:
        answer_for_model(patch, simulate)
        assert main(line(folder, "--points", "2", "--seeds", "1")) == 0
    return folder


def test_tables_a_picture_and_sentences_come_of_it(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(simulate)
    assert main(line(tmp_path, "--points", "16", "--seeds", "2")) == 0
    out, error = capsys.readouterr()
    assert "32 runs" in error
    table = pd.read_csv(tmp_path / "targets.csv", dtype={"inside": str})
    assert ",".join(table.columns) == "target,used_for,record,low,median,high,quantile,inside"
    assert table["target"].tolist() == [each.id for each in load_targets()]
    assert set(table["inside"]) == {"true", "false"}
    joint = pd.read_csv(tmp_path / "joint.csv")
    assert (joint["kind"] == "point").sum() == 16
    drivers = pd.read_csv(tmp_path / "drivers.csv").set_index("target")
    first = drivers.loc["dtv_independent_share"].iloc[0]
    assert (first["factor"], first["direction"], first["known"]) == (
        "constant_return_asylum", "up", "yes",
    )  # fmt: skip
    with Image.open(tmp_path / "prior.png") as picture:
        assert "uncalibrated" in picture.info["Description"]
    assert "uncalibrated" in out
    assert "targets of calibration lie outside what the priors produce" in out
    assert "of 16 points meet all 32 targets of calibration" in out
    assert "informed, free and with an alternative" in out
    assert "person-weeks without stable shelter" in out


def test_json_alone_stands_on_standard_output(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(simulate)
    assert main(line(tmp_path, "--points", "3", "--seeds", "1", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["points"] == 3
    assert len(told["targets"]) == len(load_targets())
    assert {each["outcome"] for each in told["beside"]} >= {"share_all_three"}
    assert sorted(told["files"]) == sorted(FILES)
    assert any("With one seed a point" in each for each in told["said"])


@pytest.mark.slow
def test_more_points_use_the_runs_of_fewer(
    tmp_path: Path, two_points: Path, answering: Callable[..., None]
) -> None:
    shutil.copytree(two_points, tmp_path, dirs_exist_ok=True)
    made: list[int] = []

    def counted(*given: object, **options: object) -> RunResult:
        made.append(1)
        return simulate(*given, **options)  # type: ignore[arg-type]  # handed on as they came

    answering(counted)
    assert main(line(tmp_path, "--points", "5", "--seeds", "1")) == 0
    assert len(made) == 3
    before = [(tmp_path / name).read_bytes() for name in FILES]
    assert main(line(tmp_path, "--points", "5", "--seeds", "1")) == 0
    assert len(made) == 3
    assert [(tmp_path / name).read_bytes() for name in FILES] == before


def test_a_dry_run_tells_the_cost_and_writes_no_table(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(simulate)
    assert main(line(tmp_path, "--points", "8", "--seeds", "3", "--dry-run")) == 0
    assert "24 runs" in capsys.readouterr().err
    assert not (tmp_path / "targets.csv").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--points", "1"], "--points 1: give 2 or more"),
        (["--points", "70000"], "--points 70000: give a whole number"),
        (["--seeds", "0"], "--seeds 0"),
        (["--scale", "0"], "scale"),
        (["--workers", "0"], "--workers 0"),
        (["--targets", "none.toml"], "none.toml: no such file"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert main(line(tmp_path / "out", *more)) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("written", "instead", "times", "said"),
    [
        ("2014, 2015]", "2014, 2016]", 1, "2016 lies past 2015"),
        (
            'used_for = "calibration"',
            'used_for = "validation"',
            -1,
            "mine.toml used_for: no target is for calibration",
        ),
        (
            "years =",
            'group = "background=asylum"\nyears =',
            1,
            "group = 'background=asylum': nothing is published",
        ),
    ],
)
def test_a_file_of_targets_that_cannot_be_used_is_refused_before_any_run(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    written: str,
    instead: str,
    times: int,
    said: str,
) -> None:
    content = FILE.read_text(encoding="utf-8")
    wrong = content.replace(written, instead, times)
    assert wrong != content
    (tmp_path / "mine.toml").write_text(wrong, encoding="utf-8")
    assert main(line(tmp_path / "out", "--targets", str(tmp_path / "mine.toml"))) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_points_is_kept(
    two_points: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(simulate)
    kept = (two_points / "targets.csv").read_bytes()
    other = ["prior", "--scale", "200", "--points", "2", "--seeds", "1", "--out", str(two_points)]
    assert main(other) == 1
    assert re.search(r"scale: was 400.0, is 200.0", capsys.readouterr().err)
    assert (two_points / "targets.csv").read_bytes() == kept


def test_a_folder_keeps_its_targets_and_no_other_file_takes_it(
    tmp_path: Path,
    two_points: Path,
    answering: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(simulate)
    out, mine = two_points, tmp_path / "mine.toml"
    ask = ("--points", "2", "--seeds", "1")
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    asked = json.loads((out / "study.json").read_text("utf-8"))["ask"]
    assert (asked["targets_file"], asked["targets_sha256"]) == ("", digest)
    with Image.open(out / "prior.png") as picture:
        assert f"targets that ship {digest[:12]}" in picture.info["Source"]
    before = [(out / name).read_bytes() for name in (*FILES, "study.json")]
    mine.write_text(FILE.read_text("utf-8").replace("0.022", "0.023"), encoding="utf-8")
    capsys.readouterr()
    assert main(line(out, *ask, "--targets", str(mine))) == 1
    told = capsys.readouterr().err
    assert f"targets: was the file that ships (sha256 {digest[:12]}), is mine.toml" in told
    assert [(out / name).read_bytes() for name in (*FILES, "study.json")] == before


def test_no_paper_is_made_of_it(two_points: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paper", str(two_points), "--uncalibrated"]) == 1
    told = capsys.readouterr().err
    assert "written by prior, of which there is no paper kit" in told
    assert "interactions, pawn, screen, sobol, survival" in told


@pytest.mark.slow
def test_killed_and_taken_up_again_it_gives_the_same_bytes(tmp_path: Path) -> None:
    ask = ["--points", "4", "--seeds", "2"]
    assert main(line(tmp_path / "whole", *ask)) == 0
    command = [sys.executable, "-c", PROGRAM, *line(tmp_path / "killed", *ask)]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 300.0
    while time.monotonic() < deadline and not list(tmp_path.glob("killed/store/parts/*")):
        time.sleep(0.05)
    time.sleep(1.0)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    done = len(Store(tmp_path / "killed").done())
    assert 0 < done < 8
    assert main(line(tmp_path / "killed", *ask)) == 0
    for name in FILES:
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
