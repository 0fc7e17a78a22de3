"""Where persons truly are, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from .palette import INK, PLACES, by_label
from .picture import house_style, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "Where persons of the model truly are"
DESCRIPTION: Final = (
    "Stacked areas of persons in the Netherlands by true place and week, with or without a file; "
    "on the street and in shelter for the night only are places without stable shelter"
)
NOTE: Final = (
    "Mean over seeds. On the street and in shelter for the night only, persons have no stable "
    "shelter; where those unseen by DT&V are is the model's assumption."
)


def draw_true_places(weekly: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw persons by true place over weeks.

    Parameters
    ----------
    weekly : pandas.DataFrame
        Columns `seed, week, date, place, persons`; rows that differ in other columns
        are added up. All weeks are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Areas are means over seeds. Persons back in their country of origin are left out.
    """
    seeds = max(weekly["seed"].nunique(), 1)
    persons = weekly.pivot_table(
        index="date", columns="place", values="persons", aggfunc="sum", observed=True
    )
    persons = persons.fillna(0) / seeds
    looks = {name: look for name, look in by_label(PLACES).items() if name != "origin"}
    with house_style():
        figure = new_figure(10, 6, TITLE, provenance)
        figure.text(0.02, 0.045, NOTE, size=7, va="center", color="#555555")
        axes = figure.add_axes((0.08, 0.12, 0.64, 0.75))
        handles = []
        base = pd.Series(0.0, index=persons.index)
        for name, look in looks.items():
            if name not in persons or not persons[name].any():
                continue
            top = base + persons[name]
            axes.fill_between(
                persons.index,
                base,
                top,
                facecolor=look.colour,
                hatch=look.hatch,
                edgecolor=INK,
                linewidth=0.3,
            )
            label = f"{look.label}: {persons[name].mean():,.0f}"
            handles.append(
                Patch(
                    facecolor=look.colour,
                    hatch=look.hatch,
                    edgecolor=INK,
                    linewidth=0.4,
                    label=label,
                )
            )
            base = top
        axes.set_xlim(persons.index[0], persons.index[-1])
        axes.set_ylim(0, float(base.max()) * 1.03 or 1)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_ylabel("persons in the Netherlands")
        axes.legend(
            handles=handles[::-1],
            loc="upper left",
            bbox_to_anchor=(1.01, 1.0),
            fontsize=8,
            title="true place: persons, mean over weeks",
            title_fontsize=8,
            alignment="left",
            handlelength=2.4,
            handleheight=1.6,
            labelspacing=0.7,
        )
    return figure
