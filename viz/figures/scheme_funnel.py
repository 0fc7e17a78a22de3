"""Schemes of assistance: how far persons come with each, and where the others are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ...abm.observation.help.scheme_funnel import PRICE_MET, cohort
from .harm_strip import draw_circumstances, draw_shelter, patch
from .palette import FATES, INK, SCHEME_STEPS, SCHEMES, scheme_step
from .picture import house_style, new_figure, over_seeds

if TYPE_CHECKING:
    import pandas as pd
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
    "Each bar includes the bars beneath it, but for the price: all that a household gets with the "
    "scheme meets the mean price of its adults; no condition of later steps.\n"
    "Cohorts by the year in which a person is first eligible, followed to the end of the run: "
    "later ones for a shorter time. People first eligible before the first year are not in it,\n"
    "so fewer leave here than in the table assistance. Lost at a step means that it was the last; "
    "these persons might have gone the same way without the scheme.\n"
    "A person can stand in several schemes. Per cent: of the step before, the price left out."
)
NOBODY: Final = (
    "Not drawn, since nobody was eligible (closed in these years, or open to none of those who "
    "weighed): {}."
)
NOT_WEIGHED: Final = "Nobody weighs in this run: no steps are noted."
GOES_ON: Final = "goes_on"
ROW: Final = 0.72  # height of a bar


def draw_scheme_funnel(yearly: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw the steps of each scheme, always with harm and the circumstances of returns.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the tables `scheme_fates`,
        `harm` and `voluntariness`.

    Returns
    -------
    matplotlib.figure.Figure
        Bars are persons a year, means over seeds and years of first eligibility. Schemes for
        which nobody was eligible are named in the note.
    """
    fates = over_seeds(yearly, "scheme_fates").mean(axis=1)
    reached = {scheme: bars(fates, scheme) for scheme in SCHEMES} if len(fates) else {}
    shown = [scheme for scheme, parts in reached.items() if parts.to_numpy().sum() > 0.0]
    with house_style():
        figure = new_figure(13, 13.2, TITLE, provenance)
        figure.text(0.02, 0.044, _note(shown), size=7, va="center", color="#555555")
        rows = max(1, -(-len(shown) // 2))
        grid = figure.add_gridspec(
            rows, 2, hspace=0.3, wspace=0.28, left=0.105, right=0.965, top=0.925, bottom=0.38
        )
        for place, scheme in enumerate(shown):
            axes = figure.add_subplot(grid[place // 2, place % 2])
            axes.set_title(SCHEMES[scheme], size=9.5, loc="left", weight="bold", pad=4)
            _steps(axes, scheme, reached[scheme], float(fates[f"{scheme}:{PRICE_MET}"]))
        if not reached:
            figure.text(0.5, 0.65, NOT_WEIGHED, size=10, ha="center")
        figure.legend(
            handles=[patch(look) for look in FATES.values()],
            loc="center",
            bbox_to_anchor=(0.5, 0.335),
            ncols=6,
            fontsize=8,
            handleheight=1.3,
            columnspacing=1.4,
        )
        strip = figure.add_gridspec(1, 2, wspace=0.2, left=0.07, right=0.975, top=0.275, bottom=0.1)
        draw_shelter(figure.add_subplot(strip[0]), yearly)
        draw_circumstances(figure.add_subplot(strip[1]), yearly)
    return figure


def bars(fates: pd.Series[float], scheme: str) -> pd.DataFrame:
    """Return the parts of each bar of a scheme.

    Parameters
    ----------
    fates : pandas.Series
        Persons by item of `scheme_fates`.
    scheme : str
        Name of the scheme.

    Returns
    -------
    pandas.DataFrame
        Index steps in order, columns `FATES`: those whose last step it was, by what became of
        them, and under `goes_on` all who took a later step. A row adds up to those who reached
        the step.
    """
    rows = cohort(fates)
    rows = rows[rows["scheme"] == scheme]
    own = rows.pivot_table(index="step", columns="fate", values="persons", aggfunc="sum")
    steps = [step for step in SCHEME_STEPS if step in own.index]
    own = own.reindex(index=steps, columns=list(FATES), fill_value=0.0).fillna(0.0)
    reached = own.sum(axis=1)[::-1].cumsum()[::-1]
    own[GOES_ON] = reached.shift(-1, fill_value=0.0)
    return own


def _note(shown: list[str]) -> str:
    """Return the note beneath, with the schemes that are not drawn and why."""
    missing = [name for scheme, name in SCHEMES.items() if scheme not in shown]
    if not shown or not missing:
        return NOTE
    return f"{NOTE}\n{NOBODY.format(', '.join(missing))}"


def _steps(axes: Axes, scheme: str, reached: pd.DataFrame, met: float) -> None:
    """Draw a bar for each step, and one for the price beneath those who consider return."""
    steps = [*reached.index]
    steps.insert(steps.index("considers") + 1, PRICE_MET)
    axes.set_yticks(range(len(steps)), [scheme_step(scheme, step) for step in steps], size=8)
    axes.set_ylim(len(steps) - 0.45, -0.55)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.tick_params(axis="x", labelsize=7.5)
    totals = reached.sum(axis=1)
    before = np.nan
    for row, step in enumerate(steps):
        if step == PRICE_MET:
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
