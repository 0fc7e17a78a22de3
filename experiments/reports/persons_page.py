"""The page of the documentation that shows the state of persons, column by column."""

from __future__ import annotations

from typing import Final

import numpy as np

from ...abm.world.persons.columns import COLUMNS, Column
from .parameters_page import in_cell

INTRODUCTION: Final = """\
# The state of persons

This page is written by `terugkeer check --write-docs`; edit `abm/world/persons/columns.py`,
not the page.

A person is a row of {columns} columns. A Mesa agent in `model.agents` shows them as attributes,
and the log keeps some of them with every event. *Moved by* names the phases of `terugkeer plan`
that may change a column; a test holds the phases to it. What is given at entry never changes.
Weeks count from Monday 1 January 2001.

| column | type | unit or meaning | moved by |
|---|---|---|---|
"""
AT_ENTRY: Final = "given at entry"


def persons_markdown() -> str:
    """Return the page of the columns of persons, in the order of the list."""
    lines = [_line(name, column) for name, column in COLUMNS.items()]
    return INTRODUCTION.format(columns=len(COLUMNS)) + "\n".join(lines) + "\n"


def _line(name: str, column: Column) -> str:
    meaning = f"code of `{column.enum}`" if column.unit == "code" else column.unit
    cells = (
        f"`{name}`",
        np.dtype(column.dtype).name,
        meaning,
        ", ".join(column.moved_by) or AT_ENTRY,
    )
    return "| " + " | ".join(in_cell(each) for each in cells) + " |"
