"""What `explain factors` and `explain switches` show: catalogues drawn from the records."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from ...abm.evidence.factor import FORCES, OPTION_NAMES
from ...abm.evidence.factor_table import FORCE_MEANINGS, factor_table
from ...abm.evidence.prior import Discrete
from ...abm.evidence.value import plain, show

if TYPE_CHECKING:
    from ...abm.evidence.record import Record
    from ...abm.evidence.registry import Registry

WIDTH: Final = 98  # characters, so that two are left of a hundred
COLUMN: Final = len("out of sight")  # the longest name of an option

Row = dict[str, Any]


def factors(registry: Registry) -> list[Row]:
    """Return all that is known of the factors of the decision, in types that JSON knows."""
    table = factor_table(registry)
    return [
        _factor(registry, registry[name], (low, high))
        for name, low, high in zip(table["name"], table["low"], table["high"], strict=True)
    ]


def _factor(registry: Registry, record: Record, middle: tuple[float, float]) -> Row:
    factor = record.factor
    assert factor is not None  # noqa: S101 (the table holds no others)
    return {
        "name": record.name,
        "title": record.title,
        **factor.acts(),
        "weight": record.value,
        "unit": record.unit,
        "prior": record.prior.describe() if record.prior else None,
        "prior_95": [round(each, 4) for each in middle],
        "kind": record.kind,
        "grade": registry.grade(record.name),
        "says": record.says,
        "maps": record.maps,
        "maps_note": record.maps_note,
        "sources": _sources(record),
        "disputed": factor.disputed,
        "caveat": record.caveat,
    }


def factor_lines(rows: list[Row]) -> list[str]:
    """Return the catalogue of factors as a reader of a terminal wants it.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each factor.
    """
    if not rows:
        return ["No factors."]
    heads = "".join(f"{each.replace('_', ' '):>{COLUMN + 2}}" for each in OPTION_NAMES)
    lines = [
        "Weights in log odds over the full range of a variable, with the prior's central 95 %;",
        "assumed, not learned. An option gains the weight times its number.",
    ]
    for force in FORCES:
        some = [row for row in rows if row["force"] == force]
        lines += ["", f"{force.upper()}: {FORCE_MEANINGS[force]}", ""]
        lines.append(f"{'weight':>6}  {'prior':<12}  grade{heads}")
        for row in some:
            low, high = row["prior_95"]
            numbers = "".join(
                f"{row['options'][each]:>+{COLUMN + 2}g}"
                if each in row["options"]
                else f"{'.':>{COLUMN + 2}}"
                for each in OPTION_NAMES
            )
            prior = f"{low:.2f} to {high:.2f}"
            lines.append(f"{row['weight']:>6.2f}  {prior:<12}  {row['grade']:^5}{numbers}")
            lines += _paragraph(f"{row['name']}: {row['title']}")
            lines += _paragraph(
                f"reads {row['variable']} ({row['transform']}), {row['kind']}, concerns "
                f"{row['concerns']}; sources {_cited(row['sources'])}"
            )
            lines += _paragraph(f"disputed: {row['disputed']}")
            lines.append("")
        lines.pop()
    return lines


def switches(registry: Registry) -> list[Row]:
    """Return all that is known of the switches, in types that JSON knows.

    Returns
    -------
    list of dict
        Sorted by name.
    """
    return [
        {
            "name": record.name,
            "title": record.title,
            "value": None if record.value is None else plain(record.value),
            "alternatives": _alternatives(record),
            "claims": dict(record.claims),
            "kind": record.kind,
            "grade": registry.grade(record.name),
            "says": record.says,
            "maps": record.maps,
            "maps_note": record.maps_note,
            "sources": _sources(record),
            "caveat": record.caveat,
        }
        for record in registry.by_role("switch")
    ]


def switch_lines(rows: list[Row]) -> list[str]:
    """Return the switches as a reader of a terminal wants them.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each switch.
    """
    if not rows:
        return ["No switches."]
    lines = [
        "Contested mechanisms; the alternative in brackets holds where a scenario says nothing."
    ]
    for row in rows:
        several = [
            f"[{_word(each)}]" if each == row["value"] else _word(each)
            for each in row["alternatives"]
        ]
        lines += ["", f"{row['name']}: {row['title']}"]
        if row["claims"]:
            for word, each in zip(several, row["alternatives"], strict=True):
                lines += _paragraph(f"{word}: {row['claims'][each]}")
        else:
            lines += _paragraph("  ".join(several))
        lines += _paragraph(f"{row['says']}")
        lines += _paragraph(row["maps_note"])
        lines += _paragraph(row["caveat"])
        lines += _paragraph(
            f"grade {row['grade']}, {row['kind']}; sources {_cited(row['sources'])}"
        )
    return lines


def _alternatives(record: Record) -> list[object]:
    """Return the values that a switch can take; true and false where none are listed."""
    if isinstance(record.prior, Discrete):
        return [plain(each) for each in record.prior.values]
    return [False, True]


def _sources(record: Record) -> list[dict[str, str]]:
    """Return where a record was read."""
    return [{"ref": each.ref, "locator": each.locator} for each in record.sources]


def _cited(sources: list[dict[str, str]]) -> str:
    """Return sources on one line."""
    return "; ".join(f"{each['ref']} {each['locator']}" for each in sources) or "none"


def _word(value: Any) -> str:  # noqa: ANN401 (true, a number or a word)
    """Return an alternative as a scenario file writes it, without quotation marks."""
    return show(value).strip('"')


def _paragraph(text: str) -> list[str]:
    """Return a text wrapped and indented; nothing for an empty text."""
    return wrap(text, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
