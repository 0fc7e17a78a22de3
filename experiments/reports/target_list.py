"""What `explain targets` shows, and the page of the documentation that lists them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from ...calibration.target_list import load_targets

if TYPE_CHECKING:
    from ...calibration.target import Target

WIDTH: Final = 98  # characters, so that two are left of a hundred
HEADINGS: Final = {
    "calibration": "For calibration",
    "validation": "For validation: kept back, and never fitted to",
}
INTRODUCTION: Final = """\
# Targets

This page is written by `terugkeer check --write-docs`; edit `calibration/targets.toml`, not the
page.

These are the numbers of the record that the model is held against. `terugkeer explain targets`
prints this list (`--json` for programs), and [`terugkeer prior`](prior.md) shows how far the model
is from them. The list was frozen before any mechanism was mended for it
([decision](decisions/0022-targets-before-mechanisms.md)); no year goes past 2015, since the split
of 2016 and 2017 is the blind test. A target serves calibration or validation, never both.

The error is a standard deviation, and the root of the sum of four squares: rounding in print,
counting, a definition that differs from the model's, and what the model leaves out. The last two
are judgements with the reason beside them.
"""

Row = dict[str, Any]


def target_rows() -> list[Row]:
    """Return all that is known of the targets, in types that JSON knows.

    Returns
    -------
    list of dict
        In the order of the file; `error.sd` is the whole standard deviation.
    """
    return [
        {
            **each.model_dump(mode="json"),
            "error": {**each.error.model_dump(), "sd": each.error.sd()},
        }
        for each in load_targets()
    ]


def target_lines(rows: list[Row]) -> list[str]:
    """Return the targets as a reader of a terminal wants them.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each target.
    """
    lines: list[str] = []
    for use, heading in HEADINGS.items():
        lines += ["", heading.upper()]
        for row in (each for each in rows if each["used_for"] == use):
            least = "at least " if row["bound"] else ""
            value = f"{least}{row['value']:,.4g} +- {_in_two_digits(row['error']['sd'])}"
            told = f"{row['id']}: {value} ({row['unit']})"
            lines += ["", *wrap(told, WIDTH, subsequent_indent=" " * 4)]
            lines += _paragraph(row["says"])
            years = ", ".join(map(str, row["years"]))
            source = f"{row['source']['ref']} {row['source']['locator']}"
            lines += _paragraph(f"table {row['table']}, {years}; source {source}")
            lines += _paragraph(row["error"]["why"])
    return lines[1:]


def targets_markdown() -> str:
    """Return the page that lists the targets."""
    targets = load_targets()
    lines = [INTRODUCTION]
    for use, heading in HEADINGS.items():
        lines += [
            f"## {heading}",
            "",
            "| target | says | record | error | of which definition, discrepancy | why | source |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_markdown_row(each) for each in targets if each.used_for == use]
        lines.append("")
    return "\n".join(lines)


def _in_two_digits(value: float) -> str:
    """Return a number in two digits, never with a power of ten."""
    return f"{float(f'{value:.2g}'):,.10g}"


def _markdown_row(target: Target) -> str:
    error = target.error
    least = "at least " if target.bound else ""
    cells = (
        f"`{target.id}`",
        target.says,
        f"{least}{target.value:,.4g} {target.unit}",
        _in_two_digits(error.sd()),
        f"{_in_two_digits(error.definition)}, {_in_two_digits(error.discrepancy)}",
        error.why,
        f"{target.source.ref} {target.source.locator}",
    )
    return f"| {' | '.join(cells)} |"


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
