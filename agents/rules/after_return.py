"""After return: embeddedness in three dimensions, leaving again, and what a follow-up notes.

No Dutch follow-up exists: forms are assumptions, sizes stand in the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import ndtri

from ..codes import Dimension, Embeddedness, Help, Went

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_BITS: Final = 2  # bits of a level, of a band of danger, and of how a return went
_LEVEL: Final = (1 << _BITS) - 1
_WENT: Final = _BITS * len(Dimension)
_THINKS: Final = _WENT + _BITS
_PLAN: Final = _THINKS + 1  # three bits
_HELP: Final = _PLAN + 3  # one bit for each of `Help`: all sixteen are taken
_OF_PLAN: Final = (1 << (_HELP - _PLAN)) - 1


def embeddedness(
    conditions: ArrayLike,
    effects: ArrayLike,
    start: ArrayLike,
    common: ArrayLike,
    own: ArrayLike,
    correlation: float,
) -> Array:
    """Return how embedded persons are in each dimension, on a scale without limits.

    `start + conditions @ effects + sqrt(r) * common + sqrt(1 - r) * own`, in standard
    deviations of what the conditions do not explain; 0 is the average returnee.

    Parameters
    ----------
    conditions : array_like of float, shape (n, k)
        Conditions of the departure and of the place of return, 0 or more.
    effects : array_like of float, shape (k, 3)
        Standard deviations for 1 of a condition, by dimension.
    start : array_like of float, shape (3,)
        Embeddedness of a person with none of the conditions.
    common : array_like of float, shape (n,)
        Uniforms in (0, 1): luck that all three dimensions share.
    own : array_like of float, shape (n, 3)
        Uniforms in (0, 1): luck of each dimension.
    correlation : float
        Correlation of the three, in [0, 1].

    Returns
    -------
    ndarray of float64, shape (n, 3)
        By `Dimension`; the same luck in all three at correlation 1.

    Notes
    -----
    Three dimensions, strongly interrelated: s3 B.10 (Van Houte and De Koning), s0 J.
    Chosen, prepared, work experience, aftercare, ties kept; forced, debt, cash
    without a plan: s3 J, G24-26, s4 J, s2 J, s0 P14 (signs only).
    """
    luck = np.sqrt(correlation) * ndtri(np.asarray(common, dtype=np.float64))[:, None]
    luck = luck + np.sqrt(1.0 - correlation) * ndtri(np.asarray(own, dtype=np.float64))
    explained = np.asarray(conditions, dtype=np.float64) @ np.asarray(effects, dtype=np.float64)
    return np.asarray(np.asarray(start, dtype=np.float64) + explained + luck)


def levels(latent: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.uint8]:
    """Return the level of embeddedness: low, average or high.

    Low below the `low` quantile of the standard normal, high above the `1 - high` one.

    Parameters
    ----------
    latent : array_like of float, shape (n, 3)
        As `embeddedness` returns it.
    low, high : array_like of float, shape (3,)
        Shares of returnees with a low and a high level, in (0, 1), with a sum below 1.

    Returns
    -------
    ndarray of uint8, shape (n, 3)
        `Embeddedness`; among standard normal values in the shares given.
    """
    latent = np.asarray(latent, dtype=np.float64)
    above = (latent >= ndtri(np.asarray(low))).astype(np.uint8)
    above += latent > -ndtri(np.asarray(high))
    return np.asarray(np.uint8(Embeddedness.LOW) + above, dtype=np.uint8)


def leaving_hazard(latent: ArrayLike, hazard: float, steepness: float, ratio: ArrayLike) -> Array:
    """Return the hazard of leaving again: `hazard * ratio * exp(-steepness * mean)`.

    Parameters
    ----------
    latent : array_like of float, shape (n, 3)
        As `embeddedness` returns it; the mean is over the dimensions.
    hazard : float
        Of the average returnee who was not forced, 1/week.
    steepness : float
        Decline of the logarithm for each standard deviation; 0 for none.
    ratio : array_like of float, shape (n,)
        Multiplier, such as that of forced return.

    Returns
    -------
    ndarray of float64, shape (n,)
        1/week; 0 at hazard 0.

    Notes
    -----
    More embedded is more durable: s0 J (L774-778), s2 G R29. Form assumed.
    """
    mean = np.asarray(latent, dtype=np.float64).mean(axis=1)
    return np.asarray(hazard * np.asarray(ratio) * np.exp(-steepness * mean))


def weeks_until_left(hazard: ArrayLike, until: ArrayLike, uniform: ArrayLike) -> Array:
    """Return the week, counted from the return, in which a household leaves again.

    The first whole week, at least 1, by which hazards add up to `-log(1 - u)`.

    Parameters
    ----------
    hazard : array_like of float, shape (k, n)
        1/week, at least 0: each holds until its follow-up, the last one also after it.
    until : array_like of float, shape (k,)
        Weeks of the follow-ups since the return, ascending.
    uniform : array_like of float, shape (n,)
        In (0, 1).

    Returns
    -------
    ndarray of float64, shape (n,)
        1 or more; infinity where hazards never add up to it.
    """
    hazard = np.asarray(hazard, dtype=np.float64)
    waited = -np.log1p(-np.asarray(uniform, dtype=np.float64))
    weeks, since, gone = np.full(waited.shape, np.inf), 0.0, np.zeros(waited.shape)
    for each, end in zip(hazard, np.asarray(until, dtype=np.float64).tolist(), strict=True):
        still = waited > gone
        with np.errstate(divide="ignore", invalid="ignore"):
            weeks = np.where(still, since + (waited - gone) / each, weeks)
        gone = gone + each * (end - since)
        since = end
    return np.asarray(np.maximum(np.ceil(weeks), 1.0))


def thinks_of_leaving(
    hazard: ArrayLike, ratio: float, weeks: float, uniform: ArrayLike
) -> NDArray[np.bool_]:
    """Return which persons think about leaving again: `u < ratio * (1 - exp(-h * weeks))`.

    Parameters
    ----------
    hazard : array_like of float, shape (n,)
        Of leaving again, 1/week.
    ratio : float
        Persons who think about it for each person who prepares it.
    weeks : float
        Weeks over which preparing is counted.
    uniform : array_like of float, shape (n,)
        In (0, 1).

    Returns
    -------
    ndarray of bool, shape (n,)
        Nobody at hazard 0; everybody at infinity if `ratio` is 1 or more.

    Notes
    -----
    48 % think about it and 5 % prepare it three years after assisted return: x5 G1.
    """
    prepares = -np.expm1(-np.asarray(hazard, dtype=np.float64) * weeks)
    return np.asarray(np.asarray(uniform) < ratio * prepares)


def went(level: ArrayLike, left: ArrayLike) -> NDArray[np.uint8]:
    """Return how returns went: left again; else hard if low in some dimension; else sustained.

    Parameters
    ----------
    level : array_like of uint8, shape (n, 3)
        `Embeddedness`.
    left : array_like of bool, shape (n,)
        Whether the person has left again.

    Returns
    -------
    ndarray of uint8, shape (n,)
        `Went`.

    Notes
    -----
    To stay is one of four definitions of a sustained return (s3 J). Another is that
    conditions allow people to go on living there. Here a sustained return is both.
    """
    hard = (np.asarray(level) <= Embeddedness.LOW).any(axis=1)
    there = np.where(hard, Went.HARD, Went.SUSTAINED)
    return np.where(left, np.uint8(Went.LEFT_AGAIN), there).astype(np.uint8)


def pack(level: ArrayLike, how: ArrayLike, thinks: ArrayLike) -> NDArray[np.uint16]:
    """Pack what a follow-up notes into one number for each person.

    Parameters
    ----------
    level : array_like of uint8, shape (n, 3)
        `Embeddedness` by `Dimension`.
    how : array_like of uint8, shape (n,)
        `Went`.
    thinks : array_like of bool, shape (n,)
        Whether the person thinks about leaving again.

    Returns
    -------
    ndarray of uint16, shape (n,)
        Two bits for each dimension, two for how it went, one for thinking of it.
    """
    level = np.asarray(level, dtype=np.uint16)
    packed = np.asarray(how, dtype=np.uint16) << np.uint16(_WENT)
    packed |= np.asarray(thinks, dtype=np.uint16) << np.uint16(_THINKS)
    for dimension in Dimension:
        packed |= level[:, dimension] << np.uint16(_BITS * dimension)
    return np.asarray(packed, dtype=np.uint16)


def unpack(
    packed: ArrayLike,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """Undo `pack`.

    Parameters
    ----------
    packed : array_like of uint16, shape (n,)
        As `pack` returns it.

    Returns
    -------
    level : ndarray of uint8, shape (n, 3)
        `Embeddedness` by `Dimension`.
    how : ndarray of uint8, shape (n,)
        `Went`.
    thinks : ndarray of bool, shape (n,)
        Whether the person thinks about leaving again.
    """
    bits = np.asarray(packed, dtype=np.int64)
    level = np.stack([(bits >> (_BITS * each)) & _LEVEL for each in Dimension], axis=1)
    how = (bits >> _WENT) & _LEVEL
    return level.astype(np.uint8), how.astype(np.uint8), ((bits >> _THINKS) & 1).astype(np.bool_)


def pack_help(plan: ArrayLike, had: ArrayLike) -> NDArray[np.uint16]:
    """Pack what came of a plan, and what help a person had, beside what `pack` packs.

    Parameters
    ----------
    plan : array_like of uint8, shape (n,)
        `Plan`.
    had : array_like of bool, shape (n, 4)
        By `Help`.

    Returns
    -------
    ndarray of uint16, shape (n,)
        To be joined with `pack` by a bitwise or; 0 without plan and help.
    """
    had = np.asarray(had, dtype=np.uint16)
    packed = np.asarray(plan, dtype=np.uint16) << np.uint16(_PLAN)
    for each in Help:
        packed |= had[:, each] << np.uint16(_HELP + each)
    return np.asarray(packed, dtype=np.uint16)


def unpack_help(packed: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Undo `pack_help`.

    Parameters
    ----------
    packed : array_like of uint16, shape (n,)
        As `pack_help` returns it, joined with `pack` or not.

    Returns
    -------
    plan : ndarray of uint8, shape (n,)
        `Plan`.
    had : ndarray of bool, shape (n, 4)
        By `Help`.
    """
    bits = np.asarray(packed, dtype=np.int64)
    had = np.stack([(bits >> (_HELP + each)) & 1 for each in Help], axis=1)
    return ((bits >> _PLAN) & _OF_PLAN).astype(np.uint8), had.astype(np.bool_)


