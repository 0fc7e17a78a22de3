"""Paths of closed files as a flow diagram: entry, places, recorded outcome, true place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from .palette import DESTINATIONS, INK, OUTCOMES, PALE, PLACES, ROUTES, Look, by_label
from .picture import house_style, new_figure, over_seeds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .picture import Provenance

TITLE: Final = "Paths of closed files"
DESCRIPTION: Final = (
    "Flow diagram of closed files a year: route of entry, place at which the file opened, place at "
    "which it closed, recorded outcome, and where the person truly was then"
)
STAGES: Final = ("route", "opened", "closed", "outcome", "truth")
HEADS: Final = (
    "entered by",
    "place when\nthe file opened",
    "place when\nthe file closed",
    "recorded\noutcome",
    "truly, at that\nmoment",
)
SMALLER: Final = "smaller"
SMALLEST_SHARE: Final = 0.004  # of all closings; smaller ones share a box
GAP: Final = 0.035  # of the column: a line of text, so that labels of thin boxes stay apart
BOX: Final = 0.16  # of the distance between two columns


@dataclass
class _Node:
    look: Look
    persons: float
    top: float = 0.0
    used_in: float = 0.0
    used_out: float = 0.0


def draw_flow(yearly: pd.DataFrame, provenance: Provenance) -> Figure:
    """Draw how closed files went from entry to outcome.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`, with the table
        `closing_paths`.

    Returns
    -------
    matplotlib.figure.Figure
        Widths are persons a year, means over seeds and years. A band has
        the colour of the box that it leaves. Bands of two steps don't follow the same
        persons.
    """
    paths = over_seeds(yearly, "closing_paths")
    years = [int(year) for year in paths.columns]
    steps = _steps(paths.mean(axis=1))
    with house_style():
        figure = new_figure(13, 8, f"{TITLE}, {years[0]}-{years[-1]}: persons a year", provenance)
        figure.text(0.02, 0.042, _beside(yearly), size=8, va="center", color=INK)
        axes = figure.add_axes((0.02, 0.07, 0.97, 0.84))
        axes.set_axis_off()
        axes.set_xlim(-0.02, len(STAGES) - 1 + 0.9)
        axes.set_ylim(-0.02, 1.1)
        columns = _columns(steps)
        total = max(sum(node.persons for node in columns[0].values()), 1.0)
        room = 1 - GAP * max(len(column) for column in columns)
        for x, column in enumerate(columns):
            _place(column, room / total)
            axes.text(x, 1.09, HEADS[x], weight="bold", va="top", size=9.5)
        for x, step in enumerate(steps):
            _bands(axes, x, step, columns[x], columns[x + 1], room / total)
        for x, column in enumerate(columns):
            _boxes(axes, x, column, room / total)
    return figure


def _beside(yearly: pd.DataFrame) -> str:
    """Say what the diagram leaves out: harm, and departures without a file."""
    harm = over_seeds(yearly, "harm").mean(axis=1)
    flows = over_seeds(yearly, "flows").mean(axis=1)
    unfiled = flows[[item for item in flows.index if str(item).endswith(">left_without_file")]]
    return (
        f"A year, beside these: {harm['weeks_without_stable_shelter']:,.0f} person-weeks without "
        f"stable shelter; {harm['children_closed']:,.0f} of the files are children's; "
        f"{unfiled.sum():,.0f} persons leave without an open file. "
        "Bands of two steps are not the same persons."
    )


def _looks(stage: str) -> dict[str, Look]:
    return {
        "route": by_label(ROUTES),
        "opened": by_label(PLACES),
        "closed": by_label(PLACES),
        "outcome": by_label(OUTCOMES),
        "truth": _truths(),
    }[stage]


def _truths() -> dict[str, Look]:
    """Return true places in the order of the recorded outcomes, so that few bands cross."""
    destinations, places = by_label(DESTINATIONS), by_label(PLACES)
    seen = {name: destinations.pop(name) for name in ("origin", "member_state")}
    unseen = {name: destinations.pop(name) for name in ("home_unobserved", "onward")}
    hidden = {name: look for name, look in places.items() if name not in seen}
    return {**seen, **unseen, **hidden, **destinations}


def _steps(persons: pd.Series[float]) -> list[dict[tuple[str, str], float]]:
    """Split the items `stage:from>to` into one table of pairs for each step."""
    steps: list[dict[tuple[str, str], float]] = [{} for _ in STAGES[:-1]]
    for item, value in persons.items():
        stage, _, pair = str(item).partition(":")
        left, _, right = pair.partition(">")
        if value > 0:
            steps[STAGES.index(stage)][left, right] = float(value)
    total = max(sum(steps[0].values()), 1.0)
    small: list[set[str]] = []
    for number in range(len(STAGES)):
        sums: dict[str, float] = {}
        pairs = steps[number] if number < len(steps) else steps[-1]
        for ends, value in pairs.items():
            name = ends[0] if number < len(steps) else ends[1]
            sums[name] = sums.get(name, 0.0) + value
        few = {name for name, value in sums.items() if value < SMALLEST_SHARE * total}
        small.append(few if len(few) > 1 else set())
    folded: list[dict[tuple[str, str], float]] = [{} for _ in steps]
    for number, step in enumerate(steps):
        for (left, right), value in step.items():
            ends = (
                SMALLER if left in small[number] else left,
                SMALLER if right in small[number + 1] else right,
            )
            folded[number][ends] = folded[number].get(ends, 0.0) + value
    return folded


def _columns(steps: list[dict[tuple[str, str], float]]) -> list[dict[str, _Node]]:
    """Return the boxes of each stage, in the palette's order."""
    columns: list[dict[str, _Node]] = []
    for number, stage in enumerate(STAGES):
        sums: dict[str, float] = {}
        pairs = steps[min(number, len(steps) - 1)]
        for ends, value in pairs.items():
            name = ends[0 if number < len(steps) else 1]
            sums[name] = sums.get(name, 0.0) + value
        looks = {**_looks(stage), SMALLER: Look("smaller ones together", PALE)}
        columns.append({name: _Node(looks[name], sums[name]) for name in looks if name in sums})
    return columns


def _place(column: dict[str, _Node], height: float) -> None:
    top = 1.0
    for node in column.values():
        node.top = top
        top -= node.persons * height + GAP


def _bands(
    axes: Axes,
    x: int,
    step: dict[tuple[str, str], float],
    left: dict[str, _Node],
    right: dict[str, _Node],
    height: float,
) -> None:
    """Draw the bands of one step, in the order of boxes so that few cross."""
    order_left, order_right = list(left), list(right)
    pairs = sorted(step, key=lambda e: (order_left.index(e[0]), order_right.index(e[1])))
    start, end, middle = x + BOX, x + 1.0, x + (1 + BOX) / 2
    for ends in pairs:
        thick = step[ends] * height
        source, target = left[ends[0]], right[ends[1]]
        a, b = source.top - source.used_out, target.top - target.used_in
        source.used_out += thick
        target.used_in += thick
        corners = [
            (start, a),
            (middle, a),
            (middle, b),
            (end, b),
            (end, b - thick),
            (middle, b - thick),
            (middle, a - thick),
            (start, a - thick),
            (start, a),
        ]
        curve, line = Path.CURVE4, Path.LINETO
        kinds = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
        axes.add_patch(
            PathPatch(Path(corners, kinds), facecolor=source.look.colour, alpha=0.4, linewidth=0)
        )


def _boxes(axes: Axes, x: int, column: dict[str, _Node], height: float) -> None:
    halo = [withStroke(linewidth=2.5, foreground="white")]
    for node in column.values():
        tall = node.persons * height
        axes.add_patch(
            Rectangle(
                (x, node.top - tall),
                BOX,
                tall,
                facecolor=node.look.colour,
                hatch=node.look.hatch,
                edgecolor=INK,
                linewidth=0.5,
            )
        )
        axes.text(
            x + BOX + 0.02,
            node.top - tall / 2,
            f"{node.look.label}: {node.persons:,.0f}",
            va="center",
            size=8,
            color=INK,
            path_effects=halo,
        )
