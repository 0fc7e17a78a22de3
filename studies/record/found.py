"""What comes out beside the record where nothing was fitted to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.tables import read_table
from terugkeer.abm.observation.catalogue import OBSERVERS
from terugkeer.abm.observation.published import published
from terugkeer.agents.places import HELD, labels

from ..measured import SCALE, YEARS, observed
from ..screen.readings import shares_where_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..measured import Lives

EARLY, LATE = (2011, 2012), (2014, 2015)
AGES: Final = ((0, 4), (4, 8), (8, 16), (16, 30), (30, 52))  # weeks of a file
INDEPENDENT: Final = "independent"


def rows(runs: Sequence[Lives]) -> list[list[str]]:
    """Return what is measured, in the model and on record, as the rows of a table."""

    def counted(table: str) -> pd.DataFrame:
        observer = next(each for each in OBSERVERS if each.table == table)
        return observed(runs, observer)

    iom, referral = counted("iom_departures"), counted("iom_referral").sum(axis=1)
    files, national = counted("dtv_caseload_outflow"), counted("national_independent").sum()
    recorded = _wide(published("dtv_caseload_outflow"), "item")
    everybody = _wide(read_table("national_departures_by_type.csv"), "departure_type")
    on_iom = _wide(published("iom_departures"), "item").loc[iom.index]
    pairs = [
        (
            "recorded independent departures (files), 2014-15 over 2011-12",
            f"{_rise(files.T[INDEPENDENT]):.2f}",
            f"{_rise(recorded.T[INDEPENDENT]):.2f}",
        ),
        (
            "independent departures of everybody, 2014-15 over 2011-12",
            f"{_rise(national):.2f}",
            f"{_rise(everybody.T[INDEPENDENT]):.2f}",
        ),
        (
            "the first as a share of the second, 2011 to 2015",
            _by_year(files.T[INDEPENDENT] / national),
            _by_year(recorded.T[INDEPENDENT] / everybody.T[INDEPENDENT]),
        ),
        (
            "forced departures that start in detention, %, 2014-15",
            f"{_from_detention(counted('removal_measures'), files):.0f}",
            f"{_from_detention(_wide(published('removal_measures'), 'item'), recorded):.0f}",
        ),
        *(
            (
                f"applications to IOM {told}, % of departures, refusals and withdrawals",
                f"{_of_applications(iom, told):.0f}",
                f"{_of_applications(on_iom, told):.0f}",
            )
            for told in ("withdrawn", "refused")
        ),
        (
            "leavers through IOM whom no government office referred, %",
            f"{100 * referral['not_government'] / referral.sum():.0f}",
            "57 (s4 H17)",
        ),
    ]
    log = pd.concat([each.events for each in runs])
    pairs += removals(log, SCALE / len(runs) / (YEARS[1] - YEARS[0] + 1))
    closed = log[log["kind"] == "closed"]
    for (first, last), hazard in zip(AGES, hazards(closed), strict=True):
        name = f"files closed as independent in weeks {first}-{last - 1} of the file, % a week"
        pairs.append((name, f"{100 * hazard:.2f}", "none"))
    for outcome, ratio in shares_where_named(closed).items():
        name = (
            f"share of files closed as {outcome} in the countries that the policy review names for "
            "it, over that share in all"
        )
        pairs.append((name, f"{ratio:.2f}", "above 1 (s4 H8)"))
    return [list(each) for each in pairs]


def removals(log: pd.DataFrame, a_year: float) -> list[tuple[str, str, str]]:
    """Return what becomes of planned removals at liberty, and what stops them anywhere.

    Parameters
    ----------
    log : pandas.DataFrame
        Events with `kind`, `place`, `phase`, `vanished` and `outcome`.
    a_year : float
        Persons a year for each event.
    """
    held = log["place"].isin(labels(HELD))
    cancelled = log["kind"] == "cancelled"
    planned = (log["kind"] == "noticed") & ~held
    anew = cancelled & (log["phase"] == "repeat_procedure")
    flown = (log["kind"] == "closed") & (log["outcome"] == "forced")

    def percent(part: pd.Series[bool], whole: pd.Series[bool]) -> str:
        return f"{100 * part.sum() / max(whole.sum(), 1):.0f}"

    liberty = "planned removals of persons at liberty"
    return [
        (f"{liberty}, a year", f"{planned.sum() * a_year:,.0f}", "a part of 6,300 (s4 B13)"),
        (
            f"{liberty} and flights of persons held, a year",
            f"{(planned | ((flown | cancelled) & held)).sum() * a_year:,.0f}",
            "6,300",
        ),
        (f"of these {liberty} that end in a flight, %", percent(flown & ~held, planned), "none"),
        (
            "cancelled for a new application, % of those cancelled, at liberty",
            percent(anew & ~held, cancelled & ~held),
            "14 (s4 B13)",
        ),
        ("the same with persons held", percent(anew, cancelled), "14"),
    ]


def hazards(closed: pd.DataFrame) -> list[float]:
    """Return the weekly hazard of a closing as independent by weeks since the file opened.

    Closings in an interval over the weeks in it of all files that closed: files that stay open to
    the end are not seen.

    Parameters
    ----------
    closed : pandas.DataFrame
        Closings with `outcome` and `weeks`, those that the file was open.
    """
    weeks = closed["weeks"].to_numpy(dtype=np.float64)
    gone = (closed["outcome"] == INDEPENDENT).to_numpy()
    found = []
    for first, last in AGES:
        at_risk = np.clip(weeks - first, 0.0, last - first).sum()
        events = (gone & (weeks >= first) & (weeks < last)).sum()
        found.append(float(events / at_risk) if at_risk else 0.0)
    return found


def _wide(table: pd.DataFrame, item: str) -> pd.DataFrame:
    """Return a published table as items by years, of the years measured."""
    of_years = table[table["year"].between(*YEARS)]
    return of_years.pivot_table(index=item, columns="year", values="persons", aggfunc="sum")


def _rise(by_year: pd.Series[float]) -> float:
    return float(by_year[list(LATE)].sum() / by_year[list(EARLY)].sum())


def _by_year(shares: pd.Series[float]) -> str:
    return ", ".join(f"{each:.2f}" for each in shares)


def _from_detention(measures: pd.DataFrame, files: pd.DataFrame) -> float:
    """Return departures to origin and transfers from detention as percent of forced departures."""
    started = measures.loc[["detention/of_which_origin", "detention/of_which_dublin"], list(LATE)]
    return 100.0 * float(started.to_numpy().sum() / files.loc["forced", list(LATE)].sum())


def _of_applications(iom: pd.DataFrame, told: str) -> float:
    """Return applications of one kind as percent of departures, refusals and withdrawals."""
    return 100.0 * float(iom.loc[f"application_{told}"].sum() / iom.to_numpy().sum())
