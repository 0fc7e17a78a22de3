"""The values of every day: the evidence, its dated changes and the overrides of it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Self

from ..errors import InputError
from .mistakes import did_you_mean
from .override import OPERATIONS, Override
from .value import NumberTable, Value, freeze, like, mapped, numbers, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .record import Record
    from .registry import Registry

__all__ = ["Override", "Timeline"]
WHOLE_TOLERANCE = 1e-9


class Timeline:
    """The value of every record on every day.

    A day's value is that of the record, or of the last of its dated values;
    then the overrides that have started work on it in the order of their
    start (those without a start first, equal starts in the order given):
    `set` replaces the value, also across later dates of the evidence,
    `multiply` and `add` change what they find that day. Records of data
    tables have no value here.

    Parameters
    ----------
    overrides : iterable of Override, optional
        Changes of it.

    Raises
    ------
    InputError
        If a target is unknown, fixed or a data table, a value has another
        type than the record, or a result leaves the hard bounds on any day;
        with every problem.
    """

    def __init__(self, registry: Registry, overrides: Iterable[Override] = ()) -> None:
        found: list[str] = []
        by_target: dict[str, list[Override]] = {}
        for override in overrides:
            problem = _refusal(registry, override)
            if problem:
                found.append(problem)
            else:
                by_target.setdefault(override.target, []).append(override)
        for several in by_target.values():
            several.sort(key=lambda each: each.start or date.min)  # stable
        self._courses: dict[str, list[tuple[date, Value]]] = {}
        for name in registry.names():
            record = registry[name]
            if record.value is not None:
                try:
                    self._courses[name] = _course(record, by_target.get(name, []))
                except InputError as error:
                    found += error.problems
        if found:
            raise InputError(found)
        changing = {day for course in self._courses.values() for day, _ in course[1:]}
        self._changes = sorted(changing)
        self._values = [self._on(day) for day in (date.min, *self._changes)]

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Return itself: it never changes, so copies of a model share it."""
        return self

    def at(self, day: date) -> dict[str, Value]:
        """Return the values of a day as a new dictionary; data tables are left out."""
        return dict(self._values[bisect_right(self._changes, day)])

    def changes(self) -> list[date]:
        """Return the days on which some value changes.

        Returns
        -------
        list of datetime.date
            Ascending; the values stay as they are between two of them.
        """
        return list(self._changes)

    def _on(self, day: date) -> dict[str, Value]:
        return {
            name: course[bisect_right(course, day, key=lambda each: each[0]) - 1][1]
            for name, course in self._courses.items()
        }


def _course(record: Record, overrides: list[Override]) -> list[tuple[date, Value]]:
    """Return the days on which a record's value changes, with the new values."""
    given = record.value
    if given is None:
        return []
    dated = [(date.min, given)]
    dated += [(each.start, like(each.value, given)) for each in record.dated]
    days = sorted({day for day, _ in dated} | {each.start or date.min for each in overrides})
    course: list[tuple[date, Value]] = []
    found: list[str] = []
    for day in days:
        value = next(each for start, each in reversed(dated) if start <= day)
        for override in overrides:
            if (override.start or date.min) > day:
                break
            value, problem = _applied(record, value, override, day)
            if problem:
                found += [problem] if problem not in found else []
                break
        if not course or repr(course[-1][1]) != repr(value):
            course.append((day, value))
    if found:
        raise InputError(found)
    return course


def _applied(record: Record, value: Value, override: Override, day: date) -> tuple[Value, str]:
    """Return the value after one override, and what is wrong with it."""
    place = f"{override.source}: {override.target}"
    when = "" if day == date.min else f" from {day}"
    if override.operation == "set":
        result = like(freeze(override.value), value)
        wrong = record.misfits(result)
        return result, f"{place} = {show(override.value)}: {'; '.join(wrong)}." if wrong else ""
    (by,) = numbers(override.value)
    times = override.operation == "multiply"
    changed = [each * by if times else each + by for each in numbers(value)]
    if all(isinstance(each, int) for each in numbers(value)):
        if any(abs(each - round(each)) > WHOLE_TOLERANCE for each in changed):
            return value, (
                f"{place}: {override.operation} {by} on {show(value)} gives "
                f"{', '.join(f'{each:g}' for each in changed)}{when}, and {record.name} is a "
                "whole number; set the value instead."
            )
        changed = [round(each) for each in changed]
    result = mapped(value, changed)
    wrong = record.misfits(result)
    if not wrong:
        return result, ""
    return result, f"{place}: {override.operation} {by} on {show(value)}{when}: {'; '.join(wrong)}."


def _refusal(registry: Registry, override: Override) -> str:  # noqa: PLR0911 (one return a reason)
    """Return why an override cannot be applied at all; empty if it can."""
    place = f"{override.source}: {override.target}"
    if override.target not in registry:
        hint = did_you_mean(override.target, registry.names())
        return f"{place}: no such record.{hint} Correct the name."
    record = registry[override.target]
    bounds = f" (value {'' if record.value is None else show(record.value)})"
    if record.value is None:
        return f"{place}: a data table cannot be overridden; remove the entry."
    if record.role == "fixed":
        return (
            f"{place} = {override.value!r}: is fixed{bounds} and cannot change; remove the entry."
        )
    if override.operation not in OPERATIONS:
        hint = did_you_mean(override.operation, OPERATIONS)
        return f"{place}: operation {override.operation!r} is unknown.{hint}"
    try:
        value = freeze(override.value)
        if override.operation == "set":
            like(value, record.value)
            return ""
    except ValueError as error:
        low, high = record.limits()
        within = f" within [{low:g}, {high:g}]" if numbers(record.value) else ""
        return f"{place} = {override.value!r}: {error}{within}; correct the value."
    if not numbers(record.value):
        return f"{place}: {override.operation} needs a record that holds numbers; use set."
    if isinstance(value, (tuple, NumberTable, bool, str, date)) or not numbers(value):
        return f"{place} = {show(value)}: {override.operation} needs one number; correct the value."
    return ""
