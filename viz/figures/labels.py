"""Labels of points in a panel, placed so that none covers another."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.patheffects import withStroke

from .palette import GREY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

SIZE: Final = 6.0  # of type, in points
MARK: Final = 3.2  # points from the middle of a marker to its rim
CLEAR: Final = 4.0  # points between a label and the markers of others, where there is room
GAPS: Final = (3.5, 8.0, 14.0, 22.0, 32.0, 44.0, 58.0, 74.0, 92.0)  # points, nearest first
SIDES: Final = ((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
AT: Final = {1: 0.0, 0: 0.5, -1: 1.0}  # end of the leader, as a share of the text, by side
ACROSS: Final = {1: "left", 0: "center", -1: "right"}
DOWN: Final = {1: "bottom", 0: "center", -1: "top"}
STEPS: Final = 25  # places at which a leader is checked


def label_points(
    axes: Axes, points: Sequence[tuple[float, float]], labels: Mapping[int, str]
) -> list[int]:
    """Write labels beside points, each at the nearest free place of the panel.

    The first label chooses first. A label stays within the panel, and covers no text, no
    marker and, where there is room, no line. A thin leader joins a label to a point that
    is further away. A label that finds no place is left out. Set the limits of the panel,
    its lines and other texts before.

    Parameters
    ----------
    points : sequence of (float, float)
        All markers, in the units of the data.
    labels : mapping of int to str
        Labels by the number of their point, the most important first.

    Returns
    -------
    list of int
        Numbers of the points whose label found a place.
    """
    if not labels:
        return []
    dot = axes.figure.dpi / 72
    middles = axes.transData.transform(np.asarray(points, dtype=np.float64))
    marks = np.hstack([middles - MARK * dot, middles + MARK * dot])
    texts = np.array([each.get_window_extent().extents for each in axes.texts]).reshape(-1, 4)
    lines = _lines(axes)
    panel = np.asarray(axes.get_window_extent().extents)
    placed = []
    for number, words in labels.items():
        text = axes.text(0.0, 0.0, words, fontsize=SIZE)
        size = np.asarray(text.get_window_extent().size)
        text.remove()
        others = np.delete(marks, number, axis=0)
        place = _free(middles[number], size, dot, panel, (texts, marks, others, lines))
        if place is None:
            continue
        (right, up), gap, box, leader = place
        axes.annotate(
            words,
            points[number],
            xytext=(right * gap, up * gap),
            textcoords="offset points",
            fontsize=SIZE,
            ha=ACROSS[right],
            va=DOWN[up],
            arrowprops={
                "arrowstyle": "-",
                "color": GREY,
                "linewidth": 0.5,
                "relpos": (AT[right], AT[up]),
                "shrinkA": 0.0,
                "shrinkB": MARK,
            }
            if gap > GAPS[0]
            else None,
            path_effects=[withStroke(linewidth=1.5, foreground="white")],
            zorder=4,
        )
        texts = np.vstack([texts, box, np.hstack([leader, leader])])
        placed.append(number)
    return placed


def _lines(axes: Axes) -> NDArray[np.float64]:
    """Return points along the lines of a panel as boxes of no size, in pixels."""
    along = np.linspace(0.0, 1.0, 8 * STEPS)[:, None]
    found = []
    for line in axes.lines:
        ends = line.get_transform().transform(line.get_xydata())
        for start, end in pairwise(ends):
            path = start + along * (end - start)
            found.append(np.hstack([path, path]))
    return np.vstack(found) if found else np.empty((0, 4))


def _hits(box: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Return whether a box overlaps any of others."""
    wide = np.minimum(box[2], others[:, 2]) >= np.maximum(box[0], others[:, 0])
    high = np.minimum(box[3], others[:, 3]) >= np.maximum(box[1], others[:, 1])
    return bool((wide & high).any())


def _free(
    middle: NDArray[np.float64],
    size: NDArray[np.float64],
    dot: float,
    panel: NDArray[np.float64],
    taken: tuple[NDArray[np.float64], ...],
) -> tuple[tuple[int, int], float, NDArray[np.float64], NDArray[np.float64]] | None:
    """Return side, gap, box and leader of the nearest free place, if there is one."""
    texts, marks, others, lines = taken
    for demand, gap, side in product((2, 1, 0), GAPS, SIDES):
        towards = np.array(side, dtype=np.float64)
        low = middle + towards * gap * dot + (towards - 1) / 2 * size
        box = np.concatenate([low, low + size])
        if (box[:2] < panel[:2]).any() or (box[2:] > panel[2:]).any():
            continue
        if _hits(box, texts) or _hits(box, others if gap == GAPS[0] else marks):
            continue
        near = 2 * MARK / gap  # nearer than this, markers may overlap
        path = np.linspace(near, 1.0, STEPS)[:, None] * towards * gap * dot
        leader = middle + (path if gap > GAPS[0] else path[:0])
        way = np.hstack([leader, leader])
        if any(_hits(each, texts) or _hits(each, others) for each in way):
            continue
        apart = box + CLEAR * dot * np.array([-1.0, -1.0, 1.0, 1.0])
        if (demand == 2 and _hits(box, lines)) or (demand and _hits(apart, others)):  # noqa: PLR2004 - of both
            continue
        return side, gap, box, leader
    return None
