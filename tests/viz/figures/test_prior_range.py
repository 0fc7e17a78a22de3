"""The picture of what the priors can produce: bars lie where the table says."""

from __future__ import annotations

import pandas as pd
import pytest
from terugkeer.abm.observation.outcomes import COMPANIONS
from terugkeer.viz.figures.picture import UNCALIBRATED
from terugkeer.viz.figures.prior_range import REACH, draw_prior_range, in_digits

from tests.viz.figures.made_up import ORIGIN
from tests.viz.figures.words import hidden, said

TARGETS = pd.DataFrame(
    [
        ("dtv_independent_share", "calibration", 0.2, 0.16, 0.22, 0.26),
        ("far_away", "validation", 100.0, 300.0, 400.0, 900.0),
        ("a_floor", "validation", 0.5, 0.4, 0.8, 0.9),
        ("nobody_tells", "validation", 1.0, float("nan"), float("nan"), float("nan")),
    ],
    columns=["target", "used_for", "record", "low", "median", "high"],
)
ERRORS = {"dtv_independent_share": 0.02, "far_away": 10.0, "a_floor": 0.05, "nobody_tells": 0.1}
BESIDE = pd.DataFrame(
    [(name, 0.1, 0.2, 0.3) for name in COMPANIONS], columns=["outcome", "low", "median", "high"]
)
FIGURE = draw_prior_range(TARGETS, ERRORS, BESIDE, ORIGIN, ["a_floor"])


def bars() -> list[tuple[float, float]]:
    (axes,) = FIGURE.axes
    return [
        (each.get_x(), each.get_x() + each.get_width())
        for each in axes.patches
        if each.get_height() == pytest.approx(0.55)
    ]


def test_bars_lie_at_their_distance_in_standard_deviations() -> None:
    first, second, _ = bars()
    assert first == pytest.approx((-2.0, 3.0))
    assert second == pytest.approx((REACH, REACH))  # beyond the axis, and marked so
    (axes,) = FIGURE.axes
    medians = [line.get_xdata()[0] for line in axes.lines if line.get_linewidth() == 2.0]
    assert medians == pytest.approx([1.0, REACH, 0.0])
    assert [line.get_marker() for line in axes.lines].count(">") == 2


def test_what_lies_above_a_floor_lies_at_no_distance() -> None:
    assert bars()[2] == pytest.approx((-2.0, 0.0))
    assert "at least 0.5: 0.4 to 0.9" in said(FIGURE)


def test_a_target_that_no_point_tells_is_named_without_a_bar() -> None:
    assert len(bars()) == 3
    assert "1: no point tells it" in said(FIGURE)


def test_harm_and_freedom_stand_beneath_and_the_warning_above() -> None:
    words = "\n".join(said(FIGURE))
    assert UNCALIBRATED in words
    assert words.count("0.1 / 0.2 / 0.3") == len(COMPANIONS)


def test_numbers_have_no_power_of_ten() -> None:
    shown = [in_digits(each) for each in (0.01234, 57.44, 100.0, 5212.3, 1234567.8, -2500.0)]
    assert shown == ["0.0123", "57.4", "100", "5,212", "1,234,568", "-2,500"]


def test_no_word_is_cut_off_or_covered() -> None:
    assert hidden(FIGURE) == []
