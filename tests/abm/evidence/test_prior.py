"""Priors are truncated to hard bounds, and their quantiles are those of scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from terugkeer.abm.evidence import prior

U = np.linspace(0.01, 0.99, 25)
CASES = [
    (prior.Uniform(dist="uniform", low=2, high=5), stats.uniform(2, 3)),
    (prior.LogUniform(dist="loguniform", low=0.1, high=10), stats.loguniform(0.1, 10)),
    (prior.Triangular(dist="triangular", low=1, mode=2, high=5), stats.triang(0.25, 1, 4)),
    (prior.Triangular(dist="triangular", low=1, mode=1, high=5), stats.triang(0, 1, 4)),
    (prior.Triangular(dist="triangular", low=1, mode=5, high=5), stats.triang(1, 1, 4)),
    (prior.Normal(dist="normal", mean=1, sd=2), stats.norm(1, 2)),
    (prior.LogNormal(dist="lognormal", median=3, log_sd=0.5), stats.lognorm(0.5, scale=3)),
    (prior.Beta(dist="beta", a=2, b=5), stats.beta(2, 5)),
]


@pytest.mark.parametrize(("ours", "theirs"), CASES)
def test_quantiles_are_those_of_the_distribution(
    ours: prior.Distribution, theirs: stats.rv_continuous
) -> None:
    np.testing.assert_allclose(ours.quantile(U, (-1e9, 1e9)), theirs.ppf(U), rtol=1e-9)
    np.testing.assert_allclose(ours.cumulative(theirs.ppf(U)), U, rtol=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), CASES)
def test_truncation_keeps_the_shape_within_the_bounds(
    ours: prior.Distribution, theirs: stats.rv_continuous
) -> None:
    low, high = theirs.ppf(0.2), theirs.ppf(0.6)
    drawn = ours.quantile(U, (low, high))
    assert low <= drawn.min() <= drawn.max() <= high
    np.testing.assert_allclose(theirs.cdf(drawn), 0.2 + 0.4 * U, rtol=1e-9)


@pytest.mark.parametrize(
    ("low", "high", "value", "wide"),
    [
        (0.0, 0.32, 1.0, True),  # the central 95 % spans 0.304: three tenths of the value
        (0.0, 0.31, 1.0, False),
        (0.0, 0.31, -1.0, False),
        (0.0, 0.31, 0.5, True),  # of the size of a smaller value
        (0.0, 10.6, 100.0, True),  # or a tenth of the bounds
        (0.0, 10.5, 100.0, False),
    ],
)
def test_a_prior_is_wide_for_its_value_or_for_its_bounds(
    low: float, high: float, value: float, *, wide: bool
) -> None:
    given = prior.Uniform(dist="uniform", low=low, high=high)
    assert prior.is_wide(given, value, (0.0, 100.0)) == wide


def test_alternatives_are_distinct_and_of_one_type() -> None:
    with pytest.raises(ValueError, match="twice"):
        prior.Discrete(dist="discrete", values=("a", "a"))
    with pytest.raises(ValueError, match="mixes types"):
        prior.Discrete(dist="discrete", values=("a", 1))
    assert prior.Discrete(dist="discrete", values=(1, 2.5)).holds(2.5)


def test_a_prior_is_told_in_one_line() -> None:
    assert CASES[0][0].describe() == "uniform(low=2, high=5)"
    assert prior.Discrete(dist="discrete", values=("a", "b")).describe() == "one of a, b"
    assert prior.Dirichlet(dist="dirichlet", concentration=(7, 3)).describe() == "dirichlet(7, 3)"
