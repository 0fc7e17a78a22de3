"""Maps of two factors: what an outcome is where both are changed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .analysis import panels
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Two at a time"
DESCRIPTION: Final = (
    "For each outcome a map of two factors: mean over seeds at each pair of values, the number "
    "written in its cell"
)


def draw_map(cells: pd.DataFrame, titles: Mapping[str, str], origin: Origin) -> Figure:
    """Draw the map of one pair for each outcome.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns `outcome, factor_a, factor_b, value_a, value_b, step_a, step_b, mean`, of one pair.
    titles : mapping of str to str
        Headings by outcome, in order.
    origin : Origin
        Where the numbers come from.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome.
    """
    a, b = str(cells["factor_a"].iloc[0]), str(cells["factor_b"].iloc[0])
    with house_style():
        figure, axes = panels(f"{TITLE}: {a} and {b}", list(titles.values()), origin, left=1.1)
        for one, outcome in zip(axes, titles, strict=True):
            rows = cells[cells["outcome"] == outcome]
            grid = rows.pivot_table(index="step_b", columns="step_a", values="mean")
            one.imshow(grid, origin="lower", aspect="auto", cmap="cividis")
            middle = (float(grid.max().max()) + float(grid.min().min())) / 2
            for row in rows.itertuples():
                one.text(
                    float(str(row.step_a)),
                    float(str(row.step_b)),
                    f"{row.mean:.3g}" if abs(float(str(row.mean))) < 10 else f"{row.mean:,.0f}",  # noqa: PLR2004 - shares
                    ha="center",
                    va="center",
                    fontsize=6,
                    color="white" if float(str(row.mean)) < middle else "black",
                )
            for axis, step, value in (("x", "step_a", "value_a"), ("y", "step_b", "value_b")):
                marks = rows.drop_duplicates(step).sort_values(step)
                getattr(one, f"set_{axis}ticks")(marks[step], marks[value], fontsize=6)
            one.set_xlabel(a, fontsize=8)
            one.set_ylabel(b, fontsize=8)
    return figure
