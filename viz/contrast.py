"""What differs between scenarios and their base: all outcomes at once, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import PercentFormatter

from .palette import BLUE, INK, MAUVE, ORANGE, RUST, SKY, TEAL
from .picture import house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "What differs from the base"
DESCRIPTION: Final = (
    "For each outcome the difference of each scenario from the base as a share of the base, with "
    "the interval of the mean over paired seeds"
)
NOTE: Final = (
    "Points: mean difference of paired runs over the base's mean; bars: interval over seeds, of "
    "chance alone, cut at 100 %. At the right: differences in persons or person-weeks.\nAn open "
    "point: the interval holds 0. No side of the line is the good one, and departures stand only "
    "beside harm."
)
# no two scenarios share colour and mark, so that the picture also reads in grey
COLOURS: Final = (BLUE, ORANGE, TEAL, MAUVE, RUST, SKY)
MARKS: Final = ("o", "s", "^", "D", "v", "P")
WIDEST: Final = 1.0  # shares of the base beyond which bars are cut


def draw_contrast(table: pd.DataFrame, labels: Mapping[str, str], provenance: Provenance) -> Figure:
    """Draw differences with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `scenario, outcome, group, base, difference, low, high`; the rows of group
        `all` are drawn.
    labels : mapping of str to str
        What outcomes are called, in the order in which they are drawn.
    provenance : Provenance
        Where the numbers come from.

    Returns
    -------
    matplotlib.figure.Figure
        One row an outcome, one mark a scenario.
    """
    rows = table[(table["group"] == "all") & (table["base"] > 0.0) & table["difference"].notna()]
    names = list(dict.fromkeys(table["scenario"]))
    shown = [key for key in labels if key in set(rows["outcome"])]
    height = 2.1 + 0.22 * max(len(shown), 1) * (1 + 0.35 * (len(names) - 1))
    with house_style():
        figure = new_figure(11, height, TITLE, provenance)
        inch = 1 / height
        figure.text(0.02, 0.42 * inch, NOTE, size=7, va="center", color="#555555")
        axes = figure.add_axes((0.36, 1.05 * inch, 0.46, 1 - 2.1 * inch))
        axes.axvline(0.0, color=INK, linewidth=0.8)
        for number, name in enumerate(names):
            own = rows[rows["scenario"] == name].set_index("outcome")
            own = own.loc[[key for key in shown if key in own.index]]
            offset = (number - (len(names) - 1) / 2) * 0.7 / max(len(names), 1)
            place = np.array([shown.index(key) for key in own.index]) + offset
            middle, low, high = (
                np.clip((own[column] / own["base"]).to_numpy(dtype=float), -WIDEST, WIDEST)
                for column in ("difference", "low", "high")
            )
            colour, mark = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
            axes.hlines(place, low, high, color=colour, linewidth=1.2)
            held = ((own["low"] <= 0.0) & (own["high"] >= 0.0)).to_numpy()
            for inside, fill in ((held, "white"), (~held, colour)):
                axes.plot(
                    middle[inside],
                    place[inside],
                    mark,
                    markersize=4.5,
                    markerfacecolor=fill,
                    markeredgecolor=colour,
                )
            axes.plot([], [], mark, color=colour, label=name)
            for at, difference in zip(place, own["difference"], strict=True):
                axes.annotate(
                    f"{difference:+,.0f}",
                    (1.01 + 0.1 * number, at),
                    xycoords=("axes fraction", "data"),
                    size=7,
                    va="center",
                    color=colour,
                )
        axes.set_yticks(range(len(shown)), [labels[key] for key in shown], size=8)
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set_xlabel("difference, share of the base")
        axes.legend(
            loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=8, borderaxespad=0.2
        )
    return figure
