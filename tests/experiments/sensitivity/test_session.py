"""What a folder of an analysis keeps when it is asked again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs import registration
from terugkeer.abm.runs.store import Store
from terugkeer.experiments.cli import main

from tests.experiments import fake_response
from tests.experiments.fake_response import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_finished_question_is_answered_again_without_what_a_larger_one_wanted(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    simulate = fake_response.responding(fake_response.straight)
    answering(simulate)
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0

    def stopped(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    answering(stopped)
    assert main(asked("screen", tmp_path, "--trajectories", "8")) == 130
    capsys.readouterr()
    assert main(asked("screen", tmp_path, "--trajectories", " 4")) == 0  # makes no run
    assert "16 runs, 16 of them made; 0 to go" in capsys.readouterr().err
    assert len(Store(tmp_path).done()) == 16
    assert json.loads((tmp_path / "study.json").read_text("utf-8"))["finished"]


def test_finished_runs_of_other_sources_are_not_told_as_those_of_today(
    tmp_path: Path,
    answering: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    before = (tmp_path / "study.json").read_bytes()
    monkeypatch.setattr(registration, "loaded_sources", lambda: {"abm/other.py": "0"})
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 1
    assert "made with other sources or evidence" in capsys.readouterr().err
    assert (tmp_path / "study.json").read_bytes() == before


def test_a_refused_outcome_leaves_a_finished_analysis_as_it_is(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    blank = fake_response.FACTORS.replace(",", " , ")
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    before = (tmp_path / "study.json").read_bytes()
    more = ("--trajectories", "4", "--outcome", "forced")
    assert main(asked("screen", tmp_path, *more, factors=blank)) == 1
    assert "'forced': 500 at all design rows" in capsys.readouterr().err
    assert (tmp_path / "study.json").read_bytes() == before
    assert main(["paper", str(tmp_path), "--uncalibrated"]) == 0


@pytest.mark.parametrize(
    ("method", "more", "said"),
    [
        ("screen", ("--group", "g=iom_capacity", "--group", "g=household"), "a group 'g' already"),
        ("pawn", ("--all-points", "--tolerance", "5"), "Leave out one"),
        ("pawn", ("--plausible", "--n", "32"), "64 points must be left"),
        ("screen", ("--trajectories", "1"), "--trajectories 1: give 2 or more"),
        ("sobol", ("--n", "0"), "--n 0: give 2 or more"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_any_run(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    method: str,
    more: tuple[str, ...],
    said: str,
) -> None:
    folder = tmp_path / "new"
    assert main(asked(method, folder, *more)) == 1
    assert said in capsys.readouterr().err
    assert not folder.exists()


def test_a_stopped_doubling_goes_on_with_the_same_number(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    simulate = fake_response.responding(fake_response.straight)
    left = [25]

    def tiring(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return simulate(*arguments, **options)

    def number() -> tuple[int, bool]:
        told = json.loads((tmp_path / "study.json").read_text("utf-8"))
        return told["ask"]["number"], told["finished"]

    answering(tiring)
    assert main(asked("sobol", tmp_path, "--n", "4")) == 0  # 20 runs
    assert main(asked("sobol", tmp_path, "--double")) == 130
    assert number() == (8, False)
    capsys.readouterr()
    assert main(asked("sobol", tmp_path, "--double")) == 0
    assert "N 8 is not finished yet" in capsys.readouterr().err
    assert number() == (8, True)
    assert main(asked("sobol", tmp_path, "--double")) == 0
    assert number() == (16, True)


@pytest.mark.slow
def test_a_number_that_did_not_do_is_doubled(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("pawn", tmp_path, "--n", "64", "--tolerance", "0.01")) == 1
    assert "Double N (--double)" in capsys.readouterr().err
    assert main(asked("pawn", tmp_path, "--plausible", "--double")) == 0
    assert json.loads((tmp_path / "study.json").read_text("utf-8"))["ask"]["number"] == 128
