"""A scenario: which levers, parameters and switches differ from the evidence, and from when."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 (pydantic reads the annotation)
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
)

from ..errors import InputError
from ..evidence.mistakes import did_you_mean, keys, sentences
from ..evidence.override import Operation, Override
from ..evidence.text import Bilingual
from ..evidence.timeline import Timeline
from ..evidence.toml_file import read_toml
from ..evidence.value import NumberTable, Value, freeze, show
from .countries.entry import LISTS_OF_COUNTRIES, filled, list_overrides, outside

if TYPE_CHECKING:
    from ..evidence.lever import Lever
    from ..evidence.record import Role
    from ..evidence.registry import Registry

FOLDER: Final = Path(__file__).parent / "scenarios"
TABLES: Final[dict[str, Role]] = {
    "levers": "lever",
    "parameters": "calibrate",
    "switches": "switch",
}
# switches that can't change within a run, and why
FROM_THE_BEGINNING: Final = {
    "decision": "whether households weigh decides who is in the model from its first week"
}
NAME_PATTERN: Final = r"^[a-z0-9]+([_-][a-z0-9]+)*$"


class Entry(BaseModel):
    """What a record is set to, and who says so."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    value: Annotated[Value, PlainValidator(freeze)]
    source: Annotated[str, Field(min_length=1)] = ""


class SwitchEntry(Entry):
    """What a switch is set to, and from which day."""

    start: Annotated[date | None, Field(alias="from")] = None


class ParameterEntry(Entry):
    """How a parameter differs from the evidence."""

    operation: Operation = "set"


class LeverEntry(ParameterEntry):
    """How a lever differs from the evidence, and from which day."""

    start: Annotated[date | None, Field(alias="from")] = None


ENTRIES: Final[dict[str, type[Entry]]] = {
    "levers": LeverEntry,
    "parameters": ParameterEntry,
    "switches": SwitchEntry,
}


class PackageEntry(BaseModel):
    """From which day a package holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    start: Annotated[date | None, Field(alias="from")] = None


class ScenarioFile(BaseModel):
    """What a scenario file may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]
    title: Bilingual | None = None
    description: str = ""
    description_nl: str = ""
    packages: dict[str, PackageEntry] = {}
    levers: dict[str, object] = {}
    parameters: dict[str, object] = {}
    switches: dict[str, object] = {}


NESTED: Final[dict[str, type[BaseModel]]] = {"packages": PackageEntry, "title": Bilingual}


@dataclass(frozen=True)
class Scenario:
    """A named set of overrides of the evidence.

    Parameters
    ----------
    entries : tuple of Override, optional
        What differs from the evidence: of packages first, then levers, parameters, switches.
    title : Bilingual, optional
        What a page calls it.
    description_nl : str, optional
        The description in Dutch.
    """

    name: str
    description: str = ""
    entries: tuple[Override, ...] = ()
    title: Bilingual | None = field(default=None, compare=False)
    description_nl: str = field(default="", compare=False)

    def overrides(self) -> list[Override]:
        """Return `entries` as a list."""
        return list(self.entries)


def scenario_names() -> list[str]:
    """Return the sorted names of the scenarios that ship with the model."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_scenario(name_or_path: str | Path, registry: Registry) -> Scenario:
    """Load a scenario by name or from a file.

    Parameters
    ----------
    name_or_path : str or Path
        Name of a scenario that ships with the model, or a path: anything with
        a slash or that ends in `.toml`.

    Raises
    ------
    InputError
        If the scenario can't be used; it lists every problem with key, value and remedy.
    """
    text = str(name_or_path)
    is_path = isinstance(name_or_path, Path) or "/" in text or os.sep in text
    if is_path or text.endswith(".toml"):
        path, called = Path(name_or_path), text
    else:
        names = scenario_names()
        if text not in names:
            raise InputError(
                f"scenario {text!r}: unknown.{did_you_mean(text, names)} Known: "
                f"{', '.join(names)}; a file of your own needs a path that ends in .toml."
            )
        path, called = FOLDER / f"{text}.toml", f"scenario {text}"
    return scenario_of(read_toml(path, called), called, registry)


def scenario_of(content: dict[str, object], called: str, registry: Registry) -> Scenario:
    """Return the scenario that a mapping describes, in the form of a scenario file.

    Parameters
    ----------
    content : dict of str to object
        Keys of a scenario file, as TOML gives them.
    called : str
        What messages call it.

    Raises
    ------
    InputError
        If the scenario can't be used; it lists every problem with key, value and remedy.
    """
    try:
        file = ScenarioFile.model_validate(content)
    except ValidationError as error:
        raise InputError(
            sentences(error, f"{called}:", ScenarioFile, NESTED)
            + _entries_of(content, registry, called)[1]
        ) from None
    entries, found = _entries_of(content, registry, called)
    packed, missing = _packed(file, registry, called)
    entries, found = packed + entries, missing + found
    try:
        Timeline(registry, entries)
    except InputError as error:
        found += error.problems
    if found:
        raise InputError(found)
    return Scenario(file.name, file.description, tuple(entries), file.title, file.description_nl)


def _packed(
    file: ScenarioFile, registry: Registry, called: str
) -> tuple[list[Override], list[str]]:
    """Return the entries of the packages that a file names, and what is wrong with them.

    An entry of a package starts on the day of the package or on its own, whichever is later.
    The file's own entries come after those of its packages.
    """
    overrides: list[Override] = []
    found: list[str] = []
    for name, entry in file.packages.items():
        if name not in scenario_names() or name == file.name:
            known = [each for each in scenario_names() if each != file.name]
            hint = did_you_mean(name, known)
            found.append(f"{called}: packages.{name}: unknown.{hint} Known: {', '.join(known)}.")
            continue
        if entry.start and outside(entry.start):
            found.append(f"{called}: packages.{name}: {outside(entry.start)}.")
            continue
        for each in load_scenario(name, registry).entries:
            start = max((day for day in (entry.start, each.start) if day), default=None)
            overrides.append(replace(each, start=start, source=f"{called} (package {name})"))
    return overrides, found


def _entries_of(
    content: dict[str, object], registry: Registry, called: str
) -> tuple[list[Override], list[str]]:
    """Return the entries of a file's tables, and what is wrong with them."""
    overrides: list[Override] = []
    found: list[str] = []
    for table, role in TABLES.items():
        named = content.get(table, {})
        if not isinstance(named, dict):
            continue
        for name, raw in named.items():
            place = f"{called}: {table}.{name}"
            lever = registry.levers.get(name) if table == "levers" else None
            if lever is not None and (lever.inert or name not in registry):
                _pull(lever, raw, place, called, overrides, found)
                continue
            problem = _wrong_table(registry, name, table, role)
            if problem:
                found.append(f"{place}: {problem}")
                continue
            several, wrong = _of_record(registry, name, raw, place, called, table)
            overrides += several
            found += wrong
    return overrides, found


