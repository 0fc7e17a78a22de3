"""The pictures of an analysis, each from tables that stand beside it."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from ...abm.space.outcomes import told, with_companions
from ...viz.figures import (
    conditional,
    convergence,
    interaction_maps,
    nusap,
    screening,
    sobol_bars,
    survival,
)
from .verdict import LEADING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from ...viz.figures.analysis import Origin

HEADING: Final = 48  # characters of a line above a panel


def headings(outcomes: Iterable[str]) -> dict[str, str]:
    """Return the headings of panels.

    Returns
    -------
    dict of str to str
        By id, with those that must stand beside others, also where they have
        no index: their panel says so.
    """
    there = list(dict.fromkeys(outcomes))
    return {each: fill(told(each)[0], HEADING) for each in with_companions(there)}


def pictures(method: str, frames: dict[str, pd.DataFrame], origin: Origin) -> dict[str, bytes]:
    """Return the pictures of a screening, Sobol or PAWN analysis.

    Parameters
    ----------
    origin : Origin
        Where they come from.
    """
    leading = LEADING[method]
    indices = frames["pawn"] if method == "pawn" else frames["indices"]
    grades = {str(row.group): str(row.grade) for row in _weakest(frames["factors"]).itertuples()}
    titles = headings(indices["outcome"])
    drawn = {
        "bars.png": (sobol_bars, sobol_bars.draw_bars(indices, leading, titles, grades, origin)),
        "nusap.png": (nusap, nusap.draw_nusap(indices, leading, frames["factors"], titles, origin)),
    }
    if method == "screen":
        figure = screening.draw_screening(indices, titles, grades, origin)
        drawn["plane.png"] = (screening, figure)
    if method == "pawn":
        figure = conditional.draw_conditional(frames["conditional"], indices, titles, origin)
        drawn["conditional.png"] = (conditional, figure)
    if "convergence" in frames:
        figure = convergence.draw_convergence(frames["convergence"], titles, origin)
        drawn["convergence.png"] = (convergence, figure)
    return {
        name: origin.png(figure, part.TITLE, part.DESCRIPTION)
        for name, (part, figure) in drawn.items()
    }


def _weakest(factors: pd.DataFrame) -> pd.DataFrame:
    """Return of each group its weakest member."""
    return factors.sort_values("strength", kind="stable").drop_duplicates("group")


def map_pictures(cells: pd.DataFrame, origin: Origin) -> dict[str, bytes]:
    """Return a picture for each pair of factors.

    Parameters
    ----------
    cells : pandas.DataFrame
        Of `pairs.cells`.
    origin : Origin
        Where they come from.
    """
    titles = headings(cells["outcome"])
    found = {}
    for pair, rows in cells.groupby("pair", sort=False):
        figure = interaction_maps.draw_map(rows, titles, origin)
        name = f"map-{str(pair).replace(':', '-')}.png"
        found[name] = origin.png(figure, interaction_maps.TITLE, interaction_maps.DESCRIPTION)
    return found


def survival_pictures(effects: pd.DataFrame, origin: Origin) -> dict[str, bytes]:
    """Return the picture of conclusions across alternatives.

    Parameters
    ----------
    effects : pandas.DataFrame
        Table that `survival.effects` returns.
    origin : Origin
        Where they come from.
    """
    figure = survival.draw_survival(effects, headings(effects["outcome"]), origin)
    return {"survival.png": origin.png(figure, survival.TITLE, survival.DESCRIPTION)}
