"""The command `replicates`, on the model at a very large scale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.experiments.cli import main
from terugkeer.viz.figures.picture import UNCALIBRATED

from tests.experiments.conftest import SHORT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.experiments.conftest import QuickModel


def call(folder: Path, *options: str) -> int:
    return main(["replicates", *SHORT, "--out", str(folder), *options])


def test_noise_is_told_with_tables_and_picture_and_more_seeds_use_the_runs_that_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], quick_model: QuickModel
) -> None:
    folder = tmp_path / "noise"
    assert call(folder, "--seeds", "5", "--target", "0.0001", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["recommended"] is None
    assert told["expected"] > 5
    before = pd.read_csv(folder / "replicates.csv")
    assert call(folder, "--seeds", "6", "--target", "9", "--stability", "9") == 0
    assert quick_model.seeds == [1, 2, 3, 4, 5, 6]
    told = capsys.readouterr().out
    assert "Recommended: " in told
    assert "not what is unknown about the parameters" in told
    course = pd.read_csv(folder / "replicates.csv")
    assert sorted(course["seeds"].unique()) == [2, 3, 4, 5, 6]
    assert {"harm/weeks_without_stable_shelter", "dtv_caseload_outflow/independent"} <= set(
        course["outcome"]
    )
    same = course[course["seeds"] <= 5]
    pd.testing.assert_frame_equal(
        same.sort_values(["outcome", "seeds"], ignore_index=True),
        before.sort_values(["outcome", "seeds"], ignore_index=True),
    )
    picture = (folder / "replicates.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert b"Title" in picture
    assert UNCALIBRATED.encode() in picture or b"uncalibrated" in picture


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--seeds", "4"], "noise needs 5"),
        (["--target", "0"], "target 0"),
        (["--stability", "-1"], "stability -1"),
        (["--scale", "-2"], "--scale -2"),
        (["--to", "2030"], "--to 2030"),
        (["--workers", "0"], "--workers 0"),
    ],
)
def test_what_cannot_be_run_is_refused(
    options: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replicates", "--out", str(tmp_path / "none"), *options]) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_an_unknown_scenario_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicates", "bseline", "--out", str(tmp_path / "none")]) == 1
    assert "baseline" in capsys.readouterr().err
