"""How indices settle with the size of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .analysis import DUMMY, panels, without_index
from .palette import INK
from .picture import house_style
from .replicates import COLOURS, DASHES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Convergence: indices against the size of the sample"
DESCRIPTION: Final = (
    "For each outcome the leading index of the largest factors, with 95 % intervals, from the "
    "first eighth of the sample to all of it"
)
SHOWN: Final = 6


def draw_convergence(course: pd.DataFrame, titles: Mapping[str, str], origin: Origin) -> Figure:
    """Draw the leading index against the size of the sample.

    Parameters
    ----------
    course : pandas.DataFrame
        Columns `outcome, n, factor, index, value, low, high`.
    titles : mapping of str to str
        Headings by outcome, in order.
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
            rows = course[course["outcome"] == outcome]
            if rows.empty:
                without_index(one)
                continue
            last = rows[rows["n"] == rows["n"].max()].set_index("factor")["value"]
            names = [*last.drop(DUMMY, errors="ignore").nlargest(SHOWN).index]
            names += [DUMMY] if DUMMY in last.index else []
            for number, name in enumerate(names):
                some = rows[rows["factor"] == name]
                colour = INK if name == DUMMY else COLOURS[number % len(COLOURS)]
                dash = ":" if name == DUMMY else DASHES[number // len(COLOURS) % len(DASHES)]
                one.plot(some["n"], some["value"], color=colour, linestyle=dash, label=name)
                one.fill_between(some["n"], some["low"], some["high"], color=colour, alpha=0.12)
            # the first few points would flatten all that follows
            settled = rows.loc[rows["n"] > rows["n"].max() / 4, "high"]
            one.set_ylim(top=1.15 * float(settled.max()))
            one.set_xscale("log", base=2)
            one.set_xticks(sorted(rows["n"].unique()), sorted(rows["n"].unique()))
            one.minorticks_off()
            one.set_xlabel("trajectories, base points or points", fontsize=8)
            one.tick_params(labelsize=7)
            one.legend(fontsize=6)
    return figure
