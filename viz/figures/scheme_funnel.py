"""Schemes of assistance: how far persons come with each, and where the others are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .harm_strip import draw_circumstances, draw_shelter, patch
from .palette import FATES, INK, SCHEME_STEPS, SCHEMES
from .picture import house_style, new_figure, over_seeds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = (
    "Schemes of assistance: how far persons come, and where others are lost, persons a year"
)
DESCRIPTION: Final = (
    "For each scheme a bar for each step from being eligible to leaving with it, persons a year; "
    "each bar is divided into those who go on and those who do not, by what became of them; "
    "beneath, person-weeks without stable shelter and the circumstances of independent returns"
)
NOTE: Final = (
    "Each bar includes the bars beneath it, but for the price, which is no condition of later "
    "steps. Cohorts by the year in which a person is first eligible, followed to the end of the "
    "run: later ones for a shorter time.\nLost at a step means that it was the last; these persons "
    "might have gone the same way without the scheme. A person can stand in several schemes. "
    "Per cent: of the step before, the price left out."
)
NOBODY: Final = (
    "Nobody was eligible in these years:\nthe scheme was closed, or open to none of those "
    "who weighed."
)
NOT_WEIGHED: Final = "Nobody weighs in this run:\nno steps are noted."
PRICE: Final = "price_met"
GOES_ON: Final = "goes_on"
ROW: Final = 0.72  # height of a bar


def draw_scheme_funnel(yearly: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw the steps of each scheme, always with harm and the circumstances of returns.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the tables `scheme_funnel`,
        `scheme_fates`, `harm` and `voluntariness`.

    Returns
    -------
    matplotlib.figure.Figure
        Bars are persons a year, means over seeds and years of first eligibility (of first
        taking the step, for the price).
    """
    fates = over_seeds(yearly, "scheme_fates").mean(axis=1)
    prices = over_seeds(yearly, "scheme_funnel").mean(axis=1)
    with house_style():
        figure = new_figure(13, 13.2, TITLE, provenance)
        figure.text(0.02, 0.033, NOTE, size=7, va="center", color="#555555")
        grid = figure.add_gridspec(
            3, 2, hspace=0.3, wspace=0.28, left=0.105, right=0.965, top=0.925, bottom=0.355
        )
        cells = [grid[row, column] for row in range(3) for column in range(2)]
        for (scheme, name), cell in zip(SCHEMES.items(), cells, strict=True):
            axes = figure.add_subplot(cell)
            axes.set_title(name, size=9.5, loc="left", weight="bold", pad=4)
            if fates.empty:
                _words(axes, NOT_WEIGHED)
                continue
            reached = bars(fates, scheme)
            if reached.to_numpy().sum() > 0.0:
                _steps(axes, reached, float(prices[f"{scheme}:{PRICE}"]))
            else:
                _words(axes, NOBODY)
        figure.legend(
            handles=[patch(look) for look in FATES.values()],
            loc="center",
            bbox_to_anchor=(0.5, 0.318),
            ncols=6,
            fontsize=8,
            handleheight=1.3,
            columnspacing=1.4,
        )
        strip = figure.add_gridspec(
            1, 2, wspace=0.2, left=0.07, right=0.975, top=0.26, bottom=0.075
        )
        draw_shelter(figure.add_subplot(strip[0]), yearly)
        draw_circumstances(figure.add_subplot(strip[1]), yearly)
    return figure


def bars(fates: pd.Series[float], scheme: str) -> pd.DataFrame:
    """Return the parts of each bar of a scheme.

    Parameters
    ----------
    fates : pandas.Series
        Persons by items of `scheme_fates`, as `scheme:step:fate`.
    scheme : str
        Name of the scheme.

    Returns
    -------
    pandas.DataFrame
        Index steps in order, columns `FATES`: those whose last step it was, by what became of
        them, and under `goes_on` all who took a later step. A row adds up to those who reached
        the step.
    """
    parts = [str(item).split(":") for item in fates.index]
    rows = pd.DataFrame(parts, columns=["scheme", "step", "fate"]).assign(persons=fates.to_numpy())
    rows = rows[rows["scheme"] == scheme]
    fate = rows["fate"].where(~rows["fate"].str.startswith(("refused", "withdrawn")),
                              rows["fate"].str.split("_").str[0])  # fmt: skip
    rows = rows.assign(fate=fate)
    own = rows.pivot_table(index="step", columns="fate", values="persons", aggfunc="sum")
    steps = [step for step in SCHEME_STEPS if step in own.index]
    own = own.reindex(index=steps, columns=list(FATES), fill_value=0.0).fillna(0.0)
    reached = own.sum(axis=1)[::-1].cumsum()[::-1]
    own[GOES_ON] = reached.shift(-1, fill_value=0.0)
    return own


def _steps(axes: Axes, reached: pd.DataFrame, met: float) -> None:
    """Draw a bar for each step, and one for the price beneath those who consider return."""
    steps = [*reached.index]
    steps.insert(steps.index("considers") + 1, PRICE)
    axes.set_yticks(range(len(steps)), [SCHEME_STEPS[step] for step in steps], size=8)
    axes.set_ylim(len(steps) - 0.45, -0.55)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.tick_params(axis="x", labelsize=7.5)
    totals = reached.sum(axis=1)
    before = np.nan
    for row, step in enumerate(steps):
        if step == PRICE:
            axes.barh(row, met, 0.4 * ROW, color="white", edgecolor=INK, linewidth=0.8)
            _number(axes, met, row, met / before if before else np.nan)
            continue
        base = 0.0
        for fate, look in FATES.items():
            persons = float(reached.loc[step, fate])
            if persons > 0.0:
                axes.barh(
                    row,
                    persons,
                    ROW,
                    left=base,
                    color=look.colour,
                    hatch=look.hatch,
                    edgecolor=INK,
                    linewidth=0.4,
                )
            base += persons
        total = float(totals[step])
        _number(axes, total, row, total / before if before else np.nan)
        before = total
    axes.set_xlim(0, float(max(totals.max(), met)) * 1.2 or 1)


def _number(axes: Axes, persons: float, row: int, share: float) -> None:
    """Write persons at the end of a bar, and their share of the bar above."""
    of = "" if np.isnan(share) else f"  ({100 * share:.0f} %)"
    axes.annotate(
        f"{persons:,.0f}{of}",
        (persons, row),
        (4, 0),
        textcoords="offset points",
        va="center",
        size=8,
    )


def _words(axes: Axes, words: str) -> None:
    """Say in words why a panel holds no bars."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.text(0.5, 0.5, words, ha="center", va="center", size=9)
