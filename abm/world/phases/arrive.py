"""Phase 1, arrive: households enter on the frozen inflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Phase
from ..events import Event

if TYPE_CHECKING:
    from ..population import Entrances, Newcomers
    from ..state import World


class Arrive:
    """Adds the households of the week; those without a procedure get a file at once.

    Parameters
    ----------
    entrances : Entrances
        Who enters when.
    newcomers : Newcomers
        What they bring.
    """

    def __init__(self, entrances: Entrances, newcomers: Newcomers) -> None:
        self._entrances = entrances
        self._newcomers = newcomers

    def __call__(self, world: World) -> None:
        """Let the week's households enter.

        Parameters
        ----------
        world : World
            The state of the world.
        """
        number, stratum = self._entrances.households(world.week)
        if not len(number):
            return
        columns = self._newcomers.build(world.week, number, stratum, world.now)
        added = world.people.add(columns)
        rows = np.arange(added.start, added.stop)
        world.entered += len(rows)
        world.note(Event.ENTERED, rows)
        world.open_files(rows[world.people.phase[rows] != Phase.PROCEDURE])
