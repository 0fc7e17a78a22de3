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
from .coordinates import along
from .lever_factors import chosen, lever_factor, lever_factors
from .space import DUMMY, REKEYING, Factor, Space

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        factor_of(registry, record.name)
        for record in registry.by_role(ROLES[role])
        if record.prior is not None and record.name not in NOT_CONTESTED
    )


def factor_of(registry: Registry, name: str, width: float = 1.0) -> Factor:
    """Return the factor of a name: a lever, or else a record.

    Parameters
    ----------
    name : str
        Of a lever, of a record with a prior or of a switch between yes and no; of what policy
        sets with the day from which it holds, as `night_shelter@2014-01-01`.
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
    record = registry[called]
    if (
        record.role == "fixed"
        or record.value is None
        or (record.prior is None and not isinstance(record.value, bool))
    ):
        raise InputError(f"factor {name!r}: the record is fixed or has no range. Choose another.")
    if start is not None and record.role != "lever":
        raise InputError(f"factor {name!r}: only what policy sets can start on a day.")
    several = _alternatives(record)
    return Factor(
        name=name,
        title=record.title,
        dose=partial(chosen, several) if several else partial(along, record, width=width),
        pulls=partial(_set, called, start),
        moves=(called,),
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


def _dated(name: str) -> tuple[str, date | None]:
    """Return a factor's own name, and the day after its @."""
    called, at, day = name.partition("@")
    try:
        return called, date.fromisoformat(day) if at else None
    except ValueError:
        raise InputError(
            f"factor {name!r}: write a day behind the @, as in {called}@2014-01-01."
        ) from None


def scheme_groups(space: Space) -> dict[str, tuple[str, ...]]:
    """Return the factors that are conditional on each other, as groups.

    Returns
    -------
    dict of str to tuple of str
        Of `SCHEMES` what stands in the space, where that is more than one.
    """
    found = {
        name: tuple(each for each in members if each in space.names)
        for name, members in SCHEMES.items()
    }
    return {name: members for name, members in found.items() if len(members) > 1}


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
        Factors that count as one.
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
        if _dated(each)[0] not in known and each != DUMMY
    ]
    if found:
        raise InputError(found)
    names: list[str] = []
    for each in words:
        some = [one.name for one in factors_of(registry, each)] if each in kinds else [each]
        names += [name for name in some if name not in names and name != DUMMY]
    if not names:
        raise InputError(f"--factors {chosen}: nothing but the dummy, which is always there.")
    factors = tuple(factor_of(registry, name, width) for name in names)
    return Space((*factors, REKEYING), groups or {})
