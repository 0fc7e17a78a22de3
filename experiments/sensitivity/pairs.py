"""Two factors at a time: maps, and what both do together beyond each alone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ...abm.errors import InputError
from ...abm.space.factors import TOGETHER, country_groups, factor_of
from ...abm.space.measured import by_seed
from ...abm.space.outcomes import chosen_outcomes, told
from ...abm.space.planned import planned
from ...abm.space.space import Space
from .study import setting_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...abm.evidence.registry import Registry
    from ...abm.runs.store import Store
    from ...abm.space.planned import Planned
    from ...abm.space.space import Factor
    from .question import Question

# The pairs that practice asks about: stacking with what is known of support, activation with the
# length of the procedure, shelter with counselling, detention with how far fear reaches.
PAIRS: Final = (
    "stacking_rule:knowledge_at_entry",
    "activation_throughout:procedure_length",
    "guided_shelter:counsellors",
    "detention:fear_midpoint",
)
LEVEL: Final = 0.95
ROUNDING: Final = 1e-9
COUNTED: Final = frozenset(
    {"person", "closing", "household", "person-week", "measure", "application"}
)


def pairs_of(chosen: str) -> list[tuple[str, str]]:
    """Return the pairs that were asked for.

    Parameters
    ----------
    chosen : str
        `a:b` with commas, or `asked` for `PAIRS`.

    Raises
    ------
    InputError
        If one is not a pair.
    """
    several = PAIRS if chosen == "asked" else [each.strip() for each in chosen.split(",")]
    found = []
    for each in several:
        first, between, second = each.partition(":")
        if not between or not first or not second or first == second:
            raise InputError(
                f"--factors {each!r}: write two names with a colon, such as {PAIRS[0]}."
            )
        found.append((first, second))
    return found


def _steps(factor: Factor, number: int) -> list[float]:
    """Return the coordinates of a map's axis: all alternatives, or as many steps as asked.

    Steps that a rounded dose has in common with the one before are left out.
    """
    k = len(factor.alternatives)
    if k:
        return [(each + 0.5) / k for each in range(k)]
    steps = np.linspace(0.0, 1.0, number).tolist()
    pulled = [factor.at(each) for each in steps]
    return [
        each
        for each, before, now in zip(steps, [None, *pulled], pulled, strict=False)
        if now != before
    ]


def grid(question: Question, registry: Registry) -> tuple[pd.DataFrame, Planned]:
    """Plan the runs of all maps; every cell has the same seeds."""
    rows, values = [], []
    for names in pairs_of(question.factors):
        if country_groups(registry, names):
            raise InputError(f"--factors {':'.join(names)}: {TOGETHER}")
        space = Space(tuple(factor_of(registry, name) for name in names))
        axes = [_steps(each, question.number) for each in space.factors]
        for i, a in enumerate(axes[0]):
            for j, b in enumerate(axes[1]):
                rows.append(
                    {
                        "pair": ":".join(names),
                        "factor_a": names[0],
                        "factor_b": names[1],
                        "step_a": i,
                        "step_b": j,
                        "choice_a": bool(space.factors[0].alternatives),
                        "choice_b": bool(space.factors[1].alternatives),
                        "value_a": space.factors[0].label(a),
                        "value_b": space.factors[1].label(b),
                    }
                )
                values.append(space.changes(np.array([a, b])))
    plan = planned(values, [0] * len(values), setting_of(question, registry), registry)
    return pd.DataFrame(rows), plan


def cells(question: Question, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what was measured in each cell.

    Parameters
    ----------
    where : pandas.DataFrame
        Of `grid`.

    Returns
    -------
    pandas.DataFrame
        The rows of `where` with `outcome, mean, sd` for each outcome.
    """
    outcomes = chosen_outcomes(question.outcome)
    found = by_seed(store, plan, outcomes)
    parts = []
    for place, outcome in enumerate(outcomes):
        some = found[:, :, place]
        sd = some.std(axis=1, ddof=1) if question.seeds > 1 else np.full(len(some), np.nan)
        parts.append(where.assign(outcome=outcome, mean=some.mean(axis=1), sd=sd))
    return pd.concat(parts, ignore_index=True)


