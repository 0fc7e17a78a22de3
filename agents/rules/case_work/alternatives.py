"""Alternatives of switches on what case managers and locations do, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...codes import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray


def only_signed(reading: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return whether persons are admitted if the location selects: if they cooperate.

    Parameters
    ----------
    reading : ndarray of uint8, shape (n,)
        Codes of `Reading`.

    Returns
    -------
    ndarray of bool, shape (n,)
        By s4 F10: they sign an intention, and most would have left anyway.
    """
    return np.asarray(reading == Reading.COOPERATES)


def wavering_too(reading: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return whether persons are admitted if the location gives time: also if ambiguous.

    Parameters
    ----------
    reading : ndarray of uint8, shape (n,)
        Codes of `Reading`.

    Returns
    -------
    ndarray of bool, shape (n,)
        By s4 G30: time itself helps people to decide.
    """
    return np.asarray((reading == Reading.COOPERATES) | (reading == Reading.AMBIGUOUS))


ADMITTED: Final[Mapping[str, Callable[[NDArray[np.uint8]], NDArray[np.bool_]]]] = {
    "selection": only_signed,
    "time_to_decide": wavering_too,
}
# whether families are Dublin claimants -> who stays in reception after the term, until a transfer
DUBLIN_FAMILIES: Final[Mapping[str, Callable[[NDArray[np.bool_]], NDArray[np.bool_]]]] = {
    "family_location": np.zeros_like,  # s2 L378-388, s1 B7: families with minors, and no exception
    "reception": np.copy,
}
# talks in detention: share of the pressure that they add
DETENTION_TALKS: Final[Mapping[str, Callable[[], float]]] = {
    "compulsion": lambda: 1.0,
    "none": lambda: 0.0,
}
# whether coercion lowers trust in every organisation, and whether sharing data lowers it in NGOs
TRUST_SPILL: Final[Mapping[str, Callable[[], tuple[bool, bool]]]] = {
    "none": lambda: (False, False),
    "coercion_lowers_all": lambda: (True, False),
    "data_sharing_lowers_ngo": lambda: (False, True),
}
