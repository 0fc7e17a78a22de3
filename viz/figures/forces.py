"""The four forces and their factors: assumed weights with the range of their priors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...abm.evidence.factor import OPTION_NAMES
from ...abm.evidence.factor_table import table_digest
from .palette import GREY, INK, PALE
from .picture import house_style, png_bytes, titled_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE: Final = "Four forces: what bears on returning rather than waiting"
WARNING: Final = "weights are assumed, not learned: sources give signs and ranks, hardly a size"
DESCRIPTION: Final = (
    "Four panels, push, stay, pull and deter; in each the factors with their weight in log odds "
    "and the central 95 % of the prior as a line"
)
NOTE: Final = (
    "Dot: weight in log odds over the full range of the variable; filled where a ranking or a "
    "count stands behind it, open where nothing does. Line: central 95 % of the prior.\n"
    "Small print: the options that a factor moves, as multiples of the weight. docs/factors.md "
    "says who disputes a factor."
)
# above: life here; below: the origin. Left: for return; right: against it
PANELS: Final = (("push", "stay"), ("pull", "deter"))
HEADINGS: Final = {
    "push": "push: against life in the Netherlands",
    "stay": "stay: what holds people in the Netherlands",
    "pull": "pull: toward the country of origin",
    "deter": "deter: against the country of origin",
}
ROW: Final = 0.44  # inches for a factor
MARGINS: Final = 2.7  # inches for titles, axes and notes


def draw_forces(table: pd.DataFrame) -> Figure:
    """Draw the catalogue of factors as ranges in four panels.

    Parameters
    ----------
    table : pandas.DataFrame
        As `abm.evidence.factor_table.factor_table` gives it: columns `force,
        name, weight, low, high, kind` and one for each option.

    Returns
    -------
    matplotlib.figure.Figure
        Panels on one scale, from zero; their heights follow the number of
        factors.
    """
    counts = table["force"].value_counts()
    heights = [max(1, *(int(counts.get(force, 0)) for force in row)) for row in PANELS]
    height = ROW * sum(heights) + MARGINS
    with house_style():
        figure = titled_figure(10, height, TITLE, WARNING, f"catalogue {table_digest(table)[:12]}")
        figure.text(0.02, 0.42 / height, NOTE, size=7, va="center", color="#555555")
        grid = figure.add_gridspec(
            2,
            2,
            height_ratios=heights,
            left=0.19,
            right=0.98,
            top=1 - 1.05 / height,
            bottom=1.0 / height,
            wspace=0.52,
            hspace=2 * 0.75 / (ROW * sum(heights)),  # of the mean height of a panel
        )
        limit = float(table["high"].max()) * 1.03 if len(table) else 1.0
        for i, forces in enumerate(PANELS):
            for j, force in enumerate(forces):
                axes = figure.add_subplot(grid[i, j])
                _panel(axes, table[table["force"] == force], heights[i])
                axes.set_xlim(0, limit)
                axes.set_title(HEADINGS[force], size=10, loc="left", x=-0.5, weight="bold")
    return figure


def forces_png(table: pd.DataFrame) -> bytes:
    """Return the picture of the four forces as a file.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `draw_forces`.

    Returns
    -------
    bytes
        A PNG. Its `Source` is the digest of the catalogue.
    """
    description = f"{DESCRIPTION} ({WARNING})"
    return png_bytes(draw_forces(table), TITLE, description, f"catalogue={table_digest(table)}")


def _panel(axes: Axes, rows: pd.DataFrame, height: int) -> None:
    """Draw one force; the first factor stands on top."""
    places = range(len(rows))
    axes.hlines(places, rows["low"], rows["high"], color=GREY, linewidth=3)
    sourced = [INK if kind != "assumption" else "white" for kind in rows["kind"]]
    axes.scatter(rows["weight"], places, s=36, c=sourced, edgecolors=INK, linewidths=1.2, zorder=3)
    axes.set_ylim(height - 0.4, -0.7)
    axes.set_yticks([])
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("log odds", size=8)
    axes.tick_params(axis="x", labelsize=8)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        moved = [
            f"{option.replace('_', ' ')} {row[option]:+g}" for option in OPTION_NAMES if row[option]
        ]
        words = str(row["name"]).removeprefix("factor_").replace("_", " ")
        for text, size, shift in ((words, 9, 5.5), (", ".join(moved), 6.5, -6)):
            axes.annotate(
                text,
                (0, place),
                (-8, shift),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="center",
                size=size,
                color=INK,
            )
