"""Trace one cohort of eligible persons through each scheme of assistance, for docs/help.md.

`python -m studies.help.traced --year 2012 --seeds 5 --scale 20`

Prints tables in Markdown: how many of those who were first eligible in a year came how far,
and what became of the others until the end of 2015.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.events import Events, years_of
from terugkeer.abm.observation.help.assistance import SCHEMES
from terugkeer.abm.observation.help.scheme_funnel import (
    PRICE_MET,
    SCHEME_TABLES,
    cohort,
    of_schemes,
    steps_of,
    trace,
)
from terugkeer.abm.observation.observer import Observed
from terugkeer.abm.world.model import ReturnModel
from terugkeer.experiments.reports.markdown import table
from terugkeer.viz.figures.palette import FATES as FATE_LOOKS
from terugkeer.viz.figures.palette import KNOWS_IN_KIND, SCHEME_STEPS
from terugkeer.viz.figures.palette import SCHEMES as NAMES
from terugkeer.viz.figures.scheme_funnel import GOES_ON

from ..measured import YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS: Final = {step: name for step, name in SCHEME_STEPS.items() if step != PRICE_MET}
FATES: Final = {fate: look.label for fate, look in FATE_LOOKS.items() if fate != GOES_ON}
CLOSELY: Final = "hrt"  # the scheme of which losses are told step by step
NO_STEP: Final = "-"  # a promise is not applied for


def traced_cohort(observed: Observed, year: int) -> pd.DataFrame:
    """Return a cohort by scheme, last step and fate: see `cohort`."""
    rows = SCHEME_TABLES[1].rows(observed, year, year)
    return cohort(rows.set_index("item")["persons"])


def met_by_step(observed: Observed, year: int) -> pd.Series[float]:
    """Return how many of a cohort took each step and had their price met at some time.

    Returns
    -------
    pandas.Series
        Persons by `scheme:step`.
    """
    events = of_schemes(observed.events)
    found = {}
    for scheme in SCHEMES:
        traced = trace(events, scheme)
        own = years_of(events.take(traced.positions["eligible"])["week"]) == year
        own &= traced.took(PRICE_MET)
        for step in steps_of(scheme):
            found[f"{scheme}:{step}"] = observed.scale * np.count_nonzero(own & traced.took(step))
    return pd.Series(found, dtype=float)


def by_step(rows: pd.DataFrame, met: pd.Series[float]) -> str:
    """Return how many came how far, and in brackets how many of them had their price met."""
    lines = []
    for scheme, name in NAMES.items():
        persons = rows[rows["scheme"] == scheme].groupby("step")["persons"].sum()
        own = steps_of(scheme)
        reached = persons.reindex(own)[::-1].cumsum()[::-1]
        if not reached["eligible"]:
            continue
        cells = []
        for step in STEPS:
            if step not in own:
                cells.append(NO_STEP)
                continue
            priced = step not in ("eligible", "knows")
            said = f" ({met[f'{scheme}:{step}']:,.0f})" if priced else ""
            cells.append(f"{reached[step]:,.0f}{said}")
        lines.append([name, *cells])
    return table(["persons (of them with a price that was met)", *STEPS.values()], lines)


def by_fate(rows: pd.DataFrame) -> str:
    """Return what became of everybody who was eligible, in % of them."""
    lines = []
    for scheme, name in NAMES.items():
        persons = rows[rows["scheme"] == scheme].groupby("fate")["persons"].sum()
        if persons.sum():
            share = 100.0 * persons.reindex(list(FATES), fill_value=0.0) / persons.sum()
            lines.append([name, *(f"{each:.1f}" for each in share)])
    return table(["% of the eligible", *FATES.values()], lines)


def closely(rows: pd.DataFrame) -> str:
    """Return at which step persons were lost for one scheme, and what became of them."""
    own = rows[rows["scheme"] == CLOSELY]
    counts = own.pivot_table(index="step", columns="fate", values="persons", aggfunc="sum")
    counts = counts.reindex(index=list(STEPS), columns=list(FATES)).fillna(0.0)
    lines = [
        [STEPS[str(step)], *(f"{each:,.0f}" for each in counts.loc[step])] for step in counts.index
    ]
    return table([f"{NAMES[CLOSELY]}: last step", *FATES.values()], lines)


def page(runs: Sequence[Observed], year: int) -> str:
    """Return the tables of a cohort, means over runs."""
    keys = ["scheme", "step", "fate"]
    parts = pd.concat([traced_cohort(each, year) for each in runs])
    rows = parts.groupby(keys, sort=False)["persons"].sum().div(len(runs)).reset_index()
    met = pd.concat([met_by_step(each, year) for each in runs])
    met = met.groupby(level=0).sum().div(len(runs))
    return "\n\n".join(
        [
            (
                f"Persons who were first eligible in {year}, followed to the end of {YEARS[1]}; "
                f"baseline, mean of {len(runs)} seeds at scale {runs[0].scale:g}, evidence "
                f"{registry().evidence_hash()[:12]}, uncalibrated. The price is met if all that a "
                "household gets with the scheme meets the mean price of its adults. For help in "
                f"kind *{STEPS['knows']}* reads *{' '.join(KNOWS_IN_KIND.split())}*."
            ),
            by_step(rows, met),
            by_fate(rows),
            closely(rows),
        ]
    )


def observed(seed: int, scale: float) -> Observed:
    """Run the baseline, and return what observers see of it."""
    first, last = YEARS
    model = ReturnModel(
        "baseline", rng=seed, scale=scale, first_year=first, last_year=last, registry=registry()
    )
    model.run()
    return Observed(Events(model.log), model.weekly_frame(), scale)


def main() -> None:
    """Run the seeds, and print the tables."""
    asked = argparse.ArgumentParser(description="Trace one cohort through each scheme.")
    asked.add_argument("--year", type=int, default=2012)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--scale", type=float, default=20.0)
    wanted = asked.parse_args()
    runs = [observed(seed, wanted.scale) for seed in range(1, wanted.seeds + 1)]
    sys.stdout.write(page(runs, wanted.year) + "\n")


if __name__ == "__main__":
    main()
