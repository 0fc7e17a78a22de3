"""Distributions of an outcome within slices of its leading factor."""

from __future__ import annotations

import pytest
from terugkeer.viz.figures.conditional import draw_conditional

from tests.viz.figures.made_up import ORIGIN, SIZES, TITLES, pawn, slices


def test_each_panel_shows_the_factor_with_the_largest_index() -> None:
    figure = draw_conditional(slices(), pawn(), TITLES, ORIGIN)
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(TITLES.values())
    leading = [axes.get_xlabel().split()[1].rstrip(",") for axes in figure.axes]
    assert leading == ["second", "second", "first"]


def test_slices_run_from_pale_to_black_and_all_is_dashed() -> None:
    axes = draw_conditional(slices(), pawn(), TITLES, ORIGIN).axes[2]
    low, middle, high, every = axes.lines
    assert [float(each.get_color()) for each in (low, middle, high)] == pytest.approx(
        [0.85 * 2 / 3, 0.85 / 3, 0.0]
    )
    most = SIZES["persons"]
    assert list(low.get_xdata()) == pytest.approx([-0.1 * most, 0.4 * most, 0.9 * most])
    assert list(every.get_xdata()) == pytest.approx([0.0, 0.5 * most, most])
    assert list(every.get_ydata()) == [0.0, 0.5, 1.0]
    assert [each.get_linestyle() for each in axes.lines] == ["-", "-", "-", "--"]


def test_an_outcome_without_an_index_keeps_an_empty_panel() -> None:
    some = pawn().query("outcome != 'weeks'")
    axes = draw_conditional(slices(), some, TITLES, ORIGIN).axes[1]
    assert len(axes.lines) == 0
    assert [each.get_text() for each in axes.texts] == ["no index: see what the analysis said"]
