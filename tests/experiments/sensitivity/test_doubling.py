"""Twice the number of points, also after an interruption."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terugkeer.experiments.cli import main

from tests.experiments import fake_response
from tests.experiments.fake_response import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
