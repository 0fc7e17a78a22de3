"""What pictures of a sensitivity analysis share: panels side by side, and their origin."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from .palette import BLUE, GREY, INK, ORANGE, PALE, SKY
from .picture import UNCALIBRATED, png_bytes, titled_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DUMMY: Final = "dummy"
ACROSS: Final = 3  # panels in a row
PANEL: Final = 2.95  # inches of a panel
GAP: Final = 0.25  # inches right of it
MOST: Final = 20  # factors that a panel names
TICKS: Final = 4  # spaces between ticks, so that long numbers stand apart
FLOOR: Final = "floor: the dummy's upper end"
KEY: Final = 0.3  # inches for the key beneath the warning
INDEX_LABELS: Final = {
    "ST": "total effect (ST)",
    "S1": "first-order effect (S1), of given data",
    "pawn": "PAWN: median distance of distributions",
    "mu_star": "mean size of effect (mu*)",
}
GRADE_COLOURS: Final = {"A": BLUE, "B": SKY, "C": ORANGE, "D": PALE, "": GREY}


@dataclass(frozen=True)
class Origin:
    """Where the numbers of a picture come from.

    Parameters
    ----------
    asked : str
        Method, sizes and seeds in words.
    evidence_hash : str
        Hash of the evidence values.
    code_hash : str
        Hash of the model's sources.
    warning : str, optional
        What a reader must know.
    """

    asked: str
    evidence_hash: str
    code_hash: str
    warning: str = UNCALIBRATED

    def line(self) -> str:
        """Return the origin in one line, with 12 digits of each hash."""
        return f"{self.asked}, evidence {self.evidence_hash[:12]}, code {self.code_hash[:12]}"

    def png(self, figure: Figure, title: str, description: str) -> bytes:
        """Return a picture as PNG, with title, description and origin in the file.

        The same tables give the same bytes.
        """
        source = f"{self.asked}; evidence={self.evidence_hash}; code={self.code_hash}"
        return png_bytes(figure, title, f"{description} ({self.warning})", source)


def panels(
    title: str,
    outcomes: Sequence[str],
    origin: Origin,
    *,
    height: float = 4.6,
    left: float = 0.6,
    width: float = PANEL,
    below: float = 0.0,
    key: Sequence[Artist] = (),
) -> tuple[Figure, list[Axes]]:
    """Start a picture with a panel for each outcome.

    Parameters
    ----------
    height : float, optional
        Height of a row of panels, in inches.
    left : float, optional
        Room for labels left of each panel, in inches.
    width : float, optional
        Width of a panel, in inches.
    below : float, optional
        Room beneath each panel for more than the label of its axis, in inches.
    key : sequence of Artist, optional
        What colours and lines mean, in a row beneath the warning.

    Returns
    -------
    tuple of (Figure, list of Axes)
        The picture, and its panels in the order of `outcomes`.
    """
    across = min(ACROSS, len(outcomes))
    down = ceil(len(outcomes) / across)
    cell = left + width + GAP
    head = 0.85 + (KEY if key else 0.0)
    height += below
    wide, high = max(across * cell, 9.0), head + down * height + 0.3
    figure = titled_figure(wide, high, title, origin.warning, origin.line())
    axes = []
    for number, name in enumerate(outcomes):
        column, row = number % across, number // across
        x = (column * wide / across + left) / wide
        y = 1 - (head + (row + 1) * height - 0.7 - below) / high
        size = (wide / across - left - GAP) / wide, (height - below - 1.15) / high
        one = figure.add_axes((x, y, *size))
        one.set_title(name, fontsize=9, loc="left")
        axes.append(one)
    if key:
        figure.legend(
            handles=list(key),
            loc="center left",
            bbox_to_anchor=(0.02, 1 - 0.85 / high),
            borderaxespad=0.0,
            borderpad=0.0,
            fontsize=7,
            ncols=len(key),
            columnspacing=1.5,
        )
    return figure, axes


def few_ticks(axes: Axes, *, x: bool = True, y: bool = True) -> None:
    """Set few ticks, with separators of thousands and without a power beside the axis."""
    for axis in [axes.xaxis] * x + [axes.yaxis] * y:
        axis.set_major_locator(MaxNLocator(TICKS))
        axis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))
        axis.set_tick_params(labelsize=7)


def ranked(rows: pd.DataFrame, *, most: int = MOST) -> pd.DataFrame:
    """Return the factors with the largest values, smallest first, and always the dummy.

    Factors without any effect are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns `factor, value`.
    most : int, optional
        Number of factors besides the dummy.

    Returns
    -------
    pandas.DataFrame
        The rows in the order of bars from below.
    """
    own = rows[rows["factor"] == DUMMY]
    others = rows[(rows["factor"] != DUMMY) & (rows["value"] != 0)]
    others = others.sort_values("value", kind="stable").tail(most)
    return pd.concat([own, others])


def bar_panel(axes: Axes, rows: pd.DataFrame, grades: Mapping[str, str], label: str) -> None:
    """Draw bars with intervals, the noise floor, and the grade of each factor.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns `factor, value, low, high`; the first row is the lowest bar.
    """
    places = range(len(rows))
    letters = [grades.get(str(name), "") for name in rows["factor"]]
    axes.barh(
        places,
        rows["value"],
        color=[GRADE_COLOURS.get(letter, GREY) for letter in letters],
        edgecolor=INK,
        linewidth=0.4,
        height=0.7,
    )
    errors = [(rows["value"] - rows["low"]).to_numpy(), (rows["high"] - rows["value"]).to_numpy()]
    axes.errorbar(rows["value"], places, xerr=errors, fmt="none", ecolor=INK, elinewidth=0.8)
    floor = rows.loc[rows["factor"] == DUMMY, "high"]
    if len(floor):
        axes.axvline(float(floor.iloc[0]), color=INK, linewidth=0.8, linestyle=":")
    names = [
        f"{name} {letter}".strip() for name, letter in zip(rows["factor"], letters, strict=True)
    ]
    axes.set_yticks(list(places), names, fontsize=7)
    axes.set_xlabel(label, fontsize=8)
    axes.set_xlim(left=min(0.0, float(rows["low"].min())))
    few_ticks(axes, y=False)


def without_index(axes: Axes) -> None:
    """Say in a panel that there is nothing to draw: every outcome keeps its panel."""
    axes.set_axis_off()
    axes.text(0.0, 0.5, "no index: see what the analysis said", fontsize=8, color=INK)


def grade_marks() -> list[Patch]:
    """Return a mark of the legend for each grade."""
    return [
        Patch(facecolor=colour, edgecolor=INK, linewidth=0.4, label=f"evidence {letter}")
        for letter, colour in GRADE_COLOURS.items()
        if letter
    ]


def floor_mark() -> Line2D:
    """Return the mark of the noise floor in the legend: a dotted line."""
    return Line2D([], [], color=INK, linewidth=0.8, linestyle=":", label=FLOOR)
