"""Paired runs for docs/measured_help.md: the same seeds under another rule or reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from terugkeer.abm.observation.assistance import with_support
from terugkeer.abm.observation.harm import HARM_TABLES
from terugkeer.abm.observation.journeys import packages
from terugkeer.agents.codes import Scheme

from .runs import SCALE, SUPPORT, SUPPORT_WORDS, a_year, independent, observed, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .runs import Lives, Runs


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

    rows.append(row("with cash and help in kind", lambda runs: a_year(runs, both)))
    rows.append(share_row(all_three))
    rows += beside(row)
    head = ["a year", "baseline", "either or", "stacked", "stacked less either or"]
    return table(head, rows)


def share_row(columns: Sequence[Runs]) -> list[str]:
    """Return help in kind as a share of who left with cash or help in kind.

    Parameters
    ----------
    columns : sequence of Runs
        Runs of the columns, the last two compared.

    Returns
    -------
    list of str
        Cells, in percent and points.
    """
    bits = int(Scheme.IN_KIND | Scheme.PILOT), int(Scheme.HRT)
    shares = []
    for runs in columns:
        scheme = pd.concat([with_support(each.events)["scheme"] for each in runs])
        shares.append(
            100 * ((scheme & bits[0]) > 0).sum() / max(((scheme & sum(bits)) > 0).sum(), 1)
        )
    name = "help in kind, % of who left with cash or help in kind"
    return [name, *(f"{x:.1f}" for x in shares), f"{shares[-1] - shares[-2]:+.1f}"]


def pilot(columns: Mapping[str, Runs]) -> list[str]:
    """Return who took the pilot of 2010 in its scenario, beside the record.

    Parameters
    ----------
    columns : mapping of str to Runs
        Runs of the scenario by what was changed in it, one year each.

    Returns
    -------
    list of str
        Lines.
    """
    months = 10 / 12

    def counted(runs: Runs, bits: int, kind: str = "left") -> float:
        count = 0.0
        for each in runs:
            events = with_support(each.events) if kind == "left" else each.events
            events = events[events["kind"] == kind]
            count += float(((events["scheme"] & bits) > 0).sum())
        return count * SCALE / len(runs)

    bit, cash = int(Scheme.PILOT), int(Scheme.HRT)
    rows = []
    for name, runs in columns.items():
        left, with_cash = counted(runs, bit), counted(runs, cash)
        share = 100 * left / max(left + with_cash, 1.0)
        asked = counted(runs, bit, "applied")
        rows.append(
            [name, *(f"{months * x:,.0f}" for x in (asked, left, with_cash)), f"{share:.1f}"]
        )
    head = [
        "the pilot, ten months",
        "applied",
        "returned with it",
        "returned with cash",
        "pilot, %",
    ]
    rows.append(["on record, February to November 2010", "", "78", "1,053", "1.7-6.9"])
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
