"""Indices as bars with intervals, noise floor and grades of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D

from .analysis import bar_panel, grade_marks, panels, ranked, without_index
from .palette import INK
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "What moves each outcome"
DESCRIPTION: Final = (
    "For each outcome bars of the leading index with 95 % intervals, shaded by grade of evidence, "
    "with first-order indices as points where there are some; the dotted line is the noise floor"
)
LABELS: Final = {
    "ST": "total effect (bar), first-order effect (circle)",
    "S1": "first-order effect, of given data",
    "pawn": "PAWN: median distance between distributions",
    "mu_star": "mean size of effect (mu*)",
}


def draw_bars(
    indices: pd.DataFrame,
    leading: str,
    titles: Mapping[str, str],
    grades: Mapping[str, str],
    origin: Origin,
) -> Figure:
    """Draw bars of an index for each outcome.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `outcome, factor, index, value, low, high`.
    leading : str
        The index that the bars show.
    titles : mapping of str to str
        Headings by outcome, in order.
    grades : mapping of str to str
        Letter by factor.
    origin : Origin
        Where the numbers come from.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome.
    """
    with house_style():
        number = indices["factor"].nunique()
        height = 2.2 + 0.17 * min(number, 21)
        figure, axes = panels(TITLE, list(titles.values()), origin, height=height, left=2.1)
        for one, outcome in zip(axes, titles, strict=True):
            rows = indices[indices["outcome"] == outcome]
            here = leading if (rows["index"] == leading).any() else "S1"
            if not (rows["index"] == here).any():
                without_index(one)
                continue
            shown = ranked(rows[rows["index"] == here])
            bar_panel(one, shown, grades, LABELS[here])
            first = rows[rows["index"] == "S1"].set_index("factor")["value"]
            if here == "ST" and len(first):
                one.plot(
                    first.reindex(shown["factor"]),
                    range(len(shown)),
                    "o",
                    color="white",
                    markeredgecolor=INK,
                    markersize=4,
                )
                low = min(0.0, float(first.reindex(shown["factor"]).min()))
                one.set_xlim(left=min(one.get_xlim()[0], low - 0.03))
            one.tick_params(axis="x", labelsize=7)
        floor = Line2D([], [], color=INK, linestyle=":", label="floor: the dummy's upper end")
        figure.legend(handles=[*grade_marks(), floor], loc="upper right", fontsize=7, ncols=3)
    return figure
