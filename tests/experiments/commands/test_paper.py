"""The paper kit: what it says, what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from terugkeer.experiments.cli import main

from tests.experiments import fake_response
from tests.experiments.conftest import PICTURE
from tests.experiments.fake_response import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def contents(out: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(out.iterdir()) if each.suffix != ""}


def test_the_paper_kit_says_that_nothing_is_calibrated(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(["paper", str(tmp_path)]) == 1
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    assert main(["paper", str(tmp_path)]) == 1
    assert "not calibrated" in capsys.readouterr().err
    assert not (tmp_path / "paper").exists()
    assert main(["paper", str(tmp_path), "--uncalibrated"]) == 0
    kit = tmp_path / "paper"
    for name in ("figures.tex", "tables.tex"):
        text = (kit / name).read_text("utf-8")
        captions = [line for line in text.splitlines() if line.startswith(r"\caption{")]
        assert captions
        assert all(line.startswith(r"\caption{Uncalibrated:") for line in captions)
    methods = (kit / "methods.txt").read_text("utf-8")
    study = json.loads((tmp_path / "study.json").read_text("utf-8"))
    for word in ("4 trajectories", "16 runs", "uncalibrated", "SALib", study["evidence_hash"][:12]):
        assert word in methods
    assert r"assistance\_cash\_adult" in (kit / "tables.tex").read_text("utf-8")
    assert "4.3 Estimation approach" in (kit / "stress_abs.tex").read_text("utf-8")
    assert (kit / "indices.csv").read_bytes() == (tmp_path / "indices.csv").read_bytes()
    assert (kit / "bars.png").read_bytes() == PICTURE
    assert "double" not in methods
    assert "Indices had converged for 0 of " in methods


def test_what_is_no_kit_is_refused_and_nothing_of_others_is_lost(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    done, other, file = tmp_path / "done", tmp_path / "other", tmp_path / "file"
    assert main(asked("screen", done, "--trajectories", "4")) == 0
    assert main(asked("sobol", other, "--n", "4")) == 0
    file.write_text("mine", encoding="utf-8")
    before = contents(other)
    for target, said in ((other, "holds 'above_noise.csv'"), (file, "File exists")):
        capsys.readouterr()
        assert main(["paper", str(done), "--uncalibrated", "--out", str(target)]) == 1
        told = capsys.readouterr().err
        assert f"--out {target}" in told
        assert "Traceback" not in told
        assert said in told or "none of the kit's" in told
    assert contents(other) == before
    assert main(["paper", str(file), "--uncalibrated"]) == 1
    assert "cannot be read" in capsys.readouterr().err
    (done / "indices.csv").write_bytes((done / "indices.csv").read_bytes()[:60])
    assert main(["paper", str(done), "--uncalibrated"]) == 1
    assert "indices.csv: changed since it was written" in capsys.readouterr().err
    study = json.loads((done / "study.json").read_text("utf-8"))
    for broken, said in (
        ({**study, "files": {"../other/points.csv": ""}}, "files outside its folder"),
        ({name: study[name] for name in study if name != "versions"}, "lacks versions"),
    ):
        (done / "study.json").write_text(json.dumps(broken), encoding="utf-8")
        assert main(["paper", str(done), "--uncalibrated"]) == 1
        assert said in capsys.readouterr().err
    (done / "study.json").write_text("{", encoding="utf-8")
    assert main(["paper", str(done), "--uncalibrated"]) == 1
    assert "Remove this file and call the same command again" in capsys.readouterr().err
    (done / "study.json").unlink()
    assert main(asked("screen", done, "--trajectories", "4")) == 0
    assert main(["paper", str(done), "--uncalibrated"]) == 0
    assert main(asked("screen", tmp_path / "none", factors="dummy")) == 1
    assert "nothing but the dummy" in capsys.readouterr().err
