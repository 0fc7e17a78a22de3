"""The page of the documentation that shows the levers: from lever to code to outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...abm.evidence.lever import GROUPS
from .lever_rows import DOES, NONE, Row, lever_rows
from .parameters_page import in_cell

if TYPE_CHECKING:
    from ...abm.evidence.registry import Registry

INTRODUCTION: Final = """\
# Levers

This page is written by `terugkeer check --write-docs`; edit
`abm/evidence/levers.toml`, not the page.

A lever is what a policy, or the world outside, can move. Pull it in a [scenario
file](running.md#scenario-files) by its name, or set the records beneath it one by one:

```toml
name = "twice_the_cash"

[levers]
cash_amount = { value = 2.0, from = 2013-06-01, source = "an idea" }
```

A dose *sets* the values, *multiplies* them, or *adds* to them; some levers have named settings.
The range is what sources give or, where they give none, a wide one; **it is no advice**, and
nothing here looks for the setting with the most departures. *Law* says how the far end of the
range stands in law, as the sources report it. The pathway lists the functions of the code that read
the values; *can move* names outcomes that `terugkeer compare` reports. A test checks
this for each lever: at an end of its range, under what *acts under* names, at least one of these
outcomes differs for the same seeds. A lever without a pathway says why.

"""


def levers_markdown(registry: Registry) -> str:
    """Return the page of the levers."""
    rows = lever_rows(registry)
    lines = [
        INTRODUCTION + "| lever | code path | can move | law | grade |",
        "|---|---|---|---|---|",
        *(_line(row) for row in rows),
        "",
        *(line for row in rows for line in _section(row)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _line(row: Row) -> str:
    path = f"none: {row['reason']}" if row["pathway"] == NONE else _places(row["pathway"])
    moved = "<br>".join(f"`{each}`" for each in row["outcomes"]) or "nothing"
    cells = (f"[{row['id']}](#{row['id'].replace('_', '-')})", path, moved, row["legal"])
    return f"| {' | '.join(in_cell(each) for each in cells)} | {row['grade'] or ''} |"


def _places(pathway: list[str]) -> str:
    return "<br>".join(f"`{each}`" for each in pathway)


def _section(row: Row) -> list[str]:
    """Return the lines on one lever."""
    pulled = row["pathway"] != NONE
    dose = f"{DOES[row['operation']]} " + ", ".join(f"`{name}`" for name in row["values"])
    if row["settings"]:
        dose = "; ".join(
            f"`{key}`: " + ", ".join(f"`{name}` = {value}" for name, value in setting.items())
            for key, setting in row["settings"].items()
        )
    elif row["values"]:
        dose += f"; {row['low']} to {row['high']} {row['unit']}, documented step {row['step']}"
    under = ", ".join(f"`{name} = {value}`" for name, value in row["under"].items())
    cells = (
        ("Nederlands", row["title"]["nl"]),
        ("group", GROUPS[row["group"]].en),
        ("dose", dose if pulled else "cannot be pulled"),
        ("default", "" if row["default"] is None else f"`{row['default']}`"),
        ("range", row["range"]),
        ("from when", row["date"] if pulled else ""),
        ("acts", row["acts"]),
        ("acts under", under),
        ("evidence", "; ".join(f"{each['ref']} {each['locator']}" for each in row["evidence"])),
        ("law", f"{row['legal']}. {row['legal_note']}"),
        ("no pathway", row["reason"]),
    )
    lines = [f"## {row['id']}", "", f"{row['title']['en']}.", "", "| field | |", "|---|---|"]
    lines += [f"| {key} | {in_cell(text)} |" for key, text in cells if text]
    return [*lines, ""]
