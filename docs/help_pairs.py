"""Paired runs for docs/measured_help.md: the same seeds under another rule or reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from help_runs import SUPPORT, SUPPORT_WORDS, a_year, independent, observed, table
from terugkeer.abm.observation.assistance import with_support
from terugkeer.abm.observation.harm import HARM_TABLES
from terugkeer.abm.observation.journeys import packages

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from help_runs import Lives, Runs


def uptake(baseline: Runs, either: Runs, stacked: Runs) -> list[str]:
    """Return support taken under one rule throughout against another, and what stands beside.

    Parameters
    ----------
    baseline, either, stacked : sequence of Lives
        Runs of the same seeds.

    Returns
    -------
    list of str
        Lines.
    """
    all_three = (baseline, either, stacked)

    def row(name: str, count: Callable[[Runs], float]) -> list[str]:
        values = [count(runs) for runs in all_three]
        return [name, *(f"{x:,.0f}" for x in values), f"{values[2] - values[1]:+,.0f}"]

    rows = [
        row(f"left with {word}", lambda runs, i=item: float(observed(runs, SUPPORT).loc[i].mean()))
        for item, word in SUPPORT_WORDS.items()
    ]

    def both(lives: Lives) -> float:
        return float((packages(with_support(lives.events)) == "hrt_and_in_kind").sum())

    rows.append(row("of whom with cash and help in kind", lambda runs: a_year(runs, both)))
    rows += beside(row)
    head = ["a year", "baseline", "either or", "stacked", "stacked less either or"]
    return table(head, rows)


def beside(row: Callable[[str, Callable[[Runs], float]], list[str]]) -> list[list[str]]:
    """Return the rows that stand beside every contrast: departures, and harm.

    Parameters
    ----------
    row : callable
        Makes a row of a name and a measure of runs.

    Returns
    -------
    list of list of str
        Cells.
    """

    def closed(outcome: str) -> Callable[[Runs], float]:
        def count(lives: Lives) -> float:
            ended = lives.events[lives.events["kind"] == "closed"]
            return float((ended["outcome"] == outcome).sum())

        return lambda runs: a_year(runs, count)

    harm = "weeks_without_stable_shelter"
    return [
        row("files closed, independent departure", closed("independent")),
        row("files closed, forced departure", closed("forced")),
        row("files closed, whereabouts unknown", closed("unobserved")),
        row(
            "person-weeks without stable shelter",
            lambda runs: float(observed(runs, HARM_TABLES[0]).loc[harm].mean()),
        ),
    ]


def native(reach: Runs, none: Runs) -> list[str]:
    """Return departures through IOM with native counsellors and without.

    Parameters
    ----------
    reach, none : sequence of Lives
        Runs of the same seeds.

    Returns
    -------
    list of str
        Lines.
    """
    served = reach[0].served

    def through(lives: Lives, *, own: bool) -> pd.DataFrame:
        left = independent(lives)
        asylum = left["background"] == "asylum"
        return left[left["iom"] & asylum & (left["country"].isin(served) == own)]

    def row(name: str, count: Callable[[Runs], float]) -> list[str]:
        one, other = count(reach), count(none)
        return [name, f"{one:,.0f}", f"{other:,.0f}", f"{one / other:.2f}"]

    def iom(*, own: bool) -> Callable[[Runs], float]:
        return lambda runs: a_year(runs, lambda lives: float(len(through(lives, own=own))))

    def ratio(one: Lives, other: Lives) -> float:
        return len(through(one, own=True)) / len(through(other, own=True))

    by_seed = [ratio(one, other) for one, other in zip(reach, none, strict=True)]
    rows = [
        row("through IOM, countries with a native counsellor", iom(own=True)),
        row("through IOM, other countries", iom(own=False)),
        *beside(row),
    ]
    return [
        (
            f"Countries with a native counsellor, the {len(served)} of the most persons: "
            f"{', '.join(sorted(served))}."
        ),
        "",
        *table(["a year", "`reach`", "`none`", "ratio"], rows),
        (
            f"Ratios of the first row by seed: {', '.join(f'{each:.2f}' for each in by_seed)}. The "
            "source claims 1.89 and does not say which kind of ratio (s0 F25)."
        ),
        "",
    ]
