"""The page of the documentation that shows the state of persons, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...abm.world.persons.columns import COLUMNS
from ...agents.migrant import DERIVED, FOR_ALL
from .parameters_page import in_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...abm.world.persons.column import Column

INTRODUCTION: Final = """\
# The state of persons

This page is written by `terugkeer check --write-docs`; edit `columns.py` and
`own_columns.py` in `abm/world/persons`, not the page.

A person is a row of {columns} columns. A Mesa agent in `model.agents` shows them as attributes,
and the log keeps some of them with every event. *Moved by* names the phases of `terugkeer plan`
that may change a column; a test holds the phases to it. What is given at entry never changes.
Weeks count from Monday 1 January 2001.

From the columns follow {derived}, which can
only be read. {for_all} are read for a whole set at once, as
columns are. [The model in Mesa](notebook.md) shows how to work with them.

## Who has returned

Persons who have returned stay in the model for 52 weeks, at the place `ORIGIN`, because their
return is followed. So `len(model.agents)` counts them too. `returned` tells them apart, and
these are the persons in the Netherlands:

```python
model.agents.select(where=lambda p: ~p.returned)
```

## Columns

| column | type | unit or meaning | moved by |
|---|---|---|---|
"""
AT_ENTRY: Final = "given at entry"


def persons_markdown() -> str:
    """Return the page of the columns of persons, in the order of the list."""
    lines = [_line(name, column) for name, column in COLUMNS.items()]
    derived = [name for name in DERIVED if name not in {"unique_id", "pos"}]
    introduction = INTRODUCTION.format(
        columns=len(COLUMNS), derived=_listed(derived), for_all=_listed(FOR_ALL)
    )
    return introduction + "\n".join(lines) + "\n"


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    *most, last = (f"`{name}`" for name in names)
    return f"{', '.join(most)} and {last}"


def _line(name: str, column: Column) -> str:
    meaning = f"code of `{column.enum}`" if column.unit == "code" else column.unit
    cells = (
        f"`{name}`",
        np.dtype(column.dtype).name,
        meaning,
        ", ".join(column.moved_by) or AT_ENTRY,
    )
    return "| " + " | ".join(in_cell(each) for each in cells) + " |"
