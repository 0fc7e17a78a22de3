"""The attributes of the persons in a set: read and written by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self, overload

import numpy as np

from ....agents.age import age_years
from ....agents.codes import Place
from ....agents.column import checked, unknown, values
from ....agents.migrant import DERIVED, FOR_ALL, Migrant, settable
from .members import PersonMembers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray


class PersonValues(PersonMembers):
    """A set of persons whose attributes are read and written for all at once."""

    def array(self, name: str) -> NDArray[Any]:
        """Return an attribute of all persons as an array, codes as integers.

        Parameters
        ----------
        name : str
            A column of `people`, `age`, `country_name`, `returned` or `unique_id`.

        Returns
        -------
        ndarray, shape (len(self),)
            A copy, in the order of the set.

        Raises
        ------
        AttributeError
            If there is no such column.
        """
        rows = self._located()
        people = self.model.people
        if name in people.columns:
            return np.asarray(getattr(people, name)[rows])
        if name == "unique_id":
            return self.persons
        if name == "age":
            return age_years(people.birth_week[rows], self.model.week)
        if name == "country_name":
            return np.asarray(self.model.countries)[people.country[rows]]
        if name == "returned":
            return np.asarray(people.place[rows] == Place.ORIGIN)
        raise unknown(name, (*people.columns, *FOR_ALL))

    @overload
    def get(
        self,
        attr_names: str,
        handle_missing: Literal["error", "default"] = ...,
        default_value: object = ...,
    ) -> list[Any]: ...
    @overload
    def get(
        self,
        attr_names: Sequence[str],
        handle_missing: Literal["error", "default"] = ...,
        default_value: object = ...,
    ) -> list[list[Any]]: ...
    def get(
        self,
        attr_names: str | Sequence[str],
        handle_missing: Literal["error", "default"] = "error",
        default_value: object = None,
    ) -> list[Any] | list[list[Any]]:
        """Return attributes of all persons as Python scalars: one value for each person.

        Several names give a list of values for each person.

        Parameters
        ----------
        handle_missing : {"error", "default"}, optional
            Whether a name that persons don't have is an error or gives `default_value`.

        Raises
        ------
        AttributeError
            If persons have no such attribute, unless `handle_missing` is "default".
        ValueError
            If `handle_missing` is another word.
        """
        if handle_missing not in {"error", "default"}:
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        names = [attr_names] if isinstance(attr_names, str) else list(attr_names)
        found = [
            self._list(name)
            if handle_missing == "error" or self._has(name)
            else [default_value] * len(self)
            for name in names
        ]
        if isinstance(attr_names, str):
            return found[0]
        return [list(row) for row in zip(*found, strict=True)] if found else [[] for _ in self]

    def agg(
        self, attribute: str, func: Callable[..., object] | Iterable[Callable[..., object]]
    ) -> Any:  # noqa: ANN401  # what a function returns is its own matter
        """Aggregate an attribute over all persons, by one function or several.

        A function of numpy gets an array. Any other gets the list that Mesa gives it,
        because `sum` over small integers of numpy would overflow. Numpy scalars are
        returned as Python scalars.
        """
        if not callable(func):
            return [self.agg(attribute, one) for one in func]
        by_numpy = isinstance(func, np.ufunc) or getattr(func, "__module__", "") == "numpy"
        if by_numpy and self._is_numeric(attribute):
            result = func(_widened(self.array(attribute)))
        else:
            result = func(self.get(attribute))
        return result.item() if isinstance(result, np.generic) else result

    def set(self, attr_name: str, value: object) -> Self:
        """Set a column for all persons.

        Parameters
        ----------
        attr_name : str
            A column that may change after entry, or `pos`.
        value : scalar or sequence, shape (len(self),)
            One value for all, or one for each in the order of the set.

        Raises
        ------
        AttributeError
            If there is no such column, or it can't be set.
        TypeError
            If the values are of another type.
        ValueError
            If they are out of range or of another number; nothing is set then.
        """
        if attr_name == "pos":
            for migrant in self:
                migrant.pos = value
            return self
        rows = self._located()
        new = checked(attr_name, settable(attr_name, self.model.people.columns), value)
        if new.ndim and new.shape != rows.shape:
            raise ValueError(
                f"{attr_name!r} takes one value or {len(rows)}, not an array of shape {new.shape}"
            )
        getattr(self.model.people, attr_name)[rows] = new
        return self

    def _list(self, name: str) -> list[Any]:
        """Return an attribute of all persons as Python scalars."""
        if self._is_column(name):
            return self._scalars(name, self.array(name))
        if not self._has(name):
            raise unknown(name, (*self.model.people.columns, *DERIVED))
        return [getattr(migrant, name) for migrant in self]

    def _scalars(self, name: str, raw: NDArray[Any]) -> list[Any]:
        column = self.model.people.columns.get(name)
        listed: list[Any] = raw.tolist() if column is None else values(column, raw)
        return listed

    def _is_column(self, name: str) -> bool:
        return name in self.model.people.columns or name in FOR_ALL

    def _is_numeric(self, name: str) -> bool:
        return self._is_column(name) and name != "country_name"

    def _has(self, name: str) -> bool:
        return self._is_column(name) or name in {"model", "pos"} or hasattr(Migrant, name)


def _widened(column: NDArray[Any]) -> NDArray[Any]:
    """Return a column in the dtype that numpy would give the list of its values."""
    wide = {"f": np.float64, "i": np.int64, "u": np.int64}.get(column.dtype.kind)
    return column if wide is None or column.dtype == np.uint64 else column.astype(wide)
