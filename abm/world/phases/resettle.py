"""Phase 12, resettle: returns are followed up, some persons leave again, follow-ups end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase

if TYPE_CHECKING:
    from ..state import World


def resettle(world: World) -> None:
    """Follow persons who have returned, until they leave again or the weeks of follow-up end."""
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
