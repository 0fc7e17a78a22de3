"""The line `a + b n` that says what a week costs with n persons in the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 3  # two points lie on a line whatever they cost
WORST: Final = 0.15  # measured twice, scale 50 cost a tenth less than the line; beyond, it misleads


@dataclass(frozen=True)
class Line:
    """What a week costs.

    Parameters
    ----------
    fixed : float
        Seconds of a week with nobody in the model.
    slope : float
        Seconds that each person adds to a week.
    worst : float
        Largest distance of a measured week from the line, a share of the measured week.
    """

    fixed: float
    slope: float
    worst: float

    def at(self, persons: float) -> float:
        """Return the seconds of a week with so many persons."""
        return self.fixed + self.slope * persons

    @property
    def note(self) -> str | None:
        """A sentence if the line can't be relied on, else None."""
        if self.fixed <= 0.0 or self.slope <= 0.0:
            return "The line has a cost below zero: the machine was disturbed. Measure again."
        if self.worst > WORST:
            return (
                f"The line misses a scale by {self.worst:.0%}: the machine was disturbed, or the "
                "cost of a week is no line. Measure again before you rely on it."
            )
        return None


def fit_line(persons: Sequence[float], seconds: Sequence[float]) -> Line | None:
    """Fit `seconds = a + b persons` with the least sum of squared relative distances.

    Relative, since what disturbs a machine slows long weeks and short ones by the same share.

    Parameters
    ----------
    persons : sequence of float
        Persons in the model in a mean week, one number for each scale.
    seconds : sequence of float
        Measured seconds of a mean week, above 0.

    Returns
    -------
    Line or None
        None with fewer than three different numbers of persons.
    """
    if len(set(persons)) < FEWEST:
        return None
    n, cost = np.asarray(persons, dtype=float), np.asarray(seconds, dtype=float)
    rows = np.column_stack((1.0 / cost, n / cost))
    (fixed, slope), *_ = np.linalg.lstsq(rows, np.ones(n.size), rcond=None)
    worst = np.abs((fixed + slope * n) / cost - 1.0).max()
    return Line(float(fixed), float(slope), float(worst))
