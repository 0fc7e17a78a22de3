"""Tables that a run can keep besides its yearly rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from .result import QUEUES_COLUMNS, WEEKLY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .result import RunResult

PRESENT: Final = "present"


def weekly(result: RunResult) -> pd.DataFrame:
    """Return persons by week, place, phase and population.

    Parameters
    ----------
    result : RunResult
        The run.

    Returns
    -------
    pandas.DataFrame
        `RunResult.weekly`, sorted.
    """
    table = result.weekly[list(WEEKLY_COLUMNS)]
    return table.sort_values(list(WEEKLY_COLUMNS[:-1]), kind="stable", ignore_index=True)


def queues(result: RunResult) -> pd.DataFrame:
    """Return clients, queues, sessions and capacity by week and organisation.

    Parameters
    ----------
    result : RunResult
        The run.

    Returns
    -------
    pandas.DataFrame
        `RunResult.queues`, as the model counted.
    """
    return result.queues[list(QUEUES_COLUMNS)]


def fate_table(result: RunResult) -> pd.DataFrame:
    """Return what became of each person by the end of a run, as a table.

    Parameters
    ----------
    result : RunResult
        The run.

    Returns
    -------
    pandas.DataFrame
        Columns `person` (int, the same person in runs of the same seed) and
        `fate` (`present`, or destination and way of leaving, such as
        `origin/independent`), sorted by person.
    """
    fate = fates(result.events)
    return fate.rename("fate").sort_index().reset_index()


def fates(events: pd.DataFrame) -> pd.Series[str]:
    """Return what became of each person by the end of a run.

    Parameters
    ----------
    events : pandas.DataFrame
        `RunResult.events`.

    Returns
    -------
    pandas.Series of str
        By person: `present`, or destination and way of leaving, such as
        `origin/independent`.
    """
    entered = events.loc[events["kind"] == "entered", "person"]
    left = events[events["kind"] == "left"]
    ways = left["destination"].astype(str) + "/" + left["outcome"].astype(str)
    fate = pd.Series(PRESENT, index=pd.Index(entered, name="person"), dtype="object")
    fate.loc[left["person"].to_numpy()] = ways.to_numpy()
    return fate


EXTRA_TABLES: Final[Mapping[str, Callable[[RunResult], pd.DataFrame]]] = {
    "weekly": weekly,
    "queues": queues,
    "fates": fate_table,
}
