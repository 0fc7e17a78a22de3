"""Which conclusions hold under every reading of what is contested: effects by reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.patches import Patch

from .analysis import panels
from .palette import INK, ORANGE, PALE, SKY
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Conclusions across readings"
DESCRIPTION: Final = (
    "For each outcome every factor in a row and every reading of what is contested in a column: "
    "whether the factor raises or lowers the outcome there, or has no clear effect; a frame where "
    "the effect clearly differs from that in the first column"
)
ROOM: Final = 1.3  # inches for the names of readings
LOOKS: Final = {"raises": (ORANGE, "+"), "lowers": (SKY, "\u2212"), "no clear effect": (PALE, "")}


def draw_survival(effects: pd.DataFrame, titles: Mapping[str, str], origin: Origin) -> Figure:
    """Draw what each factor does under each reading.

    Parameters
    ----------
    effects : pandas.DataFrame
        Columns `outcome, factor, reading, says, differs`.
    titles : mapping of str to str
        Headings by outcome, in order.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome; the first column is the reading that stands.
    """
    readings = list(dict.fromkeys(effects["reading"]))
    factors = list(dict.fromkeys(effects["factor"]))
    with house_style():
        height = 1.5 + ROOM + 0.3 * len(factors)
        figure, axes = panels(TITLE, list(titles.values()), origin, height=height, left=1.8)
        for one, outcome in zip(axes, titles, strict=True):
            rows = effects[effects["outcome"] == outcome]
            for row in rows.itertuples():
                x, y = readings.index(str(row.reading)), factors.index(str(row.factor))
                colour, sign = LOOKS[str(row.says)]
                frame, width = (INK, 1.2) if row.differs else ("white", 0.5)
                one.bar(x, 0.8, 0.8, y - 0.4, color=colour, edgecolor=frame, linewidth=width)
                one.text(x, y, sign, ha="center", va="center", fontsize=8, color=INK)
            one.set_xticks(np.arange(len(readings)), readings, rotation=90, fontsize=5)
            one.set_yticks(np.arange(len(factors)), factors, fontsize=7)
            one.set_xlim(-0.6, len(readings) - 0.4)
            one.set_ylim(len(factors) - 0.4, -0.6)
            box = one.get_position()
            room = ROOM / figure.get_figheight()
            one.set_position((box.x0, box.y0 + room, box.width, box.height - room))
        marks = [
            Patch(facecolor=colour, label=f"{says} {sign}")
            for says, (colour, sign) in LOOKS.items()
        ]
        marks.append(Patch(facecolor="white", edgecolor=INK, label="differs from the first column"))
        figure.legend(handles=marks, loc="upper right", fontsize=7, ncols=4)
    return figure
