"""Tables that a run can keep besides its yearly rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ..observation.events import Events
from ..world.events import Event
from .result import QUEUES_COLUMNS, WEEKLY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..world.events import EventLog
    from .result import RunResult

PRESENT: Final = "present"


def weekly(result: RunResult) -> pd.DataFrame:
    """Return `RunResult.weekly`, sorted by all columns but `persons`."""
    table = result.weekly[list(WEEKLY_COLUMNS)]
    return table.sort_values(list(WEEKLY_COLUMNS[:-1]), kind="stable", ignore_index=True)


def queues(result: RunResult) -> pd.DataFrame:
    """Return `RunResult.queues`, in the order in which the model counted."""
    return result.queues[list(QUEUES_COLUMNS)]


def fate_table(result: RunResult) -> pd.DataFrame:
    """Return `fates` as a table.

    Returns
    -------
    pandas.DataFrame
        Columns `person` (int, the same person in runs of the same seed) and
        `fate`, sorted by person.
    """
    return fates(result.log).rename("fate").sort_index().reset_index()


def fates(log: EventLog) -> pd.Series[str]:
    """Return what became of each person by the end of a run.

    Parameters
    ----------
    log : EventLog
        `RunResult.log`.

    Returns
    -------
    pandas.Series of str
        By person: `present`, or destination and way of leaving, such as
        `origin/independent`.
    """
    events = Events(log)
    entered, left = events.of(Event.ENTERED), events.of(Event.LEFT)
    ways = left.named("destination") + "/" + left.named("outcome")
    fate = pd.Series(PRESENT, index=pd.Index(entered["person"], name="person"), dtype="object")
    fate.loc[left["person"]] = ways.labels()
    return fate


EXTRA_TABLES: Final[Mapping[str, Callable[[RunResult], pd.DataFrame]]] = {
    "weekly": weekly,
    "queues": queues,
    "fates": fate_table,
}
