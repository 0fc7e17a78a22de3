"""Phase 5, meet: the case manager's first talks, what is read in them, and counsellors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.beliefs import moved, weight_of_news
from ....agents.codes import Stage
from ..chance import Decision
from ..moderators import left_by_hope
from ..switches import chosen
from .counsel import counsel

if TYPE_CHECKING:
    from ..moment import Rows
    from ..state import World


def meet(world: World) -> None:
    """Talk with those whose file is open, and read whether they work on their departure.

    Where people weigh, the two first talks inform about support and a life in
    illegality and speak against hope of a permit, as far as trust in the state,
    felt justice and hope itself let them; from the second on who considers
    return, or has gone further, is read as working on it; then organisations
    counsel. Where nobody weighs, a share works on it and nobody counsels.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    now = world.now
    weeks = int(now.number("cooperation_read_weeks"))
    if not chosen(now, "decision")():
        rows = world.rows(people.spell_open & (people.spell_since == world.week - weeks))
        share = now.number("cooperating_share")
        people.cooperates[rows] = world.draw(Decision.COOPERATION, rows) < share
        return
    age = world.week - people.spell_since
    _talk(world, world.rows(people.spell_open & np.isin(age, now.vector("talk_weeks"))))
    read = world.rows(people.spell_open & (age >= weeks))
    people.cooperates[read] = people.stage[read] >= Stage.CONSIDERING
    counsel(world)


def _talk(world: World, rows: Rows) -> None:
    """Let a talk move what persons know and believe."""
    people, now = world.people, world.now
    weight = weight_of_news(
        people.trust_state[rows], people.justice[rows], now.number("talk_weight")
    )
    heard = weight * left_by_hope(world, people.hope[rows])
    people.knowledge[rows] = moved(people.knowledge[rows], 1.0, weight)
    people.hope[rows] = moved(people.hope[rows], 0.0, heard)
    people.illegality_prospects[rows] = moved(
        people.illegality_prospects[rows], now.number("illegality_truth"), heard
    )
