"""Earnings: what adults earn by work, informal or lawful."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...agents.codes import LegalPhase, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .moment import Moment


def earnings(
    world: Moment,
    place: NDArray[np.integer],
    phase: NDArray[np.uint8],
    ties_nl: NDArray[np.floating],
) -> NDArray[np.floating]:
    """Return what adults earn in a week by work, in EUR; an allowance is none.

    Informal work goes with ties and depends on the place. Lawful work may be had in reception
    until the departure term (`work_in_procedure_eur_week`).

    Parameters
    ----------
    place, phase : ndarray of int, shape (n,)
        Codes of `Place` and `LegalPhase`.
    ties_nl : ndarray of float, shape (n,)
        Ties in the Netherlands, from 0 to 1.
    """
    now = world.now
    informal = np.append(now.vector("informal_by_place"), 0.0)  # none at origin
    informal *= now.number("informal_income_eur_week")
    earned = np.asarray(informal.astype(np.float32)[place] * ties_nl)
    lawful = now.number("work_in_procedure_eur_week")
    if lawful:
        earned += np.float32(lawful) * ((place == Place.AZC) & (phase < LegalPhase.DEPARTURE_TERM))
    return earned
