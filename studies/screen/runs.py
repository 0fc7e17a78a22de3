"""The runs of the screen: what is kept of each, and how cells differ from the baseline."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Unpack

import numpy as np
import pandas as pd
from terugkeer.abm.observation.harm import WEEKS_IN
from terugkeer.abm.runs.design import Design, matrix
from terugkeer.abm.runs.outcomes import choose
from terugkeer.abm.runs.provenance import sources_sha256
from terugkeer.abm.runs.result import WEEKLY_COLUMNS
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.world.calendar import first_week, monday, year_of
from terugkeer.agents.codes import Stage
from terugkeer.agents.places import REFUSED

from .watched import kept, note, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.runs.pace import Progress
    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.runs.store import Store
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.scenario import Scenario

    from .cells import Cell
    from .watched import Settings

SEEDS: Final = (1, 2, 3)
SCALE: Final = 20
YEARS: Final = (2012, 2013)  # the split of later years is a blind test
ASKED_EVERY: Final = 13  # weeks between two looks at who considers return
RECORDED: Final = ("independent", "forced", "unobserved", "permit")
TRUE: Final = ("returned_independent", "home_unobserved", "onward")
PERSONS: Final = (*RECORDED, *TRUE)  # persons a year
HIDDEN, UNSHELTERED, CHILDREN, CONSIDERING = "hidden", "unsheltered", "children", "considering"
OUTCOMES: Final = (*PERSONS, HIDDEN, UNSHELTERED, CHILDREN, CONSIDERING)
KEPT: Final = choose(["dtv_caseload_outflow", "true_outcomes", "harm", "voluntariness"])


def simulate_cell(scenario: Scenario, *, seed: int, **settings: Unpack[Settings]) -> RunResult:
    """Run one seed of a cell, in the place of the library's `simulate`.

    Returns
    -------
    RunResult
        As there, but of its weeks only what the screen counts.
    """
    start = first_week(settings["first_year"])
    asked = []

    def look(at: ReturnModel) -> None:
        if at.week >= start and at.week % ASKED_EVERY == 0:
            asked.append(considering(at))

    model = watched(scenario, seed, look, **settings)
    weekly = model.weekly_frame()
    hidden = weekly["population"].isin(["known", "never_known"]) & (
        weekly["week"] == model.week - 1
    )
    refused, willing = np.sum(asked, axis=0)
    notes = [
        note(start, HIDDEN, weekly.loc[hidden, "persons"].sum()),
        note(start, CONSIDERING, willing / refused),
    ]
    in_places = pd.concat([weeks_in_places(weekly, start), pd.DataFrame(notes)], ignore_index=True)
    return kept(model, seed, in_places, round(weekly["persons"].sum() / model.scale))


def considering(model: ReturnModel) -> tuple[int, int]:
    """Count refused adults with an open file, and those who consider return or are further."""
    people, world = model.people, model.world
    refused = np.isin(people.phase, REFUSED) & people.spell_open & world.adult(slice(None))
    willing = refused & (people.stage >= Stage.CONSIDERING)
    return int(refused.sum()), int(willing.sum())


def weeks_in_places(weekly: pd.DataFrame, start: int) -> pd.DataFrame:
    """Return person-weeks by year and place from `start` on, each in the first week of its year."""
    rows = weekly[(weekly["week"] >= start) & weekly["place"].isin(list(WEEKS_IN))]
    year = rows["week"].map({each: year_of(each) for each in rows["week"].unique()})
    sums = rows.groupby([year, rows["place"].astype(str)])["persons"].sum().reset_index()
    sums["week"] = sums["week"].map(first_week)
    dates = pd.to_datetime([monday(each) for each in sums["week"]])
    sums = sums.assign(
        date=dates, phase="-", population="all", persons=sums["persons"].astype(float)
    )
    return sums[list(WEEKLY_COLUMNS)]


@dataclass(frozen=True)
class Screened:
    """What the runs of all cells came to.

    Parameters
    ----------
    levels : pandas.DataFrame
        The baseline by seed: a column for each of `OUTCOMES`, persons a year,
        except `hidden` (persons at the end), `unsheltered` (person-weeks a year),
        `children` (children with their household who returned independently, a
        year) and `considering` (share).
    differences, errors : pandas.DataFrame
        By cell: mean over seeds of cell less baseline, and standard error of that mean.
    untouched : list of bool
        For each cell whether no number kept differs from the baseline, with any seed.
    """

    levels: pd.DataFrame
    differences: pd.DataFrame
    errors: pd.DataFrame
    untouched: list[bool]

    def binds(self, cell: int) -> bool:
        """Return whether a cell moves something.

        Some outcome must differ by more than two standard errors and by more than a hundredth
        of its level.
        """
        difference = self.differences.loc[cell].abs()
        beyond = difference > 2.0 * self.errors.loc[cell]
        return bool((beyond & (difference > self.levels.mean() / 100.0)).any())

    def size(self, cell: int) -> float:
        """Return the largest difference of a cell, by which cells are ordered.

        Returns
        -------
        float
            Persons a year, over the recorded and true outcomes.
        """
        return float(self.differences[list(PERSONS)].iloc[cell].abs().max())


def design_of(found: Sequence[Cell], evidence: Registry) -> Design:
    """Plan the runs of all cells with all seeds, in the order of cells, then seeds."""
    names = list(dict.fromkeys(name for cell in found for name in cell.sets))
    values = pd.DataFrame(
        [[cell.sets.get(name) for name in names] for cell in found], columns=names, dtype=object
    )
    return matrix(
        values,
        SEEDS,
        scale=SCALE,
        first_year=YEARS[0],
        last_year=YEARS[1],
        registry=evidence,
        outcomes=KEPT,
        keeps=["weekly"],
    )


def made(design: Design, folder: Path, simulate_one: Callable[..., RunResult]) -> Store:
    """Make the runs that a folder lacks, and tell on standard error how far it is.

    Parameters
    ----------
    folder : Path
        Where they are kept; a folder of its own for each state of evidence and sources.
    simulate_one : callable
        Stand-in for the library's `simulate`.
    """

    def tell(progress: Progress) -> None:
        sys.stderr.write(
            f"\r{folder.name}: {progress.done} of {progress.planned} runs, "
            f"{progress.seconds / 60:.0f} min, {progress.seconds_left / 60:.0f} left  "
        )

    where = folder / f"{design.registry.evidence_hash()[:8]}-{sources_sha256()[:8]}"
    store = run_design(design, where, simulate=simulate_one, retry_failed=True, tell=tell)
    sys.stderr.write("\n")
    if store.failed():
        first = store.ended[store.failed()[0]].failure
        raise RuntimeError(f"{len(store.failed())} runs failed, such as: {first}")
    return store


def screened(design: Design, store: Store) -> Screened:
    """Count what the runs of all cells came to.

    Parameters
    ----------
    design : Design
        The runs of `design_of`.
    """
    place = {run.key: number for number, run in enumerate(design.runs)}
    yearly, weekly = (
        store.table(name, design)[["key", *columns]]
        for name, columns in (
            ("yearly", ["year", "table", "item", "group", "persons"]),
            ("weekly", ["population", "persons"]),
        )
    )
    run = yearly["key"].map(place).rename("run")
    everything = yearly.assign(run=run).pivot_table(
        index="run", columns=["table", "item", "group", "year"], values="persons"
    )
    years = YEARS[1] - YEARS[0] + 1
    whole = yearly[yearly["group"] == "all"].assign(run=run)
    by_item = (
        whole.pivot_table(index="run", columns=["table", "item"], values="persons", aggfunc="sum")
        / years
    )
    notes = weekly[weekly["population"].isin([HIDDEN, CONSIDERING])]
    noted = notes.pivot_table(
        index=notes["key"].map(place).rename("run"), columns="population", values="persons"
    )
    table = pd.DataFrame(
        {
            **{name: by_item["dtv_caseload_outflow", name] for name in RECORDED},
            **{name: by_item["true_outcomes", name] for name in TRUE},
            HIDDEN: noted[HIDDEN],
            UNSHELTERED: by_item["harm", "weeks_without_stable_shelter"],
            CHILDREN: by_item["voluntariness", "children"],
            CONSIDERING: noted[CONSIDERING],
        }
    )
    values = table.sort_index().to_numpy().reshape(-1, len(SEEDS), len(OUTCOMES))
    difference = values - values[0]
    error = difference.std(axis=1, ddof=1) / np.sqrt(len(SEEDS))
    all_rows = everything.sort_index().to_numpy().reshape(len(values), len(SEEDS), -1)
    same = (all_rows == all_rows[0]).all(axis=(1, 2)) & (difference == 0.0).all(axis=(1, 2))
    columns = list(OUTCOMES)
    return Screened(
        pd.DataFrame(values[0], columns=columns),
        pd.DataFrame(difference.mean(axis=1), columns=columns),
        pd.DataFrame(error, columns=columns),
        same.tolist(),
    )
