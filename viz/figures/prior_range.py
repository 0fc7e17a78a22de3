"""What the priors can produce, target by target, in standard deviations of the record."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...abm.observation.outcomes import BY_ID
from .palette import INK, ORANGE, PALE, SKY
from .picture import house_style, titled_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .analysis import Origin

TITLE: Final = "What the priors can produce, beside the record of 2011-15"
DESCRIPTION: Final = (
    "For each target the range from 1 to 99 % of points over all priors and switches, as distance "
    "from the record in standard deviations of its error; beneath, harm and freedom at the same "
    "points"
)
NEAR: Final = 3.0  # standard deviations within which a target counts as met
REACH: Final = 12.0  # standard deviations that the axis shows
COLOURS: Final = {"calibration": SKY, "validation": ORANGE}
ROW: Final = 0.2  # inches of a target
LEFT: Final = 3.1  # inches for names
RIGHT: Final = 2.6  # inches for numbers


def draw_prior_range(
    targets: pd.DataFrame,
    errors: Mapping[str, float],
    beside: pd.DataFrame,
    origin: Origin,
    floors: Collection[str] = (),
) -> Figure:
    """Draw the range of each target as distance from its record.

    Parameters
    ----------
    targets : pandas.DataFrame
        Columns `target, used_for, record, low, median, high`.
    errors : mapping of str to float
        Standard deviation of each record, by target.
    beside : pandas.DataFrame
        Columns `outcome, low, median, high`: what stands beside departures.
    floors : collection of str, optional
        Targets of which the record is a floor: what lies above it lies at no distance.
    """
    foot = 0.75 + ROW * (len(beside) + 1)
    wide, high = 11.0, 1.25 + ROW * len(targets) + foot
    with house_style():
        figure = titled_figure(wide, high, TITLE, origin.warning, origin.line())
        size = ((wide - LEFT - RIGHT) / wide, ROW * len(targets) / high)
        axes = figure.add_axes((LEFT / wide, (foot + 0.15) / high, *size))
        axes.axvspan(-NEAR, NEAR, color=PALE, linewidth=0, zorder=0)
        axes.axvline(0.0, color=INK, linewidth=0.8)
        for place, row in enumerate(targets.to_dict("records")):
            name = str(row["target"])
            _draw_row(axes, place, row, errors[name], floor=name in floors)
        names = [str(each).replace("_", " ") for each in targets["target"]]
        axes.set_yticks(range(len(targets)), names, fontsize=7)
        axes.set_ylim(len(targets) - 0.5, -0.5)
        axes.set_xlim(-REACH, REACH)
        axes.set_xlabel("standard deviations from the record", fontsize=8)
        axes.set_title("record: 1 to 99 %", fontsize=7, loc="left", x=1.02, pad=2.0)
        key = [
            *(Patch(color=colour, label=f"1 to 99 %, {use}") for use, colour in COLOURS.items()),
            Line2D([], [], color=INK, linewidth=2.0, label="median"),
            Patch(color=PALE, label="within 3 standard deviations"),
        ]
        figure.legend(
            handles=key, loc="center left", bbox_to_anchor=(0.02, 1 - 0.88 / high), ncols=4,
            fontsize=7, borderaxespad=0.0, borderpad=0.0,
        )  # fmt: skip
        lines = ["Beside departures, at the same points (1, 50 and 99 %):"] + [
            f"{BY_ID[str(each['outcome'])].label}: "
            f"{' / '.join(in_digits(each[name]) for name in ('low', 'median', 'high'))}"
            for each in beside.to_dict("records")
        ]
        figure.text(0.02, 0.3 / high, "\n".join(lines), fontsize=7.5, va="bottom", linespacing=1.4)
    return figure


def in_digits(value: float) -> str:
    """Return a number in three digits, and from 100 on without decimals and with thousands apart.

    Returns
    -------
    str
        Never with a power of ten.
    """
    whole = 100.0
    return f"{value:,.0f}" if abs(value) >= whole else f"{value:.3g}"


def _draw_row(
    axes: Axes, place: int, row: Mapping[Hashable, object], sd: float, *, floor: bool
) -> None:
    """Draw one target, with its numbers on the right."""
    record, low, median, high = (
        float(str(row[each])) for each in ("record", "low", "median", "high")
    )
    said = f"at least {in_digits(record)}" if floor else in_digits(record)
    told = f"{said}: no point tells it"
    if isfinite(median):
        told = f"{said}: {in_digits(low)} to {in_digits(high)}"
        far = [(each - record) / sd for each in (low, median, high)]
        far = [min(each, 0.0) for each in far] if floor else far
        left, middle, right = (max(-REACH, min(REACH, each)) for each in far)
        colour = COLOURS[str(row["used_for"])]
        axes.barh(place, right - left, left=left, height=0.55, color=colour, linewidth=0)
        axes.plot([middle, middle], [place - 0.32, place + 0.32], color=INK, linewidth=2.0)
        for each in (far[0], far[2]):
            if abs(each) > REACH:
                mark, end = (">", REACH) if each > 0.0 else ("<", -REACH)
                axes.plot(end, place, marker=mark, color=INK, markersize=3, clip_on=False)
    axes.annotate(
        told,
        (1.02, place),
        xycoords=("axes fraction", "data"),
        fontsize=7,
        va="center",
        annotation_clip=False,
    )
