"""What a visitor changed: read strictly, made into a scenario, named for a cache."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from ...abm.errors import InputError
from ...abm.evidence.mistakes import did_you_mean
from ...abm.world import scenario as scenarios
from .stops import FIRST_DAY, LAST_DAY, Course

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...abm.evidence.lever import Lever
    from ...abm.evidence.registry import Registry
    from ...abm.world.scenario import Scenario

Kind: TypeAlias = Literal["package", "lever", "switch"]
KINDS: Final[tuple[Kind, ...]] = ("package", "lever", "switch")
BASELINE: Final = "baseline"
PRESET_DAY: Final = date(2012, 1, 2)
MOST: Final = 60  # changes at a time
LONGEST: Final = 60  # letters of what is told back
CALLED: Final = "your changes"
FARTHEST: Final = 1e9  # of a dose where no record has a bound
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Change:
    """One change: a package, a lever or a switch, from a day on.

    Parameters
    ----------
    value : bool, int, float, str or None
        Dose or setting of a lever, alternative of a switch; None for a package.
    """

    kind: Kind
    name: str
    value: bool | int | float | str | None
    start: date

    def raw(self) -> dict[str, object]:
        """Return the change as JSON holds it."""
        value = {} if self.kind == "package" else {"value": self.value}
        return {self.kind: self.name, **value, "from": self.start.isoformat()}


# The pilot lasts for the year 2011 and is closed after it: a later day would leave nothing of it.
_BEGINS: Final = {"sdt_pilot": FIRST_DAY}
PRESETS: Final[Mapping[str, tuple[Change, ...]]] = MappingProxyType(
    {
        name: (Change("package", name, None, _BEGINS.get(name, PRESET_DAY)),)
        for name in scenarios.scenario_names()
        if name != BASELINE
    }
)


def switch_names(registry: Registry) -> list[str]:
    """Return the sorted names of the switches that may turn on a day."""
    return [
        record.name
        for record in registry.by_role("switch")
        if record.name not in scenarios.FROM_THE_BEGINNING
    ]


def changes_of(raw: object, registry: Registry) -> tuple[Change, ...]:
    """Return changes from what JSON gives.

    Parameters
    ----------
    raw : object
        A list of objects, each with `package`, `lever` or `switch`, with `value` unless it is a
        package, and with `from`, a day of the years that are shown.

    Returns
    -------
    tuple of Change
        In an order of their own: the same changes are the same tuple, whoever made them first.

    Raises
    ------
    InputError
        If they can't be used; it lists every problem with its remedy.
    """
    if not isinstance(raw, list):
        raise InputError(f"{CALLED} = {_brief(raw)}: no list; write a list of changes.")
    if len(raw) > MOST:
        raise InputError(f"{CALLED}: {len(raw)} of them; at most {MOST} are possible.")
    course = Course(registry)
    found: list[str] = []
    sound: list[Change] = []
    for place, each in enumerate(raw, start=1):
        change, wrong = _read(each, registry, course)
        found += [f"change {place}: {line}" for line in wrong]
        sound += [change] if change else []
    found += _repeated(sound)
    order = _Order(registry)
    ordered = tuple(sorted(sound, key=lambda each: (each.start, order(each))))
    try:
        scenario_of(ordered, registry)
    except InputError as error:
        found += error.problems
    if found:
        raise InputError(found)
    return ordered


def scenario_of(changes: tuple[Change, ...], registry: Registry) -> Scenario:
    """Return the scenario of some changes, read like a scenario file.

    Of changes from the same day, packages come first, then levers that set a value, then
    levers that multiply or add, so that nothing is set over them; each in its own order.

    Raises
    ------
    InputError
        If a value does not fit its record; it lists every problem with its remedy.
    """
    order = _Order(registry)
    tables: dict[str, dict[str, Any]] = {"packages": {}, "levers": {}, "switches": {}}
    for each in sorted(changes, key=lambda each: (order(each), each.start)):
        if each.kind == "package":
            tables["packages"][each.name] = {"from": each.start}
        else:
            table = tables["levers" if each.kind == "lever" else "switches"]
            table.setdefault(each.name, []).append({"value": each.value, "from": each.start})
    return scenarios.scenario_of({"name": "changed", **tables}, CALLED, registry)


def canonical(changes: tuple[Change, ...]) -> str:
    """Return the key of changes that `changes_of` has read: the same changes, the same key."""
    several = [[each.kind, each.name, each.value, each.start.isoformat()] for each in changes]
    return json.dumps(several, separators=(",", ":"))


class _Order:
    """The order in which changes of one day are made."""

    def __init__(self, registry: Registry) -> None:
        self._levers = registry.levers
        names = [*PRESETS, *registry.levers, *switch_names(registry)]
        self._places = {name: place for place, name in enumerate(names)}

    def __call__(self, change: Change) -> tuple[int, bool, int]:
        lever = self._levers.get(change.name) if change.kind == "lever" else None
        late = lever is not None and lever.zero() is not None
        return KINDS.index(change.kind), late, self._places.get(change.name, -1)


def _read(raw: object, registry: Registry, course: Course) -> tuple[Change | None, list[str]]:
    """Return one change, or what is wrong with it."""
    if not isinstance(raw, dict):
        return None, [f"{_brief(raw)} is no change; write an object with package, lever or switch."]
    kinds = [kind for kind in KINDS if kind in raw]
    if len(kinds) != 1:
        return None, [
            f"{_brief(raw)}: give one of package, lever and switch, and no other of them."
        ]
    (kind,) = kinds
    keys = (kind, "from") if kind == "package" else (kind, "value", "from")
    found = [
        f"{_brief(key)}: unknown key.{did_you_mean(str(key), keys)} Known keys: {', '.join(keys)}."
        for key in raw
        if key not in keys
    ]
    found += [f"{key}: missing; add this key." for key in keys if key not in raw]
    if found:
        return None, found
    name, value = raw[kind], _number(raw.get("value"))
    start, late = _day(raw["from"])
    wrong = _wrong_name(kind, name, registry)
    if not wrong and kind != "package":
        wrong = _wrong_value(kind, str(name), value, registry, course)
    found = [line for line in (wrong, late) if line]
    if found or start is None:
        return None, found
    return Change(kind, str(name), value, start), []  # type: ignore[arg-type] # _wrong_value has looked


def _wrong_name(kind: Kind, name: object, registry: Registry) -> str:
    """Return what is wrong with the name of a change; empty if nothing is."""
    known = {
        "package": list(PRESETS),
        "lever": list(registry.levers),
        "switch": switch_names(registry),
    }[kind]
    if not isinstance(name, str):
        return f"{kind} = {_brief(name)}: no name; write one in quotation marks."
    if name not in known:
        if kind == "switch" and name in scenarios.FROM_THE_BEGINNING:
            return f"{kind} = {name!r}: {scenarios.FROM_THE_BEGINNING[name]}; remove the change."
        hint = did_you_mean(name, known)
        return f"{kind} = {_brief(name)}: unknown.{hint} Correct the name or remove the change."
    if kind == "lever" and registry.levers[name].inert:
        reason = registry.levers[name].inert.removesuffix(".")
        return f"{kind} = {name!r}: cannot be pulled: {reason}; remove the change."
    return ""


def _wrong_value(kind: Kind, name: str, value: object, registry: Registry, course: Course) -> str:
    """Return what is wrong with the value of a lever or a switch; empty if nothing is."""
    lever = registry.levers[name] if kind == "lever" else None
    if lever is None or lever.settings:
        known = list(registry[name].claims if lever is None else lever.settings)
        hint = did_you_mean(str(value), known)
        wrong = f"has no such position.{hint} Choose one of {', '.join(known)}."
        fits = value in known
    elif isinstance(lever.low, bool):
        wrong, fits = "is on or off; write true or false.", isinstance(value, bool)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        wrong, fits = "needs a number; write one.", False
    else:
        wrong = _wrong_dose(lever, value, course)
        fits = not wrong
    return "" if fits else f"value = {_brief(value)}: {kind} {name} {wrong}"


def _wrong_dose(lever: Lever, dose: float, course: Course) -> str:
    """Return why the records of a lever can't take a dose; empty if they can."""
    low, high = course.bounds(lever)
    low, high = -FARTHEST if low is None else low, FARTHEST if high is None else high
    if not low <= dose <= high:
        return f"can be {low:g} to {high:g}; choose a number within."
    grain = course.grain(lever)
    if grain and (Fraction(str(dose)) / grain).denominator != 1:
        return f"moves whole numbers; write a multiple of {float(grain):g}."
    return ""


def _day(raw: object) -> tuple[date | None, str]:
    """Return a day that is shown, or what is wrong with it."""
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) and DAY.fullmatch(raw) else None
    except ValueError:
        day = None
    if day is None:
        return None, f"from = {_brief(raw)}: no day; write one like {PRESET_DAY}."
    if not FIRST_DAY <= day <= LAST_DAY:
        return None, f"from = {day}: lies outside {FIRST_DAY} to {LAST_DAY}; choose a day within."
    return day, ""


def _repeated(changes: list[Change]) -> list[str]:
    """Return what stands twice: a package at all, a lever or switch on one day."""
    days = Counter(
        (each.kind, each.name, None if each.kind == "package" else each.start) for each in changes
    )
    return [
        f"{kind} {name}: stands there {times} times{f' from {day}' if day else ''}; keep one."
        for (kind, name, day), times in days.items()
        if times > 1
    ]


def _number(value: object) -> object:
    """Return a whole number as such, however JSON wrote it: 2 and 2.0 are the same change."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
