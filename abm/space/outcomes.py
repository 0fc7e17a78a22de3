"""What an analysis looks at: outcomes of whole runs, and which of them always stand together.

The outcomes are those of `terugkeer explain outcomes`. Only the shares of
closings are added here, because in shares a change of one way moves all the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..evidence.mistakes import did_you_mean
from ..observation.observer import ALL
from ..observation.outcomes import BY_ID, outcomes, together
from ..runs.outcomes import ANY, Outcomes, choose, rows_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

WAYS: Final = ("independent", "forced", "unobserved", "permit", "other")
SHARES: Final = {f"{way}_share": way for way in WAYS}
# how many adults returned freely: 0 where nobody returned, while their share is then not known
FREELY: Final = "adults_all_three"
FREELY_OF: Final = ("share_all_three", "adults_independent")
KNOWN: Final = (*BY_ID, *SHARES, FREELY)
INSTEAD: Final = {"share_all_three": FREELY}
OF: Final = {**SHARES, FREELY: "share_all_three"}  # what is of the registry of outcomes


def told(outcome: str) -> tuple[str, str]:
    """Return how an outcome is told.

    Returns
    -------
    tuple of str
        Its label, and its unit.
    """
    if outcome in SHARES:
        return f"{BY_ID[SHARES[outcome]].label}, share", "share of closed files"
    if outcome == FREELY:
        return "adults who returned independently, informed, free and with an alternative", "person"
    return BY_ID[outcome].label, BY_ID[outcome].unit


def outcomes_of_runs(yearly: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
    """Return outcomes of runs over all their years.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Columns `key, year, table, item, group, persons`.

    Returns
    -------
    pandas.DataFrame
        A row for each key, a column for each outcome; missing where a run
        can't tell, as a share of nobody.
    """
    columns = ["key", "year", "table", "item", "group", "persons"]
    rows = yearly.loc[yearly["group"] == ALL, columns].rename(columns={"key": "draw"})
    parts = (*WAYS, *FREELY_OF) if any(each not in BY_ID for each in ids) else ()
    needed = dict.fromkeys([*parts, *(each for each in ids if each in BY_ID)])
    found = outcomes(rows, list(needed))
    period = f"{rows['year'].min()}-{rows['year'].max()}"
    of_period = found[found["period"] == period]
    table = of_period.pivot(index="draw", columns="outcome", values="value")  # noqa: PD010 - pivot_table would drop what is missing
    for share, way in SHARES.items():
        if share in ids:
            closed = table[list(WAYS)].sum(axis=1, skipna=False)
            table[share] = table[way] / closed.where(closed > 0.0)
    if FREELY in ids:
        of_adults, adults = (table[each] for each in FREELY_OF)
        table[FREELY] = (of_adults * adults).where(adults > 0.0, adults)  # missing stays missing
    return table[list(ids)].rename_axis(index="key", columns=None)


def kept() -> Outcomes:
    """Return the rows that runs keep for this: always the same, so that analyses share runs."""
    return choose([(table, ANY, ALL) for table, _, _ in rows_for().choices])


def chosen_outcomes(chosen: str) -> list[str]:
    """Return the outcomes that `--outcome` asks for, with their companions.

    Returns
    -------
    list of str
        Those asked for, then what must stand beside them.

    Raises
    ------
    InputError
        If an id is unknown; with every problem.
    """
    ids = list(dict.fromkeys(each.strip() for each in chosen.split(",") if each.strip()))
    found = [
        f"--outcome: {each!r} is unknown.{did_you_mean(each, KNOWN)} "
        "`terugkeer explain outcomes` lists all; and there are "
        f"{', '.join(SHARES)}."
        for each in ids
        if each not in KNOWN
    ]
    if found or not ids:
        raise InputError(found or "--outcome: none chosen; write ids with commas.")
    return with_companions(ids)


def with_companions(ids: Iterable[str]) -> list[str]:
    """Return outcomes with those that must stand beside them.

    Returns
    -------
    list of str
        The same, then the companions that were missing.
    """
    ids = list(ids)
    counted = {OF.get(each, each) for each in ids}
    stood = together(OF.get(each, each) for each in ids)
    return [*ids, *(each.id for each in stood if each.id not in counted)]
