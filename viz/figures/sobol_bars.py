"""Indices as bars with intervals, noise floor and grades of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .analysis import (
    DUMMY,
    INDEX_LABELS,
    bar_panel,
    floor_mark,
    grade_marks,
    panels,
    ranked,
    without_index,
)
from .palette import INK
from .picture import house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "What moves each outcome"
DESCRIPTION: Final = (
    "For each outcome bars of the leading index with 95 % intervals, shaded by grade of evidence, "
    "with first-order indices as points where there are some; the dotted line is the noise floor"
)
LABELS: Final = {**INDEX_LABELS, "ST": "total effect (bar), first-order effect (circle)"}


def draw_bars(
    indices: pd.DataFrame,
    leading: str,
    titles: Mapping[str, str],
    grades: Mapping[str, str],
    origin: Origin,
) -> Figure:
    """Draw bars of an index for each outcome.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `outcome, factor, index, value, low, high`.
    titles : mapping of str to str
        Headings by outcome, in order.
    """
    with house_style():
        number = indices["factor"].nunique()
        height = 2.2 + 0.17 * min(number, 21)
        key = [*grade_marks(), floor_mark()]
        figure, axes = panels(
            TITLE, list(titles.values()), origin, height=height, left=2.1, key=key
        )
        for one, outcome in zip(axes, titles, strict=True):
            rows = indices[indices["outcome"] == outcome]
            here = leading if (rows["index"] == leading).any() else "S1"
            if not (rows["index"] == here).any():
                without_index(one)
                continue
            some = rows[rows["index"] == here]
            shown = ranked(some)
            bar_panel(one, shown, grades, f"{LABELS[here]}\n{_missing(some, shown)}".strip())
            first = rows[rows["index"] == "S1"].set_index("factor")["value"]
            if here == "ST" and len(first):
                one.plot(
                    first.reindex(shown["factor"]),
                    range(len(shown)),
                    "o",
                    color="white",
                    markeredgecolor=INK,
                    markersize=4,
                )
                low = min(0.0, float(first.reindex(shown["factor"]).min()))
                one.set_xlim(left=min(one.get_xlim()[0], low - 0.03))
    return figure


def _missing(some: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Say how many factors have no bar, and why."""
    none = int(((some["value"] == 0) & (some["factor"] != DUMMY)).sum())
    smaller = len(some) - len(shown) - none
    said = [f"{smaller} with a smaller effect"] * (smaller > 0)
    said += [f"{none} with no effect at all"] * (none > 0)
    return f"not shown: {', '.join(said)}" if said else ""
