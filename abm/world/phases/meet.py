"""Phase 5, meet: case managers talk with persons whose file is open; organisations counsel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..chance import Decision
from ..meetings.counsel import counsel
from ..meetings.family_meetings import hold_family_meetings
from ..meetings.talks import talk

if TYPE_CHECKING:
    from ..state import World


def meet(world: World) -> None:
    """Hold talks with persons whose file is open, and read whether they cooperate.

    Where people weigh, talks inform about support and life in illegality, and speak against
    hope of a permit. Trust in the state, felt justice and hope itself decide how far they do.
    Cooperation is read from signals (`talks`); then organisations counsel, and families meet in
    family locations. Where nobody weighs, a fixed share cooperates and nobody counsels.
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
    hold_family_meetings(world)
