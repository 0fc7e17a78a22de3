"""How indices settle with the size of the sample."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.viz.figures.convergence import SHOWN, draw_convergence

from tests.viz.figures.made_up import ORIGIN, TITLES, course


@pytest.mark.parametrize(
    ("index", "x", "y"),
    [
        ("mu_star", "trajectories", "mean size of effect (mu*)"),
        ("ST", "base points", "total effect (ST)"),
        ("pawn", "points", "PAWN: median distance of distributions"),
    ],
)
def test_axes_are_those_of_the_method(index: str, x: str, y: str) -> None:
    for axes in draw_convergence(course(9, index), TITLES, ORIGIN).axes:
        assert axes.get_xlabel() == x
        assert axes.get_ylabel() == y


def test_the_largest_factors_have_a_line_and_the_dummy_a_dotted_one() -> None:
    rows = course(9).query("outcome == 'share'")
    axes = draw_convergence(course(9), TITLES, ORIGIN).axes[0]
    last = rows[rows["n"] == 16].set_index("factor")["value"].drop("dummy")
    assert [each.get_label() for each in axes.lines] == [*last.nlargest(SHOWN).index, "dummy"]
    assert [each.get_linestyle() for each in axes.lines][-1] == ":"
    first = axes.lines[0]
    expected = rows[rows["factor"] == first.get_label()]
    assert first.get_xydata() == pytest.approx(expected[["n", "value"]].to_numpy())


def test_the_first_points_do_not_set_the_scale() -> None:
    rows = course(9).assign(low=0.0, high=lambda each: np.where(each["n"] == 4, 1e9, 2.0))
    for axes in draw_convergence(rows, TITLES, ORIGIN).axes:
        assert axes.get_ylim() == pytest.approx((-0.03 * 2.3, 2.3))


def test_names_of_lines_stand_beneath_the_panel() -> None:
    figure = draw_convergence(course(61), TITLES, ORIGIN)
    figure.draw_without_rendering()
    for axes in figure.axes:
        legend = axes.get_legend()
        assert legend is not None
        assert legend.get_window_extent().y1 < axes.xaxis.label.get_window_extent().y0
        assert axes.get_ylim()[0] < 0  # a line at zero does not lie on the axis


def test_an_outcome_without_an_index_has_no_line() -> None:
    rows = course(9).query("outcome != 'weeks'")
    assert [len(axes.lines) for axes in draw_convergence(rows, TITLES, ORIGIN).axes] == [7, 0, 7]
