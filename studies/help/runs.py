"""Runs that docs/measured_help.md is measured on, and how its tables are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import freeze
from terugkeer.abm.observation.assistance import ASSISTANCE_TABLES
from terugkeer.abm.observation.departures import departures
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents.codes import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from terugkeer.abm.observation.observer import Observer

    Runs = Sequence["Lives"]

SEEDS: Final = (1, 2, 3)
SCALE: Final = 4
YEARS: Final = (2011, 2015)  # the split of later years is a blind test
MEASURED: Final = range(YEARS[0], YEARS[1] + 1)
SUPPORT: Final = ASSISTANCE_TABLES[1]  # iom_support_received
SUPPORT_WORDS: Final = {
    "rean": "basic support (REAN)",
    "hrt_cash": "cash (HRT)",
    "in_kind": "help in kind",
    "families": "goods for families beside cash",
}


@dataclass(frozen=True)
class Lives:
    """What happened in a run, in the years measured.

    Parameters
    ----------
    events : pandas.DataFrame
        Events.
    weekly, queues : pandas.DataFrame
        Persons by week and place; clients and who waits by week and organisation.
    served : frozenset of str
        Countries for which IOM has a native counsellor.
    """

    events: pd.DataFrame
    weekly: pd.DataFrame
    queues: pd.DataFrame
    served: frozenset[str]


def live(scenario: Scenario, seed: int, last: int = YEARS[1]) -> Lives:
    """Run the model through the years measured.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed : int
        Its seed.
    last : int, optional
        The last year measured.

    Returns
    -------
    Lives
        What happened.
    """
    model = ReturnModel(
        scenario, rng=seed, scale=SCALE, first_year=YEARS[0], last_year=last, registry=registry()
    )
    model.run()
    events, queues = model.log.frame(model.countries), model.queues_frame()
    native = np.flatnonzero(model.world.organisations.native)
    return Lives(
        events[events["year"].between(YEARS[0], last)],
        model.weekly_frame(),
        queues.assign(year=queues["date"].dt.year),
        frozenset(model.countries[code] for code in native),
    )


def override(target: str, value: str | float) -> Override:
    """Return one value changed for all days.

    Parameters
    ----------
    target : str
        Name of the record.
    value : str or float
        Its value.

    Returns
    -------
    Override
        The change.
    """
    return Override(target, "set", freeze(value), None, "measure_help.py")


def changed(name: str, target: str, value: str) -> Scenario:
    """Return the baseline with one value changed for all days.

    Parameters
    ----------
    name : str
        Name of the scenario.
    target : str
        Name of the record.
    value : str
        Its value.

    Returns
    -------
    Scenario
        The baseline otherwise.
    """
    return Scenario(name, entries=(override(target, value),))


def a_year(runs: Runs, count: Callable[[Lives], float]) -> float:
    """Return persons a year, mean over runs.

    Parameters
    ----------
    runs : sequence of Lives
        Runs of one scenario.
    count : callable
        Takes a run and counts simulated persons.

    Returns
    -------
    float
        Persons of the real world.
    """
    return float(np.mean([count(each) for each in runs])) * SCALE / len(MEASURED)


def observed(runs: Runs, observer: Observer) -> pd.DataFrame:
    """Return a table of the model, mean over runs.

    Parameters
    ----------
    runs : sequence of Lives
        Runs of one scenario.
    observer : Observer
        The table.

    Returns
    -------
    pandas.DataFrame
        Items by years, persons.
    """
    rows = pd.concat(
        [observer.rows(Observed(each.events, each.weekly, SCALE), *YEARS) for each in runs]
    )
    rows = rows[rows["group"] == "all"]
    return rows.pivot_table(index="item", columns="year", values="persons", aggfunc="mean")


def independent(lives: Lives) -> pd.DataFrame:
    """Return independent departures of a run.

    Parameters
    ----------
    lives : Lives
        A run.

    Returns
    -------
    pandas.DataFrame
        Rows of the event frame, with or without a file.
    """
    left = departures(lives.events)
    return left[left["outcome"] == "independent"]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table: the first column in words, the others numbers.

    Parameters
    ----------
    head : sequence of str
        Heads of columns.
    rows : sequence of sequence of str
        Cells.

    Returns
    -------
    list of str
        Lines, with an empty one after them.
    """
    rule = "|---|" + "---:|" * (len(head) - 1)
    return [f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(row)} |" for row in rows), ""]


def words(organisation: Organisation) -> str:
    """Return what tables of the page call an organisation.

    Parameters
    ----------
    organisation : Organisation
        The organisation.

    Returns
    -------
    str
        Words.
    """
    return {
        Organisation.NONE: "nobody",
        Organisation.IOM: "IOM",
        Organisation.VWN: "VWN",
        Organisation.TRAINING_NGO: "training organisation",
        Organisation.REINTEGRATION_NGO: "reintegration organisation",
        Organisation.LEGAL_AID_NGO: "legal aid organisation",
        Organisation.COA: "COA",
        Organisation.MUNICIPAL_DESK: "municipal desk",
        Organisation.CASE_MANAGER: "case manager",
    }[organisation]
