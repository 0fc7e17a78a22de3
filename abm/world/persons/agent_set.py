"""Sets of persons as Mesa's agent sets, computed over columns.

Every method of `mesa.agent.AgentSet` returns what it returns for ordinary agents;
methods that return agent sets return sets of persons.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from ....agents.migrant import Migrant
from .groups import GroupBy, PersonGroups
from .values import PersonValues
from .views import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Where = NDArray[np.bool_] | Callable[["Columns"], NDArray[np.bool_]]


class Columns:
    """The columns of a set as attributes: the argument of `where` in `select`."""

    def __init__(self, persons: PersonSet) -> None:
        self._persons = persons

    def __getattr__(self, name: str) -> NDArray[Any]:
        """Return a column of the set's persons."""
        return self._persons.array(name)


class PersonSet(PersonValues):
    """Persons of one model, as a Mesa agent set.

    Columns, `age`, `country_name`, `returned` and `unique_id` are read by name for all persons
    at once. Functions are called with one view after another, which is much slower.

    Persons who have returned stay in the model for a year. Those who are in the Netherlands are
    `model.agents.select(where=lambda p: ~p.returned)`.
    """

    def select(
        self,
        filter_func: Callable[[Migrant], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | tuple[type, ...] | None = None,
        where: Where | None = None,
    ) -> Self:
        """Return the persons who meet all conditions, in the order of the set.

        Parameters
        ----------
        filter_func : callable, optional
            Function of one view.
        at_most : int or float, optional
            The largest number; a float up to 1 is a share of this set, rounded down.
        inplace : bool, optional
            Whether to change this set instead of making another.
        agent_type : type, optional
            Class of agents; all persons are `Migrant`, so another class finds nobody.
        where : ndarray of bool, shape (len(self),), or callable, optional
            Which persons, or a function of the set's columns that returns it:
            `where=lambda p: p.place == Place.STREET`. Much faster than `filter_func`.

        Raises
        ------
        TypeError
            If `where` is not an array of bool, or this is `model.agents` and `inplace`.
        ValueError
            If `where` has another length than the set.
        """
        n = len(self)
        if at_most <= 1 and isinstance(at_most, float):
            at_most = int(n * at_most)
        at_most = max(at_most, 0)
        places = np.arange(n)
        if agent_type is not None and not issubclass(Migrant, agent_type):
            places = places[:0]
        if where is not None:
            places = places[self._mask(where)[places]]
        if filter_func is not None:
            chosen: list[int] = []
            for place, person in zip(places.tolist(), self.persons[places].tolist(), strict=True):
                if len(chosen) >= at_most:
                    break
                if filter_func(view(self.model, person)):
                    chosen.append(place)
            places = np.asarray(chosen, dtype=np.intp)
        if at_most < len(places):
            places = places[: math.ceil(at_most)]
        return self._reorder(places, inplace=inplace)

    def shuffle(self, inplace: bool = False) -> Self:
        """Return the persons in random order, by the model's `random`, as Mesa does.

        If `inplace`, this set itself is changed and returned.
        """
        places = list(range(len(self)))
        self.random.shuffle(places)
        return self._reorder(np.asarray(places, dtype=np.intp), inplace=inplace)

    def sort(
        self,
        key: Callable[[Migrant], Any] | str,
        ascending: bool = False,
        inplace: bool = False,
    ) -> Self:
        """Sort by an attribute or a function of one view; equals keep their order.

        The largest comes first, unless `ascending`. If `inplace`, this set itself is sorted.
        """
        if isinstance(key, str) and self._is_column(key):
            column = self.array(key)
            # Reversed before and after, so that equals keep their order downwards too.
            places = (
                np.argsort(column, kind="stable")
                if ascending
                else len(column) - 1 - np.argsort(column[::-1], kind="stable")[::-1]
            )
        else:
            function = operator.attrgetter(key) if isinstance(key, str) else key
            keys = [function(migrant) for migrant in self]
            order = sorted(range(len(keys)), key=keys.__getitem__, reverse=not ascending)
            places = np.asarray(order, dtype=np.intp)
        return self._reorder(places, inplace=inplace)

    def do(self, method: str | Callable[..., object], *args: object, **kwargs: object) -> Self:
        """Call a method of `Migrant` or a function of a view for one person after another."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(
        self, method: str | Callable[..., object], *args: object, **kwargs: object
    ) -> Self:
        """Do as `do` does, but in random order; the set returned keeps its own order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: object, **kwargs: object) -> list[Any]:
        """Return what a method of `Migrant` or a function of a view returns for each person."""
        if isinstance(method, str):
            return [getattr(migrant, method)(*args, **kwargs) for migrant in self]
        return [method(migrant, *args, **kwargs) for migrant in self]

    def groupby(
        self,
        by: Callable[[Migrant], Any] | str,
        result_type: Literal["agentset", "list"] = "agentset",
    ) -> GroupBy:
        """Group persons by an attribute or a function of one view, in order of first appearance.

        Parameters
        ----------
        result_type : {"agentset", "list"}, optional
            Whether groups are sets of persons or lists of views.

        Raises
        ------
        ValueError
            If `result_type` is another word.
        """
        if result_type not in {"agentset", "list"}:
            raise ValueError(f"result_type is 'agentset' or 'list', not {result_type!r}")
        if isinstance(by, str) and self._is_column(by):
            places = self._places(by)
        else:
            keys = self._list(by) if isinstance(by, str) else [by(migrant) for migrant in self]
            listed: dict[Any, list[int]] = {}
            for place, key in enumerate(keys):
                listed.setdefault(key, []).append(place)
            places = {key: np.asarray(found, dtype=np.intp) for key, found in listed.items()}
        groups = {key: self._at(found) for key, found in places.items()}
        if result_type == "list":
            return GroupBy({key: group.to_list() for key, group in groups.items()})
        return PersonGroups(groups)

    def _places(self, name: str) -> dict[Any, NDArray[np.intp]]:
        """Return positions in the set by value of a column, in order of first appearance."""
        found, first, which = np.unique(self.array(name), return_index=True, return_inverse=True)
        order = np.argsort(which, kind="stable")
        parts = np.split(order, np.cumsum(np.bincount(which))[:-1])
        keys = self._scalars(name, found)
        return {keys[value]: parts[value] for value in np.argsort(first).tolist()}

    def _mask(self, where: Where) -> NDArray[np.bool_]:
        mask = np.asarray(where(Columns(self)) if callable(where) else where)
        if mask.dtype != np.bool_:
            raise TypeError(f"`where` takes True or False for each person, not {mask.dtype}")
        if mask.shape != (len(self),):
            raise ValueError(f"`where` has shape {mask.shape} for a set of {len(self)} persons")
        return mask

    def _reorder(self, places: NDArray[np.intp], *, inplace: bool) -> Self:
        chosen = self._at(places)
        return self._replace(chosen.persons) if inplace else chosen
