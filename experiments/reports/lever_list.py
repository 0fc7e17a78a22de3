"""What `explain levers` shows on a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from .lever_rows import DOES, NONE

if TYPE_CHECKING:
    from .lever_rows import Row

WIDTH: Final = 98  # characters, so that two are left of a hundred


def lever_lines(rows: list[Row]) -> list[str]:
    """Return the levers as a reader of a terminal wants them.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each lever.
    """
    if not rows:
        return ["No levers."]
    lines = [
        "A scenario can pull these under [levers]: NAME = { value = DOSE, from = 2013-06-01 }.",
        "Ranges are not advice. docs/levers.md has the evidence, the law and the code of each.",
    ]
    for row in rows:
        lines += ["", *wrap(f"{row['id']}: {row['title']['en']}", WIDTH)]
        lines += _paragraph(_dose(row))
        lines += _paragraph(row["acts"])
        if row["under"]:
            under = ", ".join(f"{name} = {value}" for name, value in row["under"].items())
            lines += _paragraph(f"acts under {under}")
        lines += _paragraph(f"{row['legal']}: {row['legal_note']}")
        sources = "; ".join(f"{each['ref']} {each['locator']}" for each in row["evidence"])
        lines += _paragraph(f"grade {row['grade'] or 'none'}; sources {sources}")
        if row["pathway"] == NONE:
            lines += _paragraph(f"pathway none: {row['reason']}")
        else:
            lines += _paragraph(f"pathway {', '.join(row['pathway'])}")
            lines += _paragraph(f"can move {', '.join(row['outcomes'])}")
    return lines


def _dose(row: Row) -> str:
    """Return what can be given, in a line."""
    if row["settings"]:
        several = [f"[{key}]" if key == row["default"] else str(key) for key in row["settings"]]
        return f"settings {'  '.join(several)}; {row['date']}"
    if row["pathway"] == NONE:
        return str(row["date"])
    return (
        f"{DOES[row['operation']]} {', '.join(row['values'])}: {row['low']} to {row['high']} "
        f"{row['unit']}, step {row['step']}, default {row['default']}; {row['date']}"
    )


def _paragraph(text: str) -> list[str]:
    """Return a text wrapped and indented."""
    return wrap(text, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
