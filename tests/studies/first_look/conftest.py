"""A study of three small steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studies.first_look import steps

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """
scenario = "baseline"
scale = 400
from = 2012
to = 2012
run_seconds = 1.0
outcomes = ["independent"]

[[step]]
name = "first"
command = "screen"
factors = "assistance_cash_adult,night_shelter,household,iom_capacity"
trajectories = 4
seeds = 1

[[step]]
name = "second"
command = "screen"
leading_of = "first"
at_most = 1
trajectories = 4
seeds = 1

[[step]]
name = "near_record"
command = "pawn"
same_as = "second"
tolerance = 2.0
n = 64
seeds = 1
"""


@pytest.fixture
def small(tmp_path: Path) -> steps.Study:
    design = tmp_path / "design.toml"
    design.write_text(SMALL, encoding="utf-8")
    return steps.read_design(design, tmp_path / "runs")
