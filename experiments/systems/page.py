"""The page of what systems move, in English and Dutch; it runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...abm.evidence.registry import registry
from ...abm.space.outcomes import FREELY
from ..reports.markdown import table
from ..reports.paired import number
from .effects import (
    BELOW,
    LEVEL,
    NOT_MEASURED,
    by_outcome,
    judged,
    resolution,
    seen,
    used,
    verdict,
)
from .system import CONTACT, EARLIER, LATER, PATH, RETURNED, grade
from .words import (
    WORDS,
    called,
    compared,
    count,
    documented,
    held,
    judgement,
    left_out,
    shown,
    stepped,
    titled,
    when,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ..reports.paired import Row
    from .effects import Found
    from .system import System

TOLD: Final = (CONTACT, PATH, RETURNED, FREELY, "weeks_without_stable_shelter")  # columns


def row_of(system: System, found: Found, language: str) -> list[str]:
    """Return the row of a system in the table of its kind."""
    unit = {CONTACT: shown(system.contact[0]), PATH: shown(system.path[0])}
    cells = [
        written(differs(found[system.name, name], unit.get(name, shown(name))), language)
        for name in TOLD
    ]
    return [titled(system, language), *cells, judgement(system, judged(system, found), language)]


def differs(row: Row, unit: float) -> str:
    """Return a difference with the half-width of the interval on which verdicts rest."""
    text = f"{number(row['mean'] / unit, signed=True)} ± {number(resolution(row) / unit)}"
    return f"**{text}**" if seen(row) else text


def note(system: System, found: Found, language: str, *, of_which: bool = False) -> str:
    """Return when a system acts, what its two sides are, and what its columns hold.

    Parameters
    ----------
    of_which : bool, optional
        Whether to name the evidence, because the rows are not all of the same.
    """
    words = WORDS[language]
    row = found[system.name, system.chief]
    strength = words["grade"].format(grade=grade(system, registry()))
    about = f"(`{system.lever}`, {strength}; {system.sources}): {when(system, language)}"
    parts = [f"- **{titled(system, language)}** {about}; {held(system, language)}."]
    if system.measured_again:
        parts.append(words["again"])
    if system.compares:
        parts.append(f" {compared(system, language)}.")
    if not system.meets:
        contact, path = (
            ", ".join(called(each, language) for each in of) for of in (system.contact, system.path)
        )
        parts.append(words["steps"].format(contact=contact, path=path))
    parts.append(_rests_on(system, found, language))
    if not used(system, found):
        parts.append(words["unused"])
    elif verdict(system, found) == BELOW:
        parts.append(_not_seen(system, row, language))
    if of_which:
        parts.append(f" {words['evidence']} `{row['evidence']}`.")
    says = documented(system, language)
    return "".join(parts) + (f" {says}." if says else "")


def _rests_on(system: System, found: Found, language: str) -> str:
    """Return on which outcome a verdict rests, unless it is the next step, and no number twice."""
    if system.counts(system.chief) == system.path:
        return ""
    row, path = found[system.name, system.chief], found[system.name, PATH]
    is_same = all(row[each] == path[each] for each in ("mean", "low", "high"))
    how = "chief_column" if system.chief in TOLD else "chief_same" if is_same else "chief"
    difference = written(differs(row, shown(system.chief)), language)
    outcome = called(system.chief, language)
    return str(WORDS[language][how].format(outcome=outcome, difference=difference))


def _not_seen(system: System, row: Row, language: str) -> str:
    """Return how large a difference in the chief outcome must be to be seen."""
    words, unit = WORDS[language], shown(system.counts(system.chief)[0])
    outcome = stepped(system, system.chief, language)
    outcome = outcome[0].upper() + outcome[1:]
    if resolution(row) > 0.0:
        least = written(number(resolution(row) / unit), language)
        return str(words["resolution"].format(outcome=outcome, least=least))
    value = written(number(row["with"] / unit), language)
    return str(words["same"].format(outcome=outcome, value=value))


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
    measured = [each for each in some if (each.name, each.chief) in of]
    judgements = {each.name: judged(each, of) for each in some}
    alone = [each for each in measured if judgements[each.name]["only_in_returns"]]
    again = [each for each in measured if each.measured_again]
    introduction = (
        words["introduction"]
        .strip()
        .format(
            seeds=max(found["seeds"]),
            early=early,
            late=late,
            level=round(100 * LEVEL),
            alone="; ".join(titled(each, language) for each in alone) or "-",
            again="; ".join(titled(each, language) for each in again) or "-",
            evidence=", ".join(f"`{each}`" for each in dict.fromkeys(found["evidence"])),
        )
    )
    heads = {CONTACT: words[CONTACT], PATH: words[PATH]}
    names = [heads.get(name) or called(name, language) for name in TOLD]
    head = ["", *names, words["verdict"]]
    parts = [f"# {words['title']}", introduction, count(list(judgements.values()), language)]
    unlike = len(set(found["evidence"])) > 1
    for kind in dict.fromkeys(each.kind for each in measured):
        those = [each for each in measured if each.kind == kind]
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
            f"- **{titled(each, language)}** ({each.sources}; "
            f"{judgement(each, judgements[each.name], language)}): {left_out(each, language)}."
            for each in some
            if each.left_out
        ),
    ]
    left = [titled(each, language) for each in some if verdict(each, of) == NOT_MEASURED]
    if left:
        parts.append(words["not_measured"].format(titles="; ".join(left)))
    return "\n\n".join(parts) + "\n"
