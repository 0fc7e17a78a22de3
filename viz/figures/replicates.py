"""How noise falls as seeds are added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.ticker import PercentFormatter

from .palette import INK
from .picture import house_style, new_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "How many seeds: noise of the headline outcomes"
DESCRIPTION: Final = (
    "Relative half-width of the interval of the mean, and coefficient of variation, for each "
    "headline outcome over the first seeds"
)
NOTE: Final = (
    "Outcomes are summed over the years of a run. Left: t(n - 1) sd / sqrt(n) / mean. Right: sd / "
    "mean, which settles when its later changes are small.\n"
    "Noise of chance only: more seeds do not narrow what is not known about the parameters."
)
# no two lines have both dash and colour in common, so that grey print can be read
COLOURS: Final = ("#0072B2", "#E69F00", "#000000", "#CC79A7", "#56B4E9")
DASHES: Final = ("-", "--")


def draw_replicates(
    course: pd.DataFrame, target: float, recommended: int | None, provenance: Provenance
) -> Figure:
    """Draw half-width and variation against the number of seeds.

    Parameters
    ----------
    course : pandas.DataFrame
        Columns `outcome, seeds, relative_half_width, variation`.
    target : float
        Relative half-width wanted, as a share of the mean.
    recommended : int or None
        Number of seeds to mark, if there is one.
    """
    with house_style():
        figure = new_figure(11, 6, TITLE, provenance)
        figure.text(0.02, 0.055, NOTE, size=7, va="center", color="#555555")
        left = figure.add_axes((0.07, 0.16, 0.31, 0.68))
        right = figure.add_axes((0.45, 0.16, 0.31, 0.68))
        for number, (outcome, rows) in enumerate(course.groupby("outcome", sort=False)):
            colour = COLOURS[number % len(COLOURS)]
            dash = DASHES[number // len(COLOURS) % len(DASHES)]
            name = str(outcome).replace("/", ": ", 1).replace("_", " ")
            for axes, column in ((left, "relative_half_width"), (right, "variation")):
                axes.plot(
                    rows["seeds"],
                    rows[column],
                    color=colour,
                    linestyle=dash,
                    linewidth=1.4,
                    label=name,
                )
        settled = course[course["seeds"] >= course["seeds"].max() / 5]
        top = max(float(settled["relative_half_width"].max()), target) * 1.3
        left.set_ylim(0.0, top)  # the first few seeds would flatten all that follows
        left.axhline(target, color=INK, linewidth=0.8, linestyle=":")
        left.text(left.get_xlim()[1], target, f"target {target:.1%}", ha="right", va="top", size=8)
        right.set_ylim(bottom=0.0)
        for axes, label in (
            (left, "relative half-width of the mean"),
            (right, "coefficient of variation"),
        ):
            axes.set_xlabel("seeds")
            axes.set_ylabel(label)
            axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=1))
            if recommended is not None:
                axes.axvline(recommended, color=INK, linewidth=0.8)
                axes.text(
                    recommended,
                    axes.get_ylim()[1],
                    f"{recommended} seeds ",
                    ha="right",
                    va="top",
                    size=8,
                )
        handles, labels = left.get_legend_handles_labels()
        figure.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.77, 0.85), fontsize=8)
    return figure
