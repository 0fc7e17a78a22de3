"""Phase 7, change: what a week does to lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....agents.codes import Place
from ..chance import Decision
from ..switches import chosen
from .lives import live

if TYPE_CHECKING:
    from ..state import World


def change(world: World) -> None:
    """Lose or find a private network; count weeks without stable shelter; let lives go on.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    now = world.now
    private = world.rows(people.place == Place.PRIVATE_NETWORK)
    unsheltered = (people.place == Place.STREET) | (people.place == Place.NIGHT_SHELTER)
    outside = world.rows(unsheltered)
    people.unsheltered_weeks[outside] += 1
    lost = world.happens(
        Decision.PRIVATE_TO_STREET, private, now.number("hazard_private_to_street")
    )
    found = world.happens(
        Decision.STREET_TO_PRIVATE, outside, now.number("hazard_street_to_private")
    )
    world.move(lost, Place.STREET)
    world.move(found, Place.PRIVATE_NETWORK)
    if chosen(now, "decision")():
        live(world)
