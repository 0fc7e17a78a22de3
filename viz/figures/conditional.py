"""What PAWN compares: the distributions of an outcome within slices of a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .analysis import few_ticks, panels, without_index
from .palette import GREY, INK
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Distributions within slices of the leading factor"
DESCRIPTION: Final = (
    "For each outcome its cumulative distribution over all points, and within each slice of the "
    "factor with the largest PAWN index, from pale (lowest slice) to dark"
)


def draw_conditional(
    distributions: pd.DataFrame, pawn: pd.DataFrame, titles: Mapping[str, str], origin: Origin
) -> Figure:
    """Draw the conditional distributions of the leading factor of each outcome.

    Parameters
    ----------
    distributions : pandas.DataFrame
        Columns `outcome, factor, slice, quantile, value`.
    pawn : pandas.DataFrame
        Columns `outcome, factor, value`.
    titles : mapping of str to str
        Headings by outcome, in order.
    """
    with house_style():
        figure, axes = panels(TITLE, list(titles.values()), origin)
        for one, outcome in zip(axes, titles, strict=True):
            some = pawn[pawn["outcome"] == outcome]
            if some.empty:
                without_index(one)
                continue
            factor = some["factor"].iloc[int(some["value"].to_numpy().argmax())]
            rows = distributions[
                (distributions["outcome"] == outcome) & (distributions["factor"] == factor)
            ]
            parts = [name for name in rows["slice"].unique() if name != "all"]
            for number, name in enumerate(parts, start=1):
                line = rows[rows["slice"] == name]
                shade = str(0.85 * (1 - number / len(parts)))
                one.plot(line["value"], line["quantile"], color=shade, linewidth=1.0)
            line = rows[rows["slice"] == "all"]
            one.plot(line["value"], line["quantile"], color=INK, linewidth=2.0, linestyle="--")
            one.set_xlabel(f"by {factor}, pale = lowest slice; dashed = all", fontsize=8)
            one.set_ylabel("share of points", fontsize=8)
            few_ticks(one, y=False)
            one.tick_params(labelsize=7)
            one.grid(color=GREY, linewidth=0.2)
    return figure
