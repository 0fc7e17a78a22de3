"""Sets of places, destinations and legal phases, each written once.

A set is a tuple of codes. `table` turns it into an array by code: to index that with a
column is ten times quicker than `numpy.isin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .codes import Destination, LegalPhase, Place, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from .codes import Code

UNSHELTERED: Final = (Place.STREET, Place.NIGHT_SHELTER)  # no stable shelter (glossary)
HIDDEN: Final = (Place.PRIVATE_NETWORK, *UNSHELTERED)  # out of the state's sight
HELD: Final = (Place.DETENTION, Place.CLOSED_FAMILY)
ASYLUM_CENTRE: Final = (Place.AZC, Place.AZC_DEPARTURE_TERM)
FAMILIES_OR_VBL: Final = (Place.VBL, Place.FAMILY_LOCATION)
STATE_SHELTER: Final = (*ASYLUM_CENTRE, *FAMILIES_OR_VBL)  # reception at liberty
IN_VIEW: Final = (*STATE_SHELTER, Place.REPORTING_DUTY)  # of the state, at liberty
MUNICIPAL_SHELTER: Final = (Place.NIGHT_SHELTER, Place.GUIDED_SHELTER)
WITHOUT_END: Final = (Place.FAMILY_LOCATION, Place.GUIDED_SHELTER)  # stays with no last day
SHELTERED: Final = (*STATE_SHELTER, *MUNICIPAL_SHELTER)  # under a roof that others provide
# at liberty outside state shelter
IN_TOWN: Final = (Place.REPORTING_DUTY, *MUNICIPAL_SHELTER, Place.PRIVATE_NETWORK, Place.STREET)
HOME: Final = (Destination.ORIGIN, Destination.HOME_UNOBSERVED)
LATER_PROCEDURES: Final = (LegalPhase.APPEAL, LegalPhase.REPEAT_PROCEDURE)
PROCEDURES: Final = (LegalPhase.PROCEDURE, *LATER_PROCEDURES)
REFUSED: Final = (LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED)  # and no procedure runs


def table(*members: Code) -> NDArray[np.bool_]:
    """Return whether each code of an enumeration is in a set.

    Returns
    -------
    ndarray of bool, shape (codes,)
        To be indexed by code.
    """
    return np.array([code in members for code in type(members[0])])


def labels(members: Iterable[Code]) -> tuple[str, ...]:
    """Return the labels of a set, as tables print them."""
    return tuple(label(code) for code in members)


IS_UNSHELTERED: Final = table(*UNSHELTERED)
IS_HIDDEN: Final = table(*HIDDEN)
IS_HELD: Final = table(*HELD)
IS_IN_VIEW: Final = table(*IN_VIEW)
IS_STATE_SHELTER: Final = table(*STATE_SHELTER)
IS_HOME: Final = table(*HOME)
IS_PROCEDURE: Final = table(*PROCEDURES)
IS_REFUSED: Final = table(*REFUSED)
