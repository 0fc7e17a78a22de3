"""Bars of indices."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from terugkeer.viz.figures.analysis import FLOOR
from terugkeer.viz.figures.sobol_bars import draw_bars

from tests.viz.figures.made_up import OF_ANALYSES, ORIGIN, TITLES, grades, indices


def test_bars_say_how_many_have_none_and_why() -> None:
    for axes in OF_ANALYSES["bars"](61).axes:
        assert "not shown: 40 with a smaller effect, 1 with no effect at all" in axes.get_xlabel()
        assert len([each for each in axes.patches if isinstance(each, Rectangle)]) == 21
    label = OF_ANALYSES["bars"](9).axes[0].get_xlabel()
    assert label.endswith("not shown: 1 with no effect at all")
    every = indices(9)
    figure = draw_bars(every[every["value"] > 0], "mu_star", TITLES, grades(9), ORIGIN)
    assert figure.axes[0].get_xlabel() == "mean size of effect (mu*)"


def sobol() -> pd.DataFrame:
    """Return total and first-order effects; the second outcome has first-order effects alone."""
    rows = [
        ("share", "cash", "ST", 0.6), ("share", "talks", "ST", 0.3), ("share", "dummy", "ST", 0.1),
        ("share", "cash", "S1", 0.5), ("share", "talks", "S1", -0.2),
        ("weeks", "cash", "S1", 0.4), ("weeks", "dummy", "S1", 0.1),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["outcome", "factor", "index", "value"])
    return frame.assign(low=frame["value"] - 0.05, high=frame["value"] + 0.05)


def test_first_order_effects_are_circles_on_the_bars_of_total_effects() -> None:
    axes = draw_bars(sobol(), "ST", TITLES, {"cash": "B", "talks": "D"}, ORIGIN).axes[0]
    assert [each.get_text() for each in axes.get_yticklabels()] == ["dummy", "talks D", "cash B"]
    assert [each.get_width() for each in axes.patches] == pytest.approx([0.1, 0.3, 0.6])
    circles = axes.lines[-1]
    assert list(circles.get_xdata())[1:] == [-0.2, 0.5]
    assert list(circles.get_ydata()) == [0, 1, 2]
    assert axes.get_xlim()[0] == pytest.approx(-0.23)  # room for the circle left of zero


def test_where_there_is_no_total_effect_bars_are_first_order_and_else_there_is_no_bar() -> None:
    _, weeks, persons = draw_bars(sobol(), "ST", TITLES, {}, ORIGIN).axes
    assert weeks.get_xlabel() == "first-order effect (S1), of given data"
    assert [each.get_width() for each in weeks.patches] == pytest.approx([0.1, 0.4])
    assert len(persons.patches) == 0


def test_a_key_tells_grades_and_the_floor() -> None:
    (key,) = OF_ANALYSES["bars"](9).legends
    said = {each.get_text() for each in key.get_texts()}
    assert said == {*(f"evidence {letter}" for letter in "ABCD"), FLOOR}
