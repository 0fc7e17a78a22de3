"""The skill of a session: that of the counsellor, and whether a compatriot listens to them more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....agents.rules.counselling import skilled
from ..switches import chosen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def skill_in_session(world: World, rows: Rows) -> NDArray[np.float64]:
    """Return the skill with which each person is spoken to this week.

    Returns
    -------
    ndarray of float, shape (n,)
        That of the person's counsellor, times `native_persuasion_factor` for a compatriot if
        the switch `native_counsellor` says so: it may exceed 1. For a person between two
        counsellors, the mean of the organisation.
    """
    people, now, organisations = world.people, world.now, world.organisations
    base = organisations.numbers(now, "helper_skill")
    trained = organisations.numbers(now, "helper_training")
    mean = skilled(base, trained, now.number("training_gain"))
    found = mean[people.helper[rows]]
    has = people.counsellor[rows] > 0
    counsellor = people.counsellor[rows[has]] - 1
    table = organisations.counsellors
    own = table.skill(world, base)[counsellor]
    _, persuades = chosen(now, "native_counsellor")()
    if persuades:
        compatriot = table.country[counsellor] == people.country[rows[has]]
        own[compatriot] *= now.number("native_persuasion_factor")
    found[has] = own
    return found
