"""The page of the documentation that shows every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...abm.evidence.factor_table import directions
from ...abm.evidence.grade import GRADES, strength_of
from ...abm.evidence.record import ROLES
from ...abm.evidence.value import show

if TYPE_CHECKING:
    from ...abm.evidence.bibliography import Source
    from ...abm.evidence.grade import Grade
    from ...abm.evidence.record import Record, Role
    from ...abm.evidence.registry import Registry


def parameters_markdown(registry: Registry) -> str:
    """Return the page of all records."""
    lines = [
        "# Parameters",
        "",
        "This page is written by `terugkeer check --write-docs`; edit the records, not the page.",
        "",
        *_strength(registry),
    ]
    for file in sorted({record.file for record in registry.values()}):
        lines += [f"## {file.removesuffix('.toml').replace('_', ' ').capitalize()}", ""]
        for name in registry.names():
            if registry[name].file == file:
                lines += _section(registry, registry[name])
    lines += ["## Bibliography", "", "| key | document | kind | note |", "|---|---|---|---|"]
    for key, each in sorted(registry.bibliography.items()):
        document = f"{each.author}, *{each.title}*, {each.year}"
        lines.append(
            f"| {key} | {in_cell(document)} | {in_cell(each.kind)} | {in_cell(each.note)} |"
        )
    return "\n".join(lines) + "\n"


def grade_counts(registry: Registry) -> dict[Role, dict[Grade, int]]:
    """Return how many records of each role have each grade."""
    counts: dict[Role, dict[Grade, int]] = {role: dict.fromkeys(GRADES, 0) for role in ROLES}
    for name, record in registry.items():
        counts[record.role][registry.grade(name)] += 1
    return counts


def assumption_sentence(registry: Registry) -> str:
    """Return how many records are assumptions.

    Returns
    -------
    str
        One sentence with count and share.
    """
    count, total = len(registry.assumptions()), len(registry)
    share = 100 * count / total if total else 0.0
    return f"{count} of {total} records ({share:.0f} %) are assumptions."


def _strength(registry: Registry) -> list[str]:
    """Return the lines on how strong the evidence is."""
    lines = [
        f"{assumption_sentence(registry)} Grades run from A (strong) to D (weak); they follow",
        "from four scores of 0 to 4 (proxy, empirical, method, validation) by their mean over 4:",
        "A from 0.75, B from 0.5, C from 0.25. An assumption is never better than D.",
        "",
        f"| role | {' | '.join(GRADES)} | all |",
        f"|---|{'---:|' * (len(GRADES) + 1)}",
    ]
    for role, counts in grade_counts(registry).items():
        cells = " | ".join(str(counts[each]) for each in GRADES)
        lines.append(f"| {role} | {cells} | {sum(counts.values())} |")
    return [*lines, ""]


def _section(registry: Registry, record: Record) -> list[str]:
    """Return the lines on one record."""
    scores = registry.pedigree(record.name)
    strength = (
        f"strength {strength_of(scores):.2f}: proxy {scores.proxy}, empirical {scores.empirical}, "
        f"method {scores.method}, validation {scores.validation}"
    )
    mechanism = "own scores"
    if record.pedigree is None and record.mechanism is not None:
        mechanism = registry.mechanisms[record.mechanism].title
    value = f"table `{record.table}`" if record.value is None else f"`{show(record.value)}`"
    rows = [
        ("value", f"{value}, unit {record.unit}"),
        ("role, kind", f"{record.role}, {record.kind}"),
        ("prior", record.prior.describe() if record.prior else ""),
        ("hard bounds", str(list(record.bounds)) if record.bounds else ""),
        ("grade", f"{registry.grade(record.name)} ({strength}; {mechanism})"),
        ("source says", record.says),
        ("becomes the value by", " ".join(filter(None, (record.maps, record.maps_note)))),
        ("sources", "; ".join(_cited(each) for each in record.sources)),
        ("caveat", record.caveat),
    ]
    if record.factor is not None:
        acts = f"{record.factor.force}, through `{record.factor.variable}`"
        rows.insert(1, ("acts", f"{acts} ({record.factor.transform}): {directions(record.factor)}"))
        rows.append(("disputed", record.factor.disputed))
    for each in record.dated:
        source = f" ({_cited(each.source)})" if each.source else ""
        rows.append((f"from {each.start}", f"`{show(each.value)}`: {each.says}{source}"))
    lines = [f"### `{record.name}`", "", f"{record.title}.", "", "| field | |", "|---|---|"]
    lines += [f"| {key} | {in_cell(text)} |" for key, text in rows if text]
    return [*lines, ""]


def _cited(source: Source) -> str:
    """Return a source as the page cites it."""
    return f"{source.ref} {source.locator}"


def in_cell(text: str) -> str:
    """Return text that does not end a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
