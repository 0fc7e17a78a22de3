"""The catalogue of what a visitor can change, in the words of one language, as JSON holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...abm.evidence.grade import WORDS
from ...abm.evidence.lever import GROUPS, LAWS
from ...abm.evidence.text import Bilingual
from ...abm.evidence.units import unit_in
from ...abm.evidence.value import numbers
from ...abm.world.scenario import load_scenario
from .changes import PRESET_DAY, PRESETS, switch_names
from .stops import FIRST_DAY, LAST_DAY, Course, stops

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...abm.evidence.bibliography import Source
    from ...abm.evidence.lever import Lever
    from ...abm.evidence.record import Record
    from ...abm.evidence.registry import Registry
    from ...abm.evidence.text import Language
    from .stops import Dose

Row = dict[str, Any]
FEATURED: Final = (
    "stacking_rule",
    "activation_throughout",
    "procedure_length",
    "counsellors",
    "shelter_after_term",
    "detention",
)
OPERATIONS: Final = {
    "set": Bilingual(
        en="sets the value from then on, whatever it was to become later",
        nl="zet de waarde vanaf dan vast, ook als die later zou veranderen",
    ),
    "multiply": Bilingual(
        en="multiplies the value of each day", nl="vermenigvuldigt de waarde van elke dag"
    ),
    "add": Bilingual(en="adds to the value of each day", nl="telt op bij de waarde van elke dag"),
}
FLAGS: Final = {"true": Bilingual(en="yes", nl="ja"), "false": Bilingual(en="no", nl="nee")}
TIMES: Final = Bilingual(en="times the value as it was", nl="keer de waarde zoals het was")
INFLOW: Final = "inflow_by_"  # records of who enters at all begin so


def catalogue(registry: Registry, language: Language) -> Row:
    """Return what a visitor can change, in types that JSON knows.

    Parameters
    ----------
    language : {"en", "nl"}
        Language of all words.

    Returns
    -------
    dict
        `days` (first, last and preset), words by key (`grades, laws, operations, flags, units`),
        `documents` (short title of each that is cited), `groups` (each with `id, title` and its
        `levers`), `switches`, `presets` and `featured` (six levers). A key without
        content is left out. `kind` of a lever says what its control is: `graded` has `stops`,
        `settings` has named ones, `flag` is yes or no, `inert` moves nothing and says why.

        A dose that leaves all as it is on `days.preset` is the `default`. It is left out where
        no single dose does, because organisations differ or two records have two values: then the
        control's first position is *as on record*, which is no change, and `recorded` has the
        lowest and the highest of the values. `course` lists the doses that the record itself
        has, if they change within the years: there, to choose the default is a change too,
        because it keeps the value from then on.
    """
    course = Course(registry)
    levers = list(registry.levers.values())
    names = switch_names(registry)
    cited = [source for lever in levers for source in lever.evidence]
    for name in names:
        cited += [*registry[name].sources]
        cited += [source for card in registry[name].cards.values() for source in card.sources]
    return {
        "language": language,
        "days": {
            "first": FIRST_DAY.isoformat(),
            "last": LAST_DAY.isoformat(),
            "preset": PRESET_DAY.isoformat(),
        },
        "grades": _words(WORDS, language),
        "laws": _words(LAWS, language),
        "operations": _words(OPERATIONS, language),
        "flags": _words(FLAGS, language),
        "units": {
            unit: TIMES.of(language) if unit == "ratio" else unit_in(unit, language)
            for unit in sorted({lever.unit for lever in levers} - {"text", "bool"})
        },
        "documents": _documents(cited, registry, language),
        "presets": _presets(registry, language),
        "featured": [name for name in FEATURED if name in registry.levers],
        "groups": [
            {
                "id": group,
                "title": title.of(language),
                "levers": [
                    _lever(lever, registry, course, language)
                    for lever in levers
                    if lever.group == group
                ],
            }
            for group, title in GROUPS.items()
        ],
        "switches": [_switch(registry[name], course, registry, language) for name in names],
    }


def _lever(lever: Lever, registry: Registry, course: Course, language: Language) -> Row:
    """Return one lever, without keys that have no content."""
    texts = lever if language == "en" or lever.nl is None else lever.nl
    records = [registry[name] for name in lever.records()]
    default = course.default(lever, PRESET_DAY)
    doses = course.doses(lever)
    grades = [registry.grade(record.name) for record in records]
    beside = [
        other.id
        for other in registry.levers.values()
        if other.id != lever.id and not {*other.records()}.isdisjoint(lever.records())
    ]
    row: Row = {
        "id": lever.id,
        "title": lever.title.of(language),
        "kind": kind_of(lever),
        "op": lever.operation,
        "unit": lever.unit,
        "default": default,
        "course": [[day.isoformat(), dose] for day, dose in doses] if len(doses) > 1 else [],
        "settings": [
            {"id": name, "label": lever.labels[name].of(language) if lever.labels else name}
            for name in lever.settings
        ],
        "grade": max(grades, default=None),  # letters rise as strength falls
        "assumed": any(record.kind == "assumption" for record in records) or None,
        "law": lever.legal,
        "legal_note": texts.legal_note,
        "acts": texts.acts,
        "range_says": texts.range_says,
        "under": lever.under_says.of(language) if lever.under_says else "",
        "inert": texts.inert,
        "beside": beside,
        "sources": _sources(lever.evidence),
        "changes_who_is_there": any(each.startswith(INFLOW) for each in lever.records()) or None,
    }
    if row["kind"] == "graded":
        row |= _slider(lever, course, default)
    return _filled(row)


def kind_of(lever: Lever) -> str:
    """Return the kind of control that a lever needs.

    Returns
    -------
    {"graded", "settings", "flag", "inert"}
        A slider, named positions, yes or no, or none at all.
    """
    if lever.inert:
        return "inert"
    if lever.settings:
        return "settings"
    return "flag" if isinstance(lever.low, bool) else "graded"


def _slider(lever: Lever, course: Course, default: Dose | None) -> Row:
    """Return what a slider needs: its range, its stops and how far a typed number may go."""
    grain = course.grain(lever)
    hard_low, hard_high = course.bounds(lever)
    held = [number for name in lever.values for number in numbers(course.at(PRESET_DAY)[name])]
    return {
        "low": lever.low,
        "high": lever.high,
        "step": lever.step,
        "stops": stops(lever, default, grain),
        "grain": None if grain is None else float(grain),
        "hard_low": hard_low,
        "hard_high": hard_high,
        "recorded": [min(held), max(held)] if default is None else None,
    }


def _switch(record: Record, course: Course, registry: Registry, language: Language) -> Row:
    """Return one switch, with a card for each alternative."""
    title = record.title if language == "en" or record.nl is None else record.nl.title
    cards = []
    for name, claim in record.claims.items():
        card = record.cards.get(name)
        cards.append(
            {"id": name, "label": claim}
            if card is None
            else {
                "id": name,
                "label": card.label.of(language),
                "who": card.who.of(language),
                "sources": _sources(card.sources),
            }
        )
    return _filled(
        {
            "name": record.name,
            "title": title,
            "today": course.at(PRESET_DAY)[record.name],
            "cards": [_filled(card) for card in cards],
            "grade": registry.grade(record.name),
            "assumed": record.kind == "assumption" or None,
            "sources": _sources(record.sources),
        }
    )


def _presets(registry: Registry, language: Language) -> list[Row]:
    """Return the scenarios that ship, as the one change that each of them is."""
    rows = []
    for name, (change,) in PRESETS.items():
        scenario = load_scenario(name, registry)
        said = scenario.description if language == "en" else scenario.description_nl
        rows.append(
            {
                "name": name,
                "title": scenario.title.of(language) if scenario.title else name,
                "description": said or scenario.description,
                "from": change.start.isoformat(),
            }
        )
    return rows


def _documents(cited: Iterable[Source], registry: Registry, language: Language) -> dict[str, str]:
    """Return the short titles of the documents that are cited."""
    named = {}
    for ref in sorted({source.ref for source in cited}):
        document = registry.bibliography[ref]
        named[ref] = document.short.of(language) if document.short else document.title
    return named


def _sources(sources: Iterable[Source]) -> list[list[str]]:
    return [[each.ref, each.locator] for each in sources]


def _words(words: Mapping[Any, Bilingual], language: Language) -> dict[str, str]:
    return {str(key): each.of(language) for key, each in words.items()}


def _filled(row: Row) -> Row:
    """Return a row without keys that have no content; no, 0 and the like are content."""
    return {key: value for key, value in row.items() if value not in (None, "", [])}
