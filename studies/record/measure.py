"""Measure what docs/measured.md states: `python -m studies.record.measure > docs/measured.md`.

Runs the baseline for a few seeds at scale 4, with and without older hidden persons who come
into view again, and prints each fact beside its source.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.observation.departures import DEPARTURE_TABLES
from terugkeer.abm.observation.measures import MEASURES_TABLES
from terugkeer.abm.observation.published import published
from terugkeer.abm.world.calendar import first_week, sunday, week_of
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import load_scenario
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import Place
from terugkeer.agents.places import HELD, labels
from terugkeer.experiments.reports.markdown import table

from ..measured import SCALE, SEEDS, YEARS, Lives, changed, lived, observed
from . import found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from terugkeer.abm.observation.observer import Observer
    from terugkeer.abm.world.scenario import Scenario

NEWSPAPER_COUNT: Final = date(2016, 5, 1)  # of residents of the VBL
OLDER: Final = "older_hidden_reemerging_per_year"
QUARTER, HALF, YEAR = 13, 26, 52  # weeks
OUTCOMES: Final = ("independent", "forced", "unobserved", "permit", "other")


@dataclass(frozen=True)
class Counted(Lives):
    """What happened in a run, and who stayed in the VBL on the day of the count.

    Parameters
    ----------
    vbl_weeks : ndarray of int
        Weeks stayed so far, one entry for each person in the VBL.
    """

    vbl_weeks: np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Fact:
    """Something measured of the model, beside its source.

    Parameters
    ----------
    name : str
        What was measured, with its unit.
    reach : tuple of float or None
        Least and greatest value within the tolerance; None without a source.
    """

    name: str
    value: float
    source: str
    reach: tuple[float, float] | None

    def row(self) -> list[str]:
        """Return name, value, source, and whether the value is within the tolerance."""
        value = f"{self.value:,.0f}" if self.value >= YEAR else f"{self.value:.1f}"
        within = ""
        if self.reach is not None:
            within = "yes" if self.reach[0] <= self.value <= self.reach[1] else "**no**"
        return [self.name, value, self.source, within]


def counted(scenario: Scenario, seed: int) -> Counted:
    """Run the model to its end, with a stop on the day of the VBL's count."""
    model = ReturnModel(scenario, rng=seed, scale=SCALE, registry=registry())
    while model.week < week_of(NEWSPAPER_COUNT):
        model.step()
    people = model.people
    there = (people.place == Place.VBL) & ~people.gone
    stayed = (model.week - people.place_since[there]).astype(np.int64)
    lives = lived(model)
    return Counted(lives.events, lives.weekly, lives.log, stayed, undecided=lives.undecided)


def spell_stock(lives: Lives, first: int, last: int) -> float:
    """Return the mean number of persons with an open file, in weeks from first up to last.

    Parameters
    ----------
    first, last : int
        Weeks since the epoch.
    """
    of_weeks = lives.weekly[lives.weekly["week"].between(first, last - 1)]
    persons = of_weeks.loc[of_weeks["population"] == "spell", "persons"].sum()
    return float(persons) / (last - first)


def of_kind(lives: Lives, kind: str) -> pd.DataFrame:
    """Return the events of one kind, a label of `Event`."""
    return lives.events[lives.events["kind"] == kind]


def at_liberty(lives: Lives, kind: str) -> pd.DataFrame:
    """Return the events of one kind of persons who are not held."""
    found = of_kind(lives, kind)
    return found[~found["place"].isin(labels(HELD))]


