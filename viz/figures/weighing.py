"""How households weigh: forces of their adults, and chances of their options."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.codes import Force
from .palette import FORCES, GREY, INK, OPTIONS, PALE, by_label
from .picture import house_style, png_bytes, titled_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE: Final = "Three invented households weigh their options"
WARNING: Final = (
    "invented, to show how groups weigh: nobody is scored; weights are assumed, not learned"
)
DESCRIPTION: Final = (
    "Left, for each adult, bars of push and pull to the right and of stay and deter to the left, "
    "in log odds, with a dot for return against waiting; right, for each household, the chances "
    "to choose waiting, return, out of sight and moving on when it weighs"
)
NOTE: Final = (
    "Dot: return against waiting = constant and disposition + push + pull \N{MINUS SIGN} stay "
    "\N{MINUS SIGN} deter, in log odds. A choice of return is one step of several, and no "
    "departure.\n"
    "The family's chances follow the rule in force for adults who live together. docs/decision.md "
    "describes these households. Colours say nothing about which choice is good."
)
CONSTANT: Final = "constant"
TOWARD: Final = (Force.PUSH, Force.PULL)  # bars to the right; the others to the left
BAR: Final = 0.62  # of the room of a row
ROW: Final = 0.62  # inches for an adult
MARGINS: Final = 2.6  # inches for titles, axes, keys and notes
KEYS: Final = 0.85  # inches from below to the keys
READABLE: Final = 0.07  # least chance that has room for its number


def draw_weighing(table: pd.DataFrame) -> Figure:
    """Draw the forces of adults beside the chances of their households' options.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each adult, members of a household side by side: columns
        `household`; `adult`; `constant`, `push`, `pull`, `stay` and `deter` in
        log odds; `wait`, `return`, `out_of_sight` and `move_on`, the
        household's chances, the same for its adults.
    """
    height = ROW * len(table) + MARGINS
    with house_style():
        foot = f"studies/households/weighing.py, numbers {table_digest(table)[:12]}"
        figure = titled_figure(10, height, TITLE, WARNING, foot)
        figure.text(0.02, 0.45 / height, NOTE, size=7, va="center", color="#555555")
        left, right = figure.subplots(
            1,
            2,
            gridspec_kw={
                "left": 0.12,
                "right": 0.97,
                "top": 1 - 1.0 / height,
                "bottom": 1.5 / height,
                "wspace": 0.12,
                "width_ratios": (1.35, 1.0),
            },
        )
        _forces(left, table)
        _chances(right, table)
        for axes in (left, right):
            axes.set_ylim(len(table) - 0.45, -0.55)
            axes.set_yticks([])
            axes.set_axisbelow(True)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="x", labelsize=8)
            box = axes.get_position()
            figure.legend(
                *axes.get_legend_handles_labels(),
                loc="center",
                bbox_to_anchor=((box.xmin + box.xmax) / 2, KEYS / height),
                ncols=len(OPTIONS) + 1,
                fontsize=8,
                handlelength=1.6,
                columnspacing=1.2,
            )
    return figure


def weighing_png(table: pd.DataFrame) -> bytes:
    """Return the picture of households that weigh as a file.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `draw_weighing`.

    Returns
    -------
    bytes
        A PNG. Its `Source` is the digest of the table.
    """
    description = f"{DESCRIPTION} ({WARNING})"
    return png_bytes(draw_weighing(table), TITLE, description, f"numbers={table_digest(table)}")


def table_digest(table: pd.DataFrame) -> str:
    """Return a hash of what is drawn; it shows whether a picture is current.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `draw_weighing`.

    Returns
    -------
    str
        64 hexadecimal digits; numbers count with four decimals.
    """
    text = table.to_csv(index=False, float_format="%.4f", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def _forces(axes: Axes, table: pd.DataFrame) -> None:
    """Draw what speaks for return to the right of zero, and what against to the left."""
    rows = range(len(table))
    ends = {True: table[CONSTANT].clip(lower=0.0), False: table[CONSTANT].clip(upper=0.0)}
    axes.barh(
        rows,
        table[CONSTANT],
        height=BAR,
        color="white",
        edgecolor=GREY,
        linewidth=0.8,
        label="constant and disposition",
    )
    against = table[CONSTANT].copy()
    for force, look in FORCES.items():
        toward = force in TOWARD
        width = table[look.label] * (1 if toward else -1)
        axes.barh(
            rows,
            width,
            left=ends[toward],
            height=BAR,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="white",
            linewidth=0.6,
            label=look.label,
        )
        ends[toward] = ends[toward] + width
        against = against + width
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.scatter(against, rows, s=42, color="white", edgecolors=INK, linewidths=1.4, zorder=3)
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_title("forces on return, against waiting", size=10, loc="left", weight="bold")
    axes.set_xlabel("log odds: against return to the left, for it to the right", size=8)
    for row, (household, adult) in enumerate(zip(table["household"], table["adult"], strict=True)):
        words = adult if adult == household else f"{household}:\n{adult}"
        axes.annotate(
            words,
            (0, row),
            (-8, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            size=9,
            color=INK,
        )


def _chances(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the chances of each household over the rows of its adults."""
    looks = by_label(OPTIONS)
    names = table["household"].unique()
    rows = [np.flatnonzero(table["household"] == name) for name in names]
    middles = [float(each.mean()) for each in rows]
    heights = [len(each) - 1 + BAR for each in rows]
    chances = table.drop_duplicates("household")[list(looks)]
    start = 0.0 * chances.iloc[:, 0]
    for option, look in looks.items():
        axes.barh(
            middles,
            chances[option],
            left=start,
            height=heights,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="white",
            linewidth=0.6,
            label=look.label,
        )
        for middle, begin, chance in zip(middles, start, chances[option], strict=True):
            if chance >= READABLE:
                axes.text(
                    begin + chance / 2,
                    middle,
                    f"{chance:.0%}",
                    ha="center",
                    va="center",
                    size=8.5,
                    color=INK,
                    bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "linewidth": 0},
                )
        start = start + chances[option]
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.set_title("chances when they weigh", size=10, loc="left", weight="bold")
    axes.set_xlabel("share of weighings", size=8)
