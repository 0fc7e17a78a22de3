"""The page of what systems move, in English and Dutch; it runs nothing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ...abm.evidence.registry import registry
from ...abm.space.outcomes import FREELY
from ..reports.markdown import table
from ..reports.paired import difference, number
from .effects import (
    ACTS,
    LEVEL,
    NOT_MEASURED,
    UNSEEN,
    by_construction,
    by_outcome,
    resolution,
    returns,
    used,
    verdict,
)
from .system import CONTACT, EARLIER, LATER, PATH, RETURNED, grade
from .words import WORDS, called, documented, held, left_out, shown, titled, when, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from .effects import Found
    from .system import System

TOLD: Final = (CONTACT, PATH, RETURNED, FREELY, "weeks_without_stable_shelter")  # columns


def row_of(system: System, found: Found, language: str) -> list[str]:
    """Return the row of a system in the table of its kind."""
    of = {name: found[system.name, name] for name in TOLD}
    unit = {CONTACT: shown(system.contact[0]), PATH: shown(system.path[0])}
    cells = [
        written(difference(row, unit.get(name, shown(name))), language) for name, row in of.items()
    ]
    return [titled(system, language), *cells, told(system, found, language)]


def told(system: System, found: Found, language: str) -> str:
    """Return the verdict on a system, and whether independent returns move."""
    words = WORDS[language]
    says = [words[verdict(system, found)], words["returns"][returns(system, found)]]
    if by_construction(system, found):
        says.insert(1, words["by_construction"])
    return "; ".join(says)


def note(system: System, found: Found, language: str, *, of_which: bool = False) -> str:
    """Return since when a system acts, how it is measured, and what its columns hold.

    Parameters
    ----------
    of_which : bool, optional
        Whether to name the evidence, because the rows are not all of the same.
    """
    words = WORDS[language]
    row, unit = found[system.name, system.chief], shown(system.counts(system.chief)[0])
    strength = words["grade"].format(grade=grade(system, registry()))
    about = f"(`{system.lever}`, {strength}; {system.sources}): {when(system, language)}"
    parts = [f"- **{titled(system, language)}** {about}; {held(system, language)}."]
    if not system.meets:
        contact, path = (
            ", ".join(called(each, language) for each in of) for of in (system.contact, system.path)
        )
        parts.append(words["steps"].format(contact=contact, path=path))
    if system.chief != PATH:
        differs = written(difference(row, unit), language)
        outcome = called(system.chief, language)
        parts.append(words["chief"].format(outcome=outcome, difference=differs))
    if resolution(row) > 0.0:
        least = written(number(resolution(row) / unit), language)
        parts.append(words["resolution"].format(least=least))
    else:
        parts.append(words["same"])
    if not used(system, found):
        parts.append(words["unused"])
    if of_which:
        parts.append(f" {words['evidence']} `{row['evidence']}`.")
    says = documented(system, language)
    return "".join(parts) + (f" {says}." if says else "")


def as_found(found: Found, language: str) -> str:
    """Return what the baseline shows beside four numbers of the record that are coded nowhere."""
    words, years = WORDS[language], LATER[1] - LATER[0] + 1
    every, green_way = "return_organisations", "green_way"
    early = {"first": EARLIER[0], "last": EARLIER[1]}
    late = {"first": LATER[0], "last": LATER[1]}
    asked: dict[str, tuple[dict[str, tuple[str, str, float]], dict[str, int]]] = {
        "projects": ({"persons": (every, PATH, 1.0)}, early),
        "green_way": (
            {"met": (green_way, CONTACT, years), "returned": (green_way, PATH, years)},
            late,
        ),
        "referral": ({"share": (every, "share_iom_not_government", 100.0)}, early),
        "talks": ({"share": (every, "share_unobserved_talked", 100.0)}, early),
    }
    rows = []
    for name, (values, period) in asked.items():
        model = words["not_measured_yet"]
        if all((system, outcome) in found for system, outcome, _ in values.values()):
            filled = {
                each: written(number(times * found[system, outcome]["with"]), language)
                for each, (system, outcome, times) in values.items()
            }
            model = words[f"{name}_model"].format(**filled, **period)
        rows.append([words[f"of_{name}"], words[f"{name}_record"], model])
    return table(words["beside_head"], rows, words=3)


def page(found: pd.DataFrame, some: Sequence[System], language: str = "en") -> str:
    """Return the page.

    Parameters
    ----------
    found : pandas.DataFrame
        The table of the study.
    some : sequence of System
        Those listed, in their order; the page names those of which the table has no rows.
    language : str, optional
        `en` or `nl`.
    """
    of, words = by_outcome(found), WORDS[language]
    early, late = (f"{first}-{last}" for first, last in (EARLIER, LATER))
    introduction = (
        words["introduction"]
        .strip()
        .format(
            seeds=max(found["seeds"]),
            early=early,
            late=late,
            level=round(100 * LEVEL),
            evidence=", ".join(f"`{each}`" for each in dict.fromkeys(found["evidence"])),
        )
    )
    head = ["", *(words[name] for name in TOLD), words["verdict"]]
    measured = [each for each in some if (each.name, each.chief) in of]
    count = words["count"].format(
        rows=len(measured),
        acts=sum(verdict(each, of) == ACTS for each in measured),
        constructed=sum(by_construction(each, of) for each in measured),
        moved=sum(returns(each, of) != UNSEEN for each in measured),
    )
    parts = [f"# {words['title']}", introduction, count]
    unlike = len(set(found["evidence"])) > 1
    for kind, group in groupby(measured, key=lambda each: each.kind):
        those = list(group)
        parts += [
            f"## {words['kinds'][kind]}",
            words["about"][kind],
            table(head, [row_of(each, of, language) for each in those], last_words=1),
            "\n".join(note(each, of, language, of_which=unlike) for each in those),
        ]
    parts += [
        f"## {words['beside']}",
        words["found"],
        as_found(of, language),
        f"## {words['left_out']}",
        words["about_left_out"],
        "\n".join(
            f"- **{titled(each, language)}** ({each.sources}): {left_out(each, language)}."
            for each in some
            if each.left_out
        ),
    ]
    left = [titled(each, language) for each in some if verdict(each, of) == NOT_MEASURED]
    if left:
        parts.append(words["not_measured"].format(titles="; ".join(left)))
    return "\n\n".join(parts) + "\n"
