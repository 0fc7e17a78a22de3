"""Who knows of support for return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..chance import Decision
from .schemes import has_met_somebody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows


def knows_of_support(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which households know of support: as a yes or no, where a share won't do.

    Those that have met an organisation or talked with a case manager know. Of others those
    know whose uniform, the same for life, is below the mean knowledge of the adults: who knows
    once goes on knowing while knowledge grows.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Rows with at least all adults of each household, members side by side.
    """
    household = world.household_of(rows)
    adults = np.flatnonzero(world.adult(rows))
    sums = np.bincount(household[adults], world.people.knowledge[rows[adults]])
    known = (sums / np.bincount(household[adults]))[household]
    drawn = world.draw_once(Decision.KNOWS_SUPPORT, rows)
    return np.asarray((drawn < known) | has_met_somebody(world, rows))
