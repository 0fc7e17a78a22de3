"""The block of persons: columns with one row for each person in the model.

A person is known by a number, not by a row: rows move when `compact` drops those of
persons who have gone. So nothing keeps a row or a slice of a column across `compact` or `add`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .columns import COLUMNS, Columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from .column import Column


class People(Columns):
    """Persons in the model, as columns of equal length.

    `people.place` and the other names of `Columns` are views of the rows in
    use; `add` and `compact` take them anew.

    Parameters
    ----------
    capacity : int, optional
        Rows for which there is room at first.
    """

    columns: ClassVar[Mapping[str, Column]] = COLUMNS

    _order: NDArray[np.intp] | None
    _row_by_person: dict[int, int] | None

    def __init__(self, capacity: int = 1024) -> None:
        self.size = 0
        self.version = 0  # changes whenever rows move: what a cache of rows must look at
        self._store: dict[str, NDArray[np.generic]] = {
            name: np.zeros(capacity, column.dtype) for name, column in COLUMNS.items()
        }
        self._take_views()

    def __getstate__(self) -> dict[str, object]:
        """Return what a copy and `pickle` need: the block without its views."""
        return {"size": self.size, "version": self.version, "_store": self._store}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the block over, with views of its own: views that are copied show nothing else."""
        self.__dict__.update(state)
        self._take_views()
        self.version -= 1  # no row has moved

    def __len__(self) -> int:
        """Return the number of rows in use."""
        return self.size

    def add(self, values: Mapping[str, ArrayLike]) -> slice:
        """Add persons at the end of the block.

        Parameters
        ----------
        values : mapping of str to array_like, scalar or shape (n,)
            Values by column; columns not given are 0. `person` is required.

        Returns
        -------
        slice
            The rows added, valid until the next `add` or `compact`.
        """
        n = len(np.atleast_1d(np.asarray(values["person"])))
        start, end = self.size, self.size + n
        if end > len(self._store["person"]):
            room = max(2 * len(self._store["person"]), end)
            for name, old in self._store.items():
                self._store[name] = np.zeros(room, old.dtype)
                self._store[name][:start] = old[:start]
        for name, column in self._store.items():
            column[start:end] = values.get(name, 0)
        self.size = end
        self._take_views()
        return slice(start, end)

    def compact(self) -> None:
        """Drop the rows of persons who have gone; the order of the others stays."""
        keep = np.flatnonzero(~self.gone)
        for column in self._store.values():
            column[: len(keep)] = column[keep]
        self.size = len(keep)
        self._take_views()

    def rows_of(self, person: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows of persons by their numbers, valid until the next `add` or `compact`.

        Raises
        ------
        KeyError
            If one of them is not in the block, or not any more.
        """
        rows = self.find(person)
        if rows.size and rows.min() < 0:
            raise KeyError(f"no person {int(person[rows < 0][0])} in the model")
        return rows

    def find(self, person: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows of persons by their numbers; -1 for persons not in the block."""
        if not self.size:
            return np.full(len(person), -1, dtype=np.intp)
        if self._order is None:
            self._order = np.argsort(self.person, kind="stable")
        position = np.searchsorted(self.person, person, sorter=self._order)
        rows = self._order[np.minimum(position, self.size - 1)]
        return np.where(self.person[rows] == person, rows, -1).astype(np.intp, copy=False)

    def row_of(self, person: int) -> int:
        """Return the row of one person, or -1 if the person is not in the block."""
        if self._row_by_person is None:  # for views: 0.1 us a look, `find` takes 5
            self._row_by_person = dict(zip(self.person.tolist(), range(self.size), strict=True))
        return self._row_by_person.get(person, -1)

    def _take_views(self) -> None:
        for name, column in self._store.items():
            setattr(self, name, column[: self.size])
        self.version += 1
        self._order = None
        self._row_by_person = None
