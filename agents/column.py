"""A column of persons: its values as Python scalars, and checks of what is written."""

from __future__ import annotations

import difflib
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from . import codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Scalar = int | float | bool | str | IntEnum

_TAKES: Final[dict[str, tuple[str, str]]] = {
    # kind of the column: (kinds of numpy it takes, in words)
    "b": ("b", "True or False"),
    "i": ("iu", "whole numbers"),
    "u": ("iu", "whole numbers"),
    "f": ("iuf", "numbers"),
}


class Column(Protocol):
    """What must be known of a column to read and write it."""

    @property
    def dtype(self) -> type[Any]:
        """Numpy scalar type."""

    @property
    def enum(self) -> str:
        """Name of the enumeration in `codes` that the values belong to, or empty."""

    @property
    def fixed(self) -> bool:
        """Whether the value is given at entry and never changes."""


def values(column: Column, raw: NDArray[np.generic]) -> list[Scalar]:
    """Return raw values as Python scalars.

    Parameters
    ----------
    column : Column
        The column they come from.
    raw : ndarray, shape (n,)
        Values as the column holds them.

    Returns
    -------
    list of int, float, bool or IntEnum
        One for each; codes as members of the column's enumeration.

    Raises
    ------
    ValueError
        If a code is not a member of the enumeration.
    """
    if not column.enum:
        listed: list[Scalar] = raw.tolist()
        return listed
    coded: list[int] = raw.tolist()
    enum = enumeration(column)
    members = {code: enum(code) for code in set(coded)}
    return [members[code] for code in coded]


def enumeration(column: Column) -> type[IntEnum]:
    """Return the enumeration in `codes` of a column that has one."""
    found: type[IntEnum] = getattr(codes, column.enum)
    return found


def checked(name: str, column: Column, given: object) -> NDArray[np.generic]:
    """Return values ready to be written into a column, or refuse them.

    Parameters
    ----------
    name : str
        The column's name, for the message.
    column : Column
        What the column takes.
    given : scalar or sequence, shape (n,)
        One value, or one for each person.

    Returns
    -------
    ndarray, shape () or (n,)
        The values in the column's dtype.

    Raises
    ------
    AttributeError
        If the column is fixed at entry.
    TypeError
        If the values are of another kind, or codes of another enumeration.
    ValueError
        If a value is out of range, not finite or no code of the enumeration.
    """
    if column.fixed:
        raise AttributeError(f"{name!r} is fixed at entry and can't be set")
    if column.enum:
        _refuse_other_codes(name, enumeration(column), given)
    array = np.asarray(given)
    dtype = np.dtype(column.dtype)
    if not array.size:
        return array.astype(dtype)
    kinds, words = _TAKES[dtype.kind]
    if array.dtype.kind not in kinds:
        raise TypeError(f"{name!r} takes {words}, not {given!r}")
    if column.enum:
        enum = enumeration(column)
        wrong = array[~np.isin(array, list(enum))]
        known = ", ".join(f"{code.name} {code.value}" for code in enum)
        problem = f"a code of {enum.__name__} ({known})"
    elif dtype.kind == "f":
        most = np.finfo(dtype).max
        wrong = array[~(np.abs(array.astype(np.float64)) <= most)]
        problem = f"finite numbers up to {most:.3g}"
    elif dtype.kind == "b":
        return array
    else:
        info = np.iinfo(column.dtype)
        wrong = array[(array < info.min) | (array > info.max)]
        problem = f"whole numbers from {info.min} to {info.max}"
    if wrong.size:
        raise ValueError(f"{name!r} takes {problem}, not {wrong.flat[0]}")
    return array.astype(dtype)


def unknown(name: str, names: Iterable[str]) -> AttributeError:
    """Return the error for an attribute that persons don't have.

    Returns
    -------
    AttributeError
        With the nearest name, or all names if none is near.
    """
    there = sorted(names)
    near = difflib.get_close_matches(name, there, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(there)}"
    return AttributeError(f"persons have no attribute {name!r}; {hint}")


def _refuse_other_codes(name: str, enum: type[IntEnum], given: object) -> None:
    """Refuse members of another enumeration: as integers they would pass."""
    for code in given if isinstance(given, list | tuple) else [given]:
        if isinstance(code, Enum) and not isinstance(code, enum):
            raise TypeError(f"{name!r} takes a code of {enum.__name__}, not {code!r}")
