"""The life of an invented household week by week, under two policies."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .palette import BLUE, GREY, INK, ORANGE, PALE, PLACES, TEAL, by_label
from .picture import house_style, new_figure, png

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .picture import Provenance

Dash: TypeAlias = Literal["-", "--"]
DESCRIPTION: Final = (
    "Two lives of one invented household, one above the other: labelled events, dots for weeks "
    "in which it weighs, talks, has a session or hears news, a band of places, and lines of "
    "beliefs and agency of its adults"
)
NOTE: Final = (
    "An invented household, one draw of luck, the same in both lives: no forecast, and nobody is "
    "scored. How often lives end how stands in docs/walkthrough.md. Colours say nothing about "
    "which life is good."
)
# lines and their colours; each adult has a dash of its own
LINES: Final = {"hope": BLUE, "threat": ORANGE, "knowledge": TEAL, "agency": INK}
DASHES: Final[tuple[Dash, ...]] = ("-", "--")
HAPPENS: Final = ("weighs", "talk", "session", "news")  # rows of dots, from above
WIDTH: Final = 12.0  # inches
LEFT, RIGHT = 0.085, 0.985  # of the width
LANE: Final = 0.2  # inches for a line of labels
DOTS, BAND, CHART, GAP = 0.62, 0.28, 1.35, 0.75  # inches of a life's parts, and between lives
HEAD, FOOT = 0.95, 1.4  # inches above and below
LETTER: Final = 0.062  # inches, of labels in 7.5 points, with room
LABEL: Final = 7.5


def draw_life_course(
    title: str,
    weekly: pd.DataFrame,
    happened: pd.DataFrame,
    change: tuple[int, str],
    provenance: Provenance,
) -> Figure:
    """Draw two lives of a household one above the other.

    Parameters
    ----------
    weekly : pandas.DataFrame
        A row for each life, week and adult: columns `life`, `week` (from 0),
        `adult`, `place` (label, or empty once the adult has left the model), and
        the lines `hope`, `threat`, `knowledge` and `agency`, 0 to 1.
    happened : pandas.DataFrame
        Columns `life`, `week`, `what` (`event`, or one of `HAPPENS`) and `words`, the
        label of an event.
    change : tuple of int and str
        The week from which the second life's policy holds, and what it is.

    Returns
    -------
    matplotlib.figure.Figure
        For each life: events, dots, places and lines over one axis of weeks.
    """
    lives = list(dict.fromkeys(weekly["life"]))
    last = int(weekly["week"].max())
    labels = {
        life: lanes(happened[(happened["life"] == life) & (happened["what"] == "event")], last)
        for life in lives
    }
    above = {
        life: LANE * (1 + max([lane for *_, lane in each], default=0))
        for life, each in labels.items()
    }
    height = HEAD + FOOT + sum(GAP + DOTS + BAND + CHART + each for each in above.values()) - GAP
    with house_style():
        figure = new_figure(WIDTH, height, title, provenance)
        figure.text(0.02, 0.34 / height, NOTE, size=7, va="center", color="#555555")
        top = height - HEAD
        for life in lives:
            of_life = weekly[weekly["life"] == life]
            dots = happened[(happened["life"] == life) & (happened["what"] != "event")]
            parts = (above[life], DOTS, BAND, CHART)
            events, rows, band, chart = _stack(figure, top, parts, height, last)
            events.set_title(life, size=10, loc="left", weight="bold", pad=6)
            _events(events, labels[life], above[life])
            _dots(rows, dots)
            _places(band, of_life)
            _lines(chart, of_life)
            if life != lives[0]:
                for axes in (events, rows, band, chart):
                    axes.axvline(change[0], color=GREY, linewidth=1.0, linestyle=":", zorder=0)
                chart.annotate(
                    change[1], (change[0], 1.0), (3, -2), textcoords="offset points",
                    va="top", size=7, color="#555555",
                )  # fmt: skip
            top -= sum(parts) + GAP
        _keys(figure, weekly, height)
    return figure


def life_course_png(
    title: str,
    weekly: pd.DataFrame,
    happened: pd.DataFrame,
    change: tuple[int, str],
    provenance: Provenance,
) -> bytes:
    """Return the picture of two lives as a PNG, with title, description and provenance in it.

    Parameters
    ----------
    weekly, happened : pandas.DataFrame
        As for `draw_life_course`.
    change : tuple of int and str
        As for `draw_life_course`.
    """
    figure = draw_life_course(title, weekly, happened, change, provenance)
    return png(figure, title, f"{DESCRIPTION}. {NOTE}", provenance)


def lanes(events: pd.DataFrame, last: int) -> list[tuple[float, str, float, int]]:
    """Return the places of labels of events, so that no two overlap.

    Parameters
    ----------
    events : pandas.DataFrame
        Columns `week` and `words`.
    last : int
        The last week of the axis.

    Returns
    -------
    list of tuple
        Week, words, week at which the label begins, and lane from below.
    """
    a_week = WIDTH * (RIGHT - LEFT) / (last + 1)  # inches
    ends: list[float] = []
    found = []
    together = events.groupby("week", sort=True)["words"].agg("; ".join)
    for week, words in zip(together.index.tolist(), together.tolist(), strict=True):
        wide = len(words) * LETTER / a_week
        start = min(float(week), last + 0.5 - wide)
        lane = next((at for at, end in enumerate(ends) if end < start), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = start + wide
        found.append((float(week), words, start, lane))
    return found


def _stack(
    figure: Figure, top: float, parts: tuple[float, ...], height: float, last: int
) -> list[Axes]:
    """Return axes of some heights in inches, one beneath the other."""
    found: list[Axes] = []
    for inches in parts:
        top -= inches
        axes = figure.add_axes((LEFT, top / height, RIGHT - LEFT, inches / height))
        axes.set_xlim(-0.5, last + 0.5)
        axes.set_facecolor("none")
        axes.tick_params(labelsize=8)
        if len(found) < len(parts) - 1:
            axes.set_xticks([])
            for side in axes.spines.values():
                side.set_visible(False)
        found.append(axes)
    return found


def _events(axes: Axes, labels: list[tuple[float, str, float, int]], inches: float) -> None:
    """Write labels in lanes, each with a tick down to its week."""
    axes.set_ylim(0, inches)
    axes.set_yticks([])
    for week, words, start, lane in labels:
        middle = LANE * (lane + 0.5)
        axes.plot([week, week], [0, middle], color=PALE, linewidth=0.8, zorder=1)
        axes.plot([week], [0.02], marker="|", color=INK, markersize=6)
        axes.text(
            start, middle, words, size=LABEL, va="center", color=INK, zorder=2,
            bbox={"facecolor": "white", "linewidth": 0, "pad": 0.8},
        )  # fmt: skip


def _dots(axes: Axes, dots: pd.DataFrame) -> None:
    """Draw a dot for each week in which something of a kind happens."""
    axes.set_ylim(len(HAPPENS) - 0.4, -0.6)
    axes.set_yticks(range(len(HAPPENS)), HAPPENS)
    axes.tick_params(axis="y", length=0, labelsize=7.5)
    for row, what in enumerate(HAPPENS):
        axes.axhline(row, color=PALE, linewidth=0.5, zorder=0)
        weeks = dots.loc[dots["what"] == what, "week"].unique()
        axes.scatter(weeks, [row] * len(weeks), s=11, color=INK, linewidths=0, zorder=2)


def _places(axes: Axes, weekly: pd.DataFrame) -> None:
    """Draw where the household is, week by week."""
    looks = by_label(PLACES)
    places = weekly.drop_duplicates("week").sort_values("week")
    axes.set_ylim(0, 1)
    axes.set_yticks([0.5], ["place"])
    axes.tick_params(axis="y", length=0, labelsize=7.5)
    weeks, names = places["week"].tolist(), places["place"].tolist()
    starts = [0, *(at for at in range(1, len(names)) if names[at] != names[at - 1]), len(names)]
    for start, end in pairwise(starts):
        if names[start]:
            look = looks[names[start]]
            axes.broken_barh(
                [(weeks[start] - 0.5, end - start)], (0.08, 0.84), facecolor=look.colour,
                hatch=look.hatch, edgecolor="white", linewidth=0.6,
            )  # fmt: skip


def _lines(axes: Axes, weekly: pd.DataFrame) -> None:
    """Draw beliefs and agency of each adult."""
    axes.set_ylim(0, 1)
    axes.set_yticks([0.0, 0.5, 1.0])
    axes.grid(axis="y", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    for dash, (_, adult) in zip(DASHES, weekly.groupby("adult", sort=False), strict=False):
        for name, colour in LINES.items():
            axes.plot(adult["week"], adult[name], color=colour, linestyle=dash, linewidth=1.3)
    axes.set_xlabel("week", size=8, labelpad=1)


def _keys(figure: Figure, weekly: pd.DataFrame, height: float) -> None:
    """Explain colours and dashes beneath all."""
    looks = by_label(PLACES)
    there = [name for name in looks if name in set(weekly["place"])]
    handles: list[Artist] = [
        Patch(
            facecolor=looks[name].colour, hatch=looks[name].hatch, edgecolor="white",
            label=looks[name].label,
        )
        for name in there
    ]  # fmt: skip
    lines: list[Artist] = [
        Line2D([], [], color=colour, label=name) for name, colour in LINES.items()
    ]
    adults = list(dict.fromkeys(weekly["adult"]))
    if len(adults) > 1:
        lines += [
            Line2D([], [], color=GREY, linestyle=dash, label=adult)
            for dash, adult in zip(DASHES, adults, strict=False)
        ]
    for above_foot, each in ((0.94, handles), (0.70, lines)):
        figure.legend(
            handles=each,
            loc="center left",
            bbox_to_anchor=(LEFT - 0.01, above_foot / height),
            ncols=len(each),
            fontsize=8,
            handlelength=1.8,
            columnspacing=1.4,
        )
