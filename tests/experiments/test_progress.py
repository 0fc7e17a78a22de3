"""What is told of many runs while they are made."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terugkeer.abm.runs.pace import Pace
from terugkeer.experiments.progress import progress

if TYPE_CHECKING:
    import pytest
    from terugkeer.abm.runs.pace import Progress


def paced(done: int) -> Progress:
    pace = Pace(3)
    pace.ended(done=done, failed=0, run_seconds=4.0 * done, other_seconds=0.0, size=3000 * done)
    return pace.progress(1)


def test_plain_lines_tell_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(3, interval=0.05) as tell:
        tell(paced(1))
        time.sleep(0.3)
    told = capsys.readouterr().err
    assert "Measured on the first: 2 run(s) to go, 4.0 seconds each, about 8 seconds" in told
    assert "1 of 3 runs done after" in told
    assert "runs per second, about 8 seconds left" in told


def test_no_line_is_told_before_the_first_minute(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(3) as tell:
        tell(Pace(3).progress(1))
        tell(paced(3))
    assert capsys.readouterr().err == ""
