"""A lever of policy: which records it modifies, on what evidence, and how it stands in law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from ..errors import InputError
from .bibliography import Source
from .mistakes import did_you_mean, sentences
from .override import Operation, Override
from .text import NAME, Bilingual, Text
from .toml_file import read_toml
from .units import known_unit
from .value import NumberTable, Value, freeze, mapped, numbers, show

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .record import Record

FILE: Final = "levers.toml"
Legal: TypeAlias = Literal["lawful", "needs change of law", "contrary to a ruling"]
LAWS: Final[dict[Legal, Bilingual]] = {
    "lawful": Bilingual(en="lawful", nl="mag volgens de wet"),
    "needs change of law": Bilingual(en="needs change of law", nl="vraagt een wetswijziging"),
    "contrary to a ruling": Bilingual(en="contrary to a ruling", nl="in strijd met een uitspraak"),
}
Group: TypeAlias = Literal[
    "assistance",
    "reception",
    "procedure",
    "shelter",
    "counselling",
    "case_managers",
    "enforcement",
    "outside",
]
GROUPS: Final[dict[Group, Bilingual]] = {
    "assistance": Bilingual(en="Assistance with return", nl="Steun bij terugkeer"),
    "reception": Bilingual(en="Reception and activation", nl="Opvang en activering"),
    "procedure": Bilingual(en="Procedure and departure term", nl="Procedure en vertrektermijn"),
    "shelter": Bilingual(
        en="Shelter after the term, and restricted places",
        nl="Opvang na de termijn, en plaatsen met beperkte vrijheid",
    ),
    "counselling": Bilingual(en="Counselling and aftercare", nl="Begeleiding en nazorg"),
    "case_managers": Bilingual(en="Case managers of DT&V", nl="Regievoerders van de DT&V"),
    "enforcement": Bilingual(en="Detention and removal", nl="Bewaring en uitzetting"),
    "outside": Bilingual(
        en="Countries of origin, and who enters", nl="Landen van herkomst, en wie erbij komt"
    ),
}
Dose: TypeAlias = Annotated[Value, PlainValidator(freeze)]
Settings: TypeAlias = dict[str, dict[str, Dose]]


class Translation(BaseModel):
    """What a page shows of a lever, in Dutch, under the keys of the English texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    acts: Text
    range_says: Text
    legal_note: Text
    inert: str = ""


