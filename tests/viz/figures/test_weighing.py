"""The picture of households that weigh."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image
from terugkeer.viz.figures.weighing import TITLE, WARNING, draw_weighing, weighing_png

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES: Final = (
    "household", "adult", "constant", "push", "pull", "stay", "deter",
    "wait", "return", "out_of_sight", "move_on",
)  # fmt: skip
ROWS: Final = (
    ("single man", "single man", 1.7, 0.6, 0.5, 1.5, 2.9, 0.75, 0.15, 0.09, 0.01),
    ("family", "father", -1.4, 1.1, 1.5, 2.0, 2.2, 0.74, 0.22, 0.04, 0.0),
    ("family", "mother", -0.6, 0.3, 1.3, 2.7, 0.0, 0.74, 0.22, 0.04, 0.0),
    ("single woman", "single woman", 1.6, 1.3, 0.9, 1.4, 2.5, 0.5, 0.5, 0.0, 0.0),
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=list(NAMES))


@pytest.fixture(scope="module")
def figure(table: pd.DataFrame) -> Figure:
    return draw_weighing(table)


def test_it_says_that_households_are_invented_and_weights_assumed(figure: Figure) -> None:
    said = {text.get_text() for text in figure.findobj(mpl.text.Text)}
    assert {TITLE, WARNING} <= said
    assert "invented" in TITLE
    assert all(word in WARNING for word in ("invented", "nobody is scored", "assumed"))


def test_the_dot_is_constant_and_forces_and_bars_end_where_they_add_up(
    table: pd.DataFrame, figure: Figure
) -> None:
    left = figure.axes[0]
    (dots,) = left.collections
    drawn = [float(x) for x, _ in dots.get_offsets()]
    against = table["constant"] + table["push"] + table["pull"] - table["stay"] - table["deter"]
    assert drawn == pytest.approx(against.tolist())
    bars = [bar.get_bbox() for container in left.containers for bar in container]
    ends = [end for box in bars for end in (box.x0, box.x1)]
    toward = table["push"] + table["pull"] + table["constant"].clip(lower=0)
    from_it = table["stay"] + table["deter"] - table["constant"].clip(upper=0)
    assert max(ends) == pytest.approx(toward.max())
    assert min(ends) == pytest.approx(-from_it.max())


def test_chances_stand_once_for_a_household(figure: Figure) -> None:
    right = figure.axes[1]
    widths = [[float(bar.get_width()) for bar in container] for container in right.containers]
    assert [len(each) for each in widths] == [3, 3, 3, 3]
    assert [sum(each) for each in zip(*widths, strict=True)] == pytest.approx([1.0, 1.0, 1.0])


def test_no_text_is_cut_off_or_covers_another(figure: Figure) -> None:
    figure.draw_without_rendering()
    width, height = figure.canvas.get_width_height()
    texts = {
        text
        for text in figure.findobj(mpl.text.Text)
        if text.get_visible() and text.get_text().strip()
    }
    hidden = {label for axes in figure.axes for label in axes.yaxis.get_ticklabels()}
    outside = {
        label
        for axes in figure.axes
        for label in axes.xaxis.get_ticklabels()
        if not axes.get_xlim()[0] <= label.get_position()[0] <= axes.get_xlim()[1]
    }
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts - hidden - outside]
    for n, (said, box) in enumerate(boxes):
        assert min(box.x0, box.y0) >= 0, said
        assert box.x1 <= width, said
        assert box.y1 <= height, said
        for other, beside in boxes[:n]:
            assert not box.overlaps(beside), (said, other)


def test_bytes_depend_on_the_table_alone(table: pd.DataFrame) -> None:
    one = weighing_png(table)
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "pink"}):  # a reader's own taste
        assert weighing_png(table) == one
    with Image.open(io.BytesIO(one)) as picture:
        assert "invented" in picture.info["Description"]
