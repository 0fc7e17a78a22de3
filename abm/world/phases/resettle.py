"""Phase 12, resettle: the follow-up after return, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....agents.codes import Phase

if TYPE_CHECKING:
    from ..state import World


def resettle(world: World) -> None:
    """Archive persons whose weeks of follow-up are over.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    returned = world.rows((people.phase == Phase.RETURNED) & ~people.gone)
    over = returned[world.weeks_in_phase(returned) >= world.now.number("returned_followed_weeks")]
    world.archive(over)
