"""The diagnostic diagram: effect against strength of evidence."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from terugkeer.viz.figures import nusap
from terugkeer.viz.figures.analysis import FLOOR, GRADE_COLOURS

from tests.viz.figures.made_up import OF_ANALYSES, ORIGIN, TITLES, factors, indices


@pytest.mark.parametrize("floor", [0.05, 3.0])
def test_the_shaded_corner_reaches_the_top_of_the_panel(floor: float) -> None:
    figure = nusap.draw_nusap(indices(9, floor), "mu_star", factors(9), TITLES, ORIGIN)
    for axes in figure.axes:
        corner = axes.collections[-1].get_paths()[0].get_extents()
        assert corner.y0 == nusap.HALF
        assert corner.y1 == axes.get_ylim()[1]
        assert (corner.x0, corner.x1) == (0.0, nusap.WEAK)


def test_a_key_tells_colours_and_lines_and_lies_above_the_panels() -> None:
    figure = OF_ANALYSES["nusap"](9)
    (key,) = figure.legends
    words = {each.get_text() for each in key.get_texts()}
    assert words == {*(f"evidence {letter}" for letter in "ABCD"), FLOOR, nusap.AGENDA}
    figure.draw_without_rendering()
    box = key.get_window_extent()
    assert all(box.y0 > each.get_window_extent().y1 for each in figure.axes)


def test_a_group_has_the_strength_and_grade_of_its_weakest_member() -> None:
    rows = pd.DataFrame(
        [("share", "pair", 4.0), ("share", "single", 1.0), ("share", "dummy", 0.2)],
        columns=["outcome", "factor", "value"],
    ).assign(index="mu_star", low=0.0, high=lambda each: each["value"])
    known = pd.DataFrame(
        [("one", "pair", "A", 0.9), ("two", "pair", "C", 0.3), ("single", "single", "B", 0.6)],
        columns=["factor", "group", "grade", "strength"],
    )
    (axes,) = nusap.draw_nusap(rows, "mu_star", known, {"share": "a share"}, ORIGIN).axes
    points = axes.collections[0]
    assert points.get_offsets().tolist() == [[0.3, 1.0], [0.6, 0.25]]
    shades = [to_hex(each).upper() for each in points.get_facecolors()]
    assert shades == [GRADE_COLOURS["C"], GRADE_COLOURS["B"]]
    assert {each.get_text() for each in axes.texts} == {"pair C", "single B"}
    assert list(axes.lines[0].get_ydata()) == pytest.approx([0.05, 0.05])  # the dummy's upper end
