"""Items under which units are counted: a code for each unit, and the names of the codes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...agents.codes import label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import IntEnum

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Items:
    """The item of each unit, which is put together with `+` as texts are.

    Parameters
    ----------
    code : ndarray of int, shape (n,)
        Index into `names`.
    names : tuple of str
        The name of each code.
    """

    code: NDArray[np.intp]
    names: tuple[str, ...]

    def __add__(self, other: Items | str) -> Items:
        """Return these names followed by others."""
        if isinstance(other, str):
            return Items(self.code, _joined(self.names, (other,)))
        code = self.code * len(other.names) + other.code
        return Items(code, _joined(self.names, other.names))

    def __radd__(self, other: str) -> Items:
        """Return these names after a text."""
        return Items(self.code, _joined((other,), self.names))

    def __getitem__(self, wanted: NDArray[np.bool_] | NDArray[np.intp]) -> Items:
        """Return the items of some units."""
        return Items(self.code[wanted], self.names)

    def labels(self) -> NDArray[np.object_]:
        """Return the name of each unit's item."""
        return np.array(self.names, dtype=object)[self.code]


@functools.lru_cache(maxsize=1024)
def _joined(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a + b for a in left for b in right)


@functools.cache
def _names(codes: type[IntEnum]) -> tuple[str, ...]:
    names = {int(code): label(code) for code in codes}
    return tuple(names.get(code, "") for code in range(max(names) + 1))


def named(values: NDArray[np.integer], codes: type[IntEnum]) -> Items:
    """Return codes with their labels."""
    return Items(values.astype(np.intp), _names(codes))


def same(name: str, n: int) -> Items:
    """Return one item for `n` units."""
    return Items(np.zeros(n, dtype=np.intp), (name,))


def either(mask: NDArray[np.bool_], there: Items, elsewhere: Items) -> Items:
    """Return an item where a mask holds, and another elsewhere."""
    code = np.where(mask, there.code, len(there.names) + elsewhere.code)
    return Items(code, there.names + elsewhere.names)


def first_of(holds: Mapping[str, NDArray[np.bool_]], otherwise: str) -> Items:
    """Return for each unit the first item that holds.

    Parameters
    ----------
    holds : mapping of str to ndarray of bool, shape (n,)
        Where each item holds, in order.
    otherwise : str
        The item where none does.
    """
    code = np.select(list(holds.values()), [*range(len(holds))], len(holds))
    return Items(code, (*holds, otherwise))
