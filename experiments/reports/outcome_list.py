"""What `explain outcomes` shows, and the page of the documentation that lists them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from ...abm.evidence.grade import WORDS
from ...abm.evidence.registry import registry
from ...abm.observation.catalogue import OBSERVERS
from ...abm.observation.observer import ALL
from ...abm.observation.outcomes import BY_ID, COMPANIONS, OUTCOMES
from ...abm.observation.reported import OF_LEAVING

if TYPE_CHECKING:
    from ...abm.observation.reported import ReportedOutcome

WIDTH: Final = 98  # characters, so that two are left of a hundred
FAMILIES: Final = {
    "recorded": "Recorded: how files close, as published tables count",
    "true": "True: what became of persons, recorded or not",
    "voluntariness": "Voluntariness: how freely adults returned independently",
    "harm": "Harm: shelter, sight, health, detention, children and families, danger",
    "measures": "Measures of removal",
    "support": "Support and counselling",
    "after_return": "After return: how returns went",
    "cohort": "Cohorts: two years after the first file",
    "spending": "Spending: at unit prices, never for each departure",
}
TOGETHER: Final = (
    "Outcomes stand together: harm and voluntariness come with every outcome on leaving or "
    "returning. No outcome is marked good or bad, and none goes below broad groups."
)
INTRODUCTION: Final = f"""\
# Outcomes

This page is written by `terugkeer check --write-docs`; edit `abm/observation/`, not the page.

Runs report these outcomes, and comparisons compare them. `terugkeer explain outcomes` prints this
list (`--json` for programs), `outcomes.csv` of a [run folder](running.md) holds the values, and
`terugkeer.abm.observation.outcomes.outcomes(yearly)` makes them of yearly rows: by year, for the
whole period, for all and by broad group. Over a period persons, weeks and euros add up, a stock
is that of the last year, and a ratio is that of the sums. A value is missing where a run can't
tell it, for example where nobody weighs options, and where nobody is counted.

{TOGETHER} Asked for alone, a number of departures or returns brings
{", ".join(f"`{each}`" for each in COMPANIONS)} with it.

No Dutch record says what happens after a departure ([after return](after_return.md)).
"""

Row = dict[str, Any]


def outcome_rows() -> list[Row]:
    """Return all that is known of the outcomes, in types that JSON knows.

    Returns
    -------
    list of dict
        In the order of the registry.
    """
    return [_row(each) for each in OUTCOMES]


def _row(outcome: ReportedOutcome) -> Row:
    over = outcome.over
    return {
        "id": outcome.id,
        "label": outcome.label,
        "label_nl": outcome.label_nl,
        "unit": outcome.unit,
        "family": outcome.family,
        "counts": outcome.counts,
        "reads": outcome.reads,
        "table": outcome.part.table,
        "items": list(outcome.part.items),
        "over": None if over is None else {"table": over.table, "items": list(over.items)},
        "at_end_of_year": outcome.stock,
        "groups": groups_of(outcome),
        "never_alone": outcome.family in OF_LEAVING,
        "source": outcome.source,
        "rests_on": {name: registry().grade(name) for name in outcome.rests_on},
    }


def _rests(outcome: ReportedOutcome) -> list[str]:
    """Return a sentence on the records on which a difference rests, and how strong they are."""
    grades = {name: registry().grade(name) for name in outcome.rests_on}
    told = ", ".join(f"`{name}` {grade} ({WORDS[grade].en})" for name, grade in grades.items())
    return [f"It rests on: {told}."] if told else []


def groups_of(outcome: ReportedOutcome) -> list[str]:
    """Return the groups that an outcome is told for.

    Returns
    -------
    list of str
        `all`, and broad groups such as `origin_group=safe`.
    """
    observers = [each for each in OBSERVERS if each.table in outcome.tables]
    shared = set.intersection(*(set(each.dimensions) for each in observers))
    values = observers[0].dimensions
    return [ALL, *(f"{name}={v}" for name in values if name in shared for v in values[name])]


def outcome_lines(rows: list[Row]) -> list[str]:
    """Return the outcomes as a reader of a terminal wants them.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each outcome.
    """
    lines = wrap(TOGETHER, WIDTH)
    for family, heading in FAMILIES.items():
        lines += ["", heading.upper()]
        for row in (each for each in rows if each["family"] == family):
            head = f"{row['id']} ({row['unit']}): {row['label']}"
            lines += ["", *wrap(head, WIDTH, subsequent_indent=" " * 4)]
            lines += _paragraph(f"nl: {row['label_nl']}")
            lines += _paragraph(row["counts"])
            lines += _paragraph(" ".join([row["reads"], *_rests(BY_ID[row["id"]])]))
            lines += _paragraph(f"table {row['table']}; source {row['source']}")
    return lines


def outcomes_markdown() -> str:
    """Return the page that lists the outcomes."""
    lines = [INTRODUCTION]
    for family, heading in FAMILIES.items():
        lines += [
            f"## {heading}",
            "",
            "| outcome | unit | counts | more of it | Dutch label |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| `{each.id}` | {each.unit} | {each.counts} | "
            f"{' '.join([each.reads, *_rests(each)])} | {each.label_nl} |"
            for each in OUTCOMES
            if each.family == family
        ]
        lines.append("")
    return "\n".join(lines)


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
