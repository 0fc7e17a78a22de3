"""The tables of a run folder: all runs of one scenario, counted and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from .finished_run import YEARLY
from .result import QUEUES_COLUMNS

if TYPE_CHECKING:
    from .store import Store

YEARLY_COLUMNS: Final = ("scenario", "seed", "year", "table", "item", "group", "persons")
WEEKLY_COLUMNS: Final = ("seed", "week", "date", "place", "phase", "population", "persons")
QUEUES_KEYS: Final = ("seed", "week", "organisation")


@dataclass(frozen=True)
class RunTables:
    """All seeds of a scenario.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `YEARLY_COLUMNS`, sorted by them.
    weekly : pandas.DataFrame
        Columns `WEEKLY_COLUMNS`, sorted by them.
    queues : pandas.DataFrame
        Columns `seed` and those of `result.QUEUES_COLUMNS`, sorted by `QUEUES_KEYS`; no
        rows where runs do not keep queues.
    timings : dict of str to float
        Seconds by phase of the week, summed over seeds.
    person_weeks : int
        Simulated persons times weeks, summed over seeds.
    """

    yearly: pd.DataFrame
    weekly: pd.DataFrame
    queues: pd.DataFrame
    timings: dict[str, float]
    person_weeks: int


def run_tables(store: Store) -> RunTables:
    """Put the runs of a store together.

    The tables are the same for any number of workers, order and interruptions.

    Parameters
    ----------
    store : Store
        Runs of one scenario that keep `weekly`, all done.
    """
    timings: dict[str, float] = {}
    for _, ended in sorted(store.ended.items()):
        for phase, seconds in ended.timings.items():
            timings[phase] = timings.get(phase, 0.0) + seconds
    return RunTables(
        yearly=_sorted(store.table(YEARLY), YEARLY_COLUMNS),
        weekly=_sorted(store.table("weekly"), WEEKLY_COLUMNS),
        queues=_queues(store),
        timings=timings,
        person_weeks=sum(ended.person_weeks for ended in store.ended.values()),
    )


def _queues(store: Store) -> pd.DataFrame:
    columns = ["seed", *QUEUES_COLUMNS]
    if "queues" not in store.registration.keeps:
        return pd.DataFrame(columns=columns)
    table = store.table("queues")[columns]
    return table.sort_values(list(QUEUES_KEYS), kind="stable", ignore_index=True)


def _sorted(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    keys = [column for column in columns if column != "persons"]
    return table[list(columns)].sort_values(keys, kind="stable", ignore_index=True)
