"""The design space: every factor is one coordinate of the unit cube."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from ...abm.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from ...abm.evidence.value import Value

DUMMY: Final = "dummy"

Point = tuple[tuple[str, "Value"], ...]


def _nothing(_u: float) -> dict[str, Value]:
    return {}


@dataclass(frozen=True)
class Factor:
    """What is varied, as one coordinate between 0 and 1.

    Parameters
    ----------
    name : str
        As tables call it.
    title : str
        As figures call it.
    sets : callable, optional
        From the coordinate to the values of records; nothing if left out.
    role : str, optional
        `lever`, `calibrate`, `switch` or `dummy`.
    grade : str, optional
        Strength of the evidence in a letter, A to D.
    strength : float, optional
        NUSAP strength between 0 and 1; missing for the dummy.
    alternatives : tuple of str, optional
        Names of what can be chosen, for a factor that is no number: the
        coordinate is cut into as many equal parts.
    """

    name: str
    title: str
    sets: Callable[[float], Mapping[str, Value]] = field(default=_nothing, compare=False)
    role: str = DUMMY
    grade: str = ""
    strength: float = float("nan")
    alternatives: tuple[str, ...] = ()


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
        """Refuse names that stand twice and groups that do not fit."""
        names = self.names
        found = [f"factor {name!r} stands twice." for name in set(names) if names.count(name) > 1]
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

    def group_of(self, name: str) -> str:
        """Return the group of a factor.

        Parameters
        ----------
        name : str
            A factor.

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

    def values(self, point: NDArray[np.float64]) -> Point:
        """Return the values of records at a point.

        Parameters
        ----------
        point : ndarray of float64, shape (n_factors,)
            Coordinates between 0 and 1.

        Returns
        -------
        tuple of (str, Value)
            By record, in order of name.
        """
        values: dict[str, Value] = {}
        for each, u in zip(self.factors, point, strict=True):
            values.update(each.sets(float(u)))
        return tuple(sorted(values.items()))

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


def part_of(u: NDArray[np.float64], parts: int) -> NDArray[np.int64]:
    """Return in which of equal parts of the unit interval numbers lie.

    Parameters
    ----------
    u : ndarray of float64
        Numbers between 0 and 1.
    parts : int
        How many parts.

    Returns
    -------
    ndarray of int64
        From 0; 1 belongs to the last part.
    """
    return np.minimum((u * parts).astype(np.int64), parts - 1)
