"""Priors are truncated to hard bounds, and their quantiles are those of scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats
from terugkeer.abm.evidence import prior
from terugkeer.abm.evidence.registry import load_registry
from terugkeer.abm.evidence.value import NumberTable, numbers

if TYPE_CHECKING:
    from pathlib import Path

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


def test_draws_keep_type_and_shape(evidence_folder: Path) -> None:
    registry = load_registry(evidence_folder)
    assert registry["stay_weeks"].draw(0.5) == 13
    assert isinstance(registry["stay_weeks"].draw(0.31), int)
    assert registry["leave_hazard"].draw(0.5) == pytest.approx(0.02)
    assert registry["support_rule"].draw(0.49) == "either_or"
    assert registry["support_rule"].draw(1.0) == "stacked"
    shares = registry["household_shares"].draw([0.5, 0.5])
    assert sum(numbers(shares)) == pytest.approx(1)
    assert isinstance(shares, NumberTable)
    assert list(shares) == ["single", "family"]
    with pytest.raises(ValueError, match="no prior"):
        registry["closings"].draw(0.5)
