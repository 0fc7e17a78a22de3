"""The measured effects of systems, and the verdict that they carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from scipy import stats

from ..reports.paired import half_width
from .system import CONTACT, PATH, RETURNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..reports.paired import Row
    from .system import System

    Found = Mapping[tuple[str, str], Row]

TABLE: Final = Path(__file__).with_name("effects.csv")
HASHES: Final = ("evidence", "counts", "definition")
COLUMNS: Final = (
    "system",
    "outcome",
    "without",
    "with",
    "mean",
    "low",
    "high",
    "seeds",
    "scale",
    "first_year",
    "last_year",
    *HASHES,
)
LEVEL: Final = 0.99  # of the interval on which a verdict rests
ACTS, BELOW, NULL = "acts", "below_resolution", "null_as_documented"
MORE, FEWER, UNSEEN = "more", "fewer", "not_seen"  # independent returns
NOT_MODELLED: Final = "not_modelled"
NOT_MEASURED: Final = "not_measured_yet"  # it has no rows; the study makes them


def effects() -> pd.DataFrame:
    """Return the table that the study wrote: paired differences with 95 % intervals.

    Returns
    -------
    pandas.DataFrame
        A row for each system and outcome; flows a year, shares of 1.
    """
    return pd.read_csv(TABLE, dtype=dict.fromkeys(HASHES, str))  # a hash may look like a number


def by_outcome(found: pd.DataFrame) -> Found:
    """Return the rows of the table by system and outcome."""
    return {(row["system"], row["outcome"]): row for row in found.to_dict("records")}


def resolution(row: Row) -> float:
    """Return the half-width of the interval of a difference at `LEVEL`."""
    degrees = max(int(row["seeds"]) - 1, 1)
    wider = stats.t.ppf((1.0 + LEVEL) / 2.0, degrees) / stats.t.ppf(0.975, degrees)
    return half_width(row) * float(wider)


def seen(row: Row) -> bool:
    """Return whether the interval at `LEVEL` leaves out 0."""
    return bool(abs(row["mean"]) > resolution(row))


def returns(system: System, found: Found) -> str:
    """Return whether more or fewer persons return independently with a system, or neither is seen.

    It is told beside the verdict: a system can act without moving returns.
    """
    row = found[system.name, RETURNED]
    if not seen(row):
        return UNSEEN
    return MORE if row["mean"] > 0.0 else FEWER


def used(system: System, found: Found) -> bool:
    """Return whether the runs with and without a system differ in contact, path or verdict."""
    return any(found[system.name, name]["mean"] for name in (CONTACT, PATH, system.chief))


def by_construction(system: System, found: Found) -> bool:
    """Return whether what the verdict rests on can't happen without the system.

    It is 0 in all runs without it and seen in those with it, such as clients of an organisation
    that has no places. Then *acts* says no more than that the system is used.
    """
    row = found[system.name, system.chief]
    return seen(row) and bool(row["without"] == 0.0)


def only_in_returns(system: System, found: Found) -> bool:
    """Return whether an effect is seen in independent returns and not in the chief outcome."""
    return seen(found[system.name, RETURNED]) and not seen(found[system.name, system.chief])


def verdict(system: System, found: Found) -> str:
    """Return what the runs say of a system: it acts if one of two outcomes is seen.

    One is its chief outcome, the other independent returns. A null is documented where a source
    says so of returns, and the verdict rests on them.
    """
    if system.left_out:
        return NOT_MODELLED
    chief = found.get((system.name, system.chief))
    if chief is None:
        return NOT_MEASURED
    if seen(chief) or seen(found[system.name, RETURNED]):
        return ACTS
    told = system.documented and system.chief == RETURNED
    return NULL if told and used(system, found) else BELOW


def judged(system: System, found: Found) -> dict[str, Any]:
    """Return the verdict on a system and what stands beside it; None of what has no rows.

    Returns
    -------
    dict
        `verdict`; `by_construction` and `only_in_returns`, in which way it acts; `returns`.
    """
    says = verdict(system, found)
    if says in {NOT_MODELLED, NOT_MEASURED}:
        return {"verdict": says} | dict.fromkeys(("by_construction", "only_in_returns", "returns"))
    return {
        "verdict": says,
        "by_construction": by_construction(system, found),
        "only_in_returns": only_in_returns(system, found),
        "returns": returns(system, found),
    }
