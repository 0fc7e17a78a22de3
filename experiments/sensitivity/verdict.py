"""What may be said of a table of indices: converged or not, and what stands above the noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ...abm.space.sample import STEP
from ...abm.space.space import DUMMY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...abm.space.space import Space
    from .indices import Estimates

WIDEST: Final = 0.1  # of an index that is a share; of the largest effect in a screening
WIDEST_SCREEN: Final = 0.5  # a screening sorts into large and small, no more
STABLE: Final = 0.9  # rank correlation weighted toward the top
ENOUGH: Final = 30  # trajectories or points: of fewer, resampled intervals are too narrow
SMALLEST: Final = 0.02  # total effect that an emulator of so few points can tell from none
LEADING: Final = {"screen": "mu_star", "sobol": "ST", "pawn": "pawn"}
MORE: Final = {
    "screen": "double --trajectories",
    "sobol": "double N (--double)",
    "pawn": "double N (--double)",
}


def verdicts(
    method: str, found: Mapping[str, Sequence[Estimates]], number: int = ENOUGH
) -> pd.DataFrame:
    """Return for each outcome whether its indices have settled.

    Converged means: the widest interval of the leading index is at most 0.1
    (of a screening: half of its largest effect), and resampling leaves the ranking,
    weighted toward the top, alike to at least 0.9. Of fewer than 30 trajectories or
    points nothing has converged.

    Parameters
    ----------
    number : int, optional
        Trajectories or points.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, index, converged, widest, of_factor, rank_stability,
        words`.
    """
    rows = []
    for outcome, several in found.items():
        leading = next(each for each in several if each.index == LEADING[method])
        frame = leading.frame(outcome)
        unit = float(leading.value.max()) if method == "screen" else 1.0
        width = (frame["high"] - frame["low"]) / (unit or 1.0)
        widest, factor = float(width.max()), leading.factors[int(width.to_numpy().argmax())]
        stability = leading.rank_stability()
        bound = WIDEST_SCREEN if method == "screen" else WIDEST
        enough = number >= ENOUGH
        converged = widest <= bound and stability >= STABLE and enough
        told = f"widest interval {widest:.2f} ({factor}), rank stability {stability:.2f}"
        if not enough:
            told += f", N {number} of at least {ENOUGH}"
        rows.append(
            {
                "outcome": outcome,
                "index": leading.index,
                "converged": converged,
                "widest": widest,
                "of_factor": factor,
                "rank_stability": stability,
                "words": f"converged: {told}"
                if converged
                else f"not converged: {told}, {MORE[method]}",
            }
        )
    return pd.DataFrame(rows)


def above_noise(
    indices: pd.DataFrame, method: str, space: Space, *, emulated: bool = False
) -> pd.DataFrame:
    """Return which factors stand above the noise floor.

    Parameters
    ----------
    indices : pandas.DataFrame
        Columns `indices.COLUMNS`, the dummy among the factors.
    emulated : bool, optional
        Whether indices are those of an emulator, from which chance is taken out:
        a dummy that it has learned from chance then says little, so that the
        floor is at least `SMALLEST`.

    Returns
    -------
    pandas.DataFrame
        Columns `outcome, factor, value, floor, above, sign_sure, touches`. The
        floor is the upper end of the dummy's interval; in a screening, of what is
        no number, of the dummy's change itself, for theirs is not divided by a
        step either. A factor stands above it if all of its own interval does.
        `sign_sure`: the interval of `mu` does not contain 0, so that under shared seeds
        an effect is shown, large or small. `touches` tells whether it changed anything
        at all while seeds stayed.
    """
    rows = indices[indices["index"] == LEADING[method]]
    floor = rows[rows["factor"] == DUMMY].set_index("outcome")["high"]
    rows = rows[rows["factor"] != DUMMY]
    floors = rows["outcome"].map(floor)
    if method == "screen":
        numbers = {space.group_of(each.name) for each in space.factors if not each.alternatives}
        floors = floors.where(rows["factor"].isin(numbers), floors * STEP)
    elif emulated:
        floors = floors.clip(lower=SMALLEST)
    means = indices[indices["index"] == "mu"]
    sure = means[(means["low"] > 0.0) | (means["high"] < 0.0)]
    shown = pd.MultiIndex.from_frame(sure[["outcome", "factor"]])
    return pd.DataFrame(
        {
            "outcome": rows["outcome"],
            "factor": rows["factor"],
            "value": rows["value"],
            "floor": floors,
            "above": rows["low"] > floors,
            "sign_sure": pd.MultiIndex.from_frame(rows[["outcome", "factor"]]).isin(shown),
            "touches": rows["value"] != 0,
        }
    ).reset_index(drop=True)


def untouched(above: pd.DataFrame, factors: pd.DataFrame) -> str:
    """Return a sentence on factors that changed nothing at all.

    Parameters
    ----------
    above : pandas.DataFrame
        Of `above_noise`.
    factors : pandas.DataFrame
        Of `factor_frame`: under what each acts.

    Returns
    -------
    str
        Empty if every factor changed something.
    """
    touches = above.groupby("factor", sort=False)["touches"].any()
    names = [str(name) for name in touches.index[~touches]]
    if not names:
        return ""
    under = factors.set_index("factor")["under"].reindex(names).fillna("")
    told = [f"{name} (acts under {under[name]})" if under[name] else name for name in names]
    return (
        f"Changed nothing while seeds stayed: {', '.join(told)}. They may have effects elsewhere: "
        "here a gate or an assumption can shut them off, such as a scheme that is closed, a place "
        "that is empty, or a scale too coarse for few persons."
    )
