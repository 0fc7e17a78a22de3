"""All that is known of the levers, in types that JSON knows: what `explain` and the page show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ...abm.evidence.timeline import Timeline
from ...abm.evidence.value import plain, show
from .readers import record_readers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...abm.evidence.lever import Lever
    from ...abm.evidence.registry import Registry
    from ...abm.evidence.value import Value

NONE: Final = "none"
DOES: Final = {"set": "sets", "multiply": "multiplies", "add": "adds to"}
FIRST_DAY: Final = date(2011, 1, 1)  # the first year with a record

Row = dict[str, Any]


def lever_rows(registry: Registry) -> list[Row]:
    """Return the levers in types that JSON knows.

    Returns
    -------
    list of dict
        In the order of their file: `id, group, title, values, settings, operation, unit, low, high,
        step, default, range, date, evidence, grade, legal, legal_note, acts, under, pathway,
        reason, outcomes`. `pathway` is `"none"`, with the reason, or lists the functions that
        read the values.
    """
    at_first = Timeline(registry).at(FIRST_DAY)
    named = {name for lever in registry.levers.values() for name in lever.records()}
    readers = record_readers(registry[name] for name in sorted(named))
    return [_row(registry, lever, at_first, readers) for lever in registry.levers.values()]


def _row(
    registry: Registry,
    lever: Lever,
    at_first: Mapping[str, Value],
    readers: Mapping[str, list[str]],
) -> Row:
    names = lever.records()
    places = sorted({place for name in names for place in readers[name]})
    grades = [registry.grade(name) for name in names]
    doses = lever.doses()
    return {
        "id": lever.id,
        "group": lever.group,
        "title": {"en": lever.title.en, "nl": lever.title.nl},
        "values": list(names),
        "settings": {
            key: {name: plain(value) for name, value in setting.items()}
            for key, setting in lever.settings.items()
        },
        "operation": lever.operation,
        "unit": lever.unit,
        "low": plain(doses[0]) if doses else None,
        "high": plain(doses[-1] if lever.settings else doses[1]) if doses else None,
        "step": None if lever.step is None else plain(lever.step),
        "default": _default(lever, at_first),
        "range": lever.range_says,
        "date": _date(registry, lever),
        "evidence": [{"ref": each.ref, "locator": each.locator} for each in lever.evidence],
        "grade": max(grades, default=None),  # letters rise as strength falls
        "legal": lever.legal,
        "legal_note": lever.legal_note,
        "acts": lever.acts,
        "under": {name: plain(value) for name, value in lever.under.items()},
        "pathway": NONE if lever.inert else places,
        "reason": lever.inert,
        "outcomes": list(lever.outcomes),
    }


def _default(lever: Lever, at_first: Mapping[str, Value]) -> object:
    """Return the dose, setting or values that hold on the first day where nobody pulls it."""
    if not lever.records():
        return None
    zero = lever.zero()
    if zero is not None:
        return zero
    for key, setting in lever.settings.items():
        if all(show(at_first[name]) == show(value) for name, value in setting.items()):
            return key
    if len(lever.records()) == 1 and not lever.pattern:
        return plain(at_first[lever.records()[0]])
    return {name: plain(at_first[name]) for name in lever.records()}


def _date(registry: Registry, lever: Lever) -> str:
    """Return from which day it can be pulled, and what the record has changed on which day."""
    if lever.inert:
        return "cannot be pulled"
    dated = [
        f"{each.start.isoformat()} {name} = {show(each.value)}"
        for name in lever.records()
        for each in registry[name].dated
    ]
    how = "any day of the run, with `from`; from the beginning without it"
    return f"{how}. On record: {'; '.join(dated)}" if dated else how
