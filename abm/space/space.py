"""The design space: every factor is one coordinate of the unit cube."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from ..errors import InputError
from ..evidence.override import Override
from ..evidence.value import mapped, numbers, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from ..evidence.value import Value

DUMMY: Final = "dummy"

Point = tuple[Override, ...]


def _nothing(_dose: Value) -> Point:
    return ()


@dataclass(frozen=True)
class Factor:
    """What is varied, as one coordinate between 0 and 1.

    Parameters
    ----------
    name : str
        As tables call it.
    title : str
        As figures call it.
    dose : callable, optional
        From the coordinate to what it stands for: a value, or a setting.
    pulls : callable, optional
        From that to what it changes; nothing if left out.
    moves : tuple of str, optional
        The records that it changes.
    under : str, optional
        What must hold that the baseline does not, or it moves nothing.
    role : str, optional
        `lever`, `calibrate`, `switch` or `dummy`.
    grade : str, optional
        Strength of the evidence in a letter, A to D.
    strength : float, optional
        NUSAP strength between 0 and 1; missing for the dummy.
    alternatives : tuple of str, optional
        Names of what can be chosen, for a factor that is not a number: the
        coordinate is cut into as many equal parts.
    """

    name: str
    title: str
    dose: Callable[[float], Value] = field(default=float, compare=False)
    pulls: Callable[[Value], Point] = field(default=_nothing, compare=False)
    moves: tuple[str, ...] = ()
    under: str = ""
    role: str = DUMMY
    grade: str = ""
    strength: float = float("nan")
    alternatives: tuple[str, ...] = ()

    def at(self, u: float) -> Point:
        """Return what is changed at a coordinate.

        Parameters
        ----------
        u : float
            Between 0 and 1.
        """
        return self.pulls(self.dose(u))

    def label(self, u: float) -> str:
        """Return what a coordinate stands for, in a few characters.

        Parameters
        ----------
        u : float
            Between 0 and 1.

        Returns
        -------
        str
            As `value_label` shows it.
        """
        return value_label(self.dose(u))


def value_label(value: Value) -> str:
    """Return a value in a few characters.

    Parameters
    ----------
    value : Value
        Any value.

    Returns
    -------
    str
        A number in four digits, of several their mean, else the word.
    """
    held = numbers(value)
    if not held:
        return show(value).strip('"')
    return f"{held[0]:.4g}" if len(held) == 1 else f"mean {np.mean(held):.4g}"


# Its coordinate chooses the seeds, and nothing else: what it moves is chance. A coordinate that
# did nothing at all would have an effect of exactly zero under shared seeds, and certify anything.
REKEYING: Final = Factor(DUMMY, "dummy: other seeds")


@dataclass(frozen=True)
class Space:
    """The factors of an analysis, in order.

    Parameters
    ----------
    factors : tuple of Factor
        The factors, the dummy among them where there is one.
    groups : mapping of str to tuple of str, optional
        Factors that count as one, by the name of the group.
    """

    factors: tuple[Factor, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse names that stand twice, two that move one record, and groups that do not fit."""
        names = self.names
        found = [f"factor {name!r} stands twice." for name in set(names) if names.count(name) > 1]
        found += [
            f"factors {first!r} and {second!r} both move {record}, so no index could tell "
            "which of the two did it. Vary one of them here, the other in another analysis."
            for first, second, record in overlaps(self.factors)
        ]
        members = [each for group in self.groups.values() for each in group]
        found += [
            f"group: factor {each!r} is not among the factors."
            for each in sorted(set(members) - set(names))
        ]
        found += [
            f"group: factor {each!r} stands in two groups."
            for each in sorted(set(members))
            if members.count(each) > 1
        ]
        found += [
            f"group {name!r}: also the name of a factor." for name in self.groups if name in names
        ]
        if DUMMY in members:
            found.append("group: the dummy stands alone, or there is no noise floor.")
        if found:
            raise InputError(found)

    @property
    def names(self) -> list[str]:
        """Return the names of the factors.

        Returns
        -------
        list of str
            In order.
        """
        return [each.name for each in self.factors]

    def labels(self) -> list[str]:
        """Return what indices are told of: groups stand for their factors.

        Returns
        -------
        list of str
            In order of first appearance.
        """
        return list(dict.fromkeys(self.group_of(name) for name in self.names))

    def alone(self) -> list[str]:
        """Return the names of the factors that are in no group.

        Returns
        -------
        list of str
            In order.
        """
        grouped = {name for members in self.groups.values() for name in members}
        return [name for name in self.names if name not in grouped]

    def group_of(self, name: str) -> str:
        """Return the group of a factor.

        Returns
        -------
        str
            Its own name where it stands alone.
        """
        for group, members in self.groups.items():
            if name in members:
                return group
        return name

    def problem(self) -> dict[str, object]:
        """Return the space as SALib wants it.

        Returns
        -------
        dict
            The unit cube; with groups where there are some.
        """
        problem: dict[str, object] = {
            "num_vars": len(self.factors),
            "names": self.names,
            "bounds": [[0.0, 1.0]] * len(self.factors),
        }
        if self.groups:
            problem["groups"] = [self.group_of(name) for name in self.names]
        return problem

    def changes(self, point: NDArray[np.float64]) -> Point:
        """Return what is changed at a point.

        Parameters
        ----------
        point : ndarray of float64, shape (n_factors,)
            Coordinates between 0 and 1.

        Returns
        -------
        tuple of Override
            In order of record and day.
        """
        found = [
            change
            for each, u in zip(self.factors, point, strict=True)
            for change in each.at(float(u))
        ]
        return in_order(together(found))

    def features(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return coordinates for a smooth function: alternatives become columns of 0 and 1.

        Parameters
        ----------
        points : ndarray of float64, shape (n, n_factors)
            Coordinates between 0 and 1.

        Returns
        -------
        ndarray of float64, shape (n, n_columns)
            A number as it is; of `k` alternatives all but the first as 0 or 1.
        """
        columns = []
        for place, each in enumerate(self.factors):
            if not each.alternatives:
                columns.append(points[:, place])
                continue
            which = part_of(points[:, place], len(each.alternatives))
            columns += [(which == k).astype(np.float64) for k in range(1, len(each.alternatives))]
        return np.column_stack(columns)


def together(changes: Iterable[Override]) -> list[Override]:
    """Return changes in which the lists that parts of one record set are one list.

    Each part sets a list in which all other numbers are 0, so the lists add up.

    Returns
    -------
    list of Override
        At most one for each record and day.
    """
    found: dict[tuple[str, date | None], Override] = {}
    for each in changes:
        key = each.target, each.start
        before = found.get(key)
        if before is not None:
            sums = [a + b for a, b in zip(numbers(before.value), numbers(each.value), strict=True)]
            each = replace(each, value=mapped(each.value, sums))  # noqa: PLW2901 (the sum goes on)
        found[key] = each
    return list(found.values())


def in_order(changes: Iterable[Override]) -> Point:
    """Return changes in the one order in which equal ones read the same.

    Returns
    -------
    tuple of Override
        In order of record and day.
    """
    return tuple(sorted(changes, key=lambda each: (each.target, each.start or date.min)))


def overlaps(factors: Iterable[Factor]) -> list[tuple[str, str, str]]:
    """Return which factors move a record that one before them moves.

    Parameters
    ----------
    factors : iterable of Factor
        The factors, in order.

    Returns
    -------
    list of (str, str, str)
        The one before, the one after, and the record.
    """
    first: dict[str, str] = {}
    found = []
    for each in factors:
        found += [(first[name], each.name, name) for name in each.moves if name in first]
        first = {**dict.fromkeys(each.moves, each.name), **first}
    return found


def part_of(u: NDArray[np.float64], parts: int) -> NDArray[np.int64]:
    """Return in which of equal parts of the unit interval numbers lie.

    Parameters
    ----------
    u : ndarray of float64
        Numbers between 0 and 1.

    Returns
    -------
    ndarray of int64
        From 0; 1 belongs to the last part.
    """
    return np.minimum((u * parts).astype(np.int64), parts - 1)
