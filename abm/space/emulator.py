"""A Gaussian process in place of the model, where it proves good enough."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from threadpoolctl import threadpool_limits

from .sample import RESAMPLING_SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .space import Space

FOLDS: Final = 5
LEAST_Q2: Final = 0.7  # of the variance of held-back points
COVERAGE: Final = (0.85, 1.0)  # of held-back points inside their 95 % interval
NORMAL_95: Final = 1.959964
JITTER: Final = 1e-8
RESTARTS: Final = 2  # the likelihood has several tops
SHORTEST: Final = 0.05  # length scales, in units of the cube
LONGEST: Final = 100.0
START: Final = 0.5
ONE_THREAD: Final = 1  # matrices are small: threads that wait for each other cost far more


@dataclass(frozen=True)
class Emulator:
    """A fitted process and how it did on points it had not seen.

    Parameters
    ----------
    outcome : str
        Id.
    q2 : float
        One less the held-back squared error over the variance.
    coverage : float
        Share of held-back points inside their 95 % interval.
    chance : float
        Share of the variance of means that seeds make; missing with one seed.
    process : GaussianProcessRegressor
        Fitted to all points, of the standardised outcome.
    """

    outcome: str
    q2: float
    coverage: float
    chance: float
    process: Any

    @property
    def usable(self) -> bool:
        """Return whether it may stand in for the model.

        Returns
        -------
        bool
            True if both criteria hold.
        """
        return self.q2 >= LEAST_Q2 and COVERAGE[0] <= self.coverage <= COVERAGE[1]

    def words(self) -> str:
        """Return the judgement in a sentence."""
        told = f"held-back Q2 {self.q2:.2f}, coverage of 95 % intervals {self.coverage:.0%}"
        if self.usable:
            return f"used: {told}"
        needed = f"(needed: Q2 {LEAST_Q2:g} or more, coverage {COVERAGE[0]:.0%} or more)"
        if 1.0 - self.chance < LEAST_Q2:
            return (
                f"not used: {told} {needed}; seeds make {self.chance:.0%} of what differs between "
                "means, and no emulator can predict that: give more --seeds, a smaller --scale, "
                "or factors that move more"
            )
        return f"not used: {told} {needed}; give more points (--double) or more --seeds"


def fitted(
    outcome: str,
    space: Space,
    points: NDArray[np.float64],
    y: NDArray[np.float64],
    noise: NDArray[np.float64],
    seeds: int,
) -> Emulator:
    """Fit a process and try it on points held back.

    The outcome is standardised; the kernel has one length for each column.
    With two seeds or more the chance in a point's mean is known, `s2 / n` with
    `s2` pooled over points, and enters as such; with one it is fitted.

    Parameters
    ----------
    points : ndarray of float64, shape (n, n_factors)
        Of `sample.scattered`.
    y : ndarray of float64, shape (n,)
        Means over seeds.
    noise : ndarray of float64, shape (n,)
        Variances over seeds, missing with one seed.
    """
    with threadpool_limits(limits=ONE_THREAD):
        x = space.features(points)
        z = (y - y.mean()) / y.std()
        known = float(np.nanmean(noise)) / seeds / y.var() if seeds > 1 else None
        process = _fit(x, z, known)
        order = np.random.default_rng(RESAMPLING_SEED).permutation(len(z))
        guess, spread = np.empty(len(z)), np.empty(len(z))
        for fold in range(FOLDS):
            out = order[fold::FOLDS]
            rest = np.setdiff1d(order, out)
            part = _fit(x[rest], z[rest], known)  # its lengths are learned without them too
            guess[out], spread[out] = _predicted(part, x[out], known)
        error = z - guess
        q2 = 1.0 - float(np.mean(error**2) / np.var(z))
        inside = np.abs(error) <= NORMAL_95 * spread
    chance = float("nan") if known is None else min(known, 1.0)
    return Emulator(outcome, q2, float(inside.mean()), chance, process)


def _fit(
    x: NDArray[np.float64],
    z: NDArray[np.float64],
    known: float | None,
) -> Any:  # noqa: ANN401 - scikit-learn tells no types
    """Fit a process."""
    kernel = ConstantKernel(1.0, (1e-2, 1e3)) * RBF(np.full(x.shape[1], START), (SHORTEST, LONGEST))
    if known is None:
        kernel += WhiteKernel(0.1, (1e-6, 2.0))
    process = GaussianProcessRegressor(
        kernel,
        alpha=max(known or 0.0, JITTER),
        n_restarts_optimizer=RESTARTS,
        random_state=RESAMPLING_SEED,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a factor of no use has no length
        return process.fit(x, z)


def _predicted(
    process: Any,  # noqa: ANN401 - scikit-learn tells no types
    x: NDArray[np.float64],
    known: float | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of a new measurement."""
    mean, sd = process.predict(x, return_std=True)  # a white kernel is in it already
    return mean, np.sqrt(sd**2 + (known or 0.0))
