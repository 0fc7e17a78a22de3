"""Which factors there are, and what each sets: all from the registry of evidence."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import InputError
from ..evidence.grade import strength_of
from ..evidence.mistakes import did_you_mean
from ..evidence.override import Override
from ..evidence.prior import Discrete
from ..evidence.value import numbers, show
from ..world.countries.entry import FIRST_DAY, LAST_DAY
from .coordinates import along
from .lever_factors import chosen, lever_factor, lever_factors
from .space import DUMMY, REKEYING, Factor, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..evidence.record import Record, Role
    from ..evidence.registry import Registry
    from ..evidence.value import Value
    from .space import Point

LEVERS: Final = "levers"
ROLES: Final[dict[str, Role]] = {
    "parameters": "calibrate",
    "switches": "switch",
}
SPACES: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("spaces.toml").read_text(encoding="utf-8")
)
TOGETHER: Final = (
    "effects by country are told together only, so that no table orders countries; take the whole "
    "record, in screen or in sobol without an emulator."
)
NOT_CONTESTED: Final[tuple[str, ...]] = tuple(SPACES["not_contested"])
SCHEMES: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(members) for name, members in SPACES["schemes"].items()
}
MIXED: Final = (
    "a lever's range is a step that policy can take, a parameter's range is what is not known. An "
    "analysis of both ranks first what has the wider range."
)


def factors_of(registry: Registry, role: str) -> tuple[Factor, ...]:
    """Return every factor of a kind with its range.

    Parameters
    ----------
    role : {"levers", "parameters", "switches"}
        Which kind of factor.

    Returns
    -------
    tuple of Factor
        Levers as their file names them, with the range of their evidence; else records, sorted
        by name, with the prior as range.
    """
    if role == LEVERS:
        return lever_factors(registry)
    return tuple(
        factor_of(registry, name)
        for record in registry.by_role(ROLES[role])
        if record.prior is not None and record.name not in NOT_CONTESTED
        for name in names_of(record)
    )


def names_of(record: Record) -> tuple[str, ...]:
    """Return the names of a record's factors: one for each of its parts, if it has some.

    Returns
    -------
    tuple of str
        Such as `country_return_scores[c01]`; else the name of the record alone.
    """
    return tuple(f"{record.name}[{part}]" for part in record.parts) or (record.name,)


def factor_of(registry: Registry, name: str, width: float = 1.0) -> Factor:
    """Return the factor of a name: a lever, or else a record.

    Parameters
    ----------
    name : str
        Of a lever, of a record with a prior or of a switch between yes and no; of what policy
        sets with the day from which it holds, as `night_shelter@2014-01-01`; of a part of a
        record, as `country_return_scores[c01]`.
    width : float, optional
        What the spread of a prior is multiplied by; a lever has none.

    Raises
    ------
    InputError
        If there is no such record, it cannot vary, or not from a day.
    """
    called, start = _dated(name)
    if called in registry.levers:
        return replace(lever_factor(registry, registry.levers[called], start), name=name)
    called, part = _parted(called)
    record = registry[called]
    if part not in record.parts and (part or record.parts):
        known = ", ".join(names_of(record))
        raise InputError(f"factor {name!r}: each part is a factor of its own. Choose from {known}.")
    if (
        record.role == "fixed"
        or record.value is None
        or (record.prior is None and not isinstance(record.value, bool))
    ):
        raise InputError(f"factor {name!r}: the record is fixed or has no range. Choose another.")
    if start is not None and record.role != "lever":
        raise InputError(f"factor {name!r}: only what policy sets can start on a day.")
    several = _alternatives(record)
    dose: Callable[[float], Value] = partial(along, record, width=width)
    pulls: Callable[[Value], Point] = partial(_set, called, start)
    if part:
        alone = record.model_copy(update={"value": numbers(record.value)[0], "parts": ()})
        dose = partial(along, alone, width=width)
        pulls = partial(_set_part, record, part, start)
    return Factor(
        name=name,
        title=f"{record.title}: {part}" if part else record.title,
        dose=partial(chosen, several) if several else dose,
        pulls=pulls,
        moves=(name if part else called,),
        role=record.role,
        grade=registry.grade(called),
        strength=strength_of(registry.pedigree(called)),
        alternatives=tuple(show(each).strip('"') for each in several),
    )


def _alternatives(record: Record) -> tuple[Value, ...]:
    """Return what can be chosen of a record that holds no number."""
    if record.value is None or numbers(record.value):
        return ()
    if not isinstance(record.prior, Discrete):
        return (False, True)
    yes_no = isinstance(record.value, bool)
    return tuple(bool(each) if yes_no else each for each in record.prior.values)


def _set(name: str, start: date | None, value: Value) -> Point:
    return (Override(name, "set", value, start, "design"),)


def _set_part(record: Record, part: str, start: date | None, value: Value) -> Point:
    """Return the list in which one part has a value and the others are 0: lists add up."""
    (moved,) = numbers(value)
    whole = tuple(moved if each == part else type(moved)() for each in record.parts)
    return (Override(record.name, "set", whole, start, "design"),)


def _parted(name: str) -> tuple[str, str]:
    """Return the name of a record, and the part of it that stands in brackets."""
    called, bracket, part = name.partition("[")
    return (called, part.removesuffix("]")) if bracket else (name, "")


def _dated(name: str) -> tuple[str, date | None]:
    """Return a factor's own name, and the day after its @."""
    called, at, day = name.partition("@")
    try:
        start = date.fromisoformat(day) if at else None
    except ValueError:
        raise InputError(
            f"factor {name!r}: write a day behind the @, as in {called}@2014-01-01."
        ) from None
    if start and not FIRST_DAY <= start <= LAST_DAY:
        raise InputError(f"factor {name!r}: choose a day from {FIRST_DAY} to {LAST_DAY}.")
    return called, start


