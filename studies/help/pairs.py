"""Paired runs for docs/measured_help.md: the same seeds under another rule or switch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.observation.harm import HARM_TABLES
from terugkeer.agents.codes import Scheme
from terugkeer.experiments.reports.markdown import table
from terugkeer.experiments.reports.paired import contrast

from ..measured import SCALE, observed
from .runs import SUPPORT, SUPPORT_WORDS, a_year, package_of, returned, with_support

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .runs import Helped, Runs

TEN_MONTHS: Final = 10 / 12  # of a year: how long the pilot of 2010 ran
UNSHELTERED: Final = "weeks_without_stable_shelter"


def uptake(baseline: Runs, either: Runs, stacked: Runs) -> str:
    """Return support taken under one rule against another, and what stands beside it."""
    all_three = (baseline, either, stacked)

    def row(name: str, count: Callable[[Runs], float]) -> list[str]:
        values = [count(runs) for runs in all_three]
        return [name, *(f"{x:,.0f}" for x in values), f"{values[2] - values[1]:+,.0f}"]

    rows = [
        row(f"left with {word}", partial(_support, item)) for item, word in SUPPORT_WORDS.items()
    ]
    rows.append(row("with cash and help in kind", lambda runs: a_year(runs, _cash_and_kind)))
    rows.append(share_row(all_three))
    rows += beside(row)
    head = ["a year", "baseline", "either or", "stacked", "stacked less either or"]
    return table(head, rows)


def _support(item: str, runs: Runs) -> float:
    """Return persons a year who left with one kind of support."""
    return _of_table(observed(runs, SUPPORT), item)


def _of_table(rows: pd.DataFrame, item: str) -> float:
    """Return the mean of one item over the years."""
    return float(rows.loc[[item]].mean(axis=1).iloc[0])


def _cash_and_kind(lives: Helped) -> float:
    """Count departures with both cash and help in kind."""
    return float((package_of(with_support(lives)) == "hrt_and_in_kind").sum())


def share_row(columns: Sequence[Runs]) -> list[str]:
    """Return help in kind as a share of departures with cash or help in kind.

    Parameters
    ----------
    columns : sequence of Runs
        One or more; the last two are compared.

    Returns
    -------
    list of str
        Cells, in percent and points.
    """
    bits = int(Scheme.IN_KIND | Scheme.PILOT), int(Scheme.HRT)
    shares = []
    for runs in columns:
        scheme = pd.concat([with_support(each)["scheme"] for each in runs])
        shares.append(
            100 * ((scheme & bits[0]) > 0).sum() / max(((scheme & sum(bits)) > 0).sum(), 1)
        )
    name = "help in kind, % of those who left with cash or help in kind"
    return [name, *(f"{x:.1f}" for x in shares), f"{shares[-1] - shares[-2]:+.1f}"]


def pilot(columns: Mapping[str, Runs]) -> str:
    """Return how many took the pilot of 2010 in its scenario, beside the record.

    Parameters
    ----------
    columns : mapping of str to Runs
        Runs of one year each, by what was changed in the scenario.
    """

    def counted(runs: Runs, bits: int, kind: str = "left") -> float:
        count = 0
        for each in runs:
            events = with_support(each) if kind == "left" else each.events
            events = events[events["kind"] == kind]
            count += int(((events["scheme"] & bits) > 0).sum())
        return count * SCALE / len(runs)

    bit, cash = int(Scheme.PILOT), int(Scheme.HRT)
    rows = []
    for name, runs in columns.items():
        left, with_cash = counted(runs, bit), counted(runs, cash)
        share = 100 * left / max(left + with_cash, 1.0)
        asked = counted(runs, bit, "applied")
        rows.append(
            [name, *(f"{TEN_MONTHS * x:,.0f}" for x in (asked, left, with_cash)), f"{share:.1f}"]
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
    """Return the rows that stand beside every contrast: files closed, and harm."""

    def closed(outcome: str) -> Callable[[Runs], float]:
        def count(lives: Helped) -> float:
            ended = lives.events[lives.events["kind"] == "closed"]
            return float((ended["outcome"] == outcome).sum())

        return lambda runs: a_year(runs, count)

    return [
        row("files closed: recorded independent departure", closed("independent")),
        row("files closed: forced departure", closed("forced")),
        row("files closed: whereabouts unknown", closed("unobserved")),
        row(
            "person-weeks without stable shelter",
            lambda runs: _of_table(observed(runs, HARM_TABLES[0]), UNSHELTERED),
        ),
    ]


def native(reach: Runs, none: Runs) -> str:
    """Return independent returns through IOM with native counsellors and without.

    Parameters
    ----------
    reach, none : Runs
        With and without them, on the same seeds in the same order.
    """

    def through(lives: Helped, *, own: bool) -> pd.DataFrame:
        left = returned(lives)
        asylum = left["background"] == "asylum"
        return left[left["iom"] & asylum & (left["country"].isin(reach[0].served) == own)]

    def row(name: str, count: Callable[[Runs], float]) -> list[str]:
        one, other = count(reach), count(none)
        return [name, f"{one:,.0f}", f"{other:,.0f}", f"{one / other:.2f}" if other else "-"]

    def iom(*, own: bool) -> Callable[[Runs], float]:
        return lambda runs: a_year(runs, lambda lives: float(len(through(lives, own=own))))

    logs = [
        pd.Series([float(np.log(len(through(each, own=True)))) for each in runs])
        for runs in (reach, none)
    ]
    mean, low, high = (float(np.exp(each)) for each in contrast(*logs))
    rows = [
        row("through IOM, countries with a native counsellor", iom(own=True)),
        row("through IOM, other countries", iom(own=False)),
        *beside(row),
    ]
    return "\n".join(
        [
            (
                f"The {len(reach[0].served)} countries from which most persons come have a native "
                f"counsellor: {', '.join(sorted(reach[0].served))}."
            ),
            "",
            table(["a year", "with", "without", "ratio"], rows),
            "",
            (
                f"Ratio of the first row, by seed and then in the mean: {mean:.2f}, 95 % interval "
                f"{low:.2f} to {high:.2f} ({len(reach)} seeds). The source claims 1.89 and does "
                "not say which kind of ratio (s0 F25); the sheets centre on 1.3 to 1.4."
            ),
        ]
    )
