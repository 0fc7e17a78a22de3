"""After return: by hand, at the limits, and never the wrong way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from terugkeer.agents.codes import Danger, Embeddedness, Help, Plan, Went
from terugkeer.agents.rules.after_return import (
    danger_band,
    embeddedness,
    leaving_hazard,
    levels,
    pack,
    pack_danger,
    pack_help,
    thinks_of_leaving,
    unpack,
    unpack_danger,
    unpack_help,
    weeks_until_left,
    went,
)

MIDDLE = np.full((1, 3), 0.5)  # no luck, good or bad
LOW, AVERAGE, HIGH = Embeddedness.LOW, Embeddedness.AVERAGE, Embeddedness.HIGH


def test_without_luck_conditions_add_up() -> None:
    found = embeddedness(
        [[1.0, 0.5]], [[0.2, 0.0, -0.4], [1.0, 2.0, 0.0]], [-1.0, 0.0, 1.0], [0.5], MIDDLE, 0.5
    )
    assert found == pytest.approx(np.array([[-0.3, 1.0, 0.6]]))


def test_luck_is_shared_as_far_as_the_correlation_says() -> None:
    common, own = [0.9], [[0.1, 0.5, 0.8]]
    nothing = ([[0.0]], [[0.0, 0.0, 0.0]], [0.0, 0.0, 0.0])
    assert embeddedness(*nothing, common, own, 1.0) == pytest.approx(np.full((1, 3), ndtri(0.9)))
    assert embeddedness(*nothing, common, own, 0.0) == pytest.approx(ndtri(np.array(own)))


def test_levels_have_the_shares_given_among_average_returnees() -> None:
    uniform = (np.arange(1000) + 0.5) / 1000
    found = levels(ndtri(np.tile(uniform[:, None], 3)), [0.29, 0.1, 0.25], [0.18, 0.4, 0.33])
    for dimension, (low, high) in enumerate([(290, 180), (100, 400), (250, 330)]):
        assert (found[:, dimension] == LOW).sum() == low
        assert (found[:, dimension] == HIGH).sum() == high


def test_the_more_embedded_the_less_one_leaves_again() -> None:
    latent = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [-1.0, 0.0, 1.0]])
    found = leaving_hazard(latent, 0.001, 0.7, [1.0, 1.0, 3.0])
    assert found == pytest.approx([0.001, 0.001 * np.exp(-0.7), 0.003])
    assert leaving_hazard(latent, 0.001, 0.0, 1.0) == pytest.approx([0.001] * 3)
    assert (leaving_hazard(latent, 0.0, 0.7, 1.0) == 0.0).all()


def test_the_week_of_leaving_follows_the_hazard() -> None:
    assert weeks_until_left([[0.0, np.inf]], [26], [0.5, 0.5]).tolist() == [np.inf, 1.0]
    uniform = (np.arange(20_000) + 0.5) / 20_000
    weeks = weeks_until_left(np.full((1, 20_000), 0.01), [52], uniform)
    assert weeks.min() == 1
    for week in (1, 26, 52):
        assert (weeks <= week).mean() == pytest.approx(1 - np.exp(-0.01 * week), abs=1e-3)


def test_each_hazard_of_leaving_holds_until_its_follow_up_and_the_last_one_after() -> None:
    """A hazard of 1/20 strikes in week 20 by itself, one of 1/52 in week 52."""
    hazard = [
        [1 / 20, 1 / 52, 1 / 52, 1 / 52, 0.0, 0.0],
        [1.0, 1 / 52, 1 / 13, 0.0, 1 / 52, 0.0],
    ]
    one = np.full(6, -np.expm1(-1.0 + 1e-9))  # of which hazards must add up to 1
    weeks = weeks_until_left(hazard, [26, 52], one)
    assert weeks.tolist() == [20.0, 52.0, 26 + 7.0, np.inf, 26 + 52.0, np.inf]
    strikes = weeks_until_left([[np.inf, 0.0], [0.0, np.inf]], [26, 52], [0.5, 0.5])
    assert strikes.tolist() == [1.0, 26.0]


def test_ten_think_of_leaving_for_each_who_prepares() -> None:
    hazard = -np.log(1 - 0.05) / 156
    uniform = (np.arange(1000) + 0.5) / 1000
    assert thinks_of_leaving(np.full(1000, hazard), 9.6, 156, uniform).sum() == 480
    assert not thinks_of_leaving(np.zeros(1000), 9.6, 156, uniform).any()


def test_sustained_is_there_and_low_in_nothing() -> None:
    level = [[AVERAGE, HIGH, AVERAGE], [LOW, HIGH, HIGH], [HIGH, HIGH, HIGH]]
    assert went(level, [False, False, True]).tolist() == [
        Went.SUSTAINED,
        Went.HARD,
        Went.LEFT_AGAIN,
    ]


@given(
    st.lists(
        st.tuples(*[st.sampled_from(Embeddedness)] * 3, st.sampled_from(Went), st.booleans()),
        min_size=1,
    )
)
def test_what_is_packed_comes_out_again(rows: list[tuple[int, int, int, int, bool]]) -> None:
    given_level = np.array([row[:3] for row in rows], dtype=np.uint8)
    how, thinks = np.array([row[3] for row in rows]), np.array([row[4] for row in rows])
    level, found_how, found_thinks = unpack(pack(given_level, how, thinks))
    assert np.array_equal(level, given_level)
    assert np.array_equal(found_how, how)
    assert np.array_equal(found_thinks, thinks)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Plan)), *[st.booleans()] * len(Help), st.booleans()),
        min_size=1,
    )
)
def test_plans_and_help_are_packed_beside_how_it_went(rows: list[tuple[bool, ...]]) -> None:
    plan = np.array([row[0] for row in rows], dtype=np.uint8)
    had, thinks = np.array([row[1:-1] for row in rows]), np.array([row[-1] for row in rows])
    level = np.full((len(rows), 3), int(HIGH), dtype=np.uint8)
    how = np.full(len(rows), int(Went.LEFT_AGAIN), dtype=np.uint8)
    packed = pack(level, how, thinks) | pack_help(plan, had)
    assert packed.dtype == np.uint16
    found_plan, found_had = unpack_help(packed)
    assert np.array_equal(found_plan, plan)
    assert np.array_equal(found_had, had)
    for found, told in zip(unpack(packed), (level, how, thinks), strict=True):
        assert np.array_equal(found, told)


def test_without_plan_and_help_nothing_is_added() -> None:
    assert pack_help([Plan.NONE], [[False] * len(Help)]).tolist() == [0]


def test_bands_of_danger_begin_at_their_edges() -> None:
    found = danger_band([0.0, 0.39, 0.4, 0.6, 1.0], [0.4, 0.6])
    assert found.tolist() == [Danger.LOW, Danger.LOW, Danger.MIDDLE, Danger.HIGH, Danger.HIGH]
    real, believed = unpack_danger(pack_danger(found, found[::-1].copy()))
    assert np.array_equal(real, found)
    assert np.array_equal(believed, found[::-1])
