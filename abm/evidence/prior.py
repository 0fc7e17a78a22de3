"""Priors: what a value might be, before any comparison with the record.

Every prior is truncated to the hard bounds of its record. A numeric prior on
a list or table holds for each of its numbers independently.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

TAIL = 0.0005  # on each side of the central 99.9 %
WIDE_SHARE = 0.3  # the central 95 % of an assumption spans at least this part of the value
WIDE_BOUNDS = 0.1  # or this part of the bounds

Positive: TypeAlias = Annotated[float, Field(gt=0)]


class Distribution(BaseModel):
    """A distribution of one number.

    `cumulative` and `inverse` are each other's inverse within `support`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    def support(self) -> tuple[float, float]:
        """Return the lowest and highest number that can occur; they may be infinite."""
        raise NotImplementedError

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of a number not above `x`.

        Returns
        -------
        ndarray of float64
            Probabilities.
        """
        raise NotImplementedError

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the number below which the probability is `u`.

        Parameters
        ----------
        u : array_like
            Probabilities.

        Returns
        -------
        ndarray of float64
            Numbers.
        """
        raise NotImplementedError

    def central(self) -> tuple[float, float]:
        """Return the ends of the central 99.9 %, or the support if it is finite."""
        low, high = self.support()
        if math.isfinite(low) and math.isfinite(high):
            return low, high
        ends = self.inverse([TAIL, 1 - TAIL])
        return float(ends[0]), float(ends[1])

    def quantile(self, u: ArrayLike, bounds: tuple[float, float]) -> NDArray[np.float64]:
        """Return quantiles of the distribution truncated to bounds.

        Parameters
        ----------
        u : array_like
            Probabilities between 0 and 1.

        Returns
        -------
        ndarray of float64
            Numbers within the bounds.
        """
        below, above = self.cumulative(bounds)
        inner = below + np.asarray(u, dtype=np.float64) * (above - below)
        return np.clip(self.inverse(inner), *bounds)

    def describe(self) -> str:
        """Return the prior in one line.

        Returns
        -------
        str
            For example `uniform(low=8, high=18)`.
        """
        fields = self.model_dump(exclude={"dist"})
        inside = ", ".join(
            f"{key}={each:g}" if isinstance(each, float) else f"{key}={list(each)}"
            for key, each in fields.items()
        )
        return f"{self.model_dump()['dist']}({inside})"


class Interval(Distribution):
    """A distribution between `low` and `high`."""

    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} is not below high {self.high:g}; swap or widen")
        return self

    def support(self) -> tuple[float, float]:
        """Return `low` and `high`."""
        return self.low, self.high


class Uniform(Interval):
    """Uniform between `low` and `high`."""

    dist: Literal["uniform"]

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return `(x - low) / (high - low)`."""
        return np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return `low + u (high - low)`."""
        return self.low + np.asarray(u, dtype=np.float64) * (self.high - self.low)


class LogUniform(Interval):
    """Uniform in the logarithm between `low` and `high`."""

    dist: Literal["loguniform"]
    low: Positive
    high: Positive

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return `ln(x / low) / ln(high / low)`."""
        inside = np.clip(np.asarray(x, dtype=np.float64), self.low, self.high)
        return np.asarray(np.log(inside / self.low) / math.log(self.high / self.low))

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return `low (high / low)^u`."""
        return self.low * (self.high / self.low) ** np.asarray(u, dtype=np.float64)


class Triangular(Distribution):
    """Triangle between `low` and `high` with its top at `mode`."""

    dist: Literal["triangular"]
    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            raise ValueError("low, mode and high do not ascend; write low <= mode <= high")
        return self

    def support(self) -> tuple[float, float]:
        """Return `low` and `high`."""
        return self.low, self.high

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the two parabolas that meet at `mode`."""
        inside = np.clip(np.asarray(x, dtype=np.float64), self.low, self.high)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = (inside - self.low) ** 2 / (width * left) if left else np.zeros_like(inside)
        falling = 1 - (self.high - inside) ** 2 / (width * right) if right else rising
        return np.where(inside < self.mode, rising, falling if right else 1.0)

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the two square roots that meet at `mode`."""
        p = np.asarray(u, dtype=np.float64)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt(p * width * left)
        falling = self.high - np.sqrt((1 - p) * width * right)
        return np.where(p < left / width, rising, falling)


