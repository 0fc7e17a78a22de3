"""What pictures show beside departures."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from terugkeer.viz.figures.harm_strip import (
    WIDTH,
    draw_circumstances,
    draw_shelter,
    patch,
    stack,
    thousands,
)
from terugkeer.viz.figures.palette import VOLUNTARINESS, Look

from tests.viz.figures.made_up import HARM, RETURNED, YEARS, yearly

LOOKS = {
    "a": Look("first", "#112233"),
    "b": Look("second", "#445566", "//"),
    "c": Look("c", "#000000"),
}


def test_a_stack_rises_from_zero_and_an_item_without_value_has_no_height() -> None:
    axes = Figure().add_subplot()
    stack(axes, 2.0, pd.Series({"c": 3.0, "a": 5.0}), LOOKS)
    assert [p.get_height() for p in axes.patches] == [5.0, 0.0, 3.0]
    assert [p.get_y() for p in axes.patches] == [0.0, 5.0, 5.0]
    assert {p.get_x() + p.get_width() / 2 for p in axes.patches} == {2.0}
    assert [p.get_width() for p in axes.patches] == pytest.approx([WIDTH] * 3)
    assert to_hex(axes.patches[0].get_facecolor()) == "#112233"


def test_a_year_has_a_bar_of_weeks_on_the_street_and_in_night_shelter() -> None:
    axes = Figure().add_subplot()
    draw_shelter(axes, yearly())
    assert len(axes.patches) == 2 * len(YEARS)
    assert [p.get_height() for p in axes.patches[:2]] == [60_000.0, 20_000.0]
    assert axes.patches[1].get_y() == HARM["weeks_on_street"]
    assert axes.get_title(loc="left") == "Person-weeks without stable shelter"


def test_a_year_has_a_bar_of_the_circumstances_of_returns() -> None:
    axes = Figure().add_subplot()
    draw_circumstances(axes, yearly())
    assert len(axes.patches) == 4 * len(YEARS)
    assert [p.get_height() for p in axes.patches[:4]] == [*RETURNED.values()]
    legend = axes.get_legend()
    assert legend is not None
    labels = [look.label for look in VOLUNTARINESS.values()]
    assert [each.get_text() for each in legend.get_texts()] == labels
    assert axes.get_ylim()[1] > 1.4 * sum(RETURNED.values())  # room for the legend


def test_the_mark_of_a_look_has_its_label_colour_and_hatch() -> None:
    mark = patch(LOOKS["b"])
    assert (mark.get_label(), mark.get_hatch()) == ("second", "//")
    assert to_hex(mark.get_facecolor()) == "#445566"


def test_thousands_have_separators() -> None:
    axes = Figure().add_subplot()
    thousands(axes, "persons")
    assert axes.get_ylabel() == "persons"
    assert axes.yaxis.get_major_formatter()(1234567.0) == "1,234,567"
