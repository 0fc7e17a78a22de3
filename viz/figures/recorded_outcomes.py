"""Recorded outcomes by year, simulated beside the record; harm and circumstances beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .harm_strip import WIDTH, draw_circumstances, draw_shelter, patch, stack, thousands
from .palette import INK, OUTCOMES, by_label
from .picture import RECORD_SEEN, house_style, new_figure, over_seeds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "How DT&V files closed: simulated beside the record"
DESCRIPTION: Final = (
    "Stacked bars of closed files by recorded outcome and year, simulated beside the record; "
    "beneath, person-weeks without stable shelter and the circumstances of independent returns"
)
TABLE: Final = "dtv_caseload_outflow"
WITHHELD: Final = "split\nwithheld\n(blind\ntest)"
NOTE: Final = (
    "sim.: mean over seeds, the line runs from the smallest to the largest total. "
    f"rec.: recorded, rounded to tens.\n{RECORD_SEEN}"
)


def draw_recorded_outcomes(
    yearly: pd.DataFrame, record: pd.DataFrame, provenance: Provenance
) -> Figure:
    """Draw recorded outcomes, always with harm and the circumstances of returns.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`: simulated rows.
    record : pandas.DataFrame
        Columns `year, table, item, group, persons`: recorded rows.

    Returns
    -------
    matplotlib.figure.Figure
        Bars are means over seeds; whiskers run from the smallest to the
        largest total. Where the record's split is withheld, a line marks its
        total.
    """
    with house_style():
        figure = new_figure(10, 8.2, TITLE, provenance)
        grid = figure.add_gridspec(
            2,
            2,
            height_ratios=(2.6, 1),
            hspace=0.42,
            wspace=0.24,
            left=0.08,
            right=0.97,
            top=0.85,
            bottom=0.105,
        )
        figure.text(0.02, 0.042, NOTE, size=7, va="center", color="#555555")
        _outcomes(figure.add_subplot(grid[0, :]), yearly, record)
        draw_shelter(figure.add_subplot(grid[1, 0]), yearly)
        draw_circumstances(figure.add_subplot(grid[1, 1]), yearly)
    return figure


def _outcomes(axes: Axes, yearly: pd.DataFrame, record: pd.DataFrame) -> None:
    looks = {name: look for name, look in by_label(OUTCOMES).items() if name != "none"}
    simulated = over_seeds(yearly, TABLE)
    years = [int(year) for year in simulated.columns]
    recorded = record[(record["table"] == TABLE) & (record["group"] == "all")]
    split = recorded.pivot_table(index="item", columns="year", values="persons")
    totals = record[record["table"] == f"{TABLE}_total"].set_index("year")["persons"]
    labels: list[tuple[float, str]] = []
    for year in years:
        known = year in split.columns
        stack(axes, year - WIDTH / 2 - 0.02, simulated[year], looks)
        labels.append((year - WIDTH / 2 - 0.02, "sim."))
        if known:
            stack(axes, year + WIDTH / 2 + 0.02, split[year], looks)
        elif year in totals.index:
            x, total = year + WIDTH / 2 + 0.02, float(totals[year])
            axes.hlines(total, x - WIDTH / 2, x + WIDTH / 2, color=INK, linewidth=2)
            axes.annotate(
                WITHHELD,
                (x, total),
                (0, -4),
                textcoords="offset points",
                ha="center",
                va="top",
                size=7,
            )
        if known or year in totals.index:
            labels.append((year + WIDTH / 2 + 0.02, "rec."))
    by_seed = yearly[(yearly["table"] == TABLE) & (yearly["group"] == "all")]
    sums = by_seed.groupby(["year", "seed"])["persons"].sum().groupby("year")
    low, high = sums.min(), sums.max()
    middles = [year - WIDTH / 2 - 0.02 for year in low.index]
    axes.vlines(middles, low, high, color=INK, linewidth=1.2)
    axes.set_xticks([x for x, _ in labels], [label for _, label in labels], size=7)
    axes.tick_params(axis="x", length=0)
    for year in years:
        axes.annotate(
            str(year),
            (year, 0),
            (0, -22),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="center",
            weight="bold",
        )
    thousands(axes, "files closed (persons)")
    handles = [patch(look) for look in reversed(looks.values())]
    axes.legend(
        handles=handles[::-1],
        loc="lower center",
        bbox_to_anchor=(0.5, 1.02),
        ncols=5,
        columnspacing=1.2,
        handlelength=2.2,
        handleheight=1.3,
        fontsize=8,
    )
