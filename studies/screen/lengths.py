"""The same persons, and only the weeks to their first decision changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Unpack

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.runs.design import Design, cross
from terugkeer.abm.runs.outcomes import choose
from terugkeer.abm.world.calendar import first_week
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.scenario import Scenario
from terugkeer.agents.codes import LegalPhase, Route
from terugkeer.agents.places import UNSHELTERED

from .watched import kept, note, watched

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.abm.evidence.value import Value
    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.runs.store import Store
    from terugkeer.abm.world.model import ReturnModel

    from .watched import Settings

WEEKS: Final = (1, 2, 4, 8, 13, 26, 39, 52, 78)
SEEDS: Final = (1, 2)
SCALE: Final = 15
COHORT: Final = 2011  # year of entry
LAST: Final = 2015  # 78 weeks of procedure and two years after it end in this year
CLAIMED: Final = (26, 39)  # of WEEKS: six to nine months
FOLLOWED: Final = 104  # weeks after the refusal, as in the count that the sheets quote
AS_IT_IS: Final = "as it is"
# what may make a hump: set to 0, one at a time
WITHOUT: Final = {
    "without acceptance (justice)": "factor_acceptance",
    "without justice letting go of hope": "injustice_keeps_hope",
    "without rooting": "factor_rooting",
    "without health darkening beliefs": "health_pessimism",
    "without weak ties at origin": "factor_weak_ties_origin",
}
FATES: Final = ("independent", "through_iom", "home_unobserved", "forced", "unobserved", "permit")
STATES: Final = ("justice", "hope", "mental", "agency", "ties_origin", "ties_nl")
MEASURES: Final = (
    "refused",
    "gone_before",
    *FATES,
    "of_entered",
    "unsheltered",
    *(f"{state}_then" for state in STATES),
)


def design_of(evidence: Registry) -> Design:
    """Plan each length with each of the mechanisms in place and taken out.

    What is dated is held as it was at the end of the cohort's year, and the
    enforcement index at 1, so that a later refusal meets the same policy.

    Returns
    -------
    Design
        Runs by scenario and seed; a scenario's name ends in its weeks.
    """
    held = Timeline(evidence).at(date(COHORT, 12, 31))
    dated = [each.name for each in evidence.by_role("lever") if each.dated]
    frozen = [_set(name, held[name]) for name in dated] + [_set("enforcement_floor", 1.0)]
    scenarios = [
        Scenario(f"{number}_{weeks}", reading, (*frozen, *_without(reading)))
        for number, reading in enumerate((AS_IT_IS, *WITHOUT))
        for weeks in WEEKS
    ]
    return cross(
        scenarios,
        SEEDS,
        scale=SCALE,
        first_year=COHORT + 2,  # the spin-up begins the year before the cohort enters
        last_year=LAST,
        registry=evidence,
        outcomes=choose(["harm"]),
        keeps=["weekly"],
    )


def _without(reading: str) -> tuple[Override, ...]:
    return (_set(WITHOUT[reading], 0.0),) if reading in WITHOUT else ()


def _set(name: str, value: Value) -> Override:
    return Override(name, "set", value, None, "studies")


class Cohort:
    """Households of asylum background of one year of entry whose procedure has one length.

    Dublin claimants are left out, and the few decided in their week of entry.

    Parameters
    ----------
    weeks : int
        Weeks from entry to the first decision.
    """

    def __init__(self, weeks: int) -> None:
        self.weeks = weeks
        self.heads: list[NDArray[np.int64]] = []
        self.unsheltered = 0
        self.states: list[NDArray[np.float64]] = []
        self._first, self._end = first_week(COHORT), first_week(COHORT + 1)

    def __call__(self, model: ReturnModel) -> None:
        """Give newcomers their length, and look at those refused."""
        people, week = model.people, model.week - 1
        asylum = (people.route == Route.ASYLUM) & ~people.dublin
        if self._first <= week < self._end:
            new = np.flatnonzero(
                asylum & (people.arrival_week == week) & (people.phase == LegalPhase.PROCEDURE)
            )
            people.decision_week[new] = week + self.weeks
            self.heads.append(people.person[new][people.person[new] % MEMBERS == 0].copy())
        in_cohort = (people.arrival_week >= self._first) & (people.arrival_week < self._end)
        since = week - people.decision_week
        heads = asylum & in_cohort & (people.person % MEMBERS == 0)
        heads &= (people.decision_week - people.arrival_week == self.weeks) & (people.spells > 0)
        followed = heads & (since >= 0) & (since < FOLLOWED)
        self.unsheltered += int(np.isin(people.place[followed], UNSHELTERED).sum())
        refused = np.flatnonzero(heads & (since == 0))
        self.states.append(
            np.array([getattr(people, name)[refused] for name in STATES], dtype=np.float64)
        )

    def measured(self, events: pd.DataFrame) -> dict[str, float]:
        """Return what became of the cohort's households.

        Parameters
        ----------
        events : pandas.DataFrame
            `EventLog.frame()`.

        Returns
        -------
        dict of str to float
            `MEASURES`: `refused` and `gone_before` are shares of those who
            entered, and so is `of_entered`: those who returned independently before
            the refusal or within two years of it. Fates are shares of those
            refused; `unsheltered` is weeks for each of them; states are their
            means in the week of the refusal.
        """
        heads = np.concatenate(self.heads)
        mine = events[events["person"].isin(heads)]
        refused_at = mine[mine["kind"] == "opened"].groupby("person")["week"].min()
        after = mine["week"] - mine["person"].map(refused_at)
        within = mine[(after >= 0) & (after < FOLLOWED)]
        left, closed = within[within["kind"] == "left"], within[within["kind"] == "closed"]
        home = left[(left["outcome"] == "independent") & (left["destination"] == "origin")]
        early = mine[(mine["kind"] == "left") & ~mine["person"].isin(refused_at.index)]
        early_home = early[early["outcome"] == "independent"]
        count = {
            "independent": len(home),
            "through_iom": int(home["iom"].sum()),
            "home_unobserved": int((left["destination"] == "home_unobserved").sum()),
            "forced": int((left["outcome"] == "forced").sum()),
            "unobserved": closed.loc[closed["outcome"] == "unobserved", "person"].nunique(),
            "permit": int((left["destination"] == "permit").sum()),
        }
        refused = len(refused_at)
        states = np.concatenate(self.states, axis=1).mean(axis=1)
        return {
            "refused": refused / len(heads),
            "gone_before": len(early) / len(heads),
            **{name: count[name] / refused for name in FATES},
            "of_entered": (count["independent"] + len(early_home)) / len(heads),
            "unsheltered": self.unsheltered / refused,
            **{f"{name}_then": float(each) for name, each in zip(STATES, states, strict=True)},
        }


def simulate_length(scenario: Scenario, *, seed: int, **settings: Unpack[Settings]) -> RunResult:
    """Run one seed of one length, in the place of the library's `simulate`.

    Parameters
    ----------
    scenario : Scenario
        Its name ends in the weeks of the procedure.

    Returns
    -------
    RunResult
        Its weekly table holds `MEASURES` of the cohort and nothing else.
    """
    cohort = Cohort(int(scenario.name.rsplit("_", 1)[1]))
    until = first_week(COHORT + 1) + cohort.weeks + FOLLOWED
    model = watched(scenario, seed, cohort, until, **settings)
    start = first_week(model.first_year)
    measured = cohort.measured(model.log.frame(model.countries))
    notes = pd.DataFrame([note(start, name, measured[name]) for name in MEASURES])
    return kept(model, seed, notes, len(model.people) * (model.week - start))


def lengths(design: Design, store: Store) -> pd.DataFrame:
    """Return what each length comes to, with each mechanism taken out and with each seed.

    Parameters
    ----------
    design : Design
        The runs of `design_of`.

    Returns
    -------
    pandas.DataFrame
        Columns `reading` (the mechanism taken out), `weeks, measure, seed, value`.
    """
    of_scenario = {run.scenario.name: run.scenario.description for run in design.runs}
    rows = store.table("weekly", design)
    table = pd.DataFrame(
        {
            "reading": rows["scenario"].map(of_scenario),
            "weeks": rows["scenario"].str.rsplit("_", n=1).str[1].astype(int),
            "measure": rows["population"],
            "seed": rows["seed"],
            "value": rows["persons"],
        }
    )
    order = {name: place for place, name in enumerate((AS_IT_IS, *WITHOUT))}
    table["order"] = table["reading"].map(order)
    return table.sort_values(["order", "weeks", "seed"]).drop(columns="order")


def over_seeds(table: pd.DataFrame) -> pd.DataFrame:
    """Return means over seeds.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `lengths`.

    Returns
    -------
    pandas.DataFrame
        Columns `reading, weeks, measure, mean, error` (standard error).
    """
    keys = ["reading", "weeks", "measure"]
    found = table.groupby(keys, sort=False)["value"].agg(["mean", "sem"])
    return found.rename(columns={"sem": "error"}).reset_index()


def against_claimed(table: pd.DataFrame) -> pd.DataFrame:
    """Return by how much the middle, six to nine months, stands above both ends.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `lengths`.

    Returns
    -------
    pandas.DataFrame
        By reading: `short`, `long` and their standard errors `short_error, long_error`: the mean
        share returned independently at 26 and 39 weeks, less the share at the shortest and at the
        longest, by seed; then `highest`, weeks of the largest mean.
    """
    rows = table[table["measure"] == "independent"]
    found = {}
    for reading, of_reading in rows.groupby("reading", sort=False):
        by_seed = of_reading.pivot_table(index="seed", columns="weeks", values="value")
        middle = by_seed[list(CLAIMED)].mean(axis=1)
        short, long = middle - by_seed[WEEKS[0]], middle - by_seed[WEEKS[-1]]
        found[str(reading)] = {
            "short": short.mean(),
            "short_error": short.sem(),
            "long": long.mean(),
            "long_error": long.sem(),
            "highest": by_seed.mean().idxmax(),
        }
    return pd.DataFrame(found).T
