"""Measure what docs/measured.md states: `python -m studies.record.measure > docs/measured.md`.

Runs the baseline, and the baseline without re-emergence of older hidden
persons, for a few seeds at scale 4, and prints each fact beside its source.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.departures import DEPARTURE_TABLES
from terugkeer.abm.observation.measures import MEASURES_TABLES
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.observation.published import published
from terugkeer.abm.world.calendar import first_week, week_of
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import Scenario, load_scenario
from terugkeer.agents.codes import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from terugkeer.abm.observation.observer import Observer

SEEDS: Final = (1, 2, 3)
SCALE: Final = 4
YEARS: Final = (2011, 2015)  # the split of later years is a blind test
NEWSPAPER_COUNT: Final = date(2016, 5, 1)  # of residents of the VBL
OLDER: Final = "older_hidden_reemerging_per_year"
QUARTER, HALF, YEAR = 13, 26, 52  # weeks


@dataclass(frozen=True)
class Lives:
    """One run: its events and weeks, and who stayed in the VBL on the day of the count.

    Parameters
    ----------
    events : pandas.DataFrame
        Events of the years measured.
    weekly : pandas.DataFrame
        Persons by week and population.
    vbl_weeks : ndarray of int
        Weeks stayed so far, one entry for each person in the VBL.
    """

    events: pd.DataFrame
    weekly: pd.DataFrame
    vbl_weeks: np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Fact:
    """Something measured of the model, beside its source.

    Parameters
    ----------
    name : str
        What was measured, with its unit.
    value : float
        Mean over seeds.
    source : str
        What the sources say, with the tolerance.
    reach : tuple of float or None
        Least and greatest value within the tolerance; None without a source.
    """

    name: str
    value: float
    source: str
    reach: tuple[float, float] | None

    def row(self) -> str:
        """Return the fact as a row of the page.

        Returns
        -------
        str
            A Markdown row: name, value, source, whether within the tolerance.
        """
        value = f"{self.value:,.0f}" if self.value >= YEAR else f"{self.value:.1f}"
        if self.reach is None:
            return f"| {self.name} | {value} | {self.source} | |"
        within = "yes" if self.reach[0] <= self.value <= self.reach[1] else "**no**"
        return f"| {self.name} | {value} | {self.source} | {within} |"


def live(scenario: Scenario, seed: int) -> Lives:
    """Run the model to its end, stopping on the day of the VBL's count.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed : int
        Its seed.

    Returns
    -------
    Lives
        What happened.
    """
    model = ReturnModel(scenario, rng=seed, scale=SCALE, registry=registry())
    while model.week < week_of(NEWSPAPER_COUNT):
        model.step()
    people = model.people
    there = (people.place == Place.VBL) & ~people.gone
    stayed = (model.week - people.place_since[there]).astype(np.int64)
    model.run()
    events = model.log.frame(model.countries)
    weekly = model.weekly_frame()
    return Lives(events[events["year"].between(*YEARS)], weekly, stayed)


def without_older() -> Scenario:
    """Return the baseline without persons whose files closed before the model starts.

    Returns
    -------
    Scenario
        The baseline with one parameter changed.
    """
    return Scenario("no_older_hidden", entries=(Override(OLDER, "set", 0.0, None, "measure.py"),))


def spell_stock(lives: Lives, first: int, last: int) -> float:
    """Return the mean number of persons with an open file, in weeks from first up to last.

    Parameters
    ----------
    lives : Lives
        A run.
    first, last : int
        Weeks since the epoch.

    Returns
    -------
    float
        Persons.
    """
    of_weeks = lives.weekly[lives.weekly["week"].between(first, last - 1)]
    persons = of_weeks.loc[of_weeks["population"] == "spell", "persons"].sum()
    return float(persons) / (last - first)


def of_kind(lives: Lives, kind: str) -> pd.DataFrame:
    """Return the events of one kind.

    Parameters
    ----------
    lives : Lives
        A run.
    kind : str
        Label of `Event`.

    Returns
    -------
    pandas.DataFrame
        Rows of the event frame.
    """
    return lives.events[lives.events["kind"] == kind]


def demonstrable(lives: Lives, least: float, below: float) -> float:
    """Return the share of detention stays of some length that end in demonstrable departure.

    Parameters
    ----------
    lives : Lives
        A run.
    least, below : float
        Length of stay in weeks: at least, and less than.

    Returns
    -------
    float
        Independent or forced departures over all stays that ended, percent.
    """
    events = lives.events[lives.events["place"] == "detention"]
    left = events["kind"] == "left"
    ended = events[left | ((events["kind"] == "moved") & (events["to_place"] != "detention"))]
    ended = ended[(ended["weeks"] >= least) & (ended["weeks"] < below)]
    gone = (ended["kind"] == "left") & ended["outcome"].isin(["independent", "forced"])
    return 100.0 * float(gone.mean())


def facts(runs: Sequence[Lives]) -> list[Fact]:
    """Return what was measured, the mean over runs, and what the sources say.

    Parameters
    ----------
    runs : sequence of Lives
        Runs of the baseline.

    Returns
    -------
    list of Fact
        In the order of the page.
    """
    start, turn, end = first_week(YEARS[0]), first_week(YEARS[0] + 1), first_week(YEARS[1] + 1)

    def mean(measure: Callable[[Lives], float]) -> float:
        return float(np.mean([measure(each) for each in runs]))

    stock = mean(lambda lives: spell_stock(lives, start, end))
    opened = mean(lambda lives: SCALE * len(of_kind(lives, "opened"))) / (end - start)
    spell = mean(lambda lives: float(of_kind(lives, "closed")["weeks"].mean()))
    noticed = mean(lambda lives: len(of_kind(lives, "noticed")))
    cancelled = mean(lambda lives: len(of_kind(lives, "cancelled")))
    vanished = mean(lambda lives: int(of_kind(lives, "cancelled")["vanished"].sum()))

    def detained(least: float, below: float) -> float:
        return float(np.mean([demonstrable(lives, least, below) for lives in runs]))

    return [
        Fact(
            "persons with an open file, first week of 2011",
            mean(lambda lives: spell_stock(lives, start, start + 1)),
            "8,000 ± 2,000",
            (6000, 10000),
        ),
        Fact(
            "the same, mean over 2011",
            mean(lambda lives: spell_stock(lives, start, turn)),
            "about 8,000 in 2010",
            (6000, 10000),
        ),
        Fact("the same, mean over 2011-2015", stock, "none", None),
        Fact(
            "mean length of a closed spell, weeks",
            spell,
            "24.7: 8,000 over 16,900 a year",
            (20, 30),
        ),
        Fact(
            "Little: openings a week x mean spell, persons",
            opened * spell,
            "the stock above ± 5 %",
            (0.95 * stock, 1.05 * stock),
        ),
        Fact(
            "re-entries among files opened, %",
            mean(lambda lives: 100 * float(of_kind(lives, "opened")["reopened"].mean())),
            "6, taken off to derive the inflow, ± 2",
            (4, 8),
        ),
        Fact(
            "demonstrable departure, detained under 3 months, %",
            detained(0, QUARTER),
            "81 in 2012, ± 10",
            (71, 91),
        ),
        Fact(
            "demonstrable departure, detained 3-6 months, %",
            detained(QUARTER, HALF),
            "38 in 2012, ± 10",
            (28, 48),
        ),
        Fact(
            "demonstrable departure, detained over 6 months, %",
            detained(HALF, np.inf),
            "17 in 2012, ± 10",
            (7, 27),
        ),
        Fact(
            "residents of the VBL, 1 May 2016",
            mean(lambda lives: SCALE * len(lives.vbl_weeks)),
            "350 ± 70",
            (280, 420),
        ),
        Fact(
            "of whom there for over a year, %",
            mean(lambda lives: 100 * float(np.mean(lives.vbl_weeks > YEAR))),
            "12.9 ± 4",
            (8.9, 16.9),
        ),
        Fact(
            "planned removals of persons at liberty that fail, %",
            100 * cancelled / noticed,
            "about 50 with those detained, ± 10",
            (40, 60),
        ),
        Fact("of which by vanishing, %", 100 * vanished / cancelled, "about 67 ± 10", (57, 77)),
    ]


def outcomes(runs: Sequence[Lives]) -> dict[str, float]:
    """Return yearly closings by outcome and re-entries, mean over runs.

    Parameters
    ----------
    runs : sequence of Lives
        Runs of one scenario.

    Returns
    -------
    dict of str to float
        Persons a year.
    """
    factor = SCALE / len(runs) / (YEARS[1] - YEARS[0] + 1)
    closed = pd.concat([of_kind(each, "closed") for each in runs])
    counts = closed["outcome"].astype(str).value_counts()
    again = sum(int(of_kind(each, "opened")["reopened"].sum()) for each in runs)
    table = {
        each: float(counts[each]) * factor
        for each in ("independent", "forced", "unobserved", "permit", "other")
    }
    return {**table, "files opened again": again * factor}


def beside(runs: Sequence[Lives], observer: Observer) -> list[str]:
    """Return a published table beside the model, a year, mean over the record's years and runs.

    Parameters
    ----------
    runs : sequence of Lives
        Runs of the baseline.
    observer : Observer
        The table, and how the model counts it.

    Returns
    -------
    list of str
        Rows of a Markdown table.
    """
    recorded = published(observer.table)
    years = recorded["year"].min(), recorded["year"].max()
    counted = [observer.rows(Observed(each.events, each.weekly, SCALE), *years) for each in runs]
    table = pd.concat(counted)
    model = table[table["group"] == "all"].groupby("item", sort=False)["persons"].mean()
    record = recorded.groupby("item")["persons"].mean()
    return [f"| {item} | {model[item]:,.0f} | {record[item]:,.0f} |" for item in model.index]


def main() -> None:
    """Print the page."""
    with_older = [live(load_scenario("baseline", registry()), seed) for seed in SEEDS]
    none_older = [live(without_older(), seed) for seed in SEEDS]
    head = (
        f"Baseline, seeds {SEEDS[0]}-{SEEDS[-1]}, scale {SCALE}, evidence "
        f"{registry().evidence_hash()[:12]}; years {YEARS[0]}-{YEARS[1]} unless a row says "
        "otherwise. Made anew with `python -m studies.record.measure > docs/measured.md`."
    )
    lines = [
        "<!-- Written by studies/record/measure.py: do not edit. -->",
        "",
        head,
        "",
        "| fact | model | source | within |",
        "|---|---:|---|---|",
        *(each.row() for each in facts(with_older)),
        "",
        "Removal measures, persons a year, mean of 2014 and 2015:",
        "",
        "| measure | model | record |",
        "|---|---:|---:|",
        *beside(with_older, MEASURES_TABLES[0]),
        "",
        f"Departures through IOM, persons a year, mean of {YEARS[0]} to {YEARS[1]}:",
        "",
        "| category | model | record |",
        "|---|---:|---:|",
        *beside(with_older, DEPARTURE_TABLES[0]),
        "",
        "The record also counts people who never had a file, above all outside asylum.",
        "",
        f"With `{OLDER}` set to 0, persons a year, {YEARS[0]}-{YEARS[1]}:",
        "",
        "| | baseline | set to 0 | difference |",
        "|---|---:|---:|---:|",
    ]
    before, after = outcomes(with_older), outcomes(none_older)
    lines += [
        f"| {name} | {each:,.0f} | {after[name]:,.0f} | {after[name] - each:+,.0f} |"
        for name, each in before.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