def _of_record(
    registry: Registry, name: str, raw: object, place: str, called: str, table: str
) -> tuple[list[Override], list[str]]:
    """Return the entries of one record of a table, and what is wrong with them."""
    if name in LISTS_OF_COUNTRIES:
        return list_overrides(registry, name, raw, place, called)
    overrides: list[Override] = []
    found: list[str] = []
    held = registry[name].value
    for entry in _several(raw, held):
        if isinstance(held, NumberTable) and isinstance(entry, dict):
            beside = {key: entry[key] for key in entry if key in held}
            if beside:
                groups = show(NumberTable(beside))
                found.append(f"{place}: write value = {groups}, and the other keys beside it.")
                continue
        try:
            override = _override(entry, name, table, called)
            if isinstance(held, NumberTable):
                override = replace(override, value=filled(override, held))
            overrides.append(override)
        except ValidationError as error:
            found += sentences(error, place, ENTRIES[table], {})
        except ValueError as error:
            found.append(f"{place}: {error}.")
    return overrides, found


def _pull(
    lever: Lever,
    raw: object,
    place: str,
    called: str,
    overrides: list[Override],
    found: list[str],
) -> None:
    """Add the overrides of a lever that is named itself, or what is wrong with its entry."""
    several = raw if isinstance(raw, list) and raw and isinstance(raw[0], dict) else [raw]
    for one in several:
        try:
            entry = LeverEntry.model_validate(one if isinstance(one, dict) else {"value": one})
            if entry.operation != "set":
                raise ValueError(  # noqa: TRY301 (told like the others)
                    f"operation = {entry.operation!r}: the lever itself says what its dose does; "
                    "remove the key"
                )
            if entry.start and outside(entry.start):
                raise ValueError(outside(entry.start))  # noqa: TRY301 (told like the others)
            source = f"{called} ({entry.source})" if entry.source else called
            overrides += lever.pull(entry.value, entry.start, source)
        except ValidationError as error:
            found += sentences(error, place, LeverEntry, {})
        except ValueError as error:
            found.append(f"{place}: {error}.")


def _wrong_table(registry: Registry, name: str, table: str, role: Role) -> str:
    """Return why a name does not belong in a table; an empty text if it does."""
    known = [record.name for record in registry.by_role(role)]
    if name not in registry:
        known += list(registry.levers)
        hint = did_you_mean(name, known) or did_you_mean(name, registry.names())
        return f"no such record.{hint} Correct the name or remove the entry."
    actual = registry[name].role
    if actual == role:
        return ""
    if actual == "fixed":
        return "its role is fixed, so no scenario changes it; remove the entry."
    (right,) = (key for key, each in TABLES.items() if each == actual)
    return f"its role is {actual}; write it under [{right}], not under [{table}]."


def _several(raw: object, value: Value | None) -> list[object]:
    """Return the entries of one key: several if its value is a list of tables."""
    if isinstance(raw, list) and raw and all(isinstance(each, dict) for each in raw):
        return list(raw)
    fields = set(keys(LeverEntry))
    if isinstance(raw, dict) and isinstance(value, NumberTable) and not fields & raw.keys():
        return [{"value": raw}]  # the value itself is a table
    return [raw]


def _override(raw: object, name: str, table: str, called: str) -> Override:
    """Return one entry as an override."""
    entry = ENTRIES[table].model_validate(raw if isinstance(raw, dict) else {"value": raw})
    source = f"{called} ({entry.source})" if entry.source else called
    operation = entry.operation if isinstance(entry, ParameterEntry) else "set"
    start = entry.start if isinstance(entry, LeverEntry | SwitchEntry) else None
    if start and name in FROM_THE_BEGINNING:
        raise ValueError(f"from = {start}: {FROM_THE_BEGINNING[name]}; remove the key")
    if start and outside(start):
        raise ValueError(outside(start))
    return Override(name, operation, entry.value, start, source)
