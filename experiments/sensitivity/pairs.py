"""Two factors at a time: maps, and what both do together beyond each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ...abm.errors import InputError
from .factors import factor_of
from .measured import by_seed, planned
from .outcomes import chosen_outcomes
from .space import Space
from .study import setting_of, value_label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.evidence.registry import Registry
    from ...abm.runs.store import Store
    from .ask import Ask
    from .measured import Planned
    from .space import Factor

# The pairs that practice asks about: stacking with what is known of support, activation with the
# length of the procedure, shelter with counselling, detention with how far fear reaches.
PAIRS: Final = (
    "rule_of_in_kind:knowledge_at_entry",
    "activation_intensity:procedure_length_factor",
    "guided_shelter_capacity:vwn_capacity",
    "detention_hazard:fear_midpoint",
)
LEVEL: Final = 0.95


def pairs_of(chosen: str) -> list[tuple[str, str]]:
    """Return the pairs that were asked for.

    Parameters
    ----------
    chosen : str
        `a:b` with commas, or `asked` for `PAIRS`.

    Returns
    -------
    list of (str, str)
        Names of factors.

    Raises
    ------
    InputError
        If one is no pair.
    """
    several = PAIRS if chosen == "asked" else [each.strip() for each in chosen.split(",")]
    found = []
    for each in several:
        first, between, second = each.partition(":")
        if not between or not first or not second or first == second:
            raise InputError(f"--pairs {each!r}: write two names with a colon, such as {PAIRS[0]}.")
        found.append((first, second))
    return found


def _steps(factor: Factor, number: int) -> NDArray[np.float64]:
    """Return the coordinates of a map's axis: all alternatives, or as many steps as asked."""
    k = len(factor.alternatives)
    return (np.arange(k) + 0.5) / k if k else np.linspace(0.0, 1.0, number)


def grid(ask: Ask, registry: Registry) -> tuple[pd.DataFrame, Planned]:
    """Plan the runs of all maps; every cell has the same seeds.

    Parameters
    ----------
    ask : Ask
        What is asked.
    registry : Registry
        The evidence.

    Returns
    -------
    tuple of (pandas.DataFrame, Planned)
        A row for each cell, and its runs.
    """
    rows, values = [], []
    for names in pairs_of(ask.factors):
        space = Space(tuple(factor_of(registry, name) for name in names))
        axes = [_steps(each, ask.number) for each in space.factors]
        for i, a in enumerate(axes[0]):
            for j, b in enumerate(axes[1]):
                point = space.values(np.array([a, b]))
                shown = dict(point)
                rows.append(
                    {
                        "pair": ":".join(names),
                        "factor_a": names[0],
                        "factor_b": names[1],
                        "step_a": i,
                        "step_b": j,
                        "value_a": value_label(shown[names[0]]),
                        "value_b": value_label(shown[names[1]]),
                    }
                )
                values.append(point)
    plan = planned(values, [0] * len(values), setting_of(ask, registry), registry)
    return pd.DataFrame(rows), plan


def cells(ask: Ask, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what was measured in each cell.

    Parameters
    ----------
    ask : Ask
        What was asked.
    where : pandas.DataFrame
        Of `grid`.
    plan : Planned
        Its runs.
    store : Store
        Holds them.

    Returns
    -------
    pandas.DataFrame
        The rows of `where` with `outcome, mean, sd` for each outcome.
    """
    outcomes = chosen_outcomes(ask.outcome)
    found = by_seed(store, plan, outcomes)
    parts = []
    for place, outcome in enumerate(outcomes):
        some = found[:, :, place]
        sd = some.std(axis=1, ddof=1) if ask.seeds > 1 else np.full(len(some), np.nan)
        parts.append(where.assign(outcome=outcome, mean=some.mean(axis=1), sd=sd))
    return pd.concat(parts, ignore_index=True)


def together(ask: Ask, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what both factors do together beyond the sum of each alone.

    At the ends of both, `(y_hh - y_lh) - (y_hl - y_ll)` by seed, with its mean
    and Student interval over seeds: zero if effects add up.

    Parameters
    ----------
    ask : Ask
        What was asked.
    where : pandas.DataFrame
        Of `grid`.
    plan : Planned
        Its runs.
    store : Store
        Holds them.

    Returns
    -------
    pandas.DataFrame
        Columns `pair, outcome, alone_a, alone_b, together, low, high, says`.
    """
    outcomes = chosen_outcomes(ask.outcome)
    found = by_seed(store, plan, outcomes)
    rows = []
    for pair, some in where.groupby("pair", sort=False):
        ends = {
            (a, b): some.index[(some["step_a"] == i) & (some["step_b"] == j)][0]
            for a, i in (("l", 0), ("h", some["step_a"].max()))
            for b, j in (("l", 0), ("h", some["step_b"].max()))
        }
        for place, outcome in enumerate(outcomes):
            y = {corner: found[row, :, place] for corner, row in ends.items()}
            alone_a, alone_b = y["h", "l"] - y["l", "l"], y["l", "h"] - y["l", "l"]
            both = y["h", "h"] - y["l", "l"] - alone_a - alone_b
            mean, low, high = interval(both)
            says = "more together" if low > 0 else "less together" if high < 0 else "not clear"
            rows.append(
                (pair, outcome, alone_a.mean(), alone_b.mean(), mean, low, high, says)
            )  # fmt: skip
    columns = ["pair", "outcome", "alone_a", "alone_b", "together", "low", "high", "says"]
    return pd.DataFrame(rows, columns=columns)


def interval(differences: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return mean and Student interval of paired differences.

    Parameters
    ----------
    differences : ndarray of float64, shape (n_seeds,)
        By seed.

    Returns
    -------
    tuple of float
        Mean, low, high; infinitely wide with one seed.
    """
    n, mean = len(differences), float(differences.mean())
    if n < 2:  # noqa: PLR2004 - a variance needs two
        return mean, -np.inf, np.inf
    half = float(student.ppf((1 + LEVEL) / 2, n - 1) * differences.std(ddof=1) / np.sqrt(n))
    return mean, mean - half, mean + half
