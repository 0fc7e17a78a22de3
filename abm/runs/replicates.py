"""How many seeds: the noise of a mean against the number of replicates.

Two criteria, both shown: the half-width of the interval of the mean, and the
stability of the coefficient of variation (Lee et al. 2015, The complexities of
agent-based modeling output analysis, JASSS 18(4) 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# what a report of outcomes begins with: recorded, true, harm, circumstances; rarer ones,
# such as departures of the destitute, need many times the seeds, or a smaller scale
HEADLINES: Final = (
    ("dtv_caseload_outflow", "independent"),
    ("dtv_caseload_outflow", "forced"),
    ("dtv_caseload_outflow", "unobserved"),
    ("dtv_caseload_outflow", "permit"),
    ("dtv_caseload_outflow", "other"),
    ("true_outcomes", "onward"),
    ("true_outcomes", "home_unobserved"),
    ("harm", "weeks_without_stable_shelter"),
    ("voluntariness", "from_stable_shelter"),
)
FEWEST: Final = 5  # below, an interval says more about luck than about noise


@dataclass(frozen=True)
class Replicates:
    """Noise by number of seeds, and how many seeds are advised.

    Parameters
    ----------
    course : pandas.DataFrame
        `outcome, seeds, mean, sd, relative_half_width, variation`: over the
        first `seeds` seeds; `variation` is the coefficient `sd / mean`.
    advice : pandas.DataFrame
        By outcome: `for_width, for_stability` (seeds that meet each criterion,
        missing if the seeds that were run do not), `expected` (seeds that the width
        is expected to need at the noise measured).
    recommended : int or None
        Seeds that meet both criteria for all outcomes; None if too few were run.
    expected : int
        The largest `expected` of all outcomes.
    """

    course: pd.DataFrame
    advice: pd.DataFrame
    recommended: int | None
    expected: int


def replicates(
    yearly: pd.DataFrame, *, target: float = 0.02, stability: float = 0.01, level: float = 0.95
) -> Replicates:
    """Return how the noise of the headline outcomes falls with the number of seeds.

    Each outcome is summed over the years of a run. Over the first `n` seeds it has the
    relative half-width `t(n - 1) * sd / sqrt(n) / mean` and the coefficient of
    variation `c(n) = sd / mean`. The width is met at the smallest `n` from which
    on it stays at or below `target`; stability at the smallest `n` with
    `|c(m) - c(n)| < stability` for all `m > n`.

    Parameters
    ----------
    yearly : pandas.DataFrame
        Rows of `yearly.csv` of one scenario.
    target : float, optional
        Relative half-width wanted, above 0.
    stability : float, optional
        Largest later change of the coefficient of variation, above 0.
    level : float, optional
        Level of the interval, inside (0, 1).

    Raises
    ------
    InputError
        If there are fewer than 5 seeds, several scenarios, or a criterion outside its
        limits.
    """
    per_seed = _totals(yearly)
    _check(per_seed, yearly, target, stability, level)
    courses, advice = [], []
    for outcome, values in per_seed.items():
        course = _course(values.to_numpy(dtype=np.float64), level)
        courses.append(course.assign(outcome=str(outcome)))
        advice.append(_advice(course, target, stability, level))
    table = pd.DataFrame(advice, index=pd.Index(per_seed.columns, name="outcome"))
    needed = table[["for_width", "for_stability"]]
    met = not bool(needed.isna().to_numpy().any())
    return Replicates(
        course=pd.concat(courses, ignore_index=True),
        advice=table.reset_index(),
        recommended=int(needed.to_numpy().max()) if met else None,
        expected=int(table["expected"].max()),
    )


def _totals(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return one column an outcome and one row a seed, summed over years."""
    rows = yearly[yearly["group"] == "all"]
    rows = rows.assign(outcome=rows["table"].astype(str) + "/" + rows["item"].astype(str))
    wanted = [f"{table}/{item}" for table, item in HEADLINES]
    table = rows[rows["outcome"].isin(wanted)].pivot_table(
        index="seed", columns="outcome", values="persons", aggfunc="sum"
    )
    return table.sort_index()[[name for name in wanted if name in table]]


def criteria_refused(seeds: int, target: float, stability: float, level: float = 0.95) -> list[str]:
    """Return a sentence for each number from which no noise can be computed.

    Parameters
    ----------
    target, stability, level : float
        As in `replicates`.
    """
    problems = []
    if seeds < FEWEST:
        problems.append(f"seeds: {seeds} given; noise needs {FEWEST} or more.")
    for name, value in (("target", target), ("stability", stability)):
        if not 0.0 < value < float("inf"):
            problems.append(f"{name} {value}: give a share above 0, such as 0.02.")
    if not 0.0 < level < 1.0:
        problems.append(f"level {level}: give a number between 0 and 1, such as 0.95.")
    return problems


def _check(
    per_seed: pd.DataFrame, yearly: pd.DataFrame, target: float, stability: float, level: float
) -> None:
    """Refuse rows and criteria that give no answer."""
    problems = criteria_refused(len(per_seed), target, stability, level)
    if len(set(yearly["scenario"])) > 1:
        problems.append("replicates: several scenarios in one table; give the rows of one.")
    if problems:
        raise InputError(problems)


def _course(values: NDArray[np.float64], level: float) -> pd.DataFrame:
    """Return mean, standard deviation and noise over the first seeds, from two on."""
    seeds = np.arange(2, len(values) + 1)
    mean = np.array([values[:n].mean() for n in seeds])
    sd = np.array([values[:n].std(ddof=1) for n in seeds])
    with np.errstate(invalid="ignore", divide="ignore"):
        variation = np.where(sd > 0.0, sd / np.abs(mean), 0.0)
    width = student.ppf((1.0 + level) / 2.0, seeds - 1) * variation / np.sqrt(seeds)
    return pd.DataFrame(
        {
            "seeds": seeds,
            "mean": mean,
            "sd": sd,
            "relative_half_width": width,
            "variation": variation,
        }
    )


def _advice(
    course: pd.DataFrame, target: float, stability: float, level: float
) -> dict[str, float]:
    """Return the seeds that meet the criteria, and those expected to."""
    course = course[course["seeds"] >= FEWEST]
    seeds = course["seeds"].to_numpy()
    wide = np.flatnonzero(course["relative_half_width"].to_numpy() > target)
    first_narrow = wide[-1] + 1 if len(wide) else 0
    variation = course["variation"].to_numpy()
    later = [np.abs(variation[i + 1 :] - variation[i]).max(initial=0.0) for i in range(len(seeds))]
    stable = np.flatnonzero(np.array(later[:-1]) < stability)
    return {
        "for_width": float(seeds[first_narrow]) if first_narrow < len(seeds) else np.nan,
        "for_stability": float(seeds[stable[0]]) if len(stable) else np.nan,
        "expected": _expected(float(variation[-1]), target, level),
    }


def _expected(variation: float, target: float, level: float) -> int:
    """Return the smallest number of seeds whose expected half-width meets the target."""
    normal = student.ppf((1.0 + level) / 2.0, 10**6) * variation / target
    seeds = max(ceil(normal * normal), 2)
    while student.ppf((1.0 + level) / 2.0, seeds - 1) * variation / np.sqrt(seeds) > target:
        seeds += 1
    return seeds