def together(question: Question, where: pd.DataFrame, plan: Planned, store: Store) -> pd.DataFrame:
    """Return what both factors do together beyond the sum of each alone.

    At the ends of both, `(y_hh - y_lh) - (y_hl - y_ll)` by seed, with its mean
    and Student interval over seeds (of counts with a standard deviation of
    one simulated person at least): zero if effects add up. Low is the first
    alternative of a factor that is not a number, high each of the others.

    Parameters
    ----------
    where : pandas.DataFrame
        Of `grid`.

    Returns
    -------
    pandas.DataFrame
        Columns `pair, high_a, high_b, outcome, alone_a, alone_b, together,
        low, high, says`.
    """
    outcomes = chosen_outcomes(question.outcome)
    found = by_seed(store, plan, outcomes)
    rows = []
    for pair, some in where.groupby("pair", sort=False):
        at = some.reset_index().set_index(["step_a", "step_b"])["index"]
        for a, b in product(_high(some, "a"), _high(some, "b")):
            ends = {"ll": at[0, 0], "hl": at[a, 0], "lh": at[0, b], "hh": at[a, b]}
            named = some.loc[ends["hh"]]
            for place, outcome in enumerate(outcomes):
                y = {corner: found[row, :, place] for corner, row in ends.items()}
                alone_a, alone_b = y["hl"] - y["ll"], y["lh"] - y["ll"]
                mean, low, high = interval(
                    y["hh"] - y["ll"] - alone_a - alone_b,
                    float(np.abs(y["ll"]).max()),
                    grain_of(outcome, question.scale),
                )
                says = "more together" if low > 0 else "less together" if high < 0 else "not clear"
                rows.append(
                    (pair, named["value_a"], named["value_b"], outcome, alone_a.mean(),
                     alone_b.mean(), mean, low, high, says)
                )  # fmt: skip
    columns = ["pair", "high_a", "high_b", "outcome", "alone_a", "alone_b"]
    return pd.DataFrame(rows, columns=[*columns, "together", "low", "high", "says"])


def _high(some: pd.DataFrame, side: str) -> list[int]:
    """Return the steps that count as high: the last of a number, all but the first else."""
    last = int(some[f"step_{side}"].max())
    return list(range(1, last + 1)) if some[f"choice_{side}"].iloc[0] else [last]


def interval(
    differences: NDArray[np.float64], size: float, grain: float = 0.0, level: float = LEVEL
) -> tuple[float, float, float]:
    """Return mean and Student interval of paired differences.

    Parameters
    ----------
    differences : ndarray of float64, shape (n_seeds,)
        One for each seed, in the unit of the outcome.
    size : float
        Size of what is compared; differences of its rounding count as none.
    grain : float, optional
        The least that their standard deviation is taken for: a few seeds may
        give equal counts by chance, which makes nothing certain.
    level : float, optional
        Level of the interval, such as 0.95.

    Returns
    -------
    tuple of float
        Mean, low, high; infinitely wide with one seed.
    """
    differences = np.where(np.abs(differences) > ROUNDING * size, differences, 0.0)
    n, mean = len(differences), float(differences.mean())
    if n < 2:  # noqa: PLR2004 - a variance needs two
        return mean, -np.inf, np.inf
    sd = max(float(differences.std(ddof=1)), grain)
    half = float(student.ppf((1 + level) / 2, n - 1)) * sd / float(np.sqrt(n))
    return mean, mean - half, mean + half


def grain_of(outcome: str, scale: float) -> float:
    """Return the step in which an outcome is counted.

    Returns
    -------
    float
        One simulated person where persons, their weeks, or what befalls them is counted; zero of
        shares, means and money.
    """
    return scale if told(outcome)[1] in COUNTED else 0.0
