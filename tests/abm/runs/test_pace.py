"""How fast runs go: batches and estimates by hand."""

from __future__ import annotations

import pytest
from terugkeer.abm.runs.pace import OVERHEAD_SHARE, Pace, Progress, in_words


def test_batches_grow_until_overhead_is_small_and_shrink_at_the_end() -> None:
    pace = Pace(10_000)
    assert pace.batch_size(10_000, 4) == 1
    pace.ended(done=1, failed=0, run_seconds=0.01, other_seconds=0.015, size=1000)
    size = pace.batch_size(10_000, 4)
    assert (0.015 + 0.005) / (size * 0.01) <= OVERHEAD_SHARE * 1.01
    assert pace.batch_size(8, 4) <= 2
    assert pace.batch_size(1, 4) == 1
    slow = Pace(10_000)
    slow.ended(done=1, failed=0, run_seconds=20.0, other_seconds=0.02, size=1000)
    assert slow.batch_size(10_000, 4) == 2  # not more than half a minute is at stake


def test_estimates_follow_what_was_measured() -> None:
    pace = Pace(101)
    pace.ended(done=1, failed=0, run_seconds=2.0, other_seconds=0.1, size=5000)
    state = pace.progress(4)
    assert (state.left, state.seconds_left, state.bytes_left) == (100, 50.0, 500_000.0)
    assert state.run_seconds == 2.0


def test_failed_runs_have_ended_too() -> None:
    state = Progress(10, 3, 2, 2.0, 1.0, 0.0, 0.0)
    assert (state.left, state.per_second) == (5, 2.5)
    assert Progress(10, 3, 2, 0.0, 1.0, 0.0, 0.0).per_second == 0.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12.4, "12 seconds"),
        (89.0, "89 seconds"),
        (90.0, "2 minutes"),
        (600.0, "10 minutes"),
        (5399.0, "90 minutes"),
        (5400.0, "1.5 hours"),
    ],
)
def test_durations_as_people_say_them(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
