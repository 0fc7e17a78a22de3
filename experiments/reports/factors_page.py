"""The page of the documentation that shows the factors of the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...abm.evidence.factor import FORCES
from ...abm.evidence.factor_table import FORCE_MEANINGS, directions, factor_table
from .parameters_page import in_cell

if TYPE_CHECKING:
    import pandas as pd

    from ...abm.evidence.registry import Registry

INTRODUCTION: Final = """\
# Factors of the decision

This page is written by `terugkeer check --write-docs`; edit the records, not the page.

A weight is in log odds over the full range of its variable, mostly from 0 to 1. An option gains
the weight times its number in the column *options*. Return and waiting differ by four
forces: `V(return) - V(wait) = constant + push + pull - stay - deter`. A factor without a number for
return or wait moves the other options only. **Weights are assumed, not learned:** the sources give
signs and ranks, but hardly any sizes. The range of a prior is its central 95 %. Grades run from A
(strong) to D (weak).

![The four forces: for each factor its weight and the range of its prior](images/forces.png)
"""


def factors_markdown(registry: Registry) -> str:
    """Return the page of the four forces and their factors."""
    table = factor_table(registry)
    lines = [INTRODUCTION]
    for force in FORCES:
        rows = table[table["force"] == force]
        lines += [f"## {force.capitalize()}: {FORCE_MEANINGS[force]}", ""]
        lines += [
            "| factor | options | weight (prior) | grade | sources | disputed |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_line(registry, row) for _, row in rows.iterrows()]
        lines.append("")
    lines += [
        "[`factor_map.csv`](factor_map.csv) says what became of every factor that sources name,",
        "[not modelled](not_modelled.md) what was left out and why,",
        "[parameters](parameters.md) all that is known of a weight.",
    ]
    return "\n".join(lines) + "\n"


def _line(registry: Registry, row: pd.Series[Any]) -> str:
    """Return the line of one factor."""
    name = str(row["name"])
    factor = registry[name].factor
    assert factor is not None  # noqa: S101 (the table holds no others)
    cells = (
        f"`{name}`: {row['title']}",
        directions(factor),
        f"{row['weight']:g} ({row['low']:.2g} to {row['high']:.2g})",
        str(row["grade"]),
        str(row["sources"]),
        factor.disputed,
    )
    return "| " + " | ".join(in_cell(each) for each in cells) + " |"
