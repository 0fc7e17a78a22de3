"""What pictures of a sensitivity analysis share."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image
from terugkeer.viz.figures.analysis import (
    GRADE_COLOURS,
    Origin,
    bar_panel,
    few_ticks,
    floor_mark,
    grade_marks,
    panels,
    ranked,
    without_index,
)

ROWS = pd.DataFrame(
    {
        "factor": ["dummy", "talks", "cash"],
        "value": [0.1, 0.3, 0.6],
        "low": [0.05, 0.2, 0.5],
        "high": [0.15, 0.4, 0.8],
    }
)


def test_the_origin_is_told_in_a_line_and_in_the_file() -> None:
    origin = Origin("Morris, N 30", "e" * 64, "c" * 64, "beware")
    assert origin.line() == f"Morris, N 30, evidence {'e' * 12}, code {'c' * 12}"
    with Image.open(io.BytesIO(origin.png(Figure((1, 1)), "T", "D"))) as image:
        assert image.info["Description"] == "D (beware)"
        assert image.info["Source"] == f"Morris, N 30; evidence={'e' * 64}; code={'c' * 64}"


@pytest.mark.parametrize(("number", "columns", "rows"), [(1, 1, 1), (3, 3, 1), (5, 3, 2)])
def test_panels_stand_three_in_a_row_from_the_upper_left(
    number: int, columns: int, rows: int
) -> None:
    names = [f"outcome {each}" for each in range(number)]
    figure, axes = panels("Title", names, Origin("", "", ""))
    assert figure.axes == axes
    assert [each.get_title(loc="left") for each in axes] == names
    boxes = [each.get_position() for each in axes]
    assert len({round(box.x0, 6) for box in boxes}) == columns
    assert len({round(box.y0, 6) for box in boxes}) == rows
    assert all(box.y0 == boxes[0].y0 and box.x0 > boxes[0].x0 for box in boxes[1:3])
    assert all(box.y1 < boxes[0].y0 for box in boxes[3:])
    assert all(0 < box.x0 < box.x1 < 1 and 0 < box.y0 < box.y1 < 1 for box in boxes)


def test_the_largest_factors_stand_on_top_and_the_dummy_below() -> None:
    rows = pd.DataFrame(
        {"factor": ["a", "dummy", "b", "c", "d"], "value": [3.0, 9.0, 0.0, 1.0, 2.0]}
    )
    assert ranked(rows)["factor"].tolist() == ["dummy", "c", "d", "a"]  # b changed nothing
    assert ranked(rows, most=2)["factor"].tolist() == ["dummy", "d", "a"]


def test_a_bar_has_the_colour_of_its_grade_an_interval_and_the_floor_beside_it() -> None:
    axes = Figure().add_subplot()
    bar_panel(axes, ROWS, {"talks": "D", "cash": "A"}, "effect")
    assert [bar.get_width() for bar in axes.patches] == [0.1, 0.3, 0.6]
    colours = [to_hex(bar.get_facecolor()).upper() for bar in axes.patches]
    assert colours == [GRADE_COLOURS[letter] for letter in ("", "D", "A")]
    assert [each.get_text() for each in axes.get_yticklabels()] == ["dummy", "talks D", "cash A"]
    (floor,) = (each for each in axes.lines if each.get_linestyle() == ":")
    assert set(floor.get_xdata()) == {0.15}
    (intervals,) = axes.collections
    ends = [segment[:, 0].tolist() for segment in intervals.get_segments()]
    assert ends == [pytest.approx(each) for each in ([0.05, 0.15], [0.2, 0.4], [0.5, 0.8])]
    assert axes.get_xlim()[0] == 0.0


def test_bars_with_an_interval_below_zero_have_room_for_it() -> None:
    axes = Figure().add_subplot()
    bar_panel(axes, ROWS.assign(low=[-0.2, 0.2, 0.5]), {}, "effect")
    assert axes.get_xlim()[0] == -0.2


def test_ticks_of_one_axis_can_be_left_alone() -> None:
    axes = Figure().add_subplot()
    axes.set(xlim=(0, 2e6), ylim=(0, 2e6))
    few_ticks(axes, y=False)
    assert axes.xaxis.get_major_formatter()(1_500_000) == "1,500,000"
    assert len(axes.xaxis.get_major_locator()()) <= 5
    assert type(axes.yaxis.get_major_formatter()) is not type(axes.xaxis.get_major_formatter())


def test_marks_of_the_legend() -> None:
    assert [each.get_label() for each in grade_marks()] == [f"evidence {g}" for g in "ABCD"]
    assert floor_mark().get_linestyle() == ":"
    axes = Figure().add_subplot()
    without_index(axes)
    assert not axes.axison
    assert len(axes.texts) == 1
