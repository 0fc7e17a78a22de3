"""What `explain systems` and `explain system NAME` show."""

from __future__ import annotations

from math import isfinite
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any, Final

from ...abm.space.outcomes import FREELY
from ..reports.paired import number
from ..reports.readers import record_readers
from .effects import (
    LEVEL,
    NOT_MEASURED,
    NOT_MODELLED,
    by_outcome,
    effects,
    judged,
    resolution,
)
from .naming import meant
from .system import CONTACT, PATH, RETURNED, grade, systems
from .words import (
    WORDS,
    compared,
    count,
    documented,
    held,
    judgement,
    short,
    shown,
    stepped,
    titled,
    when,
    written,
)

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
RUN: Final = ("code", "lever", "grade", "from", "to", "compares", "outcome")  # what is run
MEASURED: Final = (
    *("effect", "low", "high", "without", "with", "beside", "measured_again"),
    *("scale", "seeds", "first_year", "last_year", "evidence"),
)

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
        In the order of their list, all with the same keys, None where nothing is to tell: `name,
        title, sources, reason, verdict, by_construction, only_in_returns, returns, code, lever,
        grade, from, to, compares, outcome, effect, low, high, without, with, beside,
        measured_again, scale, seeds, first_year, last_year, evidence`. `code` lists the
        functions that read what switches a system, and `grade` is the weakest of those values.
        `to` is the first day on which it has ended, and `compares` says what the two sides are
        where they are not the baseline and the baseline without it. `effect`, with the interval
        `low, high` of 99 %, is of the system's own outcome, chosen before these runs were read
        and after earlier ones with the same seeds: a year, with the system less without it.
        `by_construction` says whether that outcome can't happen without the system. `returns`
        says whether `more` or `fewer` persons return independently, at the same level, or whether
        that is `not_seen`: the second way to act, and `only_in_returns` says whether it is the
        only one. `beside` has contact, path, returns, voluntariness and harm in the same way.
        What is not modelled has a `reason`.

    Raises
    ------
    InputError
        If there is no system of that name.
    """
    listed = systems()
    some = listed if name is None else [meant(listed, name, language)]
    found = by_outcome(effects())
    records = {record for each in some for record in each.records}
    readers = record_readers(registry[record] for record in sorted(records))
    return [_row(each, found, readers, grade(each, registry)) for each in some]


def _row(system: System, found: Found, readers: Mapping[str, Sequence[str]], weakest: str) -> Told:
    """Return one system in types that JSON knows."""
    told: Told = {
        "name": system.name,
        "title": {"en": system.title, "nl": system.title_nl},
        "sources": system.sources,
        "reason": None,
    }
    told |= judged(system, found) | dict.fromkeys((*RUN, *MEASURED))
    if system.left_out:
        return told | {"reason": {"en": system.left_out, "nl": system.left_out_nl}}
    compares = {"en": system.compares, "nl": system.compares_nl} if system.compares else None
    told |= {
        "code": sorted({*system.code, *(at for each in system.records for at in readers[each])}),
        "lever": system.lever,
        "grade": weakest,
        "from": system.since,
        "to": system.until or None,
        "compares": compares,
        "outcome": " + ".join(system.counts(system.chief)),
    }
    if told["verdict"] == NOT_MEASURED:
        return told
    row = found[system.name, system.chief]
    beside = {name: _difference(found[system.name, name]) for name in (CONTACT, PATH, *BESIDE)}
    told |= _difference(row) | {"beside": beside, "measured_again": system.measured_again}
    told |= {"scale": system.scale, "seeds": int(row["seeds"])}
    return told | {key: row[key] for key in ("first_year", "last_year", "evidence")}


def _difference(row: Row) -> Told:
    """Return a difference with its interval of 99 %, and both sides; missing where not known."""
    mean, half = row["mean"], resolution(row)
    told = {"effect": mean, "low": mean - half, "high": mean + half}
    told |= {"without": row["without"], "with": row["with"]}
    return {name: float(value) if isfinite(value) else None for name, value in told.items()}


def overview_lines(rows: list[Told], language: str) -> list[str]:
    """Return all systems with their verdicts, for a terminal: a line for each.

    Parameters
    ----------
    language : str
        `en` or `nl`.

    Returns
    -------
    list of str
        Lines of at most 100 characters, a paragraph for each kind; long titles go on on a second.
    """
    words = WORDS[language]
    judgements = {row["name"]: row for row in rows}
    head = words["all"].format(level=round(100 * LEVEL), count=count(rows, language))
    lines = _wrapped(head)
    of_kind = {
        kind: [each for each in systems() if each.kind == kind and each.name in judgements]
        for kind in words["kinds"]
    }
    for kind, those in of_kind.items():
        lines += ["", words["kinds"][kind]] if those else []
        for system in those:
            says = short(system, judgements[system.name], language)
            text = f"{titled(system, language)} [{system.name}]: {says}"
            lines += _wrapped(text, 2, 6)
    return lines


def system_lines(row: Told, language: str) -> list[str]:
    """Return one system with its numbers, as a reader of a terminal wants it.

    Parameters
    ----------
    language : str
        `en` or `nl`.

    Returns
    -------
    list of str
        Lines of at most 100 characters.
    """
    (system,) = (each for each in systems() if each.name == row["name"])
    head = f"{titled(system, language)} [{system.name}]: {judgement(system, row, language)}"
    lines = _wrapped(head)
    for text in _sentences(system, row, language):
        lines += _wrapped(text, 4, 4)
    if row["effect"] is None:
        return lines
    level = round(100 * LEVEL)
    return [*lines, "", *_wrapped(WORDS[language]["one"].format(level=level))]


def _wrapped(text: str, first: int = 0, others: int = 0) -> list[str]:
    """Return lines of a text, indented by so many spaces; words keep their hyphens whole."""
    indents = " " * first, " " * others
    return TextWrapper(WIDTH, *indents, break_on_hyphens=False).wrap(text)


def _sentences(system: System, row: Told, language: str) -> list[str]:
    """Return what is told of a system below its verdict."""
    words = WORDS[language]
    if row["verdict"] == NOT_MODELLED:
        return [f"{row['reason'][language]}. {system.sources}"]
    lever = f"{system.lever} ({words['grade'].format(grade=row['grade'])})"
    source = f"{when(system, language)}; {lever}; {system.sources}; {', '.join(row['code'])}"
    sides = [f"{compared(system, language)}."] if system.compares else []
    if row["verdict"] == NOT_MEASURED:
        return [*sides, source]
    unit = shown(system.counts(system.chief)[0])
    both = {name: written(number(row[name] / unit), language) for name in ("without", "with")}
    chief = f"{stepped(system, system.chief, language)}: "
    chief += f"{_signed(system, system.chief, row, language)} ({words['sides'].format(**both)})"
    beside = [
        f"{stepped(system, name, language)} {_signed(system, name, row['beside'][name], language)}"
        for name in _told_once(system, row)
    ]
    says = documented(system, language)
    about = f"{held(system, language)}, {words['seeds'].format(seeds=row['seeds'])}."
    about += words["again"] if system.measured_again else ""
    return [chief, "; ".join(beside), *sides, f"{about} {says}." if says else about, source]


def _told_once(system: System, row: Told) -> list[str]:
    """Return what stands beside the chief outcome, less what repeats its number."""
    told = {system.counts(system.chief)}
    names = []
    for name, beside in row["beside"].items():
        is_same = all(beside[each] == row[each] for each in ("effect", "low", "high"))
        repeats = name in STEPS and is_same and row["effect"] != 0.0
        if system.counts(name) not in told and not repeats:
            names.append(name)
        told.add(system.counts(name))
    return names


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
