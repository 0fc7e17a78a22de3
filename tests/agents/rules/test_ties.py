"""Who is found on a ring, and how far ties are trusted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.ties import Ring, trust_in_ties


def test_the_last_before_the_point_is_found_in_the_own_cell() -> None:
    ring = Ring(np.array([7, 8, 9, 5]), np.array([0, 0, 0, 1]), np.array([0.2, 0.5, 0.8, 0.3]))
    seeker = np.array([1, 1, 1, 1])
    found = ring.find(seeker, np.array([0, 0, 0, 1]), np.array([0.0, 0.6, 0.9, 0.1]))
    assert found.tolist() == [9, 8, 9, 5]


def test_nobody_finds_themselves_and_who_is_alone_finds_nobody() -> None:
    ring = Ring(np.array([7, 8, 5]), np.array([0, 0, 2]), np.array([0.2, 0.5, 0.3]))
    found = ring.find(
        np.array([7, 8, 5, 1]), np.array([0, 0, 2, 1]), np.array([0.3, 0.6, 0.0, 0.0])
    )
    assert found.tolist() == [8, 7, -1, -1]


def test_a_ring_over_time_finds_who_came_before() -> None:
    came = np.array([3.5, 10.2, 11.0, 40.7])
    ring = Ring(np.arange(4), np.zeros(4, dtype=np.intp), came, 4096.0, closed=False)
    seeker, cell = np.array([3, 3, 2, 2]), np.zeros(4, dtype=np.intp)
    point = came[seeker] - [1.0, 30.0, 0.5, 9.0]
    assert ring.find(seeker, cell, point).tolist() == [2, 1, 1, -1]


def test_where_there_is_nobody_nobody_is_found() -> None:
    ring = Ring(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))
    assert ring.find(np.array([3]), np.array([0]), np.array([0.5])).tolist() == [-1]


@given(
    places=st.lists(st.integers(0, 10**6), min_size=3, max_size=30, unique=True),
    points=st.lists(st.floats(0.0, 0.999), min_size=1, max_size=20),
)
def test_one_more_member_only_takes_over(places: list[int], points: list[float]) -> None:
    position = np.array(places) / (10**6 + 1)
    members = np.arange(len(places))
    cell = np.zeros(len(places), dtype=np.intp)
    seeker, sought = np.full(len(points), 99), np.zeros(len(points), dtype=np.intp)
    before = Ring(members[:-1], cell[:-1], position[:-1]).find(seeker, sought, np.array(points))
    after = Ring(members, cell, position).find(seeker, sought, np.array(points))
    assert np.all((after == before) | (after == members[-1]))


@given(median=st.floats(0.01, 0.99), spread=st.floats(0.0, 4.0), u=st.floats(0.001, 0.999))
def test_trust_lies_between_0_and_1(median: float, spread: float, u: float) -> None:
    assert 0.0 < trust_in_ties(u, median, spread) < 1.0


def test_without_spread_trust_is_the_median_and_with_it_the_middle_is() -> None:
    assert trust_in_ties([0.1, 0.9], [0.3, 0.8], 0.0) == pytest.approx([0.3, 0.8])
    assert trust_in_ties(0.5, 0.3, 2.0) == pytest.approx(0.3)
