"""The living allowance of the municipal desk, for some clients without a place by day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Organisation
from ....agents.places import IS_HIDDEN
from ..chance import Decision
from ..events import Event
from .lottery import agents_of, drawn

if TYPE_CHECKING:
    from ..state import World


def give_allowances(world: World) -> None:
    """Give allowances that are free to clients of the desk, by lottery; they end with the help.

    The desk gives either an allowance or a place by day and night (s0 C1 S13).
    """
    people = world.people
    may = (people.helper == Organisation.MUNICIPAL_DESK) & IS_HIDDEN[people.place]
    people.living_allowance &= may
    free = agents_of(world, world.now.number("living_allowance_places"))
    free -= int(np.count_nonzero(people.living_allowance))
    rows = world.rows(may & ~people.living_allowance)
    given = drawn(world, Decision.LIVING_ALLOWANCE, rows, free)
    people.living_allowance[given] = True
    world.note(Event.ALLOWANCE_GIVEN, given, helper=int(Organisation.MUNICIPAL_DESK))
