"""The page of the study of money: `python -m studies.money.page > docs/money.md`.

Reads `table.csv` and runs nothing.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from terugkeer.abm.space.outcomes import FREELY
from terugkeer.agents.rules.assistance import MONEY, STACKING
from terugkeer.experiments.reports.markdown import table
from terugkeer.experiments.reports.paired import difference, number

from .study import ARMS, NONE, SCALE, SEEDS, TABLE, YEARS
from .told import DEFAULT, Found, Text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    Row = Mapping[Hashable, Any]

RETURNED: Final = "returned_independent"
READINGS: Final = ("money", "stacking")
# outcomes of the tables: words of a column, and by what numbers are divided
TOLD: Final[Mapping[str, tuple[str, float]]] = {
    RETURNED: ("returned independently", 1.0),
    "returned_unseen": ("returned unseen", 1.0),
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
# what happens to applications
STEPS: Final[Mapping[str, str]] = {
    "assistance:applied": "applications",
    "assistance:refused": "refused",
    "assistance:withdrawn:barred_from_cash": "withdrawn, barred from cash",
    "assistance:withdrawn:changed_mind": "withdrawn, mind changed",
    "assistance:granted": "granted",
    "assistance:awaited_place": "waited for a place",
    "assistance:granted:no_place": "granted other support for want of a place",
}
# what became of persons who applied
BECAME: Final[Mapping[str, str]] = {
    "applied": "applied",
    "left": "left with it",
    "refused": "refused",
    "withdrew": "withdrew",
    "returned_without": "went home without it",
    "removed": "removed",
    "out_of_sight": "out of sight",
    "otherwise": "permit, moved on, closed otherwise",
    "still_here": "still here",
}
NAMES: Final[Mapping[str, str]] = {
    "rean": "basic support",
    "hrt": "cash",
    "in_kind": "help in kind",
    "families": "goods for families",
}


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


def in_short(found: Found) -> str:
    """Return the table of independent returns: each change and reading of `money`."""
    rows = [
        [
            change,
            f"`{money}`",
            *(difference(found.row(change, RETURNED, (money, each)), 1.0) for each in STACKING),
        ]
        for change in ARMS
        if change != NONE
        for money in MONEY
    ]
    return table(["change", "`money`", *(f"`{each}`" for each in STACKING)], rows, words=2)


def became(found: Found, change: str) -> list[list[str]]:
    """Return a row for each scheme and reading of `money`: what became of those who applied."""
    return [
        [
            words,
            f"`{money}`",
            *(
                difference(found.row(change, f"ends:{scheme}:{end}", (money, DEFAULT[1])), 1.0)
                for end in BECAME
            ),
        ]
        for scheme, words in NAMES.items()
        for money in MONEY
    ]


def page(found: pd.DataFrame, written: Mapping[str, Text]) -> str:
    """Return the page.

    Parameters
    ----------
    found : pandas.DataFrame
        The table of the study.
    written : mapping of str to Text
        What is said of each change.

    Raises
    ------
    ValueError
        If a text rests on what the table no longer says.
    """
    asked = Found(found)
    unit = {name: each for name, (_, each) in TOLD.items()}
    head = [f"`{each}`" for each in READINGS]
    titles = [words for words, _ in TOLD.values()]
    levels = rows_of(found, NONE, list(TOLD), lambda row, name: number(row["without"] / unit[name]))
    survey = rows_of(found, NONE, list(SURVEY), lambda row, _: number(100.0 * row["without"]))
    parts = [
        "# What money and help in kind move",
        INTRODUCTION.strip(),
        OF_EVIDENCE.format(evidence=found["evidence"].iloc[0]),
        "## In short",
        SHORT,
        in_short(asked),
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
        steps = rows_of(found, change, list(STEPS), lambda row, _: difference(row, 1.0))
        parts += [
            f"## {change[0].upper()}{change[1:]}",
            written[change].of(change, asked, ARMS[change]),
            table([*head, *titles], moved, words=2),
            OF_APPLICATIONS,
            table([*head, *STEPS.values()], steps, words=2),
            OF_PERSONS,
            table(["scheme", "`money`", *BECAME.values()], became(asked, change), words=2),
        ]
    return "\n\n".join(parts) + "\n"


SHARES: Final = """
Shares of adults who returned through IOM with support (the first two), of adults who returned
independently, and of persons who returned a year before. The sizes of `tips` were set on six seeds
at scale 20, so that help decided for 4 % and was an influence for 49 % more, as a survey has it
(x5 A14). Ten seeds at scale 4 give a little more of both.
""".strip()
OF_EVIDENCE: Final = (
    "The numbers are of the model with evidence `{evidence}`. The report of a run tells of which "
    "evidence it is; if yours is of another, the model has changed since."
)
OF_APPLICATIONS: Final = """
Applications a year, in persons, more or fewer than without the change. A person may apply, withdraw
and apply again, and a grant may be withdrawn too, so the columns do not add up. What capacity takes
stands in the last two: people who waited for a place of help in kind, and people who were granted
other support because none came free.
""".strip()
OF_PERSONS: Final = f"""
What became of persons who applied, under `{DEFAULT[1]}`: of persons who were first eligible in
{YEARS[0]}-{YEARS[1]}, a year, more or fewer than without the change. Each applicant stands once
under each scheme for which the household applied, so the columns after the first add up to it. What
refusal, waiting and a change of mind take is everything but *left with it*.
""".strip()
SHORT: Final = (
    "Independent returns a year, more or fewer than without the change; bold where the interval "
    "leaves out 0. How freely people returned, how long it lasted, harm and spending stand below."
)
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
    sys.stdout.write(page(pd.read_csv(TABLE), texts()))


if __name__ == "__main__":
    main()
