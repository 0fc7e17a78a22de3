"""The lottery of scarce places: whole households, never above capacity, keyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.world.matching import fitting, while_it_lasts

if TYPE_CHECKING:
    from numpy.typing import NDArray


@st.composite
def seekers(draw: st.DrawFn) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    """Draw households side by side, a uniform for each, and places."""
    sizes = draw(st.lists(st.integers(1, 6), max_size=12))
    uniforms = draw(
        st.lists(st.floats(0.001, 0.999), min_size=len(sizes), max_size=len(sizes), unique=True)
    )
    household = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    return (
        household,
        np.repeat(np.array(uniforms, dtype=np.float64), sizes),
        draw(st.integers(-2, 40)),
    )


def test_places_go_by_ascending_draw_until_one_does_not_fit() -> None:
    household = np.array([7, 7, 8, 9, 9, 9, 10])
    draw = np.array([0.3, 0.3, 0.1, 0.5, 0.5, 0.5, 0.7])
    assert fitting(household, draw, 3).tolist() == [2, 0, 1]
    assert fitting(household, draw, 5).tolist() == [2, 0, 1], "nobody is let past who waits"
    assert fitting(household, draw, 6).tolist() == [2, 0, 1, 3, 4, 5]
    assert fitting(household, draw, 0).tolist() == []
    assert fitting(household[:0], draw[:0], 5).tolist() == []


@given(seekers())
def test_never_above_capacity_and_whole_households_only(
    seeking: tuple[NDArray[np.int64], NDArray[np.float64], int],
) -> None:
    household, draw, free = seeking
    got = fitting(household, draw, free)
    assert len(got) <= max(free, 0)
    assert len(set(got.tolist())) == len(got)
    inside = np.isin(household, household[got])
    assert int(inside.sum()) == len(got)


@given(seekers())
def test_who_is_behind_changes_nothing_for_who_is_before(
    seeking: tuple[NDArray[np.int64], NDArray[np.float64], int],
) -> None:
    household, draw, free = seeking
    got = fitting(household, draw, free)
    if not len(got):
        return
    last = draw[got].max()
    before = draw <= last
    later = np.where(before, draw, 1.0 - (1.0 - draw) / 2)  # those behind draw otherwise
    assert fitting(household, later, free).tolist() == got.tolist()
    alone = np.flatnonzero(before)
    assert alone[fitting(household[alone], draw[alone], free)].tolist() == got.tolist()


@given(seekers(), st.integers(0, 10))
def test_more_places_take_nobodys_place(
    seeking: tuple[NDArray[np.int64], NDArray[np.float64], int], more: int
) -> None:
    household, draw, free = seeking
    got, wider = fitting(household, draw, free), fitting(household, draw, free + more)
    assert wider[: len(got)].tolist() == got.tolist()


def test_at_the_edge_a_household_has_the_chance_of_the_share_that_fits() -> None:
    household = np.repeat(np.arange(3), (3, 1, 2))
    draw = np.repeat([0.1, 0.2, 0.3], (3, 1, 2))

    def got(free: int, edge: float) -> list[int]:
        return fitting(household, draw, free, np.full(6, edge)).tolist()

    assert got(2, 0.66) == [0, 1, 2], "two places of three"
    assert got(2, 0.67) == []
    assert got(4, 0.99) == [0, 1, 2, 3]
    assert got(5, 0.49) == [0, 1, 2, 3, 4, 5]
    assert got(5, 0.51) == [0, 1, 2, 3]
    assert got(0, 0.0) == []
    assert got(9, 0.99) == [0, 1, 2, 3, 4, 5]
    chances = (np.arange(1000) + 0.5) / 1000
    taken = [len(fitting(household, draw, 2, np.full(6, each))) for each in chances]
    assert np.mean(taken) == pytest.approx(2.0, abs=0.01), "as many as there are places, on average"


def test_an_account_serves_in_order_of_the_draw_until_it_is_used_up() -> None:
    household = np.array([7, 7, 8, 9, 9, 9, 10])
    draw = np.array([0.3, 0.3, 0.1, 0.5, 0.5, 0.5, 0.7])

    def served(left: float) -> list[int]:
        return np.flatnonzero(while_it_lasts(household, draw, left)).tolist()

    assert served(0.0) == served(-1.0) == []
    assert served(0.01) == served(1.0) == [2]
    assert served(1.5) == served(3.0) == [0, 1, 2]  # the family takes more than is there
    assert served(3.01) == [0, 1, 2, 3, 4, 5]
    assert served(np.inf) == [*range(7)]
    assert while_it_lasts(household[:0], draw[:0], 5.0).tolist() == []


@given(seekers())
def test_an_account_serves_whole_households_and_goes_into_debt_by_less_than_one(
    seeking: tuple[NDArray[np.int64], NDArray[np.float64], int],
) -> None:
    household, draw, left = seeking
    got = while_it_lasts(household, draw, float(left))
    assert (np.isin(household, household[got]) == got).all()
    taken = np.count_nonzero(got)
    if got.any():
        last = household == household[np.flatnonzero(got)[np.argmax(draw[got])]]
        assert taken - np.count_nonzero(last) < left
    assert got.all() or taken >= left


def test_a_row_does_not_matter_for_what_an_account_gives() -> None:
    household = np.array([1, 1, 2, 3])
    draw = np.array([0.5, 0.5, 0.2, 0.9])
    turned = np.array([3, 2, 0, 1])  # members stay side by side
    straight = while_it_lasts(household, draw, 2.0)
    assert (
        while_it_lasts(household[turned], draw[turned], 2.0).tolist() == straight[turned].tolist()
    )
