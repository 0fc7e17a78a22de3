"""Phase 7, change: health, money, ties and outlook move; private housing is lost or found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Place
from ....agents.places import IS_UNSHELTERED
from ..chance import Decision
from ..lives.health import change_health
from ..lives.livelihood import change_livelihood
from ..lives.outlook import change_outlook

if TYPE_CHECKING:
    from ..state import World


def change(world: World) -> None:
    """Let persons lose or find private housing, count weeks without shelter, move their lives."""
    people = world.people
    now = world.now
    private = world.rows(people.place == Place.PRIVATE_NETWORK)
    outside = world.rows(IS_UNSHELTERED[people.place])
    people.unsheltered_weeks[outside] += 1
    lost = world.happens(
        Decision.PRIVATE_TO_STREET, private, now.number("hazard_private_to_street")
    )
    found = world.happens(
        Decision.STREET_TO_PRIVATE, outside, now.number("hazard_street_to_private")
    )
    world.move(lost, Place.STREET)
    world.move(found, Place.PRIVATE_NETWORK)
    if world.weighs:
        live(world)


def live(world: World) -> None:
    """Let health, money, ties and outlook of everybody in the Netherlands move by a week.

    Persons who have returned or left the model have the place `ORIGIN`, where nothing moves.
    """
    place = world.people.place.astype(np.intp)
    change_health(world, place)
    change_livelihood(world, place)
    change_outlook(world, place)
