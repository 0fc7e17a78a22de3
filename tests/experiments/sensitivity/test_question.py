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