def danger_band(danger: ArrayLike, edges: ArrayLike) -> NDArray[np.uint8]:
    """Return the band of danger of a value: low, middle or high.

    Parameters
    ----------
    danger : array_like of float, shape (n,)
        From 0 to 1.
    edges : array_like of float, shape (2,)
        Where the middle and the high band begin, ascending.

    Returns
    -------
    ndarray of uint8, shape (n,)
        `Danger`; an edge belongs to the band above it.
    """
    found = 1 + np.digitize(np.asarray(danger, dtype=np.float64), np.asarray(edges))
    return np.asarray(found, dtype=np.uint8)


def pack_danger(real: NDArray[np.uint8], believed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pack bands of real and believed danger into one number for each person.

    Parameters
    ----------
    real, believed : ndarray of uint8, shape (n,)
        `Danger`.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Two bits for each.
    """
    return np.asarray(real | (believed << np.uint8(_BITS)), dtype=np.uint8)


def unpack_danger(packed: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Undo `pack_danger`.

    Parameters
    ----------
    packed : array_like of uint8, shape (n,)
        As `pack_danger` returns it.

    Returns
    -------
    real : ndarray of uint8, shape (n,)
        `Danger`.
    believed : ndarray of uint8, shape (n,)
        `Danger`.
    """
    bits = np.asarray(packed, dtype=np.uint8)
    return bits & np.uint8(_LEVEL), (bits >> np.uint8(_BITS)) & np.uint8(_LEVEL)
