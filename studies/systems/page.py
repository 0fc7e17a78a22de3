"""The page of the study of systems: `python -m studies.systems.page [nl] > docs/effects.md`.

Reads `table.csv` and runs nothing.
"""

from __future__ import annotations

import sys
import tomllib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
from scipy import stats
from terugkeer.abm.observation.outcomes import BY_ID
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

WORDS: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
LEVEL: Final = 0.99  # of the interval on which a verdict rests
RETURNED: Final = "returned_independent"
TOLD: Final = (
    CONTACT,
    PATH,
    RETURNED,
    FREELY,
    "weeks_without_stable_shelter",
)  # columns
SIGNS: Final = str.maketrans(",.", ".,")
ACTS, BELOW, NULL, UNUSED = "acts", "below", "null", "unused"


def resolution(row: Row) -> float:
    """Return the half-width of the interval of a difference at `LEVEL`."""
    degrees = max(int(row["seeds"]) - 1, 1)
    wider = stats.t.ppf((1.0 + LEVEL) / 2.0, degrees) / stats.t.ppf(0.975, degrees)
    return half_width(row) * float(wider)


def verdict(system: System, found: Found) -> str:
    """Return what the runs say of a system, by the row of its chief outcome."""
    row = found[system.name, system.chief]
    if not any(found[system.name, name]["mean"] for name in (CONTACT, PATH, system.chief)):
        return UNUSED
    if abs(row["mean"]) > resolution(row):
        return ACTS
    return NULL if system.documented else BELOW


def by_outcome(found: pd.DataFrame) -> Found:
    """Return the rows of the table by system and outcome."""
    return {(row["system"], row["outcome"]): row for row in found.to_dict("records")}


def called(outcome: str, language: str) -> str:
    """Return what readers call an outcome."""
    if outcome not in KNOWN:
        return str(WORDS[language]["names"][outcome])
    return BY_ID[outcome].label_nl if language == "nl" and outcome in BY_ID else told(outcome)[0]


def shown(outcome: str) -> float:
    """Return by what an outcome is divided where it is shown: shares stand in percent."""
    return 0.01 if outcome.startswith("share_") else 1.0


def written(text: str, language: str) -> str:
    """Return numbers with the signs of a language: in Dutch a comma stands before decimals."""
    return text.translate(SIGNS) if language == "nl" else text


def row_of(system: System, found: Found, language: str) -> list[str]:
    """Return the row of a system in the table of its kind."""
    of = {name: found[system.name, name] for name in TOLD}
    unit = {CONTACT: shown(system.contact[0]), PATH: shown(system.path[0])}
    cells = [
        written(difference(row, unit.get(name, shown(name))), language) for name, row in of.items()
    ]
    title = system.title_nl if language == "nl" else system.title
    return [title, *cells, WORDS[language][verdict(system, found)]]


def note(system: System, found: Found, language: str) -> str:
    """Return since when a system acts, how it is measured, and what its columns hold."""
    words, dutch = WORDS[language], language == "nl"
    row, unit = found[system.name, system.chief], shown(system.chief)
    when = words.get(system.since) or words["since"].format(since=system.since)
    first, last = system.years
    held = words["held"].format(first=first, last=last, scale=f"{system.scale:g}")
    title = system.title_nl if dutch else system.title
    parts = [f"- **{title}** (`{system.lever}`; {system.sources}): {when}; {held}."]
    if not system.contact[0].startswith("contacts:met:") or system.kind != "organisation":
        contact, path = (
            ", ".join(called(each, language) for each in of) for of in (system.contact, system.path)
        )
        parts.append(words["steps"].format(contact=contact, path=path))
    if system.chief != RETURNED:
        differs = written(difference(row, unit), language)
        outcome = called(system.chief, language)
        parts.append(words["chief"].format(outcome=outcome, difference=differs))
    least = written(number(resolution(row) / unit), language)
    parts.append(words["resolution"].format(least=least))
    documented = system.documented_nl if dutch else system.documented
    return "".join(parts) + (f" {documented}." if documented else "")


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
        model = words["unknown"]
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
            seeds=SEEDS,
            early=early,
            late=late,
            level=round(100 * LEVEL),
            evidence=", ".join(f"`{each}`" for each in dict.fromkeys(found["evidence"])),
        )
    )
    head = ["", *(words[name] for name in TOLD), words["verdict"]]
    parts = [f"# {words['title']}", introduction]
    measured = [each for each in some if (each.name, each.chief) in of]
    for kind, group in groupby(measured, key=lambda each: each.kind):
        those = list(group)
        parts += [
            f"## {words['kinds'][kind]}",
            words["about"][kind],
            table(head, [row_of(each, of, language) for each in those], last_words=1),
            "\n".join(note(each, of, language) for each in those),
        ]
    parts += [
        f"## {words['beside']}",
        words["found"],
        as_found(of, language),
        words["not_modelled"],
    ]
    left = [each.title_nl if language == "nl" else each.title for each in some]
    left = [title for title, each in zip(left, some, strict=True) if each not in measured]
    if left:
        parts.append(words["not_measured"].format(titles="; ".join(left)))
    return "\n\n".join(parts) + "\n"


def main(language: str = "en") -> None:
    """Print the page."""
    sys.stdout.write(page(pd.read_csv(TABLE), systems(), language))


if __name__ == "__main__":
    main(*sys.argv[1:])
