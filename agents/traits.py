"""What does not change about a person, packed into one integer a person.

Events copy this one integer instead of ten columns; observers unpack it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

FIELDS: Final[dict[str, tuple[int, int]]] = {
    # field: (first bit, bits)
    "background": (0, 1),
    "origin_group": (1, 1),
    "country": (2, 6),
    "household_kind": (8, 3),
    "route": (11, 3),
    "track": (14, 3),
    "dublin": (17, 1),
    "family": (18, 1),  # the household held a minor child at entry
    "minor": (19, 1),  # the person was under 18 at entry
    "female": (20, 1),
}


def pack(values: Mapping[str, ArrayLike]) -> NDArray[np.int32]:
    """Pack one array for each field into one integer for each person.

    Parameters
    ----------
    values : mapping of str to array_like, shape (n,)
        One entry for each of `FIELDS`; each value fits into its bits.

    Returns
    -------
    ndarray of int32, shape (n,)
        The packed traits.

    Raises
    ------
    KeyError
        If a field of `FIELDS` is missing.
    ValueError
        If a value does not fit into its bits.
    """
    packed: NDArray[np.int32] | np.int32 = np.int32(0)
    for field, (first, bits) in FIELDS.items():
        column = np.asarray(values[field], dtype=np.int32)
        if column.size and (column.min() < 0 or column.max() >= 1 << bits):
            raise ValueError(f"trait {field!r} does not fit into {bits} bits")
        packed = packed | (column << np.int32(first))
    return np.asarray(packed, dtype=np.int32)


def unpack(traits: NDArray[np.int32], field: str) -> NDArray[np.int32]:
    """Return one field of packed traits.

    Parameters
    ----------
    traits : ndarray of int32, shape (n,)
        Traits as `pack` returns them.
    field : str
        A key of `FIELDS`.

    Returns
    -------
    ndarray of int32, shape (n,)
        The field's values.
    """
    first, bits = FIELDS[field]
    return (traits >> np.int32(first)) & np.int32((1 << bits) - 1)