def scheme_groups(space: Space) -> dict[str, tuple[str, ...]]:
    """Return the factors that are conditional on each other, as groups.

    Returns
    -------
    dict of str to tuple of str
        Of `SCHEMES`, and of the parts of each record, what stands in the space, where that is
        more than one.
    """
    found = {
        name: tuple(each for each in members if each in space.names)
        for name, members in SCHEMES.items()
    }
    for each in space.names:
        called, part = _parted(each)
        if part:
            found[called] = (*found.get(called, ()), each)
    return {name: members for name, members in found.items() if len(members) > 1}


def country_groups(registry: Registry, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the factors that are parts of one record by country, as one group each.

    They vary on their own, and are told of together: no table orders countries.
    """
    codes = set(registry.tables.frame("country_codes")["code"])
    found: dict[str, tuple[str, ...]] = {}
    for each in names:
        called, part = _parted(_dated(each)[0])
        if part in codes:
            found[called] = (*found.get(called, ()), each)
    return found


def chosen_space(
    registry: Registry,
    chosen: str,
    groups: Mapping[str, tuple[str, ...]] | None = None,
    width: float = 1.0,
) -> Space:
    """Return the space that `--factors` asks for, with the dummy as its last factor.

    Parameters
    ----------
    chosen : str
        `levers`, `parameters` or `switches`, or names of levers and records with commas.
    groups : mapping of str to tuple of str, optional
        Factors that count as one, beside those of one record by country (`country_groups`).
    width : float, optional
        What the spread of every prior is multiplied by.

    Raises
    ------
    InputError
        If a name is unknown, two roles are asked for at once, or groups do
        not fit; with every problem.
    """
    words = [each.strip() for each in chosen.split(",") if each.strip()]
    if not words:
        raise InputError("--factors: none chosen; write levers, parameters, switches or names.")
    kinds = (LEVERS, *ROLES)
    if len([each for each in words if each in kinds]) > 1:
        raise InputError(f"--factors {chosen}: {MIXED} Make two analyses.")
    known = [*kinds, *registry.levers, *registry.names()]
    found = [
        f"--factors: {each!r} is unknown.{did_you_mean(each, known)}"
        for each in words
        if _parted(_dated(each)[0])[0] not in known and each != DUMMY
    ]
    if found:
        raise InputError(found)
    names: list[str] = []
    for each in words:
        some = _meant(registry, each)
        names += [name for name in some if name not in names and name != DUMMY]
    if not names:
        raise InputError(f"--factors {chosen}: nothing but the dummy, which is always there.")
    factors = tuple(factor_of(registry, name, width) for name in names)
    asked = dict(groups or {})
    for called, members in country_groups(registry, names).items():
        holding = [set(some) for some in asked.values() if set(some) & set(members)]
        if not holding:
            asked[called] = members
        elif len(holding) > 1 or not set(members) <= holding[0]:
            raise InputError(f"--group: {called}: {TOGETHER}")
    return Space((*factors, REKEYING), asked)


def _meant(registry: Registry, word: str) -> list[str]:
    """Return the factors that a word of `--factors` stands for: a record stands for its parts."""
    if word in (LEVERS, *ROLES):
        return [each.name for each in factors_of(registry, word)]
    if word in registry.levers or word not in registry:
        return [word]
    return list(names_of(registry[word]))