class Normal(Distribution):
    """Normal with `mean` and standard deviation `sd`."""

    dist: Literal["normal"]
    mean: float
    sd: Positive

    def support(self) -> tuple[float, float]:
        """Return the whole line."""
        return -math.inf, math.inf

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return `Phi((x - mean) / sd)`."""
        return np.asarray(special.ndtr((np.asarray(x) - self.mean) / self.sd))

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return `mean + sd Phi^-1(u)`."""
        return np.asarray(self.mean + self.sd * special.ndtri(np.asarray(u, dtype=np.float64)))


class LogNormal(Distribution):
    """Log-normal with `median` and standard deviation `log_sd` of the logarithm."""

    dist: Literal["lognormal"]
    median: Positive
    log_sd: Positive

    def support(self) -> tuple[float, float]:
        """Return the positive numbers."""
        return 0.0, math.inf

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return `Phi(ln(x / median) / log_sd)`."""
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(np.asarray(x, dtype=np.float64), 0.0) / self.median)
        return np.asarray(special.ndtr(logs / self.log_sd))

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return `median exp(log_sd Phi^-1(u))`."""
        scores = special.ndtri(np.asarray(u, dtype=np.float64))
        return np.asarray(self.median * np.exp(self.log_sd * scores))


class Beta(Distribution):
    """Beta with shapes `a` and `b`."""

    dist: Literal["beta"]
    a: Positive
    b: Positive

    def support(self) -> tuple[float, float]:
        """Return 0 and 1."""
        return 0.0, 1.0

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the regularised incomplete beta function."""
        return np.asarray(special.betainc(self.a, self.b, np.clip(x, 0.0, 1.0)))

    def inverse(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the inverse of the regularised incomplete beta function."""
        return np.asarray(special.betaincinv(self.a, self.b, np.asarray(u, dtype=np.float64)))

    def central(self) -> tuple[float, float]:
        """Return the central 99.9 %."""
        ends = self.inverse([TAIL, 1 - TAIL])
        return float(ends[0]), float(ends[1])


class Discrete(BaseModel):
    """Each of the `values` with the same probability; the alternatives of a switch."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    dist: Literal["discrete"]
    values: Annotated[
        tuple[bool | int | float | str | date, ...], Field(min_length=1, strict=False)
    ]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len({repr(each) for each in self.values}) < len(self.values):
            raise ValueError("values holds the same value twice; name each value once")
        if len({isinstance(each, (bool, str, date)) and type(each) for each in self.values}) > 1:
            raise ValueError("values mixes types; write all of one type")
        return self

    def holds(self, value: object) -> bool:
        """Return whether a value is one of the alternatives.

        Returns
        -------
        bool
            True for one of `values`; 0 and 1 stand for false and true.
        """
        return value in self.values

    def describe(self) -> str:
        """Return the prior in one line."""
        return "one of " + ", ".join(map(str, self.values))


class Dirichlet(BaseModel):
    """Shares that sum to one, with one `concentration` for each."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    dist: Literal["dirichlet"]
    concentration: Annotated[tuple[Positive, ...], Field(min_length=2, strict=False)]

    def quantile(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return shares from one uniform each, through gamma quantiles.

        Parameters
        ----------
        u : array_like, shape (n,)
            One uniform for each share.

        Returns
        -------
        ndarray of float64, shape (n,)
            Shares that sum to 1.
        """
        gammas = special.gammaincinv(self.concentration, np.asarray(u, dtype=np.float64))
        return np.asarray(gammas / gammas.sum())

    def describe(self) -> str:
        """Return the prior in one line."""
        return f"dirichlet({', '.join(f'{each:g}' for each in self.concentration)})"


Numeric: TypeAlias = Uniform | LogUniform | Triangular | Normal | LogNormal | Beta
Prior: TypeAlias = Annotated[Numeric | Discrete | Dirichlet, Field(discriminator="dist")]
PRIORS = (Uniform, LogUniform, Triangular, Normal, LogNormal, Beta, Discrete, Dirichlet)


def is_wide(prior: Distribution, value: float, bounds: tuple[float, float]) -> bool:
    """Return whether a prior is wide enough for a value about which nothing is known.

    Returns
    -------
    bool
        Whether the central 95 % of the truncated prior spans at least 0.3 of
        the value's size, or a tenth of the bounds.
    """
    low, high = prior.quantile([0.025, 0.975], bounds)
    needed = min(WIDE_SHARE * abs(value), WIDE_BOUNDS * (bounds[1] - bounds[0]))
    return bool(high - low >= needed)
