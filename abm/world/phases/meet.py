"""Phase 5, meet: the case manager's first talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chance import Decision

if TYPE_CHECKING:
    from ..state import World


def meet(world: World) -> None:
    """Read, after the second talk, whether households work on their departure.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    weeks = int(world.now.number("cooperation_read_weeks"))
    rows = world.rows(people.spell_open & (people.spell_since == world.week - weeks))
    share = world.now.number("cooperating_share")
    people.cooperates[rows] = world.draw(Decision.COOPERATION, rows) < share
