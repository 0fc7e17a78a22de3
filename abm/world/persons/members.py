"""The members of a set of persons: numbers, membership and set algebra.

Mesa's `AgentSet` holds weak references to agents, so a set of views that nothing
else keeps would be empty. This one holds person numbers.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Self, overload

import numpy as np
from mesa.agent import AgentSet

from ....agents.migrant import Migrant
from .views import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from numpy.typing import NDArray

    from .views import Populated


class PersonMembers(AgentSet):  # type: ignore[misc]  # Mesa ships no types
    """Persons in the order in which they were given, without repeats.

    A person who leaves the model drops out of every set.

    Raises
    ------
    KeyError
        If one of them is not in the model.
    """

    model: Populated
    _persons: NDArray[np.int64]  # never changed in place: sets may share it
    _rows: NDArray[np.intp]  # theirs, as of `_version` of the columns
    _version: int
    _fixed: bool
    _member_numbers: frozenset[int] | None

    def __init__(self, model: Populated, persons: NDArray[np.int64] | Iterable[Migrant]) -> None:
        if not isinstance(persons, np.ndarray):
            persons = _numbers(model, persons)
        kept = np.asarray(list(dict.fromkeys(persons.tolist())), dtype=np.int64)
        self._hold(model, kept, model.people.rows_of(kept))

    @classmethod
    def of_model(cls, model: Populated) -> Self:
        """Return everybody in the model, in the order of rows: `model.agents`.

        The set is made anew at each access (50 us for 40,000 persons), and its
        members can't be changed.
        """
        rows = np.flatnonzero(~model.people.gone)
        made = cls.__new__(cls)
        made._hold(model, model.people.person[rows], rows, fixed=True)  # noqa: SLF001  # own class
        return made

    @property
    def random(self) -> Random:
        """The model's generator of the standard library."""
        return self.model.random

    @property
    def persons(self) -> NDArray[np.int64]:
        """Person numbers in the order of the set, as a copy."""
        self._located()
        return self._persons.copy()

    def __len__(self) -> int:
        """Return how many persons of the set are in the model."""
        return len(self._located())

    def __iter__(self) -> Iterator[Migrant]:
        """Go through views; persons who leave the model meanwhile are passed over."""
        for person in self.persons.tolist():
            migrant = view(self.model, person)
            if migrant.in_model:
                yield migrant

    def __contains__(self, agent: object) -> bool:
        """Tell whether a view's person is in the set and in the model."""
        if not isinstance(agent, Migrant) or agent.model is not self.model:
            return False
        return agent.in_model and agent.unique_id in self._members()

    @overload
    def __getitem__(self, item: int) -> Migrant: ...
    @overload
    def __getitem__(self, item: slice) -> list[Migrant]: ...
    def __getitem__(self, item: int | slice) -> Migrant | list[Migrant]:
        """Return one view, or a list of views, as Mesa does for a slice."""
        self._located()
        if isinstance(item, slice):
            return [view(self.model, person) for person in self._persons[item].tolist()]
        return view(self.model, int(self._persons[operator.index(item)]))

    def __repr__(self) -> str:
        """Show how many persons there are."""
        return f"<{type(self).__name__} of {len(self)} persons>"

    def to_list(self) -> list[Migrant]:
        """Return the views in the order of the set."""
        return list(self)

    def copy(self) -> Self:
        """Return a set of the same persons, whose members can be changed."""
        return self._at(slice(None))

    __copy__ = copy

    def add(self, agent: Migrant) -> None:
        """Add a person at the end."""
        if agent not in self:
            self._replace(np.append(self.persons, _numbers(self.model, [agent])))

    def discard(self, agent: object) -> None:
        """Take a person out of the set, if he or she is in it."""
        self._refuse_if_fixed()
        if agent in self:
            self._replace(self._persons[self._persons != agent.unique_id])  # type: ignore[attr-defined] # Mesa ships no types

    def remove(self, agent: object) -> None:
        """Take a person out of the set.

        Raises
        ------
        KeyError
            If the person is not in the set.
        """
        self._refuse_if_fixed()
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def clear(self) -> None:
        """Take everybody out of the set."""
        self._replace(np.empty(0, dtype=np.int64))

    def __iand__(self, other: Iterable[object]) -> Self:
        """Keep the persons who are in both."""
        return self._replace((self - (self - other)).persons)

    def __ior__(self, other: Iterable[Migrant]) -> Self:
        """Add the others."""
        return self._replace((self | other).persons)

    def __isub__(self, other: Iterable[object]) -> Self:
        """Take the others out."""
        return self._replace((self - other).persons)

    def __ixor__(self, other: Iterable[Migrant]) -> Self:
        """Keep the persons who are in only one of the two."""
        return self._replace((self ^ other).persons)

    def __getstate__(self) -> dict[str, object]:
        """Return what pickle and `copy.deepcopy` need: numbers, not rows."""
        return {"model": self.model, "persons": self.persons, "fixed": self._fixed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore a set; its model may not be complete yet, so no row is looked up."""
        self.model = state["model"]
        self._persons = state["persons"]
        self._fixed = state["fixed"]
        self._version = -1
        self._member_numbers = None

    def _from_iterable(self, agents: Iterable[Migrant]) -> Self:
        """Return a set for `&`, `|`, `-` and `^`; not a class method, as it needs the model."""
        return type(self)(self.model, agents)

    def _hold(
        self,
        model: Populated,
        persons: NDArray[np.int64],
        rows: NDArray[np.intp],
        *,
        fixed: bool = False,
    ) -> None:
        self.model = model
        self._persons = persons
        self._rows = rows
        self._version = model.people.version
        self._fixed = fixed
        self._member_numbers = None

    def _located(self) -> NDArray[np.intp]:
        """Return the members' rows, after dropping persons who have left."""
        people = self.model.people
        if self._version != people.version:
            self._rows = people.find(self._persons)
            self._version = people.version
            self._drop(self._rows < 0)
        self._drop(people.gone[self._rows])
        return self._rows

    def _drop(self, left: NDArray[np.bool_]) -> None:
        if left.any():
            self._persons, self._rows = self._persons[~left], self._rows[~left]

    def _at(self, places: slice | NDArray[np.generic]) -> Self:
        """Return the set of the members at some positions in this one."""
        rows = self._located()
        made = type(self).__new__(type(self))
        made._hold(self.model, self._persons[places], rows[places])  # noqa: SLF001  # own class
        return made

    def _replace(self, persons: NDArray[np.int64]) -> Self:
        self._refuse_if_fixed()
        self._hold(self.model, persons, self.model.people.rows_of(persons))
        return self

    def _update(self, agents: Iterable[Migrant]) -> Self:
        """Replace the members, as Mesa's own methods would."""
        return self._replace(type(self)(self.model, agents).persons)

    def _refuse_if_fixed(self) -> None:
        if self._fixed:
            raise TypeError(
                "model.agents can't be changed: persons arrive and leave through the phases of the "
                "model; change a copy, as in model.agents.copy()"
            )

    def _members(self) -> frozenset[int]:
        if self._member_numbers is None:
            self._member_numbers = frozenset(self._persons.tolist())
        return self._member_numbers


def _numbers(model: Populated, agents: Iterable[object]) -> NDArray[np.int64]:
    """Return the numbers of views of persons in one model."""
    numbers = []
    for agent in agents:
        if not isinstance(agent, Migrant):
            raise TypeError(f"a set of persons holds views of persons, not {agent!r}")
        if agent.model is not model:
            raise ValueError(f"{agent!r} lives in another model")
        numbers.append(agent.unique_id)
    return np.asarray(numbers, dtype=np.int64)
