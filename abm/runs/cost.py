"""How long a design will take, before it starts."""

from __future__ import annotations

import math
from typing import Final

WEEKS_PER_YEAR: Final = 52.18
SPIN_UP_YEARS: Final = 3
# Measured with the baseline scenario on one core of a server: orders of magnitude.
PERSONS: Final = 21_000  # in the model in a typical week
SECONDS_PER_AGENT_WEEK: Final = 3e-7  # the week's phases, and counting what they did
SECONDS_PER_WEEK: Final = 0.003  # whatever the number of agents
SECONDS_PER_PROCESS: Final = 2.5  # imports and figures


def expected_seconds(*, years: int, scale: float, seeds: int, workers: int) -> float:
    """Return roughly how many seconds a design takes.

    Parameters
    ----------
    years : int
        Years reported; the spin-up is added.
    scale : float
        Persons for each simulated person.
    seeds, workers : int
        Runs, and processes that share them.

    Returns
    -------
    float
        Seconds on the clock, within a factor of two or so.
    """
    weeks = (years + SPIN_UP_YEARS) * WEEKS_PER_YEAR
    one = weeks * (SECONDS_PER_WEEK + PERSONS / scale * SECONDS_PER_AGENT_WEEK)
    return SECONDS_PER_PROCESS + math.ceil(seeds / workers) * one


def in_words(seconds: float) -> str:
    """Return a duration as people say it.

    Parameters
    ----------
    seconds : float
        The duration.

    Returns
    -------
    str
        Seconds, minutes or hours, rounded.
    """
    if seconds < 90:  # noqa: PLR2004 - up to here seconds read best
        return f"{seconds:.0f} seconds"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"
