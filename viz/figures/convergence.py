"""How indices settle with the size of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.patches import Patch

from .analysis import DUMMY, INDEX_LABELS, few_ticks, panels, without_index
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
SHOWN: Final = 6  # factors besides the dummy
COUNTED: Final = {"mu_star": "trajectories", "ST": "base points", "pawn": "points"}
BELOW: Final = 0.6  # inches for the names of lines
CLEAR: Final = 0.03  # share of the height that is free beneath lines at zero
BAND: Final = 0.12  # how dark an interval is


def draw_convergence(course: pd.DataFrame, titles: Mapping[str, str], origin: Origin) -> Figure:
    """Draw the leading index against the size of the sample.

    Parameters
    ----------
    course : pandas.DataFrame
        Columns `outcome, n, factor, index, value, low, high`.
    titles : mapping of str to str
        Headings by outcome, in order.
    """
    with house_style():
        key = [Patch(facecolor=INK, alpha=BAND, label="shaded: 95 % interval")]
        figure, axes = panels(TITLE, list(titles.values()), origin, left=0.95, below=BELOW, key=key)
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
                one.fill_between(some["n"], some["low"], some["high"], color=colour, alpha=BAND)
            # the first few points would flatten all that follows
            settled = rows[(rows["n"] > rows["n"].max() / 4) & rows["factor"].isin(names)]
            top = 1.15 * float(settled["high"].max())
            one.set_ylim(min(0.0, float(settled["low"].min())) - CLEAR * top, top)
            few_ticks(one, x=False)
            one.set_xscale("log", base=2)
            one.set_xticks(sorted(rows["n"].unique()), sorted(rows["n"].unique()))
            one.minorticks_off()
            index = str(rows["index"].iloc[0])
            one.set_xlabel(COUNTED[index], fontsize=8)
            one.set_ylabel(INDEX_LABELS[index], fontsize=8)
            one.tick_params(labelsize=7)
            inch = 1 / (one.get_position().height * figure.get_figheight())
            one.legend(
                loc="upper right",
                bbox_to_anchor=(1.0, -0.4 * inch),
                fontsize=6,
                ncols=2,
                borderaxespad=0.0,
            )
    return figure
