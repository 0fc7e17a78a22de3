"""The page of the study of systems: `python -m studies.systems.page > docs/effects.md`.

Reads `table.csv` and runs nothing.
"""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pandas as pd
from scipy import stats
from terugkeer.abm.space.outcomes import FREELY, KNOWN, told

from ..markdown import table
from ..paired import difference, half_width, number
from .rows import EARLIER, LATER, systems
from .study import CONTACT, PATH, SEEDS, TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..paired import Row
    from .rows import System

    Found = Mapping[tuple[str, str], Row]

LEVEL: Final = 0.99  # of the interval on which a verdict rests
RETURNED, UNSHELTERED = "returned_independent", "weeks_without_stable_shelter"
ACTS, BELOW, NULL = "acts", "acts below resolution", "null as documented"
ABOUT: Final[Mapping[str, str]] = {
    "organisation": (
        "Each organisation has its places, or none. *Contact* counts persons who first met it, "
        "*path* independent returns of persons who had met it at any time. Most of those who lose "
        "one organisation meet another. Places are assumed where no source gives them, and rows "
        "stand in the order of the program: this is no ranking of organisations."
    ),
    "counsellors": "What counsellors are, whatever the organisation.",
    "method": "What counsellors do, as often as the evidence says, or with every client.",
    "case managers": "What case managers (regievoerders) decide.",
    "reintegration": "What acts after return. Before return it acts only through news of it.",
}


def resolution(row: Row) -> float:
    """Return the half-width of the interval of a difference at `LEVEL`."""
    degrees = max(int(row["seeds"]) - 1, 1)
    wider = stats.t.ppf((1.0 + LEVEL) / 2.0, degrees) / stats.t.ppf(0.975, degrees)
    return half_width(row) * float(wider)


def verdict(system: System, row: Row) -> str:
    """Return what the runs say of a system, by the row of its chief outcome."""
    if abs(row["mean"]) > resolution(row):
        return ACTS
    return NULL if system.documented else BELOW


def by_outcome(found: pd.DataFrame) -> Found:
    """Return the rows of the table by system and outcome."""
    return {(row["system"], row["outcome"]): row for row in found.to_dict("records")}


def words(outcome: str) -> str:
    """Return what readers call an outcome, and its unit where that is not persons."""
    if outcome not in KNOWN:
        return f"rows `{outcome}`"
    label, unit = told(outcome)
    return label if unit in ("person", "closing") else f"{label} ({unit})"


def shown(outcome: str) -> float:
    """Return by what an outcome is divided where it is shown: shares stand in percent."""
    return 0.01 if outcome.startswith("share_") else 1000.0 if outcome == UNSHELTERED else 1.0


def row_of(system: System, found: Found) -> list[str]:
    """Return the row of a system in the table of its kind."""
    of = {name: found[system.name, name] for name in (CONTACT, PATH, RETURNED, FREELY, UNSHELTERED)}
    unit = {CONTACT: shown(system.contact[0]), PATH: shown(system.path[0])}
    cells = [difference(row, unit.get(name, shown(name))) for name, row in of.items()]
    return [system.title, *cells, verdict(system, found[system.name, system.chief])]


def notes(some: Sequence[System], found: Found) -> str:
    """Return a line for each system: since when, how it is measured, and what its columns hold."""
    lines = []
    for each in some:
        row = found[each.name, each.chief]
        when = {"always": "in all years", "never": "not in the baseline"}.get(
            each.since, f"since {each.since}"
        )
        held = f"{each.years[0]}-{each.years[1]}, scale {each.scale:g}"
        what = ""
        if each.kind != "organisation":
            contact, path = (", ".join(map(words, of)) for of in (each.contact, each.path))
            what = f" Contact: {contact}. Path: {path}."
        chief = "" if each.chief == RETURNED else f" Verdict by: {words(each.chief)}"
        if chief:
            chief += f", {difference(row, shown(each.chief))}."
        unit = shown(each.chief)
        seen_from = f" Smaller than {number(resolution(row) / unit)} can't be seen."
        lines.append(
            f"- **{each.title}** (`{each.lever}`; {each.sources}): {when}; {held}.{what}{chief}"
            f"{seen_from}{f' {each.documented}.' if each.documented else ''}"
        )
    return "\n".join(lines)


