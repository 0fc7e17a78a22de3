"""The Morris plane: how much a factor moves an outcome, and how unevenly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .analysis import DUMMY, GRADE_COLOURS, panels, without_index
from .palette import INK
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Screening: size and unevenness of effects"
DESCRIPTION: Final = (
    "For each outcome every factor as a point: mean size of its elementary effects against their "
    "standard deviation, shaded by grade of evidence; the dotted line is the effect of other seeds"
)
NAMED: Final = 8


def draw_screening(
    indices: pd.DataFrame, titles: Mapping[str, str], grades: Mapping[str, str], origin: Origin
) -> Figure:
    """Draw the Morris plane of each outcome.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `outcome, factor, index, value, low, high`.
    titles : mapping of str to str
        Headings by outcome, in order.
    grades : mapping of str to str
        Letter by factor.
    origin : Origin
        Where the numbers come from.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome.
    """
    with house_style():
        figure, axes = panels(TITLE, list(titles.values()), origin)
        for one, outcome in zip(axes, titles, strict=True):
            rows = indices[indices["outcome"] == outcome]
            if rows.empty:
                without_index(one)
                continue
            wide = rows.pivot_table(index="factor", columns="index", values="value")
            wide = wide.dropna(subset=["mu_star", "sigma"])
            shades = [GRADE_COLOURS.get(grades.get(str(name), ""), "") for name in wide.index]
            one.scatter(wide["mu_star"], wide["sigma"], c=shades, edgecolors=INK, s=26, zorder=3)
            top = float(max(wide["mu_star"].max(), wide["sigma"].max()))
            one.plot([0, top], [0, top], color=INK, linewidth=0.5)
            high = rows[(rows["factor"] == DUMMY) & (rows["index"] == "mu_star")]["high"]
            if len(high):
                one.axvline(float(high.iloc[0]), color=INK, linewidth=0.8, linestyle=":")
                top = max(top, float(high.iloc[0]))
            moves = wide.loc[wide["mu_star"] > 0, "mu_star"]
            largest = moves.nlargest(NAMED).index.union([DUMMY]).intersection(wide.index)
            for name in largest:
                letter = grades.get(str(name), "")
                one.annotate(
                    f"{name} {letter}".strip(),
                    (wide.loc[name, "mu_star"], wide.loc[name, "sigma"]),
                    xytext=(3, 3),
                    textcoords="offset points",
                    fontsize=6,
                )
            one.set_xlabel("mean size of effect (mu*)", fontsize=8)
            one.set_ylabel("standard deviation (sigma)", fontsize=8)
            one.tick_params(labelsize=7)
            one.set_xlim(0, np.nextafter(top * 1.25, np.inf) or 1.0)
            one.set_ylim(bottom=0)
    return figure
