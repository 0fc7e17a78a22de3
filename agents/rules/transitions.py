"""The transitions that the model allows; any other is a fault and stops the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..codes import LegalPhase, Place

if TYPE_CHECKING:
    from enum import IntEnum

    from numpy.typing import NDArray

PHASES: Final[dict[LegalPhase, tuple[LegalPhase, ...]]] = {
    LegalPhase.PROCEDURE: (LegalPhase.APPEAL, LegalPhase.DEPARTURE_TERM, LegalPhase.RETURNED),
    LegalPhase.APPEAL: (LegalPhase.DEPARTURE_TERM, LegalPhase.RETURNED),
    LegalPhase.DEPARTURE_TERM: (LegalPhase.OBLIGED, LegalPhase.RETURNED),
    LegalPhase.OBLIGED: (LegalPhase.REPEAT_PROCEDURE, LegalPhase.RETURNED),
    LegalPhase.REPEAT_PROCEDURE: (LegalPhase.DEPARTURE_TERM, LegalPhase.RETURNED),
    LegalPhase.RETURNED: (),
}

_OUT = (Place.PRIVATE_NETWORK, Place.STREET)
_HELD = (Place.DETENTION, Place.CLOSED_FAMILY)
_FOR_FAMILIES = (Place.FAMILY_LOCATION, Place.AZC_DEPARTURE_TERM)  # by switch `dublin_families`
PLACES: Final[dict[Place, tuple[Place, ...]]] = {
    Place.AZC: (Place.AZC_DEPARTURE_TERM, *_OUT, Place.ORIGIN),
    Place.AZC_DEPARTURE_TERM: (
        Place.VBL,
        Place.FAMILY_LOCATION,
        Place.REPORTING_DUTY,
        *_HELD,
        *_OUT,
        Place.ORIGIN,
    ),
    Place.VBL: (Place.AZC, Place.REPORTING_DUTY, *_HELD, *_OUT, Place.ORIGIN),
    Place.FAMILY_LOCATION: (
        *_HELD,
        Place.REPORTING_DUTY,
        *_OUT,
        Place.ORIGIN,
    ),
    Place.CLOSED_FAMILY: (*_FOR_FAMILIES, *_OUT, Place.ORIGIN),
    Place.REPORTING_DUTY: (Place.AZC, *_HELD, *_OUT, Place.ORIGIN),
    Place.NIGHT_SHELTER: (
        Place.AZC,
        Place.VBL,
        Place.GUIDED_SHELTER,
        Place.DETENTION,
        *_OUT,
        Place.ORIGIN,
    ),
    Place.GUIDED_SHELTER: (Place.AZC, Place.DETENTION, *_OUT, Place.ORIGIN),
    Place.PRIVATE_NETWORK: (
        Place.AZC,
        Place.VBL,
        Place.REPORTING_DUTY,
        Place.DETENTION,
        Place.STREET,
        Place.ORIGIN,
    ),
    Place.STREET: (
        Place.AZC,
        Place.VBL,
        Place.NIGHT_SHELTER,
        Place.GUIDED_SHELTER,
        Place.DETENTION,
        Place.PRIVATE_NETWORK,
        Place.ORIGIN,
    ),
    Place.DETENTION: (Place.AZC, Place.FAMILY_LOCATION, *_OUT, Place.ORIGIN),
    Place.ORIGIN: (),
}


def allowed(
    declared: dict[LegalPhase, tuple[LegalPhase, ...]] | dict[Place, tuple[Place, ...]],
) -> NDArray[np.bool_]:
    """Return declared transitions as a table.

    Parameters
    ----------
    declared : dict
        `PHASES` or `PLACES`.

    Returns
    -------
    ndarray of bool, shape (codes, codes)
        Whether a person may go from the code of the row to that of the column.
    """
    table = np.zeros((len(declared), len(declared)), dtype=np.bool_)
    origin: IntEnum
    for origin, targets in declared.items():
        table[origin, [int(target) for target in targets]] = True
    return table
