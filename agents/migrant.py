"""The migrant: a view of one person, made on demand.

The model keeps persons as columns. A view holds no state of its own, so it is
never out of date, and making none costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn, Protocol

import mesa

from . import codes
from .age import age_years
from .column import Column, Scalar, checked, enumeration, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    import numpy as np
    from numpy.typing import NDArray

LEAVING: Final = "persons leave through the model's phases, which record how"
# what is read for all persons of a set at once, as columns are
FOR_ALL: Final = ("unique_id", "age", "country_name", "returned")
DERIVED: Final = (*FOR_ALL, "forces", "label", "in_model", "pos")


def settable(name: str, columns: Mapping[str, Column]) -> Column:
    """Return the column that a view may write, or refuse.

    Raises
    ------
    AttributeError
        If there is none, or it is derived, or it says whether the person has left.
    """
    if name == "gone":
        raise AttributeError("'gone' can't be set: " + LEAVING)
    if name in DERIVED or name == "model":
        raise AttributeError(f"{name!r} of a person can't be set")
    if name not in columns:
        raise unknown(name, (*columns, *DERIVED))
    return columns[name]


class Store(Protocol):
    """The columns of persons, as far as a view needs them."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """Each column's name and meaning; the column is the attribute of that name."""

    @property
    def gone(self) -> NDArray[np.bool_]:
        """Whether the person of each row has left the model."""

    def row_of(self, person: int) -> int:
        """Return the row of a person, or -1."""


class World(Protocol):
    """The model, as far as a view needs it."""

    @property
    def people(self) -> Store:
        """The columns of persons."""

    @property
    def week(self) -> int:
        """The present week."""

    @property
    def countries(self) -> Sequence[str]:
        """Names of the country codes."""

    @property
    def random(self) -> Random:
        """Mesa's generator of the standard library."""

    @property
    def rng(self) -> np.random.Generator:
        """Mesa's generator of numpy."""


class Migrant(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """One person in the model.

    Every column of the model's `people` is an attribute: it reads as a Python
    scalar, codes as members of their enumeration, and writing it writes the
    column. There are also `age`, `country_name`, `returned`, `forces`, `label` and `in_model`.

    Parameters
    ----------
    model : World
        The model that the person lives in.
    unique_id : int
        The person number.
    """

    model: World
    unique_id: int
    pos: object | None

    def __init__(self, model: World, unique_id: int) -> None:
        # Not Agent.__init__: it would register the view and number it anew.
        self.__dict__.update(model=model, unique_id=int(unique_id), pos=None)

    @property
    def in_model(self) -> bool:
        """Whether the person is still in the model."""
        row = self.model.people.row_of(self.unique_id)
        return row >= 0 and not self.model.people.gone[row]

    @property
    def age(self) -> float:
        """Age in years, not rounded."""
        return float(age_years(self._read("birth_week"), self.model.week))

    @property
    def country_name(self) -> str:
        """Name of the country of origin."""
        return self.model.countries[int(self._read("country"))]

    @property
    def returned(self) -> bool:
        """Whether the person is back in the country of origin, where returns are followed.

        Who is followed is still in the model, for 52 weeks after return (returned_followed_weeks).
        """
        return self._read("place") == codes.Place.ORIGIN

    @property
    def forces(self) -> dict[str, float]:
        """The four forces of the last deliberation, in log odds; 0 before the first.

        Return against waiting is worth a constant + push + pull - stay - deter.
        """
        return {name: float(self._read(name)) for name in map(codes.label, codes.Force)}

    @property
    def label(self) -> str:
        """The person as tables name it."""
        return f"person {self.unique_id} ({self.country_name})"

    def remove(self) -> NoReturn:
        """Refuse: persons leave through the model's phases only.

        Raises
        ------
        TypeError
            Always.
        """
        raise TypeError(f"person {self.unique_id} can't be removed by hand: {LEAVING}")

    @classmethod
    def create_agents(cls, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse: persons arrive through the model's phases only.

        Raises
        ------
        TypeError
            Always.
        """
        raise TypeError("migrants can't be created by hand: persons arrive through the model")

    from_dataframe = create_agents

    def __getattr__(self, name: str) -> Scalar:
        """Read a column; Python asks here for what the class doesn't have."""
        # A view that is being unpickled has no model yet, and pickle asks for dunders.
        if name.startswith("__") or "model" not in self.__dict__:
            raise AttributeError(name)
        if name not in self.model.people.columns:
            raise unknown(name, dir(self))
        return self._read(name)

    def __setattr__(self, name: str, value: object) -> None:
        """Write a column, or `pos`."""
        if name == "pos":
            self.__dict__[name] = value
            return
        new = checked(name, settable(name, self.model.people.columns), value)
        if new.ndim:
            raise ValueError(f"{name!r} of one person takes one value, not {value!r}")
        getattr(self.model.people, name)[self._row()] = new

    def __dir__(self) -> list[str]:
        """List the columns and what is derived from them."""
        return sorted({*self.model.people.columns, *DERIVED})

    def __eq__(self, other: object) -> bool:
        """Two views of one person are equal."""
        if not isinstance(other, Migrant):
            return NotImplemented
        return self.model is other.model and self.unique_id == other.unique_id

    def __hash__(self) -> int:
        """Hash the person within its model."""
        return hash((id(self.model), self.unique_id))

    def __repr__(self) -> str:
        """Show the person number, and whether the person has returned or left the model."""
        if not self.in_model:
            return f"<Migrant {self.unique_id}, left the model>"
        return f"<Migrant {self.unique_id}{', returned' if self.returned else ''}>"

    def _read(self, name: str) -> Scalar:
        people = self.model.people
        column = people.columns[name]
        raw = getattr(people, name)[self._row()]
        value: Scalar = enumeration(column)(raw) if column.enum else raw.item()
        return value

    def _row(self) -> int:
        # LookupError, not AttributeError: Mesa's DataCollector turns the latter into None.
        people = self.model.people
        row = people.row_of(self.unique_id)
        if row < 0 or people.gone[row]:
            raise LookupError(
                f"person {self.unique_id} is not in the model: it left, or never entered; "
                "ask `in_model` first, or the event log for what happened"
            )
        return row
