"""Moderators: they scale how often people decide, and how far reasons move them.

The formulas are those of `agents.rules.gates`; here they get persons and values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....agents.places import IS_UNSHELTERED
from ....agents.rules import gates
from ....agents.rules.methods import looked_ahead
from ..switches import chosen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..moment import Moment, Rows


def _shape(world: Moment, midpoint: str, steepness: str, floor: str) -> dict[str, float]:
    """Return midpoint, steepness and floor of a gate under the alternative in force."""
    now = world.now
    steep, low = chosen(now, "moderators")(now.number(steepness), now.number(floor))
    return {"midpoint": now.number(midpoint), "steepness": steep, "floor": low}


def capacity(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return capacity: the share of occasions on which a person can weigh the future.

    Stability of the place, agency and mental health scale it (s2 D17, s4 G14, s0 F10, F12). A
    longer horizon makes more of the stability (s0 F41), but where there is no stable shelter.

    Returns
    -------
    ndarray of float, shape (n,)
        Inside [0, 1].
    """
    people = world.people
    stability = world.now.vector("place_stability")
    place = people.place[rows]
    return gates.capacity(
        looked_ahead(stability[place], people.horizon[rows], IS_UNSHELTERED[place]),
        people.agency[rows],
        people.mental[rows],
        **_shape(world, "capacity_midpoint", "capacity_steepness", "capacity_floor"),
    )


def left_by_fear(world: Moment, fear: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the share of the effect of hardship that fear leaves (s1 D1).

    Returns
    -------
    ndarray of float, shape (n,)
        1 without fear; with much fear the floor, which is 0 for a hard threshold.
    """
    return gates.hardship_left(
        fear, **_shape(world, "fear_midpoint", "fear_steepness", "fear_floor")
    )


def turned_by_fear(world: Moment, fear: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the share of threat that fear turns from returning to hiding (s1 D5).

    It is `1 - left_by_fear`.
    """
    return gates.turned(fear, **_shape(world, "fear_midpoint", "fear_steepness", "fear_floor"))


def left_by_hope(world: Moment, hope: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the share of a persuasion that legal hope leaves (s4 D19, s2 D13).

    Returns
    -------
    ndarray of float, shape (n,)
        1 without hope; with much hope the floor, which is 0 for a hard threshold.
    """
    return gates.persuasion(hope, **_shape(world, "hope_midpoint", "hope_steepness", "hope_floor"))
