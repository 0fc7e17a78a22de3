"""What a picture says, and where: no word may be cut off or cover another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def said(figure: Figure) -> list[str]:
    """Return all words of a picture."""
    return [each.get_text() for each in figure.findobj(Text) if each.get_text().strip()]


def placed(figure: Figure) -> list[tuple[str, np.ndarray]]:
    """Return the words that are seen with their boxes, in pixels."""
    figure.draw_without_rendering()
    found: set[Text] = {*figure.texts}
    found |= {each for legend in figure.legends for each in legend.get_texts()}
    for axes in figure.axes:
        both = (axes.xaxis, axes.yaxis)
        hidden = {each for axis in both for each in axis.get_ticklabels()}
        hidden |= {each for axis in both for each in axis.get_minorticklabels()}
        found |= ({*axes.findobj(Text)} - hidden) | _ticks(axes)
    # of an annotation the words alone, without its leader
    return [
        (each.get_text(), Text.get_window_extent(each).extents)
        for each in found
        if each.get_visible() and each.get_text().strip()
    ]


def _ticks(axes: Axes) -> set[Text]:
    """Return the labels of ticks in view: matplotlib keeps others, and does not draw them."""
    shown = set()
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        shown |= {
            tick.label1
            for tick in axis.get_major_ticks()
            if low - slack <= tick.get_loc() <= high + slack
        }
    return shown if axes.axison else set()


def hidden(figure: Figure) -> list[str]:
    """Return the words that are cut off, and pairs of words of which one covers the other."""
    width, height = figure.canvas.get_width_height()
    every = placed(figure)
    wrong = [
        words
        for words, box in every
        if (box < -0.5).any() or (box > (width, height, width, height)).any()
    ]
    for (one, a), (other, b) in combinations(every, 2):
        over = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        if over[0] > 1 and over[1] > 2:
            wrong.append(f"{one} | {other}")
    return wrong
