"""The values in force in a week, read by name and type; names that were read are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from ..evidence.value import NumberTable, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray


Made = TypeVar("Made")


class Values:
    """Evidence values on a day, with the overrides of the scenario.

    Parameters
    ----------
    values : mapping of str to object
        Values by the name of their record, as `Timeline.at` returns them.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)
        self._read: set[str] = set()
        self._numbers: dict[str, float] = {}  # as asked for, until values change
        self._texts: dict[str, str] = {}
        self._vectors: dict[str, NDArray[np.float64]] = {}
        self.version = 0  # changes with every update: `Derived` looks at it

    @property
    def read(self) -> frozenset[str]:
        """Names of the records read so far."""
        return frozenset(self._read)

    def update(self, values: Mapping[str, object]) -> None:
        """Put the values of another day in force."""
        self._values.update(values)
        self._numbers.clear()
        self._texts.clear()
        self._vectors.clear()
        self.version += 1

    def number(self, name: str) -> float:
        """Return a number, in the unit of its record."""
        found = self._numbers.get(name)
        if found is None:
            value = self._get(name)
            if not isinstance(value, (int, float)):
                raise TypeError(f"{name} is not a number: {value!r}")
            found = self._numbers[name] = float(value)
        return found

    def flag(self, name: str) -> bool:
        """Return a value that is true or false."""
        value = self._get(name)
        if isinstance(value, bool):
            return value
        raise TypeError(f"{name} is neither true nor false: {value!r}")

    def text(self, name: str) -> str:
        """Return a text, such as the alternative of a switch."""
        found = self._texts.get(name)
        if found is None:
            value = self._get(name)
            if not isinstance(value, str):
                raise TypeError(f"{name} is not a text: {value!r}")
            found = self._texts[name] = value
        return found

    def vector(self, name: str) -> NDArray[np.float64]:
        """Return a list or table of numbers, in its order, as an array that can't be changed."""
        if name not in self._vectors:
            held = self._get(name)
            held = numbers(held) if isinstance(held, NumberTable) else held
            self._vectors[name] = np.array(held, dtype=np.float64)
            self._vectors[name].flags.writeable = False
        return self._vectors[name]

    def _get(self, name: str) -> object:
        self._read.add(name)
        return self._values[name]


class Derived(Generic[Made]):
    """Something made by a function of the values alone, and made anew when they change."""

    def __init__(self, make: Callable[[Values], Made]) -> None:
        self._make = make
        self._version = -1

    def at(self, now: Values) -> Made:
        """Return what the function makes of the values in force."""
        if self._version != now.version:
            self._made = self._make(now)
            self._version = now.version
        return self._made
