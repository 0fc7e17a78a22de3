"""Phase 13, record: persons are counted; rows of those who have gone are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents.codes import LegalPhase, Place, label
from ..calendar import monday
from ..ledgers.accounts import Accounts
from ..ledgers.circumstances import Circumstances
from ..ledgers.queues import Queues

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..state import World

POPULATIONS: Final = ("procedure", "spell", "known", "never_known", "returned")
COMPACT_EVERY_WEEKS: Final = 4  # measured: dropping rows more or less often is slower
_SHAPE: Final = (2, len(Place), len(LegalPhase), 2, 2)  # gone, place, phase, file open, ever a file


class Tally:
    """Counts persons each week and checks that none is lost."""

    def __init__(self, weeks: int, first_week: int = 0) -> None:
        self._counts = np.zeros((weeks, *_SHAPE[1:]), dtype=np.int32)
        self._weeks: list[int] = []
        self.person_weeks = 0
        self.queues = Queues(weeks)
        self.circumstances = Circumstances(first_week, weeks)
        self.accounts = Accounts(weeks)

    @property
    def weeks(self) -> int:
        """Weeks recorded so far."""
        return len(self._weeks)

    def __call__(self, world: World) -> None:
        """Count the persons of the week; refuse to go on if any is lost."""
        people = world.people
        cell = people.gone.astype(np.uint16)
        ever = people.spells > 0
        columns: tuple[NDArray[np.uint8 | np.bool_], ...] = (
            people.place,
            people.phase,
            people.spell_open,
            ever,
        )
        for codes, size in zip(columns, _SHAPE[1:], strict=True):
            cell *= np.uint16(size)
            cell += codes
        counts = np.bincount(cell, minlength=2 * self._counts[0].size)[: self._counts[0].size]
        if int(counts.sum()) != world.entered - world.departed:
            raise RuntimeError(f"persons are not conserved in week {world.week}")
        self._counts[len(self._weeks)] = counts.reshape(_SHAPE[1:])
        self._weeks.append(world.week)
        self.queues(world)
        self.circumstances(world)
        self.accounts(world, counts.reshape(len(Place), -1).sum(axis=1))
        self.person_weeks += int(counts.sum())
        if len(self._weeks) % COMPACT_EVERY_WEEKS == 0:
            people.compact()

    def frame(self, scale: float) -> pd.DataFrame:
        """Return the weekly table of persons.

        Returns
        -------
        pandas.DataFrame
            Columns `week, date, place, phase, population, persons` (real persons);
            empty combinations are left out.
        """
        row, place, phase, with_file, ever = np.nonzero(self._counts[: len(self._weeks)])
        population = population_of(phase, with_file, ever)
        weeks = np.array(self._weeks, dtype=np.int64)
        dates = pd.to_datetime([monday(week) for week in self._weeks])
        counts = pd.DataFrame(
            {
                "week": weeks[row],
                "date": dates[row],
                "place": pd.Categorical.from_codes(
                    place, pd.Index([label(code) for code in Place])
                ),
                "phase": pd.Categorical.from_codes(
                    phase, pd.Index([label(code) for code in LegalPhase])
                ),
                "population": pd.Categorical.from_codes(population, pd.Index(POPULATIONS)),
                "persons": self._counts[row, place, phase, with_file, ever] * scale,
            }
        )
        keys = ["week", "date", "place", "phase", "population"]
        return counts.groupby(keys, observed=True)["persons"].sum().reset_index()


def population_of(
    phase: NDArray[np.integer], with_file: NDArray[np.integer], ever: NDArray[np.integer]
) -> NDArray[np.intp]:
    """Return the population that each person belongs to (ODD: Population).

    Parameters
    ----------
    phase : ndarray of int, shape (n,)
        `LegalPhase`.
    with_file : ndarray of int, shape (n,)
        1 if a file is open.
    ever : ndarray of int, shape (n,)
        1 if a file has ever been open.

    Returns
    -------
    ndarray of int, shape (n,)
        Index into `POPULATIONS`. "returned" and "procedure" (waiting for the first
        decision) come before the other three.
    """
    index = {name: place for place, name in enumerate(POPULATIONS)}
    return np.select(
        [phase == LegalPhase.RETURNED, phase == LegalPhase.PROCEDURE, with_file == 1, ever == 1],
        [index["returned"], index["procedure"], index["spell"], index["known"]],
        index["never_known"],
    )
