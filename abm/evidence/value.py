"""What a record can hold: one value, a list of numbers or a table of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TypeAlias

SUM_TOLERANCE = 1e-6


class NumberTable(Mapping[str, int | float]):
    """A small table of numbers by name, copied from a mapping, that nobody can change."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, int | float]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> int | float:
        """Return one number."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many numbers there are."""
        return len(self._entries)

    def __hash__(self) -> int:
        """Return a hash: tables with the same numbers by name have the same."""
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        """Return the table as a dictionary prints."""
        return repr(self._entries)


Scalar: TypeAlias = bool | int | float | str | date
Value: TypeAlias = Scalar | tuple[int | float, ...] | NumberTable


def freeze(raw: object) -> Value:
    """Return what a TOML file holds as a value that nobody can change.

    Returns
    -------
    Value
        Lists become tuples and tables a `NumberTable`; if one of several
        numbers has a decimal point, all of them become floats.

    Raises
    ------
    ValueError
        If it is anything else, or a number is not finite.
    """
    if isinstance(raw, (bool, str)):
        return raw
    if isinstance(raw, (int, float)):
        return _number(raw)
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, (list, tuple)) and raw:
        return _alike([_number(each) for each in raw])
    if isinstance(raw, Mapping) and raw:
        numbers = _alike([_number(each) for each in raw.values()])
        return NumberTable(dict(zip(map(str, raw), numbers, strict=True)))
    raise ValueError(
        f"{raw!r} is no value; write a boolean, a number, a text, a date (2014-01-01), "
        "a list of numbers or a table of numbers"
    )


def numbers(value: Value) -> tuple[int | float, ...]:
    """Return the numbers that a value holds.

    Returns
    -------
    tuple of int or float
        One number, those of a list or table, or none for a boolean, text or
        date.
    """
    if isinstance(value, NumberTable):
        return tuple(value.values())
    if isinstance(value, tuple):
        return value
    if isinstance(value, (bool, str, date)):
        return ()
    return (value,)


def mapped(value: Value, replaced: list[int | float]) -> Value:
    """Return a value of the same shape with other numbers.

    Returns
    -------
    Value
        A number, tuple or table like `value`.
    """
    if isinstance(value, NumberTable):
        return NumberTable(dict(zip(value, replaced, strict=True)))
    if isinstance(value, tuple):
        return tuple(replaced)
    (only,) = replaced
    return only


def like(value: Value, model: Value) -> Value:
    """Return a value in the type and shape of another.

    Returns
    -------
    Value
        `value`; whole numbers become floats where `model` holds floats.

    Raises
    ------
    ValueError
        If the type or shape differs, or a float would have to become whole.
    """
    expected = kind_of(model)
    if kind_of(value) != expected:
        fits = kind_of(value).replace("whole number", "number") == expected
        if not fits:
            raise ValueError(f"{show(value)} is {kind_of(value)}; {expected} is needed")
        value = mapped(value, [float(each) for each in numbers(value)])
    if isinstance(model, tuple) and isinstance(value, tuple) and len(value) != len(model):
        raise ValueError(f"{show(value)} has {len(value)} numbers; {len(model)} are needed")
    if isinstance(model, NumberTable) and isinstance(value, NumberTable):
        if set(value) != set(model):
            raise ValueError(f"{show(value)} has other keys; {', '.join(model)} are needed")
        return NumberTable({key: value[key] for key in model})
    return value


def kind_of(value: Value) -> str:
    """Return the type and shape of a value in words.

    Returns
    -------
    str
        For example `a whole number` or `a list of numbers`.
    """
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, date):
        return "a date"
    whole = all(isinstance(each, int) for each in numbers(value))
    number = "whole number" if whole else "number"
    if isinstance(value, tuple):
        return f"a list of {number}s"
    if isinstance(value, NumberTable):
        return f"a table of {number}s"
    return f"a {number}"


def show(value: Value) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, NumberTable):
        return "{ " + ", ".join(f"{key} = {each}" for key, each in value.items()) + " }"
    return str(value)


def plain(value: Value) -> object:
    """Return a value as JSON knows it: dates as text, tuples as lists, tables as dictionaries."""
    if isinstance(value, NumberTable):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _number(raw: object) -> int | float:
    """Return a finite number; booleans are none."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise ValueError(f"{raw!r} stands where a number belongs; write a number")  # noqa: TRY004 (pydantic reports ValueError)
    if not math.isfinite(raw):
        raise ValueError(f"{raw} is not finite; write a finite number")
    return raw


def _alike(several: list[int | float]) -> tuple[int | float, ...]:
    """Return numbers that are all whole or all floats."""
    if all(isinstance(each, int) for each in several):
        return tuple(several)
    return tuple(float(each) for each in several)
