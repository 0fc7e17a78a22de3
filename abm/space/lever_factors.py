"""A lever of policy as a factor: the doses that its evidence names, and what they change."""

from __future__ import annotations

from functools import partial
from math import gcd
from typing import TYPE_CHECKING

from ..errors import InputError
from ..evidence.grade import strength_of
from ..evidence.value import numbers, show
from .space import Factor, overlaps

if TYPE_CHECKING:
    from datetime import date

    from ..evidence.lever import Lever
    from ..evidence.registry import Registry
    from ..evidence.value import Value
    from .space import Point


def lever_factor(registry: Registry, lever: Lever, start: date | None = None) -> Factor:
    """Return the factor that a lever is.

    Parameters
    ----------
    start : datetime.date, optional
        The day from which it is pulled; from the beginning if left out.

    Returns
    -------
    Factor
        A dose runs evenly from `low` to `high`; settings are alternatives. The grade and
        strength are those of the weakest record.

    Raises
    ------
    InputError
        If nothing pulls it.
    """
    if lever.inert:
        raise InputError(f"factor {lever.id!r}: moves nothing. {lever.inert}")
    several: tuple[Value, ...] = tuple(lever.settings)
    if isinstance(lever.low, bool):
        several = (False, True)
    records = lever.records()
    return Factor(
        name=lever.id,
        title=lever.title.en if start is None else f"{lever.title.en} (from {start})",
        dose=partial(chosen, several) if several else partial(_graded, registry, lever),
        pulls=partial(_pulled, lever, start),
        moves=records,
        under="; ".join(f"{name} = {show(value)}" for name, value in lever.under.items()),
        role="lever",
        grade=max(registry.grade(name) for name in records),  # letters rise as strength falls
        strength=min(strength_of(registry.pedigree(name)) for name in records),
        alternatives=tuple(show(each).strip('"') for each in several),
    )


def lever_factors(registry: Registry) -> tuple[Factor, ...]:
    """Return the levers that can vary together.

    Returns
    -------
    tuple of Factor
        In the order of their file, without those that nothing pulls and those of `left_out`.
    """
    without = left_out(registry)
    return tuple(each for each in _every(registry) if each.name not in without)


def left_out(registry: Registry) -> dict[str, str]:
    """Return the levers that move a record which an earlier lever of the file moves.

    Returns
    -------
    dict of str to str
        From the lever that is left out to the lever that stays.
    """
    found: dict[str, str] = {}
    kept: list[Factor] = []
    for each in _every(registry):
        shared = overlaps([*kept, each])
        if shared:
            found[each.name] = shared[0][0]
        else:
            kept.append(each)
    return found


def _every(registry: Registry) -> list[Factor]:
    return [lever_factor(registry, each) for each in registry.levers.values() if not each.inert]


def _pulled(lever: Lever, start: date | None, dose: Value) -> Point:
    return tuple(lever.pull(dose, start))


def chosen(several: tuple[Value, ...], u: float) -> Value:
    """Return which of several alternatives a coordinate stands for.

    Parameters
    ----------
    u : float
        Between 0 and 1.
    """
    return several[min(int(u * len(several)), len(several) - 1)]


def _graded(registry: Registry, lever: Lever, u: float) -> Value:
    """Return a dose, rounded so that whole numbers of persons or euros stay whole."""
    low, high = lever.low, lever.high
    if low is None or high is None:
        raise ValueError(f"lever {lever.id!r} has no dose")
    dose = low + u * (high - low)
    if lever.operation == "multiply":
        parts = _divisor(registry, lever)
        return round(dose * parts) / parts if parts else dose
    return round(dose) if isinstance(low, int) and isinstance(high, int) else dose


def _divisor(registry: Registry, lever: Lever) -> int:
    """Return what divides all whole numbers of its records, dated ones too; 0 if there are none."""
    held = [
        number
        for name in lever.values
        for value in (registry[name].value, *(each.value for each in registry[name].dated))
        if value is not None
        for number in numbers(value)
    ]
    return gcd(*(each for each in held if isinstance(each, int)))
