"""Why: the forces and gates of adults who live in the Netherlands, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....abm.world.decision.adults import Adults
from ....abm.world.decision.moderators import capacity, left_by_fear, left_by_hope
from ....agents import traits
from ....agents.codes import Background, OriginGroup, Place
from ....agents.places import IS_HELD, IS_STATE_SHELTER, IS_UNSHELTERED
from .states import here
from .weeks import REASONS_EVERY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ....abm.world.state import World

    Values = list[float | None]


GROUPS: Final = (
    "all",
    "asylum",
    "other",
    "safe",
    "not_safe",
    "families",
    "in_reception",
    "in_own_network",
    "unsheltered",
    "held",
)
FORCES: Final = ("push", "pull", "stay", "deter")
DIGITS: Final = 2


def reasons(world: World) -> list[Values]:
    """Return how many adults of each group are here, and the means of their forces and gates.

    Returns
    -------
    list of list
        For each of `GROUPS`: persons, push, pull, stay, deter (log odds), capacity (the share
        of occasions on which one can weigh), the shares that hope leaves of persuasion and
        fear of hardship, and trust in the state; None where nobody is.
    """
    people = world.people
    rows = here(people)
    rows = rows[world.adult(rows)]
    place = people.place[rows]
    columns = [getattr(people, name)[rows].astype(np.float64) for name in FORCES]
    columns += [
        capacity(world, rows),
        left_by_hope(world, people.hope[rows]),
        left_by_fear(world, Adults(world, rows).danger),
        people.trust_state[rows].astype(np.float64),
    ]
    masks: dict[str, NDArray[np.bool_]] = {
        "all": np.ones(len(rows), dtype=np.bool_),
        "asylum": people.background[rows] == Background.ASYLUM,
        "other": people.background[rows] == Background.OTHER,
        "safe": people.origin_group[rows] == OriginGroup.SAFE,
        "not_safe": people.origin_group[rows] == OriginGroup.NOT_SAFE,
        "families": traits.unpack(people.traits[rows], "family") > 0,
        "in_reception": IS_STATE_SHELTER[place],
        "in_own_network": place == Place.PRIVATE_NETWORK,
        "unsheltered": IS_UNSHELTERED[place],
        "held": IS_HELD[place],
    }
    inside = np.array([masks[group] for group in GROUPS])
    persons = inside.sum(axis=1)
    means = (inside @ np.array(columns).T / np.maximum(persons, 1)[:, np.newaxis]).round(DIGITS)
    return [
        [n, *(each + 0.0 if n else None for each in of_group)]  # no -0.0
        for n, of_group in zip(persons.tolist(), means.tolist(), strict=True)
    ]


def told(sampled: list[list[Values]]) -> dict[str, Any]:
    """Return sampled reasons as the page reads them."""
    return {
        "every": REASONS_EVERY,
        "groups": list(GROUPS),
        "values": [[week[group] for week in sampled] for group in range(len(GROUPS))],
    }
