"""The Morris plane: the size of the effects of a factor, and how unequal they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .analysis import (
    DUMMY,
    GRADE_COLOURS,
    few_ticks,
    floor_mark,
    grade_marks,
    panels,
    without_index,
)
from .labels import label_points
from .palette import GREY, INK
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "Screening: size and unevenness of effects"
DESCRIPTION: Final = (
    "For each outcome every factor as a point: mean size of its elementary effects against their "
    "standard deviation, shaded by grade of evidence; the dotted line is the effect of other "
    "seeds; the largest are named where there is room"
)
NAMED: Final = 8  # factors with a label
DIAGONAL: Final = "sigma as large as mu*"
FLATTEST: Final = 0.3  # least height of the scale, as a share of its width: effects are equal


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
    """
    with house_style():
        key = [
            *grade_marks(),
            Patch(facecolor=GREY, edgecolor=INK, linewidth=0.4, label="dummy"),
            floor_mark(),
            Line2D([], [], color=INK, linewidth=0.5, label=DIAGONAL),
        ]
        figure, axes = panels(TITLE, list(titles.values()), origin, left=0.95, key=key)
        for one, outcome in zip(axes, titles, strict=True):
            rows = indices[indices["outcome"] == outcome]
            if rows.empty:
                without_index(one)
                continue
            every = rows.pivot_table(index="factor", columns="index", values="value")
            wide = every.dropna(subset=["mu_star", "sigma"])
            x, y = wide["mu_star"], wide["sigma"]
            letters = [grades.get(str(name), "") for name in wide.index]
            shades = [GRADE_COLOURS.get(letter, GREY) for letter in letters]
            one.scatter(x, y, c=shades, edgecolors=INK, s=26, zorder=3, clip_on=False)
            high = rows[(rows["factor"] == DUMMY) & (rows["index"] == "mu_star")]["high"]
            for floor in high:
                one.axvline(floor, color=INK, linewidth=0.8, linestyle=":")
            right = 1.25 * max(float(x.max()), *high) or 1.0
            one.plot([0, right], [0, right], color=INK, linewidth=0.5)
            one.set_xlim(0, right)
            one.set_ylim(0, max(1.15 * float(y.max()), FLATTEST * right))
            few_ticks(one)
            one.set_xlabel(
                f"mean size of effect (mu*)\n{_missing(every, wide)}".strip(), fontsize=8
            )
            one.set_ylabel("standard deviation (sigma)", fontsize=8)
            largest = [name for name in x[x > 0].nlargest(NAMED).index if name != DUMMY]
            own = {name: number for number, name in enumerate(wide.index)}
            named = {own[name]: f"{name} {letters[own[name]]}".strip() for name in largest}
            label_points(one, list(zip(x, y, strict=True)), named)
    return figure


def _missing(every: pd.DataFrame, wide: pd.DataFrame) -> str:
    """Say how many factors have no point, and why."""
    number = len(every) - len(wide)
    said = f"not shown: {number} without an order\n(groups, and choices of three or more)"
    return said if number else ""