def as_found(found: Found) -> str:
    """Return what the baseline shows beside four numbers of the record that are coded nowhere."""
    projects, green_way = found["return_organisations", PATH], found["green_way", PATH]
    met = found["green_way", CONTACT]
    of_all = {
        name: found["return_organisations", name]["with"]
        for name in ("share_iom_not_government", "share_unobserved_talked")
    }
    years = LATER[1] - LATER[0] + 1
    rows = [
        [
            "independent departures through funded projects, a year (s4 L5939-5949)",
            "54 (163 in 2014-16)",
            f"{number(projects['with'])}: had met a training or reintegration organisation",
        ],
        [
            "Green Way (s4 F7)",
            "7 families took part, 3 returned",
            (
                f"{number(years * met['with'])} persons met it in {LATER[0]}-{LATER[1]}, "
                f"{number(years * green_way['with'])} of those who had met it returned"
            ),
        ],
        [
            "through IOM without referral by government, % (s4 L3296)",
            "57 (2013)",
            (
                f"{number(100.0 * of_all['share_iom_not_government'])}: without a referral that "
                "was followed"
            ),
        ],
        [
            "unobserved closings after a talk with a case manager, % (s4 L3314)",
            "more than 50",
            number(100.0 * of_all["share_unobserved_talked"]),
        ],
    ]
    return table(["number", "record", "model"], rows, words=3)


def page(found: pd.DataFrame, some: Sequence[System]) -> str:
    """Return the page.

    Parameters
    ----------
    found : pandas.DataFrame
        The table of the study.
    some : sequence of System
        Those listed, in their order.
    """
    of = by_outcome(found)
    evidence = ", ".join(f"`{each}`" for each in dict.fromkeys(found["evidence"]))
    head = [
        "",
        CONTACT,
        PATH,
        "returned independently",
        "adults informed, free, with alternative",
        "1,000 weeks without stable shelter",
        "verdict",
    ]
    parts = ["# What those who help move", INTRODUCTION.format(evidence=evidence)]
    for kind, group in groupby(some, key=lambda each: each.kind):
        those = list(group)
        parts += [
            f"## {kind[0].upper()}{kind[1:]}",
            ABOUT[kind],
            table(head, [row_of(each, of) for each in those], words=1, last_words=1),
            notes(those, of),
        ]
    parts += ["## Beside the record", FOUND, as_found(of), NOT_MODELLED]
    return "\n\n".join(parts) + "\n"


INTRODUCTION: Final = f"""This page is made by `python -m studies.systems.page` from
[`studies/systems/table.csv`](../studies/systems/table.csv), which `python -m studies.systems.study`
writes.

Each row compares the model with and without one thing, on the same {SEEDS} seeds, a year in
{EARLIER[0]}-{EARLIER[1]}, or in {LATER[0]}-{LATER[1]} for what began in the second half of 2015 or
later; the years after 2015 are the model's own and are compared with no record. Numbers are
differences with the half-width of their 95 % interval over seeds: chance alone; bold where the
interval leaves out 0. Parameters stand at their values of the evidence, which are not calibrated
and mostly assumed, so the sizes are those of assumptions.

The verdict rests on one outcome for each row, chosen before the runs: independent returns, unless
the notes name another.

- *{ACTS}*: its {LEVEL:.0%} interval leaves out 0. Of a hundred rows that do nothing one says so.
- *{BELOW}*: people are met or the rule is used, but what it moves is smaller than chance. The notes
  say what could have been seen.
- *{NULL}*: not seen, and a source says that there is little to see.
- *not modelled*: listed [elsewhere](not_modelled.md), with the reason.

Evidence of the rows: {{evidence}}. The report of a run tells of which evidence it is; if yours is
of another, the model has changed since."""
FOUND: Final = (
    "Four numbers of the record are coded nowhere and aimed at by no rule. This is what the "
    "baseline shows beside them."
)
NOT_MODELLED: Final = (
    "What organisations, methods and case managers do that the model leaves out stands in "
    "[what is not modelled](not_modelled.md)."
)


def main() -> None:
    """Print the page."""
    sys.stdout.write(page(pd.read_csv(TABLE), systems()))


if __name__ == "__main__":
    main()
