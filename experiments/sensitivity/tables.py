"""What all methods share: the numbers measured at the points, and the tables made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from ...abm.space.factors import LEVERS, MIXED
from ...abm.space.lever_factors import left_out
from ...abm.space.measured import Measured, measured, moving, tellable
from ...abm.space.outcomes import chosen_outcomes
from ...abm.space.space import DUMMY
from .indices import together
from .noise import seed_shares
from .verdict import above_noise, untouched, verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from ...abm.space.space import Space
    from .indices import Estimates
    from .study import Study


@dataclass(frozen=True)
class Tables:
    """What an analysis found.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        By the name of their file, without `.csv`.
    """

    frames: dict[str, pd.DataFrame]
    said: list[str]


@dataclass(frozen=True)
class Sampled:
    """Points with what was measured at them.

    Parameters
    ----------
    points : ndarray of float64, shape (n_points, n_factors)
        Coordinates between 0 and 1.
    """

    points: NDArray[np.float64]
    measure: Measured
    outcomes: list[str]
    asked: list[str]
    said: list[str]

    def of(self, outcome: str) -> NDArray[np.float64]:
        """Return the means of one outcome over seeds, of shape (n_points,)."""
        return self.measure.of(outcome)

    def kept(self, keep: NDArray[np.bool_], said: list[str]) -> Sampled:
        """Return some of the points, with more sentences."""
        measure = Measured(self.measure.outcomes, self.measure.mean[keep], self.measure.noise[keep])
        return replace(self, points=self.points[keep], measure=measure, said=[*self.said, *said])

    def varied(self) -> Sampled:
        """Return the same with those outcomes only that differ between points.

        Raises
        ------
        InputError
            If an outcome that was asked for never changes.
        """
        varied = [each for each in moving(self.measure, self.asked) if each in self.outcomes]
        flat = [
            f"{each}: the same at all points, so left out."
            for each in self.outcomes
            if each not in varied
        ]
        return replace(self, outcomes=varied, said=[*self.said, *flat])


def sampled(study: Study, store: Store) -> Sampled:
    """Read what was measured at all points of an analysis.

    Raises
    ------
    InputError
        If an outcome that was asked for is missing or infinite at a point.
    """
    question = study.question
    asked = [each.strip() for each in question.outcome.split(",")]
    outcomes, said = tellable(store, study.plan, chosen_outcomes(question.outcome), asked)
    measure = measured(store, study.plan, outcomes)
    if {"lever", "calibrate"} <= {each.role for each in study.space.factors}:
        said.append(f"Levers and parameters in one space: {MIXED}")
    if LEVERS in question.factors.split(","):
        said += [
            f"{name}: left out, for {other} moves the same record. Name it in another analysis."
            for name, other in left_out(study.plan.design.registry).items()
        ]
    return Sampled(study.sample.points, measure, outcomes, asked, said)


def shared_tables(
    study: Study,
    data: Sampled,
    found: Mapping[str, Sequence[Estimates]],
    more: Sequence[pd.DataFrame] = (),
) -> dict[str, pd.DataFrame]:
    """Return the tables that every method has.

    Parameters
    ----------
    more : sequence of pandas.DataFrame, optional
        Further rows of `indices`, of outcomes without indices of the method.

    Returns
    -------
    dict of str to pandas.DataFrame
        `indices, verdict, above_noise, noise, factors, points`.
    """
    question = study.question
    own = [each.frame(name) for name, some in found.items() for each in some]
    indices = together([*own, *more])
    return {
        "indices": indices,
        "verdict": verdicts(question.method, found, question.number),
        "above_noise": above_noise(
            indices, question.method, study.space, emulated=question.emulator
        ),
        "noise": seed_shares(data.measure, question.seeds),
        "factors": factor_frame(study.space),
        "points": _points(study.space, data),
    }


def verdict_sentences(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return for each outcome whether its indices have converged, in a sentence."""
    return [f"{row.outcome}: {row.words}." for row in frames["verdict"].itertuples()]


def untouched_sentences(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return which factors changed nothing; only of samples that hold seeds while factors move."""
    return [each for each in [untouched(frames["above_noise"], frames["factors"])] if each]


def factor_frame(space: Space) -> pd.DataFrame:
    """Return the factors with their ranges and the strength of their evidence.

    Returns
    -------
    pandas.DataFrame
        Columns `factor, title, role, group, low, high, grade, strength, under,
        alternatives`: how many of these, none of a number.
    """
    rows = []
    for each in space.factors:
        ends = (
            [each.alternatives[0], each.alternatives[-1]]
            if each.alternatives
            else ["", ""]
            if each.role == DUMMY
            else [each.label(0.0), each.label(1.0)]
        )
        rows.append(
            (each.name, each.title, each.role, space.group_of(each.name), *ends, each.grade,
             each.strength, each.under,
             len(each.alternatives))
        )  # fmt: skip
    columns = ["factor", "title", "role", "group", "low", "high", "grade", "strength", "under"]
    return pd.DataFrame(rows, columns=[*columns, "alternatives"])


def _points(space: Space, data: Sampled) -> pd.DataFrame:
    """Return coordinates beside what was measured there."""
    left = pd.DataFrame(data.points, columns=space.names)
    names = [f"outcome:{each}" for each in data.measure.outcomes]
    right = pd.DataFrame(data.measure.mean, columns=names)
    return pd.concat([left, right], axis=1)
