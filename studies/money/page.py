"""The page of the study of money: `python -m studies.money.page > docs/measured_money.md`.

Reads `table.csv` and runs nothing.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from terugkeer.abm.space.outcomes import FREELY

from ..markdown import MINUS, table
from .study import ARMS, NONE, SCALE, SEEDS, TABLE, YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    Row = Mapping[Hashable, Any]

READINGS: Final = ("money", "stacking")
# outcomes of the tables: words of a column, and by what numbers are divided
TOLD: Final[Mapping[str, tuple[str, float]]] = {
    "returned_independent": ("returned independently", 1.0),
    "home_unobserved": ("returned unseen", 1.0),
    "journey_paid_by_own": ("paid by household", 1.0),
    "journey_paid_by_iom": ("by IOM", 1.0),
    "journey_paid_by_state": ("by state", 1.0),
    "left_with_cash": ("with cash", 1.0),
    "left_with_help_in_kind": ("with help in kind", 1.0),
    FREELY: ("adults informed, free, with alternative", 1.0),
    "sustained_52w": ("returns that last a year", 1.0),
    "weeks_without_stable_shelter": ("1,000 weeks without stable shelter", 1000.0),
    "spending_total": ("spending, million euro", 1e6),
}
SURVEY: Final[Mapping[str, str]] = {
    "share_help_influence": "help an influence, %",
    "share_help_decisive": "help decided, %",
    "share_all_three": "informed, free and with an alternative, %",
    "share_sustained_52w": "returns that last a year, %",
}
# where persons are lost on the way to support
LOST: Final[Mapping[str, str]] = {
    "assistance:applied": "applied",
    "assistance:refused": "refused",
    "assistance:withdrawn": "withdrew",
    "assistance:awaited_place": "waited for a place",
    "assistance:granted:no_place": "got no place",
    "assistance:granted": "granted",
    "scheme_funnel:in_kind:granted": "granted help in kind",
    "scheme_funnel:in_kind:ready": "of these ready",
    "scheme_funnel:in_kind:left": "of these left with it",
    "scheme_funnel:hrt:granted": "granted cash",
    "scheme_funnel:hrt:left": "of these left with it",
}


def number(value: float, *, signed: bool = False) -> str:
    """Return a number as the page shows it: whole from 10 on, else with one decimal."""
    if not np.isfinite(value):
        return "-"
    digits = 0 if abs(value) >= 10.0 else 1  # noqa: PLR2004 - as the docstring says
    text = f"{value:{'+' if signed else ''},.{digits}f}"
    return text.replace("-", MINUS)


def difference(row: Row, unit: float) -> str:
    """Return a mean difference with the half-width of its interval."""
    half = (row["high"] - row["low"]) / 2.0
    return f"{number(row['mean'] / unit, signed=True)} ± {number(half / unit)}"


def rows_of(
    found: pd.DataFrame, change: str, names: Sequence[str], told: Callable[[Row, str], str]
) -> list[list[str]]:
    """Return a row for each reading: how outcomes are told."""
    of_change = found[found["change"] == change].to_dict("records")
    cells: dict[tuple[str, ...], dict[str, Row]] = {
        tuple(str(row[name]) for name in READINGS): {} for row in of_change
    }
    for row in of_change:
        cells[tuple(str(row[name]) for name in READINGS)][str(row["outcome"])] = row
    return [
        [*(f"`{each}`" for each in reading), *(told(rows[name], name) for name in names)]
        for reading, rows in cells.items()
    ]


def page(found: pd.DataFrame) -> str:
    """Return the page."""
    unit = {name: each for name, (_, each) in TOLD.items()}
    head = [f"`{each}`" for each in READINGS]
    titles = [words for words, _ in TOLD.values()]
    levels = rows_of(found, NONE, list(TOLD), lambda row, name: number(row["without"] / unit[name]))
    survey = rows_of(found, NONE, list(SURVEY), lambda row, _: number(100.0 * row["without"]))
    parts = [
        "# What money and help in kind move",
        INTRODUCTION,
        "## As it is",
        "Persons a year, under each reading.",
        table([*head, *titles], levels, words=2),
        SHARES,
        table([*head, *SURVEY.values()], survey, words=2),
    ]
    for change in ARMS:
        if change == NONE:
            continue
        moved = rows_of(found, change, list(TOLD), lambda row, name: difference(row, unit[name]))
        lost = rows_of(found, change, list(LOST), lambda row, _: difference(row, 1.0))
        parts += [
            f"## {change[0].upper()}{change[1:]}",
            table([*head, *titles], moved, words=2),
            STEPS,
            table([*head, *LOST.values()], lost, words=2),
        ]
    return "\n\n".join(parts) + "\n"


SHARES: Final = (
    "Shares of adults who returned through IOM with support (the first two), of adults who "
    "returned independently, and of persons who returned a year before."
)
STEPS: Final = "Persons a year at each step, more or fewer than without the change."
INTRODUCTION: Final = f"""This page is made by `python -m studies.money.page` from
[`studies/money/table.csv`](../studies/money/table.csv), which `python -m studies.money.study`
writes.

Each change holds in all years and is compared with the same policy without it, on the same
{SEEDS} seeds, at scale {SCALE:g}, a year in {YEARS[0]}-{YEARS[1]}. Numbers are differences with the
half-width of their 95 % interval over seeds: chance alone. Of a hundred differences that are
nothing, five lie outside their interval. Parameters stand at their values of the evidence, which
are not calibrated, so the sizes are those of assumptions. What no reading moves is shut somewhere:
[the page on help](help.md) says where.
"""


def main() -> None:
    """Print the page."""
    sys.stdout.write(page(pd.read_csv(TABLE)))


if __name__ == "__main__":
    main()
