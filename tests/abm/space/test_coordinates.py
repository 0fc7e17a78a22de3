"""From a coordinate to the value of a record."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from terugkeer.abm.evidence.prior import LogNormal, LogUniform, Uniform
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.space.coordinates import along, resized


def test_one_number_is_the_quantile_of_its_truncated_prior() -> None:
    record = registry()["vbl_weeks"]
    assert [along(record, u) for u in (0.0, 0.5, 1.0)] == [8, 13, 18]
    prior = registry()["factor_debt"].prior
    assert isinstance(prior, LogNormal)
    assert along(registry()["factor_debt"], 0.5) == pytest.approx(prior.median, rel=1e-3)
    assert along(registry()["factor_debt"], 1.0) < 4.0  # no infinity, and no bound of 6 either


@given(u=st.floats(0, 1), more=st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_several_numbers_move_together_and_keep_their_order(u: float, more: float) -> None:
    record = registry()["talk_interval_weeks"]
    low, high = (np.array(along(record, each)) for each in sorted((u, more)))
    assert (high >= low - 1e-9).all()
    own = np.argsort(np.array(record.value), kind="stable")
    assert (np.diff(low[own]) >= -1e-9).all()


def test_the_middle_of_several_numbers_is_the_record_as_it_stands() -> None:
    for name in ("talk_interval_weeks", "mental_by_place", "organisation_timing"):
        record = registry()[name]
        assert along(record, 0.5) == pytest.approx(record.value)


def test_several_numbers_move_as_far_as_their_mean_would_and_widths_keep_the_record() -> None:
    record = registry()["contact_hazard_not_considering"]  # uniform between 0 and 4
    own = np.array(record.value)
    high = np.array(along(record, 1.0))
    shift = ndtri(0.99) / np.sqrt(len(own))
    assert high == pytest.approx(4 * ndtr(ndtri(own / 4) + shift))
    assert (high[own == 0.0] == 0.0).all()
    assert high[own == own.max()] > 10 * high[own < 0.005].max()  # differences are kept
    for width in (0.5, 2.0):
        assert along(record, 0.5, width) == pytest.approx(record.value)
    narrow = np.array(along(record, 1.0, 0.5))
    assert (narrow <= high + 1e-12).all()


def test_the_largest_share_moves_and_the_others_keep_their_proportions() -> None:
    record = registry()["unobserved_place_shares"]
    held = np.array(numbers(record.value))
    for u in (0.0, 0.3, 1.0):
        shares = np.array(numbers(along(record, u)))
        assert shares.sum() == pytest.approx(1.0)
        rest = np.delete(shares, held.argmax()) / np.delete(held, held.argmax())
        assert rest == pytest.approx(np.full(len(rest), rest[0]))
    first, last = (numbers(along(record, u))[int(held.argmax())] for u in (0.0, 1.0))
    assert first < held.max() < last


def test_halving_and_doubling_keep_the_middle() -> None:
    assert resized(Uniform(dist="uniform", low=8, high=18), 12, 0.5).support() == (10, 15)
    wide = resized(LogUniform(dist="loguniform", low=1, high=100), 10, 2.0)
    assert wide.support() == pytest.approx((0.1, 1000))
    narrow = resized(LogNormal(dist="lognormal", median=2, log_sd=0.5), 2, 0.5)
    assert isinstance(narrow, LogNormal)
    assert (narrow.median, narrow.log_sd) == (2, 0.25)