def demonstrable(lives: Lives, least: float, below: float) -> float:
    """Return the share of detention stays of some length that end in demonstrable departure.

    Parameters
    ----------
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


def facts(runs: Sequence[Counted]) -> list[Fact]:
    """Return what was measured, mean over runs, in the order of the page."""
    start, turn, end = first_week(YEARS[0]), first_week(YEARS[0] + 1), first_week(YEARS[1] + 1)

    def mean(measure: Callable[[Counted], float]) -> float:
        return float(np.mean([measure(each) for each in runs]))

    again = 100 * Values(Timeline(registry()).at(sunday(start))).number("reentry_share_of_openings")
    stock = mean(lambda lives: spell_stock(lives, start, end))
    opened = mean(lambda lives: SCALE * len(of_kind(lives, "opened"))) / (end - start)
    spell = mean(lambda lives: float(of_kind(lives, "closed")["weeks"].mean()))
    noticed = mean(lambda lives: len(at_liberty(lives, "noticed")))
    cancelled = mean(lambda lives: len(at_liberty(lives, "cancelled")))
    vanished = mean(lambda lives: int(at_liberty(lives, "cancelled")["vanished"].sum()))

    def detained(least: float, below: float) -> float:
        return mean(lambda lives: demonstrable(lives, least, below))

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
            "Little's law: files opened a week x mean length of a spell, persons",
            opened * spell,
            "the stock above ± 5 %",
            (0.95 * stock, 1.05 * stock),
        ),
        Fact(
            "files opened for a person who had one before, % of files opened",
            mean(lambda lives: 100 * float(of_kind(lives, "opened")["reopened"].mean())),
            f"{again:.0f}, taken off to derive the inflow, ± 2",
            (again - 2, again + 2),
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
            "of these residents, there for over a year, %",
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
        Fact(
            "of these failures, because the person vanished, %",
            100 * vanished / cancelled,
            "about 67 ± 10",
            (57, 77),
        ),
    ]


def outcomes(runs: Sequence[Lives]) -> dict[str, float]:
    """Return files closed by outcome and files opened again, persons a year, mean over runs."""
    factor = SCALE / len(runs) / (YEARS[1] - YEARS[0] + 1)
    closed = pd.concat([of_kind(each, "closed") for each in runs])
    counts = closed["outcome"].astype(str).value_counts()
    again = sum(int(of_kind(each, "opened")["reopened"].sum()) for each in runs)
    by_outcome = {each: float(counts[each]) * factor for each in OUTCOMES}
    return {**by_outcome, "files opened again": again * factor}


def beside(runs: Sequence[Lives], observer: Observer) -> list[list[str]]:
    """Return a published table beside the model, persons a year.

    Returns
    -------
    list of list of str
        Item, model and record: means over the years of the record, and over runs.
    """
    recorded = published(observer.table)
    years = int(recorded["year"].min()), int(recorded["year"].max())
    model = observed(runs, observer, years).mean(axis=1)
    record = recorded.groupby("item")["persons"].mean()
    return [[item, f"{model[item]:,.0f}", f"{record[item]:,.0f}"] for item in map(str, model.index)]


def page(with_older: Sequence[Counted], without: Sequence[Counted]) -> str:
    """Return the page.

    Parameters
    ----------
    with_older, without : sequence of Counted
        Runs of the baseline, and of the baseline without older hidden persons.
    """
    before, after = outcomes(with_older), outcomes(without)
    differences = [
        [name, f"{each:,.0f}", f"{after[name]:,.0f}", f"{after[name] - each:+,.0f}"]
        for name, each in before.items()
    ]
    parts = [
        "<!-- Written by studies/record/measure.py: do not edit. -->",
        (
            f"Baseline, seeds {SEEDS[0]}-{SEEDS[-1]}, scale {SCALE}, evidence "
            f"{registry().evidence_hash()[:12]}; years {YEARS[0]}-{YEARS[1]} unless a row says "
            "otherwise. Made anew with `python -m studies.record.measure > docs/measured.md`."
        ),
        table(
            ["fact", "model", "source", "within"],
            [each.row() for each in facts(with_older)],
            last_words=2,
        ),
        "Removal measures, persons a year, mean of 2014 and 2015:",
        table(["measure", "model", "record"], beside(with_older, MEASURES_TABLES[0])),
        f"Departures through IOM, persons a year, mean of {YEARS[0]} to {YEARS[1]}:",
        table(["category", "model", "record"], beside(with_older, DEPARTURE_TABLES[0])),
        "The record also counts people who never had a file, above all outside asylum.",
        (
            "As found, where rules come from the sources and nothing was fitted to the record by "
            f"year, {YEARS[0]}-{YEARS[1]}:"
        ),
        table(["", "model", "record"], found.rows(with_older)),
        (
            f"Files closed by outcome and files opened again, with `{OLDER}` set to 0, persons "
            f"a year, {YEARS[0]}-{YEARS[1]}:"
        ),
        table(["", "baseline", "set to 0", "difference"], differences),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Run what is measured, and print the page."""
    without_older = changed("no_older_hidden", OLDER, 0.0)
    with_older = [counted(load_scenario("baseline", registry()), seed) for seed in SEEDS]
    sys.stdout.write(page(with_older, [counted(without_older, seed) for seed in SEEDS]))


if __name__ == "__main__":
    main()
