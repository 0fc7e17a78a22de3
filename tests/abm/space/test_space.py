"""The design space: from coordinates to values of records."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.prior import LogNormal, LogUniform, Uniform
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.value import numbers
from terugkeer.abm.observation.outcomes import COMPANIONS
from terugkeer.abm.space.coordinates import along, resized
from terugkeer.abm.space.factors import SCHEMES, chosen_space, factor_of, factors_of, scheme_groups
from terugkeer.abm.space.outcomes import chosen_outcomes
from terugkeer.abm.space.space import DUMMY, Factor, Space
from terugkeer.experiments.sensitivity.pairs import pairs_of


@pytest.mark.parametrize("role", ["parameters", "switches"])
@pytest.mark.parametrize("u", [0.0, 0.37, 1.0])
@pytest.mark.parametrize("width", [0.5, 1.0, 2.0])
def test_every_corner_of_the_space_is_a_value_that_its_record_allows(
    role: str, u: float, width: float
) -> None:
    evidence = registry()
    names = [each.name for each in factors_of(evidence, role)]
    for name in names:
        (change,) = factor_of(evidence, name, width).at(u)
        assert (change.target, change.operation, change.start) == (name, "set", None)
        assert evidence[name].misfits(change.value) == []
        assert all(np.isfinite(each) for each in numbers(change.value))


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


def test_alternatives_have_equal_parts_of_the_coordinate() -> None:
    factor = factor_of(registry(), "household")
    assert factor.alternatives == ("mean", "veto", "head")
    assert [factor.at(u)[0].value for u in (0.0, 0.32, 0.34, 0.99, 1.0)] == [
        "mean", "mean", "veto", "head", "head",
    ]  # fmt: skip
    assert factor_of(registry(), "rean_open").alternatives == ("false", "true")
    assert factor_of(registry(), "rean_open").at(0.0)[0].value is False


def test_halving_and_doubling_keep_the_middle() -> None:
    assert resized(Uniform(dist="uniform", low=8, high=18), 12, 0.5).support() == (10, 15)
    wide = resized(LogUniform(dist="loguniform", low=1, high=100), 10, 2.0)
    assert wide.support() == pytest.approx((0.1, 1000))
    narrow = resized(LogNormal(dist="lognormal", median=2, log_sd=0.5), 2, 0.5)
    assert isinstance(narrow, LogNormal)
    assert (narrow.median, narrow.log_sd) == (2, 0.25)


def test_one_role_or_names_make_a_space_that_ends_with_the_dummy() -> None:
    evidence = registry()
    space = chosen_space(evidence, "vbl_weeks, household,vbl_weeks")
    assert space.names == ["vbl_weeks", "household", DUMMY]
    changes = space.changes(np.array([0.0, 0.0, 0.7]))
    assert [(each.target, each.value) for each in changes] == [
        ("household", "mean"),
        ("vbl_weeks", 4),
    ]
    assert space.features(np.array([[0.2, 0.9, 0.5]])).tolist() == [[0.2, 0.0, 1.0, 0.5]]
    names = chosen_space(evidence, "switches").names
    assert "decision" not in names
    assert {evidence[each].role for each in names[:-1]} == {"switch"}


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("levers,parameters", "a lever's range is a step"),
        ("vbl_week", "'vbl_week' is unknown. Did you mean"),
        ("", "none chosen"),
        ("spinup_years", "unknown"),
    ],
)
def test_what_makes_no_space_is_refused(chosen: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        chosen_space(registry(), chosen)


def test_groups_that_do_not_fit_are_refused() -> None:
    three = tuple(Factor(each, each) for each in "abc")
    for groups in ({"x": ("a", "z")}, {"x": ("a",), "y": ("a", "b")}, {"a": ("b", "c")}):
        with pytest.raises(InputError, match="group"):
            Space(three, groups)
    assert Space(three, {"x": ("a", "c")}).labels() == ["x", "b"]


def test_every_scheme_and_every_pair_that_ships_is_there() -> None:
    evidence = registry()
    levers = chosen_space(evidence, "levers")
    assert scheme_groups(levers) == {
        "hrt": ("hrt_open", "cash_amount"),
        "in_kind": ("in_kind_amount", "in_kind_preparation", "in_kind_window"),
        "pilot": ("pilot_open", "pilot_window"),
    }
    known = {*evidence.names(), *evidence.levers}
    assert {each for members in SCHEMES.values() for each in members} <= known
    assert scheme_groups(chosen_space(evidence, "rean_open,rean_adult,hrt_open")) == {
        "rean": ("rean_open", "rean_adult")
    }
    for pair in pairs_of("asked"):
        assert {factor_of(evidence, name).name for name in pair} == set(pair)


def test_a_number_of_departures_never_stands_alone() -> None:
    first, *others = chosen_outcomes("independent")
    assert (first, sorted(others)) == ("independent", sorted(COMPANIONS))
    first, *others = chosen_outcomes("forced_share,out_of_sight_end")
    assert (first, sorted(others)) == ("forced_share", sorted(COMPANIONS))
    assert chosen_outcomes("weeks_on_street") == ["weeks_on_street"]
    with pytest.raises(InputError, match=r"'independant' is unknown\. Did you mean"):
        chosen_outcomes("independant")
