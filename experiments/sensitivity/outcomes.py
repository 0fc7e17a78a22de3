"""What an analysis looks at: numbers of one run, and which of them always stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ...abm.errors import InputError
from ...abm.evidence.mistakes import did_you_mean
from ...abm.runs.outcomes import Outcomes, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

SPLIT: Final = "dtv_caseload_outflow"
WAYS: Final = ("independent", "forced", "unobserved", "permit", "other")
ADULTS: Final = "voluntariness_of_adults"


@dataclass(frozen=True)
class Told:
    """How an outcome is told.

    Parameters
    ----------
    title : str
        What figures call it.
    unit : str
        Its unit, summed over the years of a run.
    alone : bool
        Whether it may be shown without its companions.
    """

    title: str
    unit: str
    alone: bool = True


WORDS: Final = {
    "independent": "independent departures",
    "forced": "forced departures",
    "unobserved": "closed, whereabouts unknown",
    "permit": "permits",
    "other": "other closings",
}
# No number of departures stands without what it cost and how freely people left.
COMPANIONS: Final = ("weeks_without_shelter", "voluntariness")
OUTCOMES: Final[dict[str, Told]] = {
    **{way: Told(WORDS[way], "closed files", alone=False) for way in WAYS},
    **{
        f"{way}_share": Told(f"{WORDS[way]}, share", "share of closed files", alone=False)
        for way in WAYS
    },
    "weeks_without_shelter": Told("weeks without stable shelter", "person-weeks"),
    "voluntariness": Told(
        "left informed, free, with an alternative", "share of adults who left independently"
    ),
}


def outcomes_of_runs(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return all outcomes of runs, summed over their years.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `key, year, table, item, group, persons`.

    Returns
    -------
    pandas.DataFrame
        A row for each key, a column for each of `OUTCOMES`; missing where a
        run can't tell, as a share of nobody.
    """
    rows = yearly[yearly["group"] == "all"]
    by_item = rows.groupby(["key", "table", "item"])["persons"].sum(min_count=1)
    sums = by_item.unstack([1, 2])  # noqa: PD010 - a pivot would count what is missing as nothing
    found = pd.DataFrame(index=sums.index)
    closed = sum(sums[SPLIT, way] for way in WAYS)
    for way in WAYS:
        found[way] = sums[SPLIT, way]
        found[f"{way}_share"] = sums[SPLIT, way] / closed
    found["weeks_without_shelter"] = sums["harm", "weeks_without_stable_shelter"]
    found["voluntariness"] = sums[ADULTS, "all_three"] / sums[ADULTS, "adults"]
    return found[list(OUTCOMES)].replace([np.inf, -np.inf], np.nan)


def kept() -> Outcomes:
    """Return the rows that runs keep for this: always the same, so that analyses share runs.

    Returns
    -------
    Outcomes
        The choice.
    """
    return choose(
        [
            (SPLIT, "*", "all"),
            ("harm", "weeks_without_stable_shelter", "all"),
            (ADULTS, "adults", "all"),
            (ADULTS, "all_three", "all"),
        ]
    )


def chosen_outcomes(chosen: str) -> list[str]:
    """Return the outcomes that `--outcome` asks for, with their companions.

    Parameters
    ----------
    chosen : str
        Ids with commas.

    Returns
    -------
    list of str
        Those asked for, then `COMPANIONS` where one of them may not stand alone.

    Raises
    ------
    InputError
        If an id is unknown; with every problem.
    """
    ids = list(dict.fromkeys(each.strip() for each in chosen.split(",") if each.strip()))
    found = [
        f"--outcome: {each!r} is unknown.{did_you_mean(each, OUTCOMES)} Known: "
        f"{', '.join(OUTCOMES)}."
        for each in ids
        if each not in OUTCOMES
    ]
    if found or not ids:
        raise InputError(found or "--outcome: none chosen; write ids with commas.")
    return with_companions(ids)


def with_companions(ids: Iterable[str]) -> list[str]:
    """Return outcomes with those that must stand beside them.

    Parameters
    ----------
    ids : iterable of str
        Ids.

    Returns
    -------
    list of str
        The same, then the companions that were missing.
    """
    ids = list(ids)
    if all(OUTCOMES[each].alone for each in ids):
        return ids
    return [*ids, *(each for each in COMPANIONS if each not in ids)]
