"""The runs of a prior predictive check: points over all priors and contested switches."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2
from typing import TYPE_CHECKING, Final

from scipy.stats import qmc

from ..abm.errors import InputError
from ..abm.observation.observer import ALL
from ..abm.observation.outcomes import COMPANIONS
from ..abm.runs.outcomes import ANY, Outcomes, choose, rows_for
from ..abm.space.factors import country_groups, factors_of
from ..abm.space.planned import Planned, Setting, planned
from ..abm.space.sample import SAMPLING_SEED, SEED_SETS
from ..abm.space.space import DUMMY, REKEYING, Space, part_of
from ..abm.world.scenario import load_scenario
from .target import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from ..abm.evidence.registry import Registry
    from .target import Target

FEWEST: Final = 2  # points
MOST: Final = 2**16


@dataclass(frozen=True)
class PriorDesign:
    """Points over the priors, and their runs.

    Parameters
    ----------
    points : ndarray of float64, shape (n_points, n_factors)
        Coordinates between 0 and 1; with more points the first ones stay.
    """

    space: Space
    points: NDArray[np.float64]
    plan: Planned


def prior_design(
    registry: Registry, targets: Iterable[Target], *, number: int, seeds: int, scale: float
) -> PriorDesign:
    """Plan a prior predictive check over all parameters with a prior and all contested switches.

    Points are those of a scrambled Sobol sequence; each has seeds of its own, so that chance is
    in what is predicted. Runs report 2011 to 2015.

    Parameters
    ----------
    targets : iterable of Target
        Say which rows the runs keep, beside those of harm and voluntariness.
    number : int
        Points.
    seeds : int
        Runs at each.
    scale : float
        Persons for each simulated person.

    Raises
    ------
    InputError
        If the number of points is out of range.
    """
    if not FEWEST <= number <= MOST:
        raise InputError(f"--points {number}: give a whole number from {FEWEST} to {MOST}.")
    varied = (*factors_of(registry, "parameters"), *factors_of(registry, "switches"))
    space = Space((*varied, REKEYING), country_groups(registry, [each.name for each in varied]))
    sequence = qmc.Sobol(len(space.factors), scramble=True, seed=SAMPLING_SEED)
    points = sequence.random_base2(ceil(log2(number)))[:number]
    sets = part_of(points[:, space.names.index(DUMMY)], SEED_SETS).tolist()
    setting = Setting(load_scenario("baseline", registry), scale, FIRST_YEAR, LAST_YEAR, seeds)
    changes = [space.changes(point) for point in points]
    return PriorDesign(space, points, planned(changes, sets, setting, registry, rows_of(targets)))


def rows_of(targets: Iterable[Target]) -> Outcomes:
    """Return the rows that targets read, and those of what stands beside departures."""
    beside = [(table, ANY, ALL) for table, _, _ in rows_for(COMPANIONS).choices]
    read = [
        (each.table, ANY, group)
        for each in targets
        for group in (each.group, each.against)
        if group
    ]
    return choose([*beside, *read])
