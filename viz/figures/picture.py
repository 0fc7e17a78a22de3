"""What all pictures share: the style, the warning in each, and what is written into the file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import matplotlib.style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .palette import INK

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

UNCALIBRATED: Final = "uncalibrated: hazards are starting values, not estimates"
RECORD_SEEN: Final = (
    "Starting values were chosen with the record of 2011-15 in view, and its totals went into the "
    "inflow: closeness to it is no test."
)
DPI: Final = 150
STYLE: Final = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so it is there everywhere
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "hatch.linewidth": 0.4,
    "legend.frameon": False,
}


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of a picture come from.

    Parameters
    ----------
    scenario : str
        Name of the scenario.
    seeds : tuple of int
        Seeds whose mean is drawn; at least one.
    scale : float
        Real persons for each simulated person.
    evidence_hash : str
        Hash of the evidence values.
    code_hash : str
        Hash of the model's sources.
    """

    scenario: str
    seeds: tuple[int, ...]
    scale: float
    evidence_hash: str
    code_hash: str

    def line(self) -> str:
        """Return the provenance in one line, with 12 digits of each hash."""
        first, last = min(self.seeds), max(self.seeds)
        seeds = f"seed {first}" if first == last else f"seeds {first}-{last}"
        return (
            f"scenario {self.scenario}, {seeds}, scale {self.scale:g}, "
            f"evidence {self.evidence_hash[:12]}, code {self.code_hash[:12]}"
        )


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of the house inside the block, whatever the reader's own settings are."""
    with matplotlib.style.context(["default", STYLE]):
        yield


def new_figure(width: float, height: float, title: str, provenance: Provenance) -> Figure:
    """Start a picture with its title, the warning and the provenance.

    Parameters
    ----------
    width, height : float
        Size in inches.
    title : str
        What the picture shows.
    provenance : Provenance
        Where its numbers come from.
    """
    return titled_figure(width, height, title, UNCALIBRATED, provenance.line())


def titled_figure(width: float, height: float, title: str, warning: str, foot: str) -> Figure:
    """Start a picture with its title, a warning beneath, and where it comes from.

    Parameters
    ----------
    width, height : float
        Size in inches.
    title, warning, foot : str
        What the picture shows, what a reader must know, and its source.

    Returns
    -------
    matplotlib.figure.Figure
        A figure that pyplot doesn't know, so that nothing keeps it in memory.
    """
    figure = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(figure)
    inch = 1 / height
    figure.text(0.02, 1 - 0.3 * inch, title, size=13, weight="bold", va="center", color=INK)
    figure.text(0.02, 1 - 0.58 * inch, warning, size=10, style="italic", va="center")
    figure.text(0.02, 0.14 * inch, foot, size=7, va="center", color="#555555")
    return figure


def png(figure: Figure, title: str, description: str, provenance: Provenance) -> bytes:
    """Return a picture of runs as PNG: the same bytes for the same tables.

    The file holds title, description, warning and provenance, and no date.
    """
    seeds = " ".join(str(seed) for seed in provenance.seeds)
    source = (
        f"scenario={provenance.scenario}; seeds={seeds}; scale={provenance.scale:g}; "
        f"evidence={provenance.evidence_hash}; code={provenance.code_hash}"
    )
    return png_bytes(figure, title, f"{description} ({UNCALIBRATED})", source)


def png_bytes(figure: Figure, title: str, description: str, source: str) -> bytes:
    """Return a picture as PNG, without a date.

    Parameters
    ----------
    title, description : str
        Text for people who can't see the picture; `Title` and `Description` of the file.
    source : str
        Where its numbers come from; `Source` of the file.
    """
    buffer = BytesIO()
    with house_style():
        figure.savefig(
            buffer,
            format="png",
            dpi=DPI,
            metadata={
                "Title": title,
                "Description": description,
                "Source": source,
                "Software": "terugkeer",
            },
        )
    return buffer.getvalue()


def over_seeds(yearly: pd.DataFrame, table: str, group: str = "all") -> pd.DataFrame:
    """Return the mean over seeds of one table, by item and year.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `seed, year, table, item, group, persons`.

    Returns
    -------
    pandas.DataFrame
        Index `item`, columns `year`.
    """
    rows = yearly[(yearly["table"] == table) & (yearly["group"] == group)]
    return rows.pivot_table(index="item", columns="year", values="persons", aggfunc="mean")
