"""Maps of two factors: what an outcome is where both are changed together."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any, Final

from .analysis import PANEL, panels
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Two at a time"
DESCRIPTION: Final = (
    "For each outcome a map of two factors: mean over seeds at each pair of values, the number "
    "written in its cell, with the standard deviation over seeds beneath it"
)
LARGE, SMALL = 6.0, 5.0  # sizes of type, in points
LETTER: Final = 0.68 / 72  # inches of a letter for each point of type


def draw_map(cells: pd.DataFrame, titles: Mapping[str, str], origin: Origin) -> Figure:
    """Draw the map of one pair for each outcome.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns `outcome, factor_a, factor_b, value_a, value_b, step_a, step_b, mean, sd`, of one
        pair; `sd` is missing where there is one seed.
    titles : mapping of str to str
        Headings by outcome, in order.
    """
    a, b = str(cells["factor_a"].iloc[0]), str(cells["factor_b"].iloc[0])
    letters = {
        each: int(cells[each].map(_number if each in {"mean", "sd"} else str).str.len().max())
        for each in ("value_a", "value_b", "mean", "sd")
    }
    steps = cells["step_a"].nunique()
    number = LETTER * max(LARGE * (1 + letters["mean"]), SMALL * (4 + letters["sd"]))
    width = max(PANEL, steps * number)
    longest = LETTER * LARGE * letters["value_a"]
    upright = longest > width / steps
    several = bool(cells["sd"].notna().any())
    with house_style():
        figure, axes = panels(
            f"{TITLE}: {a} and {b}",
            list(titles.values()),
            origin,
            left=0.45 + LETTER * LARGE * letters["value_b"],
            width=width,
            below=longest if upright else 0.1,
        )
        for one, outcome in zip(axes, titles, strict=True):
            rows = cells[cells["outcome"] == outcome]
            grid = rows.pivot_table(index="step_b", columns="step_a", values="mean")
            one.imshow(grid, origin="lower", aspect="auto", cmap="cividis")
            _write(one, rows)
            for axis, step, value in (("x", "step_a", "value_a"), ("y", "step_b", "value_b")):
                marks = rows.drop_duplicates(step).sort_values(step)
                getattr(one, f"set_{axis}ticks")(marks[step], marks[value], fontsize=LARGE)
            one.tick_params(axis="x", rotation=90.0 * upright)
            means = "mean over seeds, sd: standard deviation over seeds" if several else "one seed"
            one.set_xlabel(f"{a}\n({means})", fontsize=8)
            one.set_ylabel(b, fontsize=8)
    return figure


def _write(axes: Axes, rows: pd.DataFrame) -> None:
    """Write mean and standard deviation into each cell."""
    middle = (float(rows["mean"].max()) + float(rows["mean"].min())) / 2
    for x, y, mean, sd in rows[["step_a", "step_b", "mean", "sd"]].itertuples(index=False):
        # where all are equal, all are as dark as the lowest
        look: dict[str, Any] = {"ha": "center", "color": "white" if mean <= middle else "black"}
        axes.text(x, y, _number(mean), va="bottom", fontsize=LARGE, **look)
        if not isnan(sd):
            axes.text(x, y - 0.03, f"sd {_number(sd)}", va="top", fontsize=SMALL, **look)


def _number(value: float) -> str:
    """Return a share with three digits and a count without a fraction."""
    return f"{value:.3g}" if abs(value) < 10 else f"{value:,.0f}"  # noqa: PLR2004 - shares
