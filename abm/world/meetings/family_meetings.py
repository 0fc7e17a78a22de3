"""What families in family locations are told of return: at meetings, and in rooms for talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Place
from ..chance import Decision
from ..events import Event
from ..switches import chosen
from .methods import inform

if TYPE_CHECKING:
    from ..moment import Rows
    from ..state import World


def hold_family_meetings(world: World) -> None:
    """Inform families in family locations of support to return, and change nothing else.

    Some come to a meeting of the project of goods for families, while it is open
    (s4 L2450-2458). Rooms for talks about return reach a share of families, the same in every week
    (s0 V9). As sessions do, both inform apart from other knowledge where the switch
    `counselling_moves_intention` says so.
    """
    rows = world.rows(world.people.place == Place.FAMILY_LOCATION)
    if not len(rows):
        return
    now = world.now
    moves = chosen(now, "counselling_moves_intention")()
    met = _at_meetings(world, rows)
    inform(world, met, np.full(len(met), now.number("family_meeting_knowledge")), moves=moves)
    world.note(Event.FAMILY_MEETING, met)
    reached = rows[world.draw_once(Decision.T_ROOM, rows) < now.number("t_rooms_share")]
    inform(world, reached, np.full(len(reached), now.number("t_rooms_knowledge")), moves=moves)


def _at_meetings(world: World, rows: Rows) -> Rows:
    """Return the families that come to a meeting this week."""
    if not world.now.flag("families_open"):
        return rows[:0]
    return world.happens(Decision.FAMILY_MEETING, rows, world.now.number("family_meeting_hazard"))
