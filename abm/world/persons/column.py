"""A column of persons: type, unit, codes, and the phases that may change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]
UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float32 = NDArray[np.float32]

# phases that open, guide and end files, and that move persons
OPENING: Final = ("decide_law", "place", "enforce")
GUIDING: Final = ("decide_law", "place", "meet", "enforce")
ENDING: Final = ("decide_law", "place", "enforce", "exit")
GOING_HOME: Final = ("place", "enforce", "exit")
MOVING: Final = ("decide_law", "place", "change", "enforce", "exit")


@dataclass(frozen=True)
class Column:
    """Unit, codes and type of a column, and the phases that change it.

    Parameters
    ----------
    unit : str
        Unit or meaning of the values.
    enum : str, optional
        Name of the enumeration in `agents.codes` that the values belong to.
    moved_by : tuple of str, optional
        Phases that may change it; empty if the value is given at entry for life.
    dtype : type, optional
        Numpy scalar type; filled in from the annotation of the column.
    """

    unit: str
    enum: str = ""
    moved_by: tuple[str, ...] = ()
    dtype: type[Any] = np.generic

    @property
    def fixed(self) -> bool:
        """Whether the value is given at entry and never changes."""
        return not self.moved_by
