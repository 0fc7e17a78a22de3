"""Preparation of life after return: training for work or a business, and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Scheme, Stage
from ....agents.rules.beliefs import moved
from ..chance import Decision
from ..help.training import training

if TYPE_CHECKING:
    from ..moment import Rows
    from ..state import World

# help in kind that projects give for a plan (s1 B10, s3 C.2)
_FOR_A_PLAN: Final = np.uint8(Scheme.IN_KIND | Scheme.PILOT)


def prepare_life_after_return(world: World, rows: Rows) -> None:
    """Train adults in a session, and let households that intend to return make a plan.

    Each organisation trains as far as `skills_of_session` says, where training is given in the
    Netherlands (switch `training_place`); skills never get worse. A plan stays once it is made.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Whole households with a helper, in a session.
    """
    people, now = world.people, world.now
    gain = training(now).here[people.helper[rows]] * world.adult(rows)
    people.skills[rows] = moved(people.skills[rows], 1.0, gain)
    chance = world.organisations.numbers(now, "plan_chance")[people.helper[rows]]
    planning = (people.stage[rows] >= Stage.INTENDING) & ~people.planned[rows]
    planning &= world.draw(Decision.PLAN_MADE, rows) < chance
    people.planned[rows[planning]] = True


def plan_with_grant(world: World, rows: Rows) -> None:
    """Let households have a plan to which help in kind was granted that is given for one."""
    if world.now.flag("in_kind_asks_for_plan"):
        has = (world.people.applied[rows] & _FOR_A_PLAN) > 0
        world.people.planned[rows[has]] = True
