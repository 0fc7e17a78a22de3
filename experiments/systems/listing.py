"""What `explain systems` and `explain system NAME` show."""

from __future__ import annotations

import re
from math import isfinite
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from ...abm.errors import InputError
from ...abm.evidence.mistakes import nearest
from ...abm.space.outcomes import FREELY
from ..reports.paired import number
from ..reports.readers import record_readers
from .effects import (
    LEVEL,
    NOT_MEASURED,
    NOT_MODELLED,
    by_construction,
    by_outcome,
    effects,
    resolution,
    returns,
    verdict,
)
from .system import CONTACT, PATH, RETURNED, grade, systems
from .words import WORDS, called, documented, held, shown, titled, when, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...abm.evidence.registry import Registry
    from ..reports.paired import Row
    from .effects import Found
    from .system import System

WIDTH: Final = 98  # characters, so that two are left of a hundred
# never told alone: how freely people returned, and what harm stands beside it
BESIDE: Final = (
    RETURNED,
    FREELY,
    "weeks_without_stable_shelter",
    "child_weeks_without_stable_shelter",
)

STEPS: Final = (CONTACT, PATH)
PART: Final = 3  # letters: shorter words are not looked for within words

Told = dict[str, Any]


def system_rows(registry: Registry, name: str | None = None, language: str = "en") -> list[Told]:
    """Return systems with what they move, in types that JSON knows.

    Parameters
    ----------
    name : str or None, optional
        One system; if left out, all of them.
    language : str, optional
        `en` or `nl`: of the refusal of a name.

    Returns
    -------
    list of dict
        In the order of their list: `name, title, sources, code, lever, grade, from, outcome,
        effect, low, high, verdict, by_construction, returns, without, with, beside, seeds, scale,
        first_year, last_year, evidence`. `code` lists the functions that read what switches a
        system, and `grade` is the weakest of those values. `effect`, with the interval `low, high`
        of 99 %, is of the outcome on which the verdict rests, chosen before these runs were read
        and after earlier ones with the same seeds: a year, with the system less without it.
        `by_construction` says whether that outcome can't happen without the system. `returns`
        says whether `more` or `fewer` persons return independently, at the same level, or whether
        that is `not_seen`. `beside` has contact, path, returns, voluntariness and harm in the same
        way. What is not modelled has `name, title, sources, verdict, reason`.

    Raises
    ------
    InputError
        If there is no system of that name.
    """
    listed = systems()
    some = listed if name is None else [_asked(listed, name, language)]
    found = by_outcome(effects())
    records = {record for each in some for record in each.records}
    readers = record_readers(registry[record] for record in sorted(records))
    return [_row(each, found, readers, grade(each, registry)) for each in some]


def _asked(listed: Sequence[System], name: str, language: str) -> System:
    """Return the system of a name, or the only one that is called by its words."""
    asked = _words(name)
    named = [each for each in listed if _words(each.name) == asked]
    found = named or [each for each in listed if _holds(each, asked)]
    if len(found) == 1:
        return found[0]
    words = WORDS[language]
    if found:
        names = ", ".join(each.name for each in found)
        raise InputError(words["several"].format(name=name, names=names))
    near = nearest("_".join(asked), [each.name for each in listed])
    hint = words["meant"].format(names=", ".join(map(repr, near))) if near else ""
    raise InputError(words["unknown"].format(name=name, hint=hint))


def _holds(system: System, asked: Sequence[str]) -> bool:
    """Return whether a system is called by words: longer ones also at either end of a word."""
    titles = _words(f"{system.name} {system.title} {system.title_nl} {system.also}")
    return bool(asked) and all(
        any(
            word == each or (len(each) > PART and (word.startswith(each) or word.endswith(each)))
            for word in titles
        )
        for each in asked
    )


def _words(text: str) -> list[str]:
    """Return the words of a name or a title, in lower case."""
    return re.findall(r"[^\W_]+", text.casefold())


