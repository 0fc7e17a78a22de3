"""Transforms that bring a variable of the factor catalogue to a scale from about 0 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

THOUSAND: Final = 1000.0  # euro
FULL: Final = 10.0  # thousands of euro at which the scale reaches 1


def log_thousands(euro: Array) -> Array:
    """Return amounts of money on a logarithmic scale.

    Parameters
    ----------
    euro : ndarray of float, shape (n,)
        Amounts of at least 0, in euro.

    Returns
    -------
    ndarray of float, shape (n,)
        `log(1 + euro / 1000) / log(1 + 10)`: 0 at 0 and 1 at 10,000 euro.
    """
    return np.asarray(np.log1p(euro / THOUSAND) / np.log1p(FULL))


TRANSFORMS: Final[Mapping[str, Callable[[Array], Array]]] = {
    "identity": lambda x: x,
    "complement": lambda x: 1.0 - x,
    "log_thousands": log_thousands,
}
