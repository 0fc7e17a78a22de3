"""What happens within a week and its end doesn't show: what news moved, and what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....abm.world.phases.hear import HEARD
from ....agents.codes import Force, Option, label
from .story import Lines, labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ....abm.world.state import World
    from .households import Heads

FORCES: Final = tuple(label(force) for force in Force)
LEAST_NEWS: Final = 0.01  # change of a belief, on its scale from 0 to 1, that is worth a line


class Overheard:
    """Two phases of a week, with a note of what they do to first adults.

    Parameters
    ----------
    heads : Heads
        Those of whom notes are taken; neither phase moves rows.
    """

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self.lines: list[Lines] = []

    def around(self, name: str, act: Callable[[World], None]) -> Callable[[World], None]:
        """Return a phase with notes around it; those of which none are taken, as they are."""
        noted = {"hear": self._hear, "weigh": self._weigh}.get(name)
        return act if noted is None else lambda world: noted(act, world)

    def _hear(self, act: Callable[[World], None], world: World) -> None:
        """Let all hear, and note what it moves."""
        rows = self._heads.here(world.people)
        before = _read(world, HEARD, rows)
        act(world)
        moved = _read(world, HEARD, rows) - before
        for name, change in zip(HEARD, moved, strict=True):
            at = np.flatnonzero(np.abs(change) >= LEAST_NEWS)
            said: list[list[Any]] = [[name, "up" if each > 0 else "down"] for each in change[at]]
            self.lines.append(Lines("news", world.people.household[rows[at]], said))

    def _weigh(self, act: Callable[[World], None], world: World) -> None:
        """Let households weigh, and note who chose what by which force.

        A weighing is told if it is the first, or ends otherwise than the last: in the option
        that is chosen, or in the force that is strongest.
        """
        rows, choice = self._heads.here(world.people), world.people.choice
        before, chosen = _read(world, FORCES, rows), choice[rows]
        act(world)
        after, now = _read(world, FORCES, rows), choice[rows]
        strongest = after.argmax(axis=0)
        new = (before.argmax(axis=0) != strongest) | (chosen != now) | ~before.any(axis=0)
        at = np.flatnonzero((before != after).any(axis=0) & new)
        options, forces = labels(Option, now[at]), labels(Force, strongest[at])
        said = [one + other for one, other in zip(options, forces, strict=True)]
        self.lines.append(Lines("chose", world.people.household[rows[at]], said))


def _read(world: World, names: tuple[str, ...], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.array([getattr(world.people, name)[rows] for name in names], dtype=np.float64)