def _row(system: System, found: Found, readers: Mapping[str, Sequence[str]], weakest: str) -> Told:
    """Return one system in types that JSON knows."""
    told: Told = {
        "name": system.name,
        "title": {"en": system.title, "nl": system.title_nl},
        "sources": system.sources,
        "code": sorted({*system.code, *(at for each in system.records for at in readers[each])}),
        "lever": system.lever,
        "grade": weakest,
        "from": system.since,
        "outcome": " + ".join(system.counts(system.chief)),
    }
    says = verdict(system, found)
    if says == NOT_MODELLED:
        reason = {"en": system.left_out, "nl": system.left_out_nl}
        return {name: told[name] for name in ("name", "title", "sources")} | {
            "verdict": says,
            "reason": reason,
        }
    if says == NOT_MEASURED:
        return told | {"verdict": says}
    row = found[system.name, system.chief]
    beside = {name: _difference(found[system.name, name]) for name in (CONTACT, PATH, *BESIDE)}
    return (
        told
        | _difference(row)
        | {"verdict": says, "by_construction": by_construction(system, found)}
        | {"returns": returns(system, found), "beside": beside}
        | {"scale": system.scale, "seeds": int(row["seeds"])}
        | {key: row[key] for key in ("first_year", "last_year", "evidence")}
    )


def _difference(row: Row) -> Told:
    """Return a difference with its interval of 99 %, and both sides; missing where not known."""
    mean, half = row["mean"], resolution(row)
    told = {"effect": mean, "low": mean - half, "high": mean + half}
    told |= {"without": row["without"], "with": row["with"]}
    return {name: float(value) if isfinite(value) else None for name, value in told.items()}


def system_lines(rows: list[Told], language: str) -> list[str]:
    """Return systems as a reader of a terminal wants them.

    Parameters
    ----------
    language : str
        `en` or `nl`.

    Returns
    -------
    list of str
        Lines of at most 100 characters, one paragraph for each system.
    """
    words = WORDS[language]
    listed = {each.name: each for each in systems()}
    lines = wrap(words["list"].format(level=round(100 * LEVEL)), WIDTH)
    for row in rows:
        system = listed[row["name"]]
        head = f"{titled(system, language)} [{system.name}]: {words[row['verdict']]}"
        if row.get("by_construction"):
            head += f"; {words['by_construction']}"
        if "returns" in row:
            head += f"; {words['returns'][row['returns']]}"
        lines += ["", *wrap(head, WIDTH)]
        for text in _sentences(system, row, language):
            lines += wrap(text, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)
    return lines


def _sentences(system: System, row: Told, language: str) -> list[str]:
    """Return what is told of a system below its verdict."""
    words = WORDS[language]
    if row["verdict"] == NOT_MODELLED:
        return [f"{row['reason'][language]}. {system.sources}"]
    lever = f"{system.lever} ({words['grade'].format(grade=row['grade'])})"
    source = f"{when(system, language)}; {lever}; {system.sources}; {', '.join(row['code'])}"
    if row["verdict"] == NOT_MEASURED:
        return [source]
    beside = [
        f"{_called(system, name, language)} {_signed(system, name, told, language)}"
        for name, told in row["beside"].items()
        if name != system.chief
    ]
    unit = shown(system.counts(system.chief)[0])
    sides = {name: written(number(row[name] / unit), language) for name in ("without", "with")}
    differs = _signed(system, system.chief, row, language)
    chief = f"{_called(system, system.chief, language)}: {differs}"
    chief += f" ({words['sides'].format(**sides)})"
    says = documented(system, language)
    about = f"{held(system, language)}, {words['seeds'].format(seeds=row['seeds'])}"
    return [chief, "; ".join(beside), f"{about}. {says}" if says else about, source]


def _called(system: System, name: str, language: str) -> str:
    """Return what readers call an outcome; of contact and path what they count."""
    if name not in STEPS:
        return called(name, language)
    if system.meets:
        return str(WORDS[language]["met"][name])
    return " + ".join(called(each, language) for each in system.counts(name))


def _signed(system: System, name: str, told: Told, language: str) -> str:
    """Return a difference with the half-width of its interval, shares in percent."""
    if told["effect"] is None:
        return str(WORDS[language]["not_known"])
    unit = shown(system.counts(name)[0])
    mean, half = (
        number(told["effect"] / unit, signed=True),
        number((told["high"] - told["effect"]) / unit),
    )
    return written(f"{mean} ± {half}", language)
