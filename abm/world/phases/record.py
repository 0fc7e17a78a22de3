"""Phase 13, record: persons by true place, phase and population; holes are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents.codes import Phase, Place, label
from ..calendar import monday

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..state import World

POPULATIONS: Final = ("procedure", "spell", "known", "never_known", "returned")
COMPACT_EVERY_WEEKS: Final = 4  # measured: filling holes more or less often is slower
_CELLS: Final = (len(POPULATIONS), len(Place), len(Phase))


class Record:
    """Counts persons each week and checks that none is lost.

    Parameters
    ----------
    weeks : int
        Weeks of the run.
    """

    def __init__(self, weeks: int) -> None:
        self._counts = np.zeros((weeks, *_CELLS), dtype=np.int32)
        self._weeks: list[int] = []
        self.person_weeks = 0

    def __call__(self, world: World) -> None:
        """Count the persons of the week.

        Parameters
        ----------
        world : World
            The state of the world.
        """
        people = world.people
        present = ~people.gone
        if int(np.count_nonzero(present)) != world.entered - world.departed:
            raise RuntimeError(f"persons are not conserved in week {world.week}")
        population = population_of(world)
        cell = population * np.int16(_CELLS[1])
        cell += people.place
        cell *= np.int16(_CELLS[2])
        cell += people.phase
        counts = np.bincount(cell[present], minlength=self._counts[0].size)
        self._counts[len(self._weeks)] = counts.reshape(_CELLS)
        self._weeks.append(world.week)
        self.person_weeks += int(counts.sum())
        if len(self._weeks) % COMPACT_EVERY_WEEKS == 0:
            people.compact()

    def frame(self, scale: float) -> pd.DataFrame:
        """Return the weekly table of persons.

        Parameters
        ----------
        scale : float
            Persons for each agent.

        Returns
        -------
        pandas.DataFrame
            Columns `week, date, place, phase, population, persons`; empty
            combinations are left out.
        """
        row, population, place, phase = np.nonzero(self._counts[: len(self._weeks)])
        weeks = np.array(self._weeks, dtype=np.int64)
        dates = pd.to_datetime([monday(week) for week in self._weeks])
        return pd.DataFrame({
            "week": weeks[row],
            "date": dates[row],
            "place": pd.Categorical.from_codes(place, [label(code) for code in Place]),
            "phase": pd.Categorical.from_codes(phase, [label(code) for code in Phase]),
            "population": pd.Categorical.from_codes(population, list(POPULATIONS)),
            "persons": self._counts[row, population, place, phase] * scale,
        })


def population_of(world: World) -> NDArray[np.int16]:
    """Return to which population each person belongs (MODEL section 1).

    Parameters
    ----------
    world : World
        The state of the world.

    Returns
    -------
    ndarray of int16, shape (n,)
        Index into `POPULATIONS`.
    """
    people = world.people
    never = (people.spells == 0).astype(np.int16)
    population = 2 + never  # known or never known
    population[people.spell_open] = 1
    population[people.phase == Phase.PROCEDURE] = 0
    population[people.phase == Phase.RETURNED] = POPULATIONS.index("returned")
    return np.asarray(population, dtype=np.int16)
