"""Effects of the length of the procedure, with each mechanism in place and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.ticker import NullLocator, PercentFormatter

from .palette import BLUE, INK, MAUVE, ORANGE, PALE, RUST, SKY
from .picture import house_style, new_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "The same persons, and only the weeks to their first decision changed"
DESCRIPTION: Final = (
    "Three panels against weeks from entry to the first decision: households that left "
    "independently within two years of the refusal, files closed with whereabouts unknown, and "
    "weeks without stable shelter; as the model is, and with one mechanism at a time taken out"
)
NOTE: Final = (
    "Households of asylum background that entered in one year, without Dublin claimants; what is "
    "dated is held still. Shares are of those refused, over the two years after it. Bars: two\n"
    "standard errors over seeds. Shaded: the six to nine months that the sheets call best for "
    "departures through IOM (s4 D16, x5 A5). Read the three panels as one."
)
PANELS: Final = {
    "independent": "returned independently",
    "unobserved": "file closed, whereabouts unknown",
    "unsheltered": "weeks without stable shelter, each household",
}
CLAIMED: Final = (26, 39)  # weeks: six to nine months
# the first look is of the model as it is; no two are the same in grey
LOOKS: Final = (
    (INK, "-", "o"),
    (ORANGE, "--", "s"),
    (MAUVE, ":", "D"),
    (SKY, "-.", "^"),
    (RUST, "--", "v"),
    (BLUE, ":", "x"),
)


def draw_procedure_length(table: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw three outcomes against the weeks to the first decision.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `reading, weeks, measure, mean, error` (standard error); the
        first reading is the model as it is, at most six readings. Measures
        `independent` and `unobserved` are shares, `unsheltered` is in weeks.
    """
    readings = list(dict.fromkeys(table["reading"]))
    with house_style():
        figure = new_figure(12, 5.6, TITLE, provenance)
        figure.text(0.02, 0.085, NOTE, size=7, va="center", color="#555555")
        for place, (measure, heading) in enumerate(PANELS.items()):
            axes = figure.add_axes((0.05 + 0.32 * place, 0.29, 0.27, 0.51))
            rows = table[table["measure"] == measure]
            axes.axvspan(*CLAIMED, color=PALE, linewidth=0)
            for reading, (colour, dash, marker) in zip(readings, LOOKS, strict=False):
                of_reading = rows[rows["reading"] == reading].sort_values("weeks")
                first = reading == readings[0]
                axes.errorbar(
                    of_reading["weeks"],
                    of_reading["mean"],
                    yerr=2.0 * of_reading["error"] if first else None,
                    color=colour,
                    linestyle=dash,
                    marker=marker,
                    markersize=4,
                    linewidth=2.0 if first else 1.2,
                    zorder=3 if first else 2,
                    label=reading,
                )
            axes.set_xscale("log")
            axes.set_xticks(
                sorted(set(rows["weeks"])), [f"{w}" for w in sorted(set(rows["weeks"]))]
            )
            axes.xaxis.set_minor_locator(NullLocator())
            axes.set_ylim(bottom=0.0)
            if measure != "unsheltered":
                axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
            axes.set_xlabel("weeks to the first decision")
            axes.set_title(heading, size=10, loc="left", weight="bold")
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="lower left", bbox_to_anchor=(0.04, 0.12), ncol=6, fontsize=8
        )
    return figure
