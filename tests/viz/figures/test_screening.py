"""The Morris plane."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.viz.figures import screening
from terugkeer.viz.figures.analysis import FLOOR

from tests.viz.figures.made_up import OF_ANALYSES, ORIGIN, TITLES, UNORDERED, grades, indices


def test_the_plane_says_how_many_have_no_order_and_clips_no_point() -> None:
    for axes in OF_ANALYSES["plane"](9).axes:
        assert f"not shown: {UNORDERED} without an order" in axes.get_xlabel()
        (points,) = axes.collections
        assert len(points.get_offsets()) == 10 - UNORDERED
        assert not points.get_clip_on()
    every = indices(9)
    ordered = every[every["factor"].isin(every.loc[every["index"] == "sigma", "factor"])]
    for axes in screening.draw_screening(ordered, TITLES, grades(9), ORIGIN).axes:
        assert axes.get_xlabel() == "mean size of effect (mu*)"


def test_points_lie_at_mean_and_sigma_and_the_dotted_line_at_the_dummy() -> None:
    rows = indices(9).query("outcome == 'share'")
    wide = rows.pivot_table(index="factor", columns="index", values="value").dropna()
    axes = OF_ANALYSES["plane"](9).axes[0]
    assert np.asarray(axes.collections[0].get_offsets()) == pytest.approx(wide.to_numpy())
    floor, diagonal = axes.lines
    assert set(floor.get_xdata()) == {1.2 * 0.05 * 0.3}
    assert list(diagonal.get_xdata()) == list(diagonal.get_ydata())


def test_a_key_tells_colours_and_lines_and_lies_above_the_panels() -> None:
    figure = OF_ANALYSES["plane"](9)
    (key,) = figure.legends
    words = {each.get_text() for each in key.get_texts()}
    assert words == {
        *(f"evidence {letter}" for letter in "ABCD"), FLOOR, screening.DIAGONAL, "dummy"
    }  # fmt: skip
    figure.draw_without_rendering()
    box = key.get_window_extent()
    assert all(box.y0 > each.get_window_extent().y1 for each in figure.axes)


def test_labels_of_points_carry_the_grade() -> None:
    said = [each.get_text() for each in OF_ANALYSES["plane"](9).axes[0].texts]
    assert "support_for_backgrounds_08 A" in said


def test_ticks_are_few_and_have_thousands_apart() -> None:
    figure = OF_ANALYSES["plane"](9)
    figure.draw_without_rendering()
    axes = figure.axes[1]
    for axis in (axes.xaxis, axes.yaxis):
        said = [each.get_text() for each in axis.get_ticklabels()]
        assert 2 <= len(said) <= 6
        assert not axis.get_offset_text().get_text()
    assert "1,500,000" in {each.get_text() for each in axes.get_xticklabels()}
