"""The line through what weeks cost."""

from __future__ import annotations

import pytest
from terugkeer.abm.runs.speed.line import WORST, Line, fit_line

PERSONS = [29_000.0, 14_500.0, 5_800.0, 2_900.0, 1_450.0, 580.0]


def test_a_line_is_found_again_exactly() -> None:
    line = fit_line(PERSONS, [0.0078 + 0.61e-6 * n for n in PERSONS])
    assert line is not None
    assert line.fixed == pytest.approx(0.0078, rel=1e-12)
    assert line.slope == pytest.approx(0.61e-6, rel=1e-12)
    assert line.worst == pytest.approx(0.0, abs=1e-12)
    assert line.note is None
    assert line.at(10_000) == pytest.approx(0.0139)


def test_a_scale_off_the_line_is_told_by_its_share() -> None:
    off = [0.0078 + 0.61e-6 * n for n in PERSONS]
    off[2] *= 1.5
    line = fit_line(PERSONS, off)
    assert line is not None
    distances = [abs(line.at(n) / cost - 1.0) for n, cost in zip(PERSONS, off, strict=True)]
    assert line.worst == pytest.approx(max(distances))
    assert line.worst == pytest.approx(distances[2])
    assert line.worst > WORST
    assert line.note == (
        f"The line misses a scale by {line.worst:.0%}: the machine was disturbed, or the cost of "
        "a week is no line. Measure again before you rely on it."
    )


def test_long_weeks_and_short_ones_weigh_the_same() -> None:
    """All times ten percent up or down in turn: no scale is missed by much more than that."""
    shaken = [(0.0078 + 0.61e-6 * n) * (1.1, 0.9)[i % 2] for i, n in enumerate(PERSONS)]
    line = fit_line(PERSONS, shaken)
    assert line is not None
    assert line.worst < 0.2


def test_two_scales_make_no_line() -> None:
    assert fit_line([100.0, 200.0], [1.0, 2.0]) is None
    assert fit_line([100.0, 200.0, 200.0], [1.0, 2.0, 2.1]) is None


@pytest.mark.parametrize("line", [Line(-0.001, 1e-6, 0.0), Line(0.001, -1e-6, 0.0)])
def test_a_cost_below_zero_is_told(line: Line) -> None:
    assert line.note is not None
    assert "below zero" in line.note
