"""Differences between scenarios and their base: all outcomes at once, with intervals."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill as fill_text
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import PercentFormatter

from ...abm.observation.amounts import signed
from .palette import BLUE, INK, MAUVE, ORANGE, RUST, SKY, TEAL
from .picture import house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from ...abm.observation.reported import ReportedOutcome
    from .picture import Provenance

TITLE: Final = "What differs from the base"
DESCRIPTION: Final = (
    "For each outcome the difference of each scenario from the base as a share of the base, with "
    "the interval of the mean over paired seeds"
)
NOTE: Final = (
    "Points: mean difference of paired runs over the base's mean; bars: interval over seeds, of "
    "chance alone, cut at 100 %. At the right: differences in persons, files or weeks; of\n"
    "shares in percentage points (pp), of spending in millions of euros (M€). An open point: the "
    "interval holds 0. No side of the line is the good one, and departures stand only beside harm."
)
# no two scenarios share colour and mark, so that the picture also reads in grey
COLOURS: Final = (BLUE, ORANGE, TEAL, MAUVE, RUST, SKY)
MARKS: Final = ("o", "s", "^", "D", "v", "P")
WIDTH, COLUMN = 0.42, 0.055  # of the axes with few scenarios, of one scenario's numbers
LINE: Final = 74  # letters of a label before it goes on below
SHORT: Final = {"share": " pp", "euro": " M€"}
WIDEST: Final = 1.0  # shares of the base beyond which bars are cut


def draw_contrast(
    table: pd.DataFrame, outcomes: Sequence[ReportedOutcome], provenance: Provenance
) -> Figure:
    """Draw differences with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `scenario, outcome, group, base, difference, low, high`; the rows of group
        `all` are drawn.
    outcomes : sequence of ReportedOutcome
        Outcomes to draw, in this order, with room between families.
    """
    rows = table[(table["group"] == "all") & (table["base"] > 0.0) & table["difference"].notna()]
    names = list(dict.fromkeys(table["scenario"]))
    shown = [each for each in outcomes if each.id in set(rows["outcome"])]
    at = _places(shown)
    bottom = max(at.values(), default=0.0) + 0.6
    height = 2.1 + 0.23 * (bottom + 1.0) * (1 + 0.35 * (len(names) - 1))
    width = WIDTH - COLUMN * max(len(names) - 3, 0)  # numbers of more scenarios need room
    with house_style():
        figure = new_figure(11, height, TITLE, provenance)
        inch = 1 / height
        figure.text(0.02, 0.42 * inch, NOTE, size=7, va="center", color="#555555")
        axes = figure.add_axes((0.36, 1.05 * inch, width, 1 - 2.1 * inch))
        axes.axvline(0.0, color=INK, linewidth=0.8)
        for number, name in enumerate(names):
            own = rows[rows["scenario"] == name].set_index("outcome")
            own = own.loc[[each.id for each in shown if each.id in own.index]]
            offset = (number - (len(names) - 1) / 2) * 0.7 / max(len(names), 1)
            place = np.array([at[key] for key in own.index]) + offset
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
            told = [each for each in shown if each.id in own.index]
            for outcome, spot, difference in zip(told, place, own["difference"], strict=True):
                axes.annotate(
                    signed(float(difference), outcome.unit) + SHORT.get(outcome.unit, ""),
                    (1.01 + COLUMN / width * number, spot),
                    xycoords=("axes fraction", "data"),
                    size=7,
                    va="center",
                    color=colour,
                )
        labels = [fill_text(each.label, LINE) for each in shown]
        axes.set_yticks([at[each.id] for each in shown], labels, size=7, linespacing=0.9)
        axes.set_ylim(bottom, -1.4)
        for before, after in pairwise(shown):
            if before.family != after.family:
                middle_of = (at[before.id] + at[after.id]) / 2
                axes.axhline(middle_of, color=INK, linewidth=0.4, alpha=0.35)
        axes.grid(axis="x", linewidth=0.3, alpha=0.5)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set_xlabel("difference, share of the base")
        axes.legend(
            loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=8, borderaxespad=0.2
        )
    return figure


def _places(shown: Sequence[ReportedOutcome]) -> dict[str, float]:
    """Return the height of each outcome's row, with room between families."""
    places: dict[str, float] = {}
    height = 0.0
    family = shown[0].family if shown else ""
    for each in shown:
        height += 0.5 if each.family != family else 0.0
        family = each.family
        places[each.id] = height
        height += 1.0
    return places
