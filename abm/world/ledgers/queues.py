"""The weekly record of organisations: clients, persons waiting, persons seen, and capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents.codes import Place, label
from ....agents.kinds import HELPERS
from ..calendar import monday
from ..help.kinds import SIZE

if TYPE_CHECKING:
    from ..state import World

COUNTS: Final = ("clients", "waiting", "served", "capacity")


class Queues:
    """Counts of each organisation and week, in persons."""

    def __init__(self, weeks: int) -> None:
        self._counts = np.zeros((weeks, SIZE, len(COUNTS)))
        self._weeks: list[int] = []

    def __call__(self, world: World) -> None:
        """Count clients and persons waiting at the end of a week, and sessions held in it."""
        people, organisations = world.people, world.organisations
        here = people.place != Place.ORIGIN
        row = self._counts[len(self._weeks)]
        row[:, 0] = np.bincount(people.helper[here], minlength=SIZE)
        row[:, 1] = np.bincount(people.awaits[here], minlength=SIZE)
        row[:, 2] = organisations.served
        row[:, :3] *= world.scale
        row[:, 3] = organisations.capacity
        self._weeks.append(world.week)

    def frame(self) -> pd.DataFrame:
        """Return the weekly table of organisations.

        Returns
        -------
        pandas.DataFrame
            Columns `week, date, organisation, clients, waiting, served, capacity`, with a
            row for each week and organisation, in real persons. `served` are persons in
            sessions of that week.
        """
        counts = self._counts[: len(self._weeks), list(HELPERS)].reshape(-1, len(COUNTS))
        names = pd.Index([label(organisation) for organisation in HELPERS])
        dates = pd.to_datetime([monday(week) for week in self._weeks])
        index = {
            "week": np.repeat(np.array(self._weeks, dtype=np.int64), len(HELPERS)),
            "date": np.repeat(dates, len(HELPERS)),
            "organisation": pd.Categorical.from_codes(
                np.tile(np.arange(len(HELPERS)), len(self._weeks)), names
            ),
        }
        return pd.DataFrame({**index, **dict(zip(COUNTS, counts.T, strict=True))})
