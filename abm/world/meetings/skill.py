"""The skill of a session: that of the counsellor, and whether a compatriot listens to them more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.rules.counselling import skilled
from ..switches import chosen

if TYPE_CHECKING:
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
    found[has] = organisations.counsellors.skill(world, base)[people.counsellor[rows[has]] - 1]
    _, persuades = chosen(now, "native_counsellor")()
    if persuades:
        found[compatriots(world, rows)] *= now.number("native_persuasion_factor")
    return found


def compatriots(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons have a counsellor from their own country of origin."""
    people = world.people
    counsellor = people.counsellor[rows].astype(np.intp) - 1
    country = world.organisations.counsellors.country
    found = counsellor >= 0
    found[found] = country[counsellor[found]] == people.country[rows[found]]
    return found
