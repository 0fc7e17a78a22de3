"""From a coordinate between 0 and 1 to a record's value, through its truncated prior."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.special import ndtr, ndtri

from ..evidence.prior import (
    Beta,
    Dirichlet,
    Discrete,
    Distribution,
    LogNormal,
    LogUniform,
    Normal,
    Triangular,
    Uniform,
)
from ..evidence.value import mapped, numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..evidence.record import Record
    from ..evidence.value import Value

TAIL: Final = 0.01  # cut from each end of a prior without ends of its own: a step needs two ends
ENDLESS: Final = (Normal, LogNormal, Beta)


def along(record: Record, u: float, width: float = 1.0) -> Value:
    """Return a record's value at a coordinate.

    One number is the quantile `u` of its prior, truncated to the hard bounds
    and, where the prior has no ends of its own, to its central 98 %. `k`
    numbers move together and keep their order: with `v` the quantile of a
    number's own value, `Phi(Phi^-1(v) + Phi^-1(u) / sqrt(k))`, `u` cut to the
    central 98 %. So 0.5 is the record as it stands, what lies at an end of its
    prior stays there, and all of them move as far as their mean would if each
    were drawn on its own. Of shares the largest moves along its beta
    distribution, and the others keep their proportions.

    Parameters
    ----------
    u : float
        Between 0 and 1.
    width : float, optional
        What the prior's spread is multiplied by.

    Returns
    -------
    Value
        In the type and shape of the record's value.

    Raises
    ------
    ValueError
        If the record has no prior or no value.
    """
    value = record.value
    if record.prior is None or value is None:
        raise ValueError(f"record {record.name!r} has no prior to move along")
    held = numbers(value)
    if isinstance(record.prior, Discrete):
        if len(held) < 2:  # noqa: PLR2004 - one setting
            return record.draw([u] * max(len(held), 1))
        steps = list(record.prior.values)
        own = (np.array([steps.index(each) for each in held]) + 0.5) / len(steps)
        moved = _moved(own, u, len(held))
        which = np.minimum(moved * len(steps), len(steps) - 1).astype(int)
        return mapped(value, [steps[each] for each in which])
    if isinstance(record.prior, Dirichlet):
        return mapped(value, _shares(record.prior, np.array(held), u, width).tolist())
    bounds = record.limits()
    if len(held) == 1:
        drawn = _quantile(resized(record.prior, held[0], width), bounds, np.array([u]))
    else:
        drawn = np.empty(len(held))
        for place, each in enumerate(held):
            prior = resized(record.prior, each, width)
            own = _rank(prior, bounds, np.array([each], dtype=np.float64))
            drawn[place] = _quantile(prior, bounds, _moved(own, u, len(held)))[0]
    if all(isinstance(each, int) for each in held):
        low, high = bounds  # a whole number inside them, also where they are none themselves
        return mapped(value, [int(max(min(round(x), _down(high)), -_down(-low))) for x in drawn])
    return mapped(value, [float(x) for x in drawn])


def _moved(own: NDArray[np.float64], u: float, number: int) -> NDArray[np.float64]:
    """Return the quantiles of several numbers at a coordinate, given those of their own values."""
    shift = float(ndtri(TAIL + (1 - 2 * TAIL) * u)) / math.sqrt(number)
    return np.asarray(ndtr(ndtri(own) + shift), dtype=np.float64)


def resized(prior: Distribution, middle: float, width: float) -> Distribution:
    """Return a prior with a spread multiplied around the value.

    Parameters
    ----------
    width : float
        0.5 halves, 2 doubles; on a logarithmic scale where the prior is on one.
    """
    if width == 1:
        return prior
    changed: dict[str, Any] = {}
    if isinstance(prior, (Uniform, Triangular)):
        names = ("low", "high") if isinstance(prior, Uniform) else ("low", "mode", "high")
        changed = {each: middle + width * (getattr(prior, each) - middle) for each in names}
    elif isinstance(prior, LogUniform):
        inside = float(np.clip(middle, prior.low, prior.high))
        changed = {
            each: inside * (getattr(prior, each) / inside) ** width for each in ("low", "high")
        }
    elif isinstance(prior, Normal):
        changed = {"sd": prior.sd * width}
    elif isinstance(prior, LogNormal):
        changed = {"log_sd": prior.log_sd * width}
    elif isinstance(prior, Beta):
        changed = {"a": prior.a / width**2, "b": prior.b / width**2}
    return prior.model_copy(update=changed)


def _down(x: float) -> float | int:
    """Return the largest whole number that is not above a bound."""
    return math.floor(x) if math.isfinite(x) else x


def _quantile(
    prior: Distribution, bounds: tuple[float, float], u: np.ndarray[Any, np.dtype[np.float64]]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    if isinstance(prior, ENDLESS):
        u = TAIL + (1 - 2 * TAIL) * u
    return np.asarray(prior.quantile(u, bounds), dtype=np.float64)


def _rank(
    prior: Distribution, bounds: tuple[float, float], x: np.ndarray[Any, np.dtype[np.float64]]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the coordinate at which `_quantile` gives a number."""
    below, above = prior.cumulative(bounds)
    rank = (prior.cumulative(x) - below) / (above - below)
    if isinstance(prior, ENDLESS):
        rank = (rank - TAIL) / (1 - 2 * TAIL)
    return np.asarray(np.clip(rank, 0.0, 1.0), dtype=np.float64)


def _shares(
    prior: Dirichlet, held: np.ndarray[Any, np.dtype[np.float64]], u: float, width: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return shares of which the largest has moved."""
    weights = np.array(prior.concentration) / width**2
    largest = int(np.argmax(held))
    a = float(weights[largest])
    marginal = Beta(dist="beta", a=a, b=float(weights.sum() - a))
    share = float(_quantile(marginal, (0.0, 1.0), np.array([u]))[0])
    rest = np.delete(held, largest)
    even = np.full(len(rest), 1 / len(rest))
    moved = np.insert((rest / rest.sum() if rest.sum() else even) * (1 - share), largest, share)
    return np.asarray(moved / moved.sum(), dtype=np.float64)
