"""Moderators of a decision: gates that a state opens or closes, softly or hard.

All are one logistic step, `s(x) = 1 / (1 + exp(-steepness * (x - midpoint)))`,
between a floor and 1. An infinite steepness gives a hard threshold: 0 below the
midpoint, 1 from the midpoint on. The sources say that such gates exist, and give
their signs, but no shape and no size: midpoint, steepness and floor are records that the
caller hands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def _step(x: ArrayLike, midpoint: float, steepness: float) -> NDArray[np.float64]:
    """Return the logistic step of x; hard where the steepness is infinite."""
    # a Python float takes on the precision of x: 0.7 in float32 lies at 0.7, not below
    distance = np.asarray(np.asarray(x) - float(midpoint), dtype=np.float64)
    if np.isinf(steepness):
        return np.asarray(distance >= 0.0, dtype=np.float64)
    return np.asarray(expit(steepness * distance))


def _closing(x: ArrayLike, midpoint: float, steepness: float, floor: float) -> NDArray[np.float64]:
    """Return what a gate lets through; it closes as x rises."""
    # floor + (1 - floor) * (1 - s), and not 1 - (1 - floor) * s, is exactly the floor at s = 1
    return floor + (1.0 - floor) * (1.0 - _step(x, midpoint, steepness))


def gate(x: ArrayLike, midpoint: float, steepness: float, floor: float) -> NDArray[np.float64]:
    """Return how far a gate is open; it opens as a state rises.

    `floor + (1 - floor) * s(x)`, with `s` the logistic step of this module.

    Parameters
    ----------
    x : array_like of float, shape (n,)
        The state, without unit.
    midpoint : float
        The state at which the gate is half open, in the unit of `x`.
    steepness : float
        1 over the unit of `x`, at least 0. 0: the state has no effect; infinity: a hard
        threshold.
    floor : float
        What a closed gate lets through, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n,)
        Shares in [floor, 1], rising with `x`. Steepness 0: `(1 + floor) / 2`
        everywhere; steepness infinite: exactly `floor` below the midpoint and
        exactly 1 from it on. Floor 1: always 1.

    Notes
    -----
    An agency threshold below which nobody takes a step: s2 G R11; "impossible
    from the street": s2 D17, G R15, s4 G14.
    """
    return floor + (1.0 - floor) * _step(x, midpoint, steepness)


def capacity(
    stability: ArrayLike,
    agency: ArrayLike,
    mental: ArrayLike,
    *,
    midpoint: float,
    steepness: float,
    floor: float,
) -> NDArray[np.float64]:
    """Return how much calm and strength persons have to deliberate.

    `stability * gate(agency) * gate(mental)`. It scales how often a household
    decides, never what it prefers. Both alternatives of the switch `health_acts`
    let mental health act here; they differ in what else it does.

    Parameters
    ----------
    stability : array_like of float, shape (n,)
        Stability of the place in [0, 1]; 0 is survival on the street.
    agency : array_like of float, shape (n,)
        Own direction against passivity, in [0, 1].
    mental : array_like of float, shape (n,)
        Mental health in [0, 1], 1 is good.
    midpoint, steepness, floor : float
        Of the gates of agency and of mental health, see `gate`.

    Returns
    -------
    ndarray of float64, shape (n,)
        Capacity in [0, 1]: 0 where stability is 0, else between
        `stability * floor**2` and the stability.

    Notes
    -----
    Stability before deliberation: s4 G13-G14, s2 D17, s0 G7. Passivity:
    s2 D8a and G R11, s0 F6. Mental complaints block: s4 D4, s0 F34.
    """
    able = gate(agency, midpoint, steepness, floor) * gate(mental, midpoint, steepness, floor)
    return np.asarray(stability, dtype=np.float64) * able


def hardship_left(
    fear: ArrayLike, *, midpoint: float, steepness: float, floor: float
) -> NDArray[np.float64]:
    """Return the share of the effect of hardship that fear of the origin leaves.

    `1 - (1 - floor) * s(fear)`: persons who fear the return prefer to stay
    illegally, even in bad conditions, so worse conditions here no longer move them.

    Parameters
    ----------
    fear : array_like of float, shape (n,)
        Believed danger at the origin, in [0, 1].
    midpoint, steepness, floor : float
        See `gate`; `floor` is what full fear leaves.

    Returns
    -------
    ndarray of float64, shape (n,)
        Shares in [floor, 1], falling with fear. Steepness infinite: exactly 1
        below the midpoint and exactly `floor` from it on; with floor 0 hardship
        then has no effect at all, which is what the source says.

    Notes
    -----
    s1 D1 and G1; what opens it again is a safer origin, s1 D2 and G3.
    """
    return _closing(fear, midpoint, steepness, floor)


def turned(
    fear: ArrayLike, *, midpoint: float, steepness: float, floor: float
) -> NDArray[np.float64]:
    """Return the share of a threat that fear turns from returning to hiding.

    `1 - hardship_left(fear)`: a threat of removal makes persons without fear
    return on their own, and persons with fear go out of sight.

    Parameters
    ----------
    fear : array_like of float, shape (n,)
        Believed danger at the origin, in [0, 1].
    midpoint, steepness, floor : float
        See `gate`; `floor` is the share that still presses toward return at
        full fear.

    Returns
    -------
    ndarray of float64, shape (n,)
        Shares in [0, 1 - floor], rising with fear. Steepness infinite: exactly
        0 below the midpoint and `1 - floor` from it on.

    Notes
    -----
    s1 D5 (average effect against that on the fearful) and G2, G5; s4 D5.
    """
    return 1.0 - hardship_left(fear, midpoint=midpoint, steepness=steepness, floor=floor)


def persuasion(
    hope: ArrayLike, *, midpoint: float, steepness: float, floor: float
) -> NDArray[np.float64]:
    """Return the share of a persuasion that hope of a permit leaves.

    `1 - (1 - floor) * s(hope)`: persons who aren't convinced that all ways to
    stay are used up are hardly open to talk of return.

    Parameters
    ----------
    hope : array_like of float, shape (n,)
        Believed chance of a permit, in [0, 1].
    midpoint, steepness, floor : float
        See `gate`; `floor` is what full hope leaves.

    Returns
    -------
    ndarray of float64, shape (n,)
        Shares in [floor, 1], falling with hope. Steepness infinite: exactly 1
        below the midpoint and exactly `floor` from it on.

    Notes
    -----
    s4 D19, G3 and G4; s1 D11 and G8; s2 D13 and G R16; s0 F2 and G1.
    """
    return _closing(hope, midpoint, steepness, floor)
