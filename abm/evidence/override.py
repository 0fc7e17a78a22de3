"""A change of one value from a date on, made by a lever, a scenario or a calibration draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from .value import Value

Operation: TypeAlias = Literal["set", "multiply", "add"]
OPERATIONS: Final[tuple[Operation, ...]] = ("set", "multiply", "add")


@dataclass(frozen=True)
class Override:
    """A change of one value from a date on.

    Parameters
    ----------
    target : str
        Name of the record.
    operation : {"set", "multiply", "add"}
        `set` replaces the value for good; `multiply` and `add` work on the
        value of each day.
    value : Value
        What to set, or the number by which to multiply or which to add.
    start : datetime.date, optional
        First day; from the beginning if left out.
    source : str, optional
        What asks for the change, as messages name it.
    """

    target: str
    operation: Operation
    value: Value
    start: date | None = None
    source: str = "override"
