"""What runs measured at each point, and whether it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ..errors import InputError
from .outcomes import INSTEAD, outcomes_of_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..runs.store import Store
    from .planned import Planned

TOLD: Final = 20  # rows named at once


@dataclass(frozen=True)
class Measured:
    """What was measured at each point.

    Parameters
    ----------
    outcomes : tuple of str
        Ids, in order.
    mean : ndarray of float64, shape (n_points, n_outcomes)
        Over the seeds of a point.
    noise : ndarray of float64, shape (n_points, n_outcomes)
        Variance over the seeds of a point; missing with one seed.
    """

    outcomes: tuple[str, ...]
    mean: NDArray[np.float64]
    noise: NDArray[np.float64]

    def of(self, outcome: str) -> NDArray[np.float64]:
        """Return the means of one outcome.

        Returns
        -------
        ndarray of float64, shape (n_points,)
            In the order of the points, in the unit of the outcome.
        """
        return self.mean[:, self.outcomes.index(outcome)]


def by_seed(store: Store, plan: Planned, outcomes: Sequence[str]) -> NDArray[np.float64]:
    """Read what every run counted.

    Returns
    -------
    ndarray of float64, shape (n_points, n_seeds, n_outcomes)
        The same whatever the order in which runs were made.

    Raises
    ------
    InputError
        If a number is missing or infinite, with the rows.
    """
    table = outcomes_of_runs(store.rows(design=plan.design), outcomes)
    order = [key for keys in plan.keys for key in keys]
    values = table.reindex(order).to_numpy(dtype=np.float64)
    by_point = values.reshape(len(plan.keys), -1, len(outcomes))
    refuse_unusable(by_point, outcomes)
    return by_point


def measured(store: Store, plan: Planned, outcomes: Sequence[str]) -> Measured:
    """Read what the runs of points counted, as means over seeds.

    Returns
    -------
    Measured
        The same whatever the order in which runs were made.
    """
    by_point = by_seed(store, plan, outcomes)
    several = by_point.shape[1] > 1
    noise = by_point.var(axis=1, ddof=1) if several else np.full_like(by_point[:, 0], np.nan)
    return Measured(tuple(outcomes), by_point.mean(axis=1), noise)


def tellable(
    store: Store, plan: Planned, outcomes: Sequence[str], asked: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return outcomes without those that came along and that some run can't tell.

    What was asked for stays, and is refused when it is read. In place of a share
    of nobody stands its number, where there is one.

    Returns
    -------
    outcomes : list of str
        Ids in order.
    said : list of str
        A sentence for each that is left out.
    """
    table = outcomes_of_runs(store.rows(design=plan.design), outcomes)
    gaps = (~np.isfinite(table.to_numpy(dtype=np.float64))).sum(axis=0)
    found, said = [], []
    for outcome, lacking in zip(outcomes, gaps.tolist(), strict=True):
        if not lacking or outcome in asked:
            found.append(outcome)
            continue
        instead = INSTEAD.get(outcome)
        told = f"; in its place {instead}, their number" if instead else ""
        said.append(
            f"{outcome}: {lacking} of {len(table)} runs can't tell it because nobody is counted, "
            f"so it is left out{told}."
        )
        found += [instead] if instead else []
    return found, said


def refuse_unusable(by_point: NDArray[np.float64], outcomes: Sequence[str]) -> None:
    """Refuse numbers that would make an index wrong without notice.

    One missing number makes every Sobol index of SALib zero, without notice.

    Parameters
    ----------
    by_point : ndarray of float64, shape (n_points, n_seeds, n_outcomes)
        What was measured.

    Raises
    ------
    InputError
        If one is missing or infinite, with rows counted from 1.
    """
    found = []
    for place, outcome in enumerate(outcomes):
        rows = np.flatnonzero(~np.isfinite(by_point[:, :, place]).all(axis=1)) + 1
        if len(rows):
            more = f" and {len(rows) - TOLD} more" if len(rows) > TOLD else ""
            found.append(
                f"outcome {outcome!r}: no finite number at design rows "
                f"{', '.join(map(str, rows[:TOLD]))}{more} of {len(by_point)}. Indices would be "
                "wrong without notice, so none are made; leave the outcome out, use a smaller "
                "--scale, or leave out the factor that stops it."
            )
    if found:
        raise InputError(found)


def moving(measure: Measured, asked: Sequence[str]) -> list[str]:
    """Return the outcomes that differ between points.

    Parameters
    ----------
    asked : sequence of str
        Outcomes that the reader named; another that never changes is left out.

    Returns
    -------
    list of str
        Ids in order.

    Raises
    ------
    InputError
        If an outcome that was asked for never changes, with the rows.
    """
    flat = [each for each in measure.outcomes if np.ptp(measure.of(each)) == 0]
    found = [
        f"outcome {each!r}: {measure.of(each)[0]:g} at all design rows 1 to {len(measure.mean)}, "
        "so nothing can be said to move it. Choose other factors or another outcome."
        for each in flat
        if each in asked
    ]
    if found:
        raise InputError(found)
    return [each for each in measure.outcomes if each not in flat]
