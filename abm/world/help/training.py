"""Training for life after return: which organisation trains, and in which country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ....agents.codes import Organisation
from ..switches import chosen
from .kinds import by_organisation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..values import Values

AT_ORIGIN: Final = (Organisation.GREEN_WAY,)  # taught there, whatever others do (s4 F7)


class Training(NamedTuple):
    """Training by code of `Organisation`.

    Parameters
    ----------
    here : ndarray of float, shape (organisations,)
        Share of the way to full skills that a session in the Netherlands goes.
    there : ndarray of bool, shape (organisations,)
        Whether clients who return are trained at origin.
    """

    here: NDArray[np.float64]
    there: NDArray[np.bool_]


def training(now: Values) -> Training:
    """Return who trains where: by `skills_of_session` and the switch `training_place`."""
    gain = by_organisation(now, "skills_of_session")
    nl, origin = chosen(now, "training_place")()
    here, there = nl * gain, (gain > 0.0) & (origin > 0.0)
    here[list(AT_ORIGIN)] = 0.0
    there[list(AT_ORIGIN)] = gain[list(AT_ORIGIN)] > 0.0
    return Training(here, there)
