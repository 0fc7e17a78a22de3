"""Phase 12, resettle: how returns go, leaving again, and the end of the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase

if TYPE_CHECKING:
    from ..state import World


def resettle(world: World) -> None:
    """Follow who has returned; end it for who leaves again and whose weeks are over.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    returned = world.rows((people.phase == LegalPhase.RETURNED) & ~people.gone)
    if world.weighs:
        leaving = world.returns.follow(world)
        if len(leaving):
            again = np.isin(people.person[returned], leaving)
            world.end_follow_up(returned[again])
            returned = returned[~again]
    over = returned[world.weeks_in_phase(returned) >= world.now.number("returned_followed_weeks")]
    world.archive(over)
