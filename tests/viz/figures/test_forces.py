"""The picture of the four forces."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
import pytest
from PIL import Image
from terugkeer.abm.evidence.factor_table import factor_table, table_digest
from terugkeer.abm.evidence.registry import registry
from terugkeer.viz.figures.forces import HEADINGS, WARNING, draw_forces, forces_png

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHIPPED: Final = Path(__file__).parents[3] / "docs" / "images" / "forces.png"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return factor_table(registry())


@pytest.fixture(scope="module")
def figure(table: pd.DataFrame) -> Figure:
    return draw_forces(table)


def test_every_factor_stands_once_and_weights_are_called_assumed(
    table: pd.DataFrame, figure: Figure
) -> None:
    said = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    names = [name.removeprefix("factor_").replace("_", " ") for name in table["name"]]
    shown = [axes.get_title(loc="left") for axes in figure.axes]
    assert sorted(shown) == sorted(HEADINGS.values())
    assert all(said.count(name) == 1 for name in names)
    assert WARNING in said
    assert "assumed" in WARNING


def test_no_text_is_cut_off_or_covers_another(figure: Figure) -> None:
    figure.draw_without_rendering()
    width, height = figure.canvas.get_width_height()
    ticks = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for label in axis.get_ticklabels()
    }
    texts = {
        text
        for text in figure.findobj(mpl.text.Text)
        if text not in ticks and text.get_visible() and text.get_text()
    }
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    for n, (said, box) in enumerate(boxes):
        assert min(box.x0, box.y0) >= 0, said
        assert box.x1 <= width, said
        assert box.y1 <= height, said
        for other, beside in boxes[:n]:
            assert not box.overlaps(beside), (said, other)


def test_bytes_depend_on_the_catalogue_alone(table: pd.DataFrame) -> None:
    one = forces_png(table)
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "pink"}):  # a reader's own taste
        assert forces_png(table) == one


def test_a_catalogue_without_factors_has_a_picture(table: pd.DataFrame) -> None:
    with Image.open(io.BytesIO(forces_png(table.iloc[:0]))) as picture:
        assert picture.size[0] > 1000


def test_the_shipped_picture_is_current(table: pd.DataFrame) -> None:
    with Image.open(SHIPPED) as picture:
        source = picture.info["Source"]
    assert source == f"catalogue={table_digest(table)}", "run: terugkeer check --write-docs"
