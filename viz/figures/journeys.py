"""Organisations that help: journeys from first contact to return, and queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ...agents.kinds import KIND_LABELS
from .harm_strip import draw_circumstances, draw_shelter, patch
from .palette import FUNNEL, INK, KINDS, SEEKING, SKY
from .picture import house_style, new_figure, over_seeds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "Those who help: journeys and queues"
DESCRIPTION: Final = (
    "Left, persons a year who meet an organisation, are referred, apply for assistance and leave; "
    "right, clients, waiting persons and capacity of each kind of organisation over the years; "
    "beneath, person-weeks without stable shelter and the circumstances of independent returns"
)
NOTE: Final = (
    "Steps are not nested: a person may apply without having met anybody, and the steps of one "
    "person can fall into several years. That somebody had met a helper does not say that the "
    "departure came of it."
)
NOBODY: Final = "Nobody weighs in this run:\nno journeys and no queues"


def draw_journeys(yearly: pd.DataFrame, queues: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw journeys and queues, always with harm and the circumstances of returns.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the tables `journey_funnel`,
        `harm` and `voluntariness`.
    queues : pandas.DataFrame
        Columns `seed, date, organisation, clients, waiting, capacity`.

    Returns
    -------
    matplotlib.figure.Figure
        Bars are means over seeds and years, lines on them run from the smallest to the
        largest year; areas are means over seeds.
    """
    with house_style():
        figure = new_figure(13, 10.4, TITLE, provenance)
        figure.text(0.02, 0.036, NOTE, size=7, va="center", color="#555555")
        _funnel(figure.add_axes((0.135, 0.385, 0.235, 0.485)), yearly)
        grid = figure.add_gridspec(
            4, 2, hspace=0.62, wspace=0.2, left=0.45, right=0.975, top=0.875, bottom=0.385
        )
        cells = [grid[row, column] for row in range(4) for column in range(2)]
        means = _by_kind(queues)
        for name, cell in zip(KINDS, cells, strict=False):
            _queue(figure.add_subplot(cell), name, means)
        _key(figure.add_subplot(cells[-1]))
        strip = figure.add_gridspec(
            1, 2, wspace=0.2, left=0.07, right=0.975, top=0.295, bottom=0.085
        )
        draw_shelter(figure.add_subplot(strip[0]), yearly)
        draw_circumstances(figure.add_subplot(strip[1]), yearly)
    return figure


def _by_kind(queues: pd.DataFrame) -> pd.DataFrame:
    """Return means over seeds by kind of organisation and date: sums over those of a kind."""
    kinds = queues.assign(kind=queues["organisation"].astype(str).map(KIND_LABELS))
    sums = kinds.groupby(["seed", "kind", "date"], observed=True)[[*SEEKING, "capacity"]].sum()
    return sums.groupby(["kind", "date"], observed=True).mean()


def _funnel(axes: Axes, yearly: pd.DataFrame) -> None:
    steps = over_seeds(yearly, "journey_funnel")
    axes.set_title("Persons a year", size=9, loc="left", weight="bold")
    axes.set_yticks(range(len(FUNNEL)), list(FUNNEL.values()), size=8)
    axes.set_ylim(len(FUNNEL) - 0.5, -0.5)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.set_xlim(0, 1)
    if steps.empty:
        axes.text(0.5, 2.5, NOBODY, ha="center", va="center")
        return
    steps = steps.reindex(list(FUNNEL))
    mean, low, high = steps.mean(axis=1), steps.min(axis=1), steps.max(axis=1)
    axes.barh(range(len(FUNNEL)), mean, 0.6, color=SKY, edgecolor=INK, linewidth=0.4)
    axes.hlines(range(len(FUNNEL)), low, high, color=INK, linewidth=1.2)
    for row, (persons, end) in enumerate(zip(mean, high, strict=True)):
        axes.annotate(
            f"{persons:,.0f}", (end, row), (4, 0), textcoords="offset points", va="center", size=8
        )
    axes.set_xlim(0, float(high.max()) * 1.22 or 1)


def _queue(axes: Axes, name: str, means: pd.DataFrame) -> None:
    axes.set_title(KINDS[name], size=8.5, loc="left", weight="bold", pad=3)
    axes.tick_params(labelsize=7)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(3))
    if name not in means.index.get_level_values("kind"):
        axes.set_xticks([])
        return
    own = means.loc[name]
    base = pd.Series(0.0, index=own.index)
    for column, look in SEEKING.items():
        axes.fill_between(
            own.index,
            base,
            base + own[column],
            facecolor=look.colour,
            hatch=look.hatch,
            edgecolor=INK,
            linewidth=0.3,
        )
        base += own[column]
    axes.plot(own.index, own["capacity"], color=INK, linewidth=1.6)
    axes.set_xlim(own.index[0], own.index[-1])
    axes.set_ylim(0, float(max(base.max(), own["capacity"].max())) * 1.08 or 1)
    years = pd.date_range(own.index[0], own.index[-1], freq="YS")
    years = years[:: 1 + len(years) // 5]  # labels of more years would touch
    axes.set_xticks(years.to_numpy(), [str(day.year) for day in years])


def _key(axes: Axes) -> None:
    axes.set_axis_off()
    capacity = Line2D([], [], color=INK, linewidth=1.6, label="capacity")
    axes.legend(
        handles=[capacity, *(patch(look) for look in reversed(SEEKING.values()))],
        loc="center left",
        fontsize=8,
        title="persons, mean over seeds",
        title_fontsize=8,
        alignment="left",
        handleheight=1.3,
    )
