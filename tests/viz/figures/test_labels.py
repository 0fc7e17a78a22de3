"""Labels of points find free places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.text import Text
from terugkeer.viz.figures.labels import label_points
from terugkeer.viz.figures.palette import INK
from terugkeer.viz.figures.picture import house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox


def panel(width: float, height: float) -> Axes:
    with house_style():
        axes = Figure(figsize=(width, height), dpi=100).add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


def boxes(axes: Axes) -> list[Bbox]:
    """Return where labels stand, without their leaders."""
    axes.get_figure().draw_without_rendering()
    return [Text.get_window_extent(each) for each in axes.texts]


def test_a_label_without_a_place_is_left_out_and_the_first_has_it() -> None:
    axes = panel(1.2, 0.5)
    placed = label_points(axes, [(0.5, 0.5), (0.5, 0.5)], {1: "x" * 8, 0: "y" * 30})
    assert placed == [1]
    assert [each.get_text() for each in axes.texts] == ["x" * 8]
    assert label_points(axes, [(0.5, 0.5)], {}) == []


def test_labels_keep_off_lines_where_there_is_room() -> None:
    axes = panel(3, 3)
    axes.axvline(0.6, color=INK)
    label_points(axes, [(0.5, 0.5)], {0: "a longer name"})
    (box,) = boxes(axes)
    assert box.x1 < 180


def test_a_label_stands_up_and_to_the_right_where_all_is_free() -> None:
    axes = panel(3, 3)
    label_points(axes, [(0.5, 0.5)], {0: "name"})
    (label,) = axes.texts
    assert (label.get_horizontalalignment(), label.get_verticalalignment()) == ("left", "bottom")
    assert label.get_position() == (3.5, 3.5)  # points from the middle


def test_labels_of_one_place_do_not_overlap() -> None:
    axes = panel(3, 3)
    placed = label_points(axes, [(0.5, 0.5)] * 5, {each: f"name {each}" for each in range(5)})
    assert placed == [0, 1, 2, 3, 4]
    found = boxes(axes)
    assert not any(a.overlaps(b) for i, a in enumerate(found) for b in found[:i])


def test_a_label_without_a_leader_keeps_off_another() -> None:
    axes = panel(3, 3)
    assert label_points(axes, [(0.3, 0.5), (0.7, 0.5)], {0: "a" * 20, 1: "b" * 20}) == [0, 1]
    first, second = boxes(axes)
    assert second.x0 < first.x1  # no room to the right, so beside each other they would overlap
    assert not first.overlaps(second)
