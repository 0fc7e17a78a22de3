"""What pictures show beside departures: lack of shelter, and from where people returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .palette import INK, PLACES, VOLUNTARINESS, Look, by_label
from .picture import over_seeds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH: Final = 0.36  # of a stacked bar, in years


def stack(axes: Axes, x: float, values: pd.Series[float], looks: dict[str, Look]) -> None:
    """Draw a stacked bar.

    Parameters
    ----------
    x : float
        Middle of the bar.
    values : pandas.Series
        Heights by item; an item without a value has height 0.
    looks : dict of str to Look
        Items from the bottom to the top.
    """
    base = 0.0
    for name, look in looks.items():
        height = float(values.get(name, 0.0))
        axes.bar(
            x,
            height,
            WIDTH,
            bottom=base,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=INK,
            linewidth=0.4,
        )
        base += height


def draw_shelter(axes: Axes, yearly: pd.DataFrame) -> None:
    """Draw person-weeks without stable shelter, a bar a year.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the table `harm`.
    """
    harm = over_seeds(yearly, "harm")
    places = by_label(PLACES)
    shown = {"weeks_on_street": places["street"], "weeks_in_night_shelter": places["night_shelter"]}
    for year in harm.columns:
        stack(axes, int(year), harm[year], shown)
    axes.set_title("Person-weeks without stable shelter", size=9, loc="left", weight="bold")
    _finish(axes, shown)


def draw_circumstances(axes: Axes, yearly: pd.DataFrame) -> None:
    """Draw the circumstances from which people returned independently, a bar a year.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the table `voluntariness`.
    """
    departures = over_seeds(yearly, "voluntariness")
    for year in departures.columns:
        stack(axes, int(year), departures[year], VOLUNTARINESS)
    axes.set_title(
        "Independent returns: from what circumstances", size=9, loc="left", weight="bold"
    )
    _finish(axes, VOLUNTARINESS)


def _finish(axes: Axes, looks: dict[str, Look]) -> None:
    thousands(axes, "")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, axes.get_ylim()[1] * 1.45)  # room for the legend
    axes.legend(
        handles=[patch(look) for look in looks.values()],
        loc="upper left",
        ncols=2,
        fontsize=7,
        columnspacing=1.0,
        borderaxespad=0.1,
        handleheight=1.2,
    )


def patch(look: Look) -> Patch:
    """Return the mark of a look in the legend."""
    return Patch(
        facecolor=look.colour, hatch=look.hatch, edgecolor=INK, linewidth=0.4, label=look.label
    )


def thousands(axes: Axes, label: str) -> None:
    """Label the vertical axis, and write its numbers with separators of thousands."""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_ylabel(label)
