"""Samples of the design space: points, and the seeds that each point is run with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from SALib.sample import morris as salib_morris
from SALib.sample import sobol as salib_sobol
from scipy.stats import qmc

from .space import DUMMY, part_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .space import Space

LEVELS: Final = 4  # of the screening grid (Morris 1991; Campolongo et al. 2007)
STEP: Final = LEVELS / (2 * (LEVELS - 1))  # by which a number moves on it
SEED_SETS: Final = 2**16  # that the dummy chooses among: as good as never the same twice
SEEDS_IN_SET: Final = 1000  # more replicates than anybody can pay
RESAMPLING_SEED: Final = 20170701  # of intervals and folds
SAMPLING_SEED: Final = 20110101  # SALib ignores 0 and draws at random where none is given


@dataclass(frozen=True)
class Sample:
    """Points of the unit cube in an order that the analysis needs.

    Parameters
    ----------
    points : ndarray of float64, shape (n, n_factors)
        Coordinates that are run.
    sets : ndarray of int64, shape (n,)
        The set of seeds that each point is run with.
    """

    points: NDArray[np.float64]
    sets: NDArray[np.int64]


def trajectories(space: Space, number: int) -> Sample:
    """Return trajectories that change one factor at a time.

    Each trajectory has seeds of its own, and within it only the dummy changes
    them. A factor that is not a number goes from one alternative to another, each
    pair equally likely. With more trajectories the first ones stay.

    Returns
    -------
    Sample
        `number * (n_labels + 1)` points.
    """
    drawn = np.asarray(
        salib_morris.sample(space.problem(), number, num_levels=LEVELS, seed=SAMPLING_SEED)
    )
    length = len(space.labels()) + 1
    blocks = drawn.reshape(number, length, -1)
    points = blocks.copy()
    for place, factor in enumerate(space.factors):
        k = len(factor.alternatives)
        if k < 2:  # noqa: PLR2004 - a choice
            continue
        rng = np.random.default_rng([SAMPLING_SEED, *factor.name.encode()])
        for block, path in zip(blocks, points, strict=True):
            one, other = (rng.permutation(k)[:2] + 0.5) / k
            path[:, place] = np.where(block[:, place] == block[0, place], one, other)
    levels = np.zeros((number, length), dtype=np.int64)
    if DUMMY in space.names:
        levels = np.rint(blocks[:, :, space.names.index(DUMMY)] * (LEVELS - 1)).astype(np.int64)
    sets = np.arange(number)[:, None] * LEVELS + levels
    return Sample(points.reshape(drawn.shape), sets.ravel())


def crossed(space: Space, n: int, *, second_order: bool = False) -> Sample:
    """Return Saltelli's crossed samples of a scrambled Sobol sequence.

    With twice the `n` the first points stay, so that a finished design can be
    doubled.

    Parameters
    ----------
    n : int
        Base points, a power of two.
    second_order : bool, optional
        Whether pairs are to be told apart.

    Returns
    -------
    Sample
        `n * (n_labels + 2)` points, or `n * (2 n_labels + 2)`.
    """
    problem: dict[str, Any] = space.problem()
    points = np.asarray(
        salib_sobol.sample(problem, n, calc_second_order=second_order, seed=SAMPLING_SEED)
    )
    return _with_seeds(space, points)


def scattered(space: Space, n: int) -> Sample:
    """Return points of a scrambled Sobol sequence, for analyses of given data.

    Parameters
    ----------
    n : int
        Points, a power of two; with twice as many the first ones stay.
    """
    sequence = qmc.Sobol(len(space.factors), scramble=True, seed=SAMPLING_SEED)
    return _with_seeds(space, sequence.random(n))


def _with_seeds(space: Space, points: NDArray[np.float64]) -> Sample:
    sets = np.zeros(len(points), dtype=np.int64)
    if DUMMY in space.names:
        sets = part_of(points[:, space.names.index(DUMMY)], SEED_SETS)
    return Sample(points, sets)


def seeds_of(set_number: int, replicates: int) -> range:
    """Return the seeds of a set.

    Parameters
    ----------
    replicates : int
        How many of its seeds; with more, the first ones stay.

    Returns
    -------
    range
        The seeds, from 1.
    """
    first = set_number * SEEDS_IN_SET + 1
    return range(first, first + replicates)
