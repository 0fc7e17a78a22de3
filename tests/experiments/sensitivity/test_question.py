"""What was asked of an analysis is remembered, and another question is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.experiments.sensitivity.question import (
    STUDY,
    Question,
    read_study,
    refuse_other,
    write_study,
)

if TYPE_CHECKING:
    from pathlib import Path

ONE = Question("sobol", "levers", "independent", 8, 2, 20.0, 2011, 2017, groups={"g": ("a", "b")})


def test_a_question_is_read_as_it_was_written_under_the_key_that_files_have(
    tmp_path: Path,
) -> None:
    write_study(tmp_path, ONE, {"finished": True})
    assert json.loads((tmp_path / STUDY).read_text("utf-8"))["ask"]["groups"] == {"g": ["a", "b"]}
    assert read_study(tmp_path) == (ONE, {"finished": True})


def test_more_points_and_seeds_go_on_and_other_points_do_not(tmp_path: Path) -> None:
    refuse_other(tmp_path, ONE)  # nothing there yet
    write_study(tmp_path, ONE, {})
    refuse_other(tmp_path, replace(ONE, number=16, seeds=4, outcome="forced"))
    with pytest.raises(InputError) as told:
        refuse_other(tmp_path, replace(ONE, scale=10.0, factors="switches"))
    assert told.value.problems[1:] == [
        "  factors: was 'levers', is 'switches'", "  scale: was 20.0, is 10.0",
    ]  # fmt: skip


PRIOR = replace(ONE, method="prior", targets_sha256="a" * 64)


def test_other_targets_are_refused_and_the_same_under_another_name_are_not(
    tmp_path: Path,
) -> None:
    write_study(tmp_path, PRIOR, {})
    refuse_other(tmp_path, replace(PRIOR, targets_file="copy.toml"))
    with pytest.raises(InputError) as told:
        refuse_other(tmp_path, replace(PRIOR, targets_file="mine.toml", targets_sha256="b" * 64))
    (only,) = told.value.problems[1:]
    assert "was the file that ships (sha256 aaaaaaaaaaaa), is mine.toml (sha256 bbbbb" in only


def test_a_folder_of_targets_that_nobody_recorded_is_refused_with_a_way_out(
    tmp_path: Path,
) -> None:
    write_study(tmp_path, PRIOR, {})
    content = json.loads((tmp_path / STUDY).read_text("utf-8"))
    del content["ask"]["targets_sha256"], content["ask"]["targets_file"]
    (tmp_path / STUDY).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="targets: was not recorded, is") as told:
        refuse_other(tmp_path, PRIOR)
    assert f"remove {tmp_path / STUDY} and call again" in told.value.problems[-1]


def test_a_folder_of_no_analysis_is_told_with_those_that_write_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sobol, pawn, interactions, survival or prior"):
        read_study(tmp_path)
