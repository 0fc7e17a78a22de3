"""Phase 5, meet: case managers talk with those whose file is open; organisations counsel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chance import Decision
from ..meetings.counsel import counsel
from ..meetings.talks import talk

if TYPE_CHECKING:
    from ..state import World


def meet(world: World) -> None:
    """Talk with those whose file is open, and read whether they work on their departure.

    Where people weigh, talks inform about support and a life in illegality and speak
    against hope of a permit, as far as trust in the state, felt justice and hope itself
    let them, and cooperation is read in signals (`talks`); then organisations counsel.
    Where nobody weighs, a share works on its departure and nobody counsels.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    now = world.now
    if not world.weighs:
        weeks = int(now.number("cooperation_read_weeks"))
        rows = world.rows(people.spell_open & (people.spell_since == world.week - weeks))
        share = now.number("cooperating_share")
        people.cooperates[rows] = world.draw(Decision.COOPERATION, rows) < share
        return
    talk(world)
    counsel(world)
