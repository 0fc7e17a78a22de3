"""Sobol indices of emulators, where these prove good enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from ...abm.errors import InputError
from ...abm.space.emulator import JITTER, ONE_THREAD, fitted
from ...abm.space.sample import RESAMPLING_SEED, crossed
from .given_data import given_data
from .indices import Estimates
from .tables import Tables, sampled, shared_tables, verdict_sentences
from .variance import sobol_indices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ...abm.runs.store import Store
    from ...abm.space.emulator import Emulator
    from ...abm.space.space import Space
    from .study import Study
    from .tables import Sampled

BASE: Final = 256  # base points of the crossed sample that the process is asked at
REALISATIONS: Final = 40
MOST_ASKED: Final = 6000  # points whose covariance still fits a small machine


def emulated(
    emulators: Sequence[Emulator], space: Space, *, second_order: bool = False
) -> dict[str, list[Estimates]]:
    """Return Sobol indices of emulators, with their own uncertainty in the intervals.

    Each realisation is one function that fits the points, without the chance
    in them: indices are shares of the variance that is left when chance is
    taken out. The spread over realisations is what the process does not know;
    it narrows with more points.

    Parameters
    ----------
    emulators : sequence of Emulator
        Those that are usable.
    second_order : bool, optional
        Whether to tell pairs apart.

    Returns
    -------
    dict of str to list of Estimates
        `S1`, `ST` and, with `second_order`, `S2` by outcome.
    """
    labels = space.labels()
    length = (2 if second_order else 1) * len(labels) + 2
    base = 2 ** int(np.log2(max(min(BASE, MOST_ASKED // length), 2)))
    x = space.features(crossed(space, base, second_order=second_order).points)
    found = {}
    with threadpool_limits(limits=ONE_THREAD):
        for each in emulators:
            mean, covariance = each.process.predict(x, return_cov=True)
            covariance -= _white(each.process.kernel_) * np.eye(len(x))
            root = _root(covariance)
            rng = np.random.default_rng(RESAMPLING_SEED)
            per_function = []
            for _ in range(REALISATIONS):
                y = mean + root @ rng.standard_normal(root.shape[1])
                per_function.append(_values(labels, y, second_order=second_order))
            whole = sobol_indices(labels, mean, second_order=second_order)
            found[each.outcome] = [
                Estimates(
                    one.index,
                    one.factors,
                    one.value,
                    np.array([run[place] for run in per_function]),
                )
                for place, one in enumerate(whole)
            ]
    return found


def _values(
    labels: list[str], y: NDArray[np.float64], *, second_order: bool
) -> list[NDArray[np.float64]]:
    return [each.value for each in sobol_indices(labels, y, second_order=second_order, resamples=1)]


def _white(kernel: Any) -> float:  # noqa: ANN401 - scikit-learn tells no types
    """Return the variance of chance that a kernel has learned."""
    return float(getattr(getattr(kernel, "k2", None), "noise_level", 0.0))


def _root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a square root of a covariance that may be nearly singular."""
    size, directions = np.linalg.eigh(covariance)
    keep = size > JITTER * max(float(size[-1]), JITTER)
    return np.asarray(directions[:, keep] * np.sqrt(size[keep]))


def emulator_tables(study: Study, store: Store) -> Tables:
    """Return what emulators found, and first-order indices of given data where one is refused.

    Returns
    -------
    Tables
        `emulator` and those of `shared_tables`.

    Raises
    ------
    InputError
        If an outcome that was asked for is missing somewhere or never changes, or no emulator
        is good enough.
    """
    data = sampled(study, store).varied()
    every = [_fitted(study, data, each) for each in data.outcomes]
    said = [*data.said, *(f"{each.outcome}: emulator {each.words()}." for each in every)]
    usable = [each for each in every if each.usable]
    if not usable:
        raise InputError(["No emulator is good enough, so there are no indices.", *said])
    found = emulated(usable, study.space, second_order=study.question.second_order)
    rest = [
        each.frame(name)
        for name in data.outcomes
        if name not in found
        for each in given_data(study.space, data.points, data.of(name))
        if each.index == "S1"
    ]
    rows = [(e.outcome, e.q2, e.coverage, e.chance, e.usable, e.words()) for e in every]
    columns = ["outcome", "q2", "coverage", "chance", "used", "words"]
    frames = {
        "emulator": pd.DataFrame(rows, columns=columns),
        **shared_tables(study, data, found, rest),
    }
    return Tables(frames, [*said, *verdict_sentences(frames)])


def _fitted(study: Study, data: Sampled, outcome: str) -> Emulator:
    noise = data.measure.noise[:, data.measure.outcomes.index(outcome)]
    seeds = study.question.seeds
    return fitted(outcome, study.space, data.points, data.of(outcome), noise, seeds)