class Lever(BaseModel):
    """What a policy can move.

    A graded lever has a dose between `low` and `high`, the range of its evidence. `operation`
    says what the dose does to each record of `values`; with a `pattern`, dose times pattern
    plus `rest` is set. A lever with `settings` has named positions instead, each with values
    of records and a label of its own. A lever that has neither, or moves nothing, says why in
    `inert`. `under` holds the values under which a test finds that it acts, and `under_says`
    tells them in words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    HIDDEN: ClassVar[frozenset[str]] = frozenset({"id"})

    id: str
    group: Group
    title: Bilingual
    nl: Translation | None = None
    values: Annotated[tuple[str, ...], Field(strict=False)] = ()
    operation: Operation = "set"
    pattern: dict[str, Dose] = {}
    rest: dict[str, Dose] = {}
    settings: Settings = {}
    labels: dict[str, Bilingual] = {}
    unit: str = "text"
    low: bool | int | float | None = None
    high: bool | int | float | None = None
    step: bool | int | float | None = None
    range_says: Text
    evidence: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    legal: Legal
    legal_note: Text
    acts: Text
    under: dict[str, Dose] = {}
    under_says: Bilingual | None = None
    outcomes: Annotated[tuple[str, ...], Field(strict=False)] = ()
    inert: str = ""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        found = []
        if not NAME.fullmatch(self.id):
            found.append(f"name {self.id!r} is not snake_case; rename the table")
        known_unit(self.unit)
        if self.settings and (self.values or self.low is not None):
            found.append("settings: a lever of settings has no dose; remove one of the two")
        if self.values and None in (self.low, self.high, self.step):
            found.append("low, high, step: a graded lever needs all three; add what is missing")
        elif self.values and not self.low <= self.step <= self.high:  # type: ignore[operator] # all given
            found.append("step: lies outside low and high; correct one of them")
        found += [
            f"{key}.{name}: not among the values; add it there or remove it"
            for key in ("pattern", "rest")
            for name in getattr(self, key)
            if name not in self.values
        ]
        if self.pattern and self.operation != "set":
            found.append("operation: a pattern is set; remove the operation")
        if not self.records() and not self.inert:
            found.append(
                "values: neither values nor settings, so it moves nothing; say why in inert"
            )
        if bool(self.outcomes) == bool(self.inert):
            found.append("outcomes: name those it can move, or say why it moves none in inert")
        found += self._about_texts()
        if found:
            raise ValueError("\n".join(found))
        return self

    def _about_texts(self) -> list[str]:
        found = []
        if self.labels and self.labels.keys() != self.settings.keys():
            found.append("labels: name each of the settings and nothing else, or remove the key")
        if self.under_says and not self.under:
            found.append("under_says: there is no under; add it or remove the text")
        if self.nl and bool(self.nl.inert) != bool(self.inert):
            found.append("nl.inert: is given if inert is, and else not; add or remove it")
        return found

    def records(self) -> tuple[str, ...]:
        """Return the names of the records that it modifies.

        Returns
        -------
        tuple of str
            In the order of the file; none for a lever that waits for its mechanism.
        """
        named = [name for setting in self.settings.values() for name in setting]
        return tuple(dict.fromkeys([*self.values, *named]))

    def doses(self) -> tuple[Value, ...]:
        """Return lowest, highest and documented dose, each once; or the names of all settings."""
        if self.settings:
            return tuple(self.settings)
        return tuple(
            dict.fromkeys(each for each in (self.low, self.high, self.step) if each is not None)
        )

    def zero(self) -> Value | None:
        """Return the dose at which nothing moves on any day.

        Returns
        -------
        Value or None
            1 for a factor, 0 for an addition; None where a value is set.
        """
        return {"multiply": 1, "add": 0}.get(self.operation)

    def pull(
        self, dose: object, start: date | None = None, source: str = "lever"
    ) -> list[Override]:
        """Return what a dose changes.

        Parameters
        ----------
        dose : object
            A number, true or false, or the name of a setting.
        start : datetime.date, optional
            First day; from the beginning if left out.
        source : str, optional
            What asks for the change, as messages name it.

        Raises
        ------
        ValueError
            If the lever moves nothing, or has no such dose.
        """
        if self.inert:
            raise ValueError(f"lever {self.id!r} cannot be pulled: {self.inert.removesuffix('.')}")
        called = f"{source} (lever {self.id})"
        value = freeze(dose)
        if self.settings:
            if not isinstance(value, str) or value not in self.settings:
                hint = did_you_mean(str(value), self.settings)
                raise ValueError(
                    f"{show(value)} is no setting.{hint} Settings: {', '.join(self.settings)}"
                )
            setting = self.settings[value]
            return [Override(name, "set", each, start, called) for name, each in setting.items()]
        if isinstance(value, (str, date, tuple, NumberTable)):
            raise ValueError(  # noqa: TRY004 (told like the others)
                f"{show(value)} is no dose of lever {self.id!r}; write one number"
            )
        return [
            Override(name, self.operation, self._set(name, value), start, called)
            for name in self.values
        ]

    def _set(self, name: str, dose: bool | float) -> Value:
        """Return what a dose sets of one record."""
        if name not in self.pattern:
            return dose
        pattern = self.pattern[name]
        rest = numbers(self.rest[name]) if name in self.rest else [0] * len(numbers(pattern))
        several = [each * dose + more for each, more in zip(numbers(pattern), rest, strict=True)]
        return several[0] if len(several) == 1 else mapped(pattern, several)


NESTED: Final[dict[str, type[BaseModel]]] = {
    "evidence": Source,
    "title": Bilingual,
    "labels": Bilingual,
    "under_says": Bilingual,
    "nl": Translation,
}


def load_levers(path: Path, records: Mapping[str, Record]) -> tuple[dict[str, Lever], list[str]]:
    """Load the levers of a folder of evidence, which may hold none.

    Returns
    -------
    levers : dict of str to Lever
        By id, in the order of the file.
    found : list of str
        What is wrong, each naming file, key, value and remedy.
    """
    if not path.exists():
        return {}, []
    try:
        content = read_toml(path, FILE)
    except InputError as error:
        return {}, error.problems
    levers: dict[str, Lever] = {}
    found: list[str] = []
    for name, raw in content.items():
        place = f"{FILE} [{name}]"
        if not isinstance(raw, dict):
            found.append(f"{place} = {raw!r}: no table; write [{name}] above its keys.")
            continue
        if "id" in raw:
            found.append(f"{place} id: unknown key; remove it.")
        try:
            levers[name] = Lever.model_validate({**raw, "id": name})
        except ValidationError as error:
            found += sentences(error, place, Lever, NESTED)
        else:
            found += [f"{place} {each}" for each in _about_records(levers[name], records)]
    return levers, found


def _about_records(lever: Lever, records: Mapping[str, Record]) -> list[str]:
    """Return what is wrong between a lever and the records that it names."""
    found = [
        f"{name}: no such record.{did_you_mean(name, records)} Correct the name."
        for name in (*lever.records(), *lever.under)
        if name not in records
    ]
    if found:
        return found
    found = [
        f"{name}: its role is fixed, so no lever moves it; name another record, or change its role."
        for name in (*lever.records(), *lever.under)
        if records[name].role == "fixed" or name == "decision"
    ]
    alone = lever.values == (lever.id,) and lever.operation == "set" and not lever.pattern
    if lever.id in records and not alone:
        found.append(f"{lever.id}: a record has this name too; give the lever another.")
    return found
