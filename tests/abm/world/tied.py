"""A small world of single persons of two countries at two places, and the ties between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.chance import Chance, hash_numbers
from terugkeer.abm.world.events import MEMBERS
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.small_world import empty_world

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NAMES = (
    *("ties_kin", "ties_arrival", "ties_compatriot", "ties_resident"),
    *("arrival_gap_weeks", "tie_left_after_move", "tie_trust", "tie_trust_spread", "contact_kept"),
)
FULL = {"ties_kin": 1.0, "ties_arrival": 1.0, "ties_compatriot": 3.0, "ties_resident": 1.0}


def world_of(households: list[int], **values: object) -> World:
    """Return single persons of two countries at two places."""
    number = np.array(households, dtype=np.int64)
    recorded = {name: registry()[name].value for name in NAMES}
    world = empty_world(Chance(3, 2000), 600, recorded | FULL | values)
    world.people.add(
        {
            "person": number * MEMBERS,
            "household": number,
            "key": hash_numbers(number * MEMBERS),
            "household_key": hash_numbers(number),
            "country": number % 2,
            "place": np.where(number % 3 == 0, Place.AZC, Place.VBL),
            "phase": np.full(len(number), LegalPhase.OBLIGED),
            "arrival_week": 400 + number // 10,
        }
    )
    return world
