"""Paired contrasts: the differences between two scenarios for the same seeds and persons.

Chance is keyed, so both runs of a pair give every person the same luck, and
only the scenario makes a difference. A person of the model whose life went otherwise
with the same draws counts as changed. That is not a forecast for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ..errors import InputError
from ..observation.catalogue import observe
from ..world.scenario import Scenario
from .extra_tables import fates
from .simulate import simulate as simulate_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..evidence.override import Override
    from ..evidence.registry import Registry
    from .finished_run import Simulate
    from .result import RunResult

KEYS: Final = ["table", "item", "group", "year"]


@dataclass(frozen=True)
class Contrast:
    """Differences of a scenario from a base, pair by pair.

    Parameters
    ----------
    differences : pandas.DataFrame
        A row for each `table, item, group, year`: `base, other` (means,
        persons), `difference` (other less base), `low, high` (interval of the
        mean difference over seeds, at the parameters given), `draws_low,
        draws_high` (spread over parameter draws, missing without draws). The
        difference is missing where it is missing in one of the two runs.
    changed : pandas.DataFrame
        `base, other, persons`: mean number of persons by fate in the two runs,
        for those whose fate differs.
    pairs : int
        Seeds times draws.
    seeds : int
        Seeds for each draw.
    """

    differences: pd.DataFrame
    changed: pd.DataFrame
    pairs: int
    seeds: int

    @property
    def persons_changed(self) -> float:
        """Return how many persons have another fate, as a mean over pairs."""
        return float(self.changed["persons"].sum())


def contrast(
    base: Scenario,
    other: Scenario,
    *,
    seeds: Sequence[int],
    scale: float,
    first_year: int,
    last_year: int,
    registry: Registry,
    draws: Sequence[tuple[Override, ...]] = ((),),
    level: float = 0.95,
    simulate: Simulate = simulate_run,
) -> Contrast:
    """Run two scenarios on the same seeds and compare them pair by pair.

    `d_ij` is the difference in the pair of seed `i` and parameter draw `j`. The mean
    over all pairs has a Student interval over seeds,
    `mean +- t(n - 1) * sqrt(mean_j var_i(d_ij) / (n * J))`, which narrows with
    more seeds. The spread over draws, the `(1 - level) / 2` and `(1 + level) / 2`
    quantiles over `j` of the means over seeds, does not.

    Parameters
    ----------
    seeds : sequence of int
        At least two different seeds.
    scale : float
        Persons for each simulated person.
    first_year, last_year : int
        Years to report, both included.
    draws : sequence of tuple of Override, optional
        Parameter sets that both scenarios share; the evidence alone by default.
    level : float, optional
        Level of the intervals, inside (0, 1).
    simulate : callable, optional
        `simulate.simulate`, or a stand-in with its signature.

    Raises
    ------
    InputError
        If there are fewer than two different seeds, no draw, or a level outside
        (0, 1).
    """
    _check(seeds, draws, level)
    tables, moves = [], []
    for number, draw in enumerate(draws):
        for seed in seeds:
            pair = []
            for scenario in (base, other):
                drawn = Scenario(scenario.name, scenario.description, (*draw, *scenario.entries))
                pair.append(
                    simulate(
                        drawn,
                        seed=seed,
                        scale=scale,
                        first_year=first_year,
                        last_year=last_year,
                        registry=registry,
                    )
                )
            tables.append(_difference(pair[0], pair[1]).assign(draw=number, seed=seed))
            moves.append(_changed(pair[0], pair[1]))
    pairs = len(tables)
    changed = pd.concat(moves).groupby(["base", "other"])["persons"].sum() / pairs
    return Contrast(
        differences=paired_summary(pd.concat(tables), KEYS, len(seeds), level),
        changed=changed.sort_values(ascending=False).reset_index(),
        pairs=pairs,
        seeds=len(seeds),
    )


def _check(seeds: Sequence[int], draws: Sequence[object], level: float) -> None:
    """Refuse seeds, draws and levels that give no interval."""
    problems = []
    if len(set(seeds)) < 2 or len(set(seeds)) < len(seeds):  # noqa: PLR2004 - a variance needs two
        problems.append(f"seeds {list(seeds)}: give at least two seeds, all different.")
    if not draws:
        problems.append("draws: give at least one parameter set; leave it out for the evidence.")
    if not 0.0 < level < 1.0:
        problems.append(f"level {level}: give a number between 0 and 1, such as 0.95.")
    if problems:
        raise InputError(problems)


def _difference(base: RunResult, other: RunResult) -> pd.DataFrame:
    """Return both runs' yearly rows side by side."""
    sides = [
        observe(
            run.log,
            run.weekly,
            run.first_year,
            run.last_year,
            run.scale,
            circumstances=run.circumstances,
            spending=run.spending,
            undecided=run.undecided,
        )
        .set_index(KEYS)["persons"]
        .rename(name)
        for name, run in (("base", base), ("other", other))
    ]
    return pd.concat(sides, axis=1).reset_index()


def _changed(base: RunResult, other: RunResult) -> pd.DataFrame:
    """Return persons by their two fates, where these differ."""
    both = pd.DataFrame({"base": fates(base.log), "other": fates(other.log)})
    both = both.fillna("never entered")  # a lever on inflow moves entries
    differs = both[both["base"] != both["other"]]
    return (differs.groupby(["base", "other"]).size() * base.scale).rename("persons").reset_index()


def paired_summary(rows: pd.DataFrame, keys: list[str], seeds: int, level: float) -> pd.DataFrame:
    """Return means, the interval over seeds and the spread over draws.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row for each pair: the columns of `keys`, `draw`, `base` and `other`.
    keys : list of str
        Columns: each combination of their values is summarised apart.
    seeds : int
        Seeds for each draw.
    level : float
        Level of the intervals, inside (0, 1).

    Returns
    -------
    pandas.DataFrame
        Columns `keys, base, other, difference, low, high, draws_low, draws_high`; see
        `Contrast` and `contrast`.
    """
    rows = rows.assign(difference=rows["other"] - rows["base"])
    by_draw = rows.groupby([*keys, "draw"])["difference"].agg(["mean", "var"])
    within = by_draw["var"].groupby(level=keys).mean()
    number = by_draw["mean"].groupby(level=keys).size()
    half = student.ppf((1.0 + level) / 2.0, seeds - 1) * np.sqrt(within / (seeds * number))
    summary = rows.groupby(keys)[["base", "other", "difference"]].mean()
    summary["low"] = summary["difference"] - half
    summary["high"] = summary["difference"] + half
    means = by_draw["mean"].groupby(level=keys)
    several = bool((number > 1).any())
    summary["draws_low"] = means.quantile((1.0 - level) / 2.0) if several else np.nan
    summary["draws_high"] = means.quantile((1.0 + level) / 2.0) if several else np.nan
    return summary.reset_index()
