"""Longer stays in state shelter, by hand and for any input."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.case_work.extensions import departs_within, falls_due, more_weeks


def more(asked: str, *, agreed: bool, approved: bool) -> float:
    """Return the weeks that one household gets, of 2 locally and 4 in the region."""
    asks = np.array([asked == "local"]), np.array([asked == "regional"])
    return float(more_weeks(asks, (np.array([agreed]), np.array([approved])), (2.0, 4.0))[0])


@pytest.mark.parametrize(
    ("asked", "agreed", "approved", "weeks"),
    [
        ("local", True, False, 2.0),
        ("local", True, True, 2.0),
        ("local", False, True, 0.0),
        ("regional", True, True, 6.0),
        ("regional", True, False, 2.0),
        ("regional", False, True, 0.0),
        ("", True, True, 0.0),
    ],
)
def test_two_weeks_come_first_and_more_through_the_region(
    asked: str, agreed: bool, approved: bool, weeks: float
) -> None:
    assert more(asked, agreed=agreed, approved=approved) == weeks


def test_the_region_sets_no_end_while_papers_are_awaited() -> None:
    yes, no = np.array([True]), np.array([False])
    assert more_weeks((no, yes), (yes, yes), (2.0, 4.0), yes) == np.inf
    assert more_weeks((no, yes), (yes, no), (2.0, 4.0), yes) == 2.0
    assert more_weeks((no, yes), (yes, yes), (2.0, 0.0), yes) == 2.0
    assert more_weeks((yes, no), (yes, yes), (2.0, 4.0), yes) == 2.0, "not asked there yet"


def test_the_region_is_asked_after_the_first_weeks_and_for_some_again() -> None:
    past = np.arange(-1.0, 12.0)
    again = np.ones(13, dtype=np.bool_)
    assert past[falls_due(past, 2.0, 4.0, ~again)].tolist() == [2.0]
    assert past[falls_due(past, 2.0, 4.0, again)].tolist() == [2.0, 6.0, 10.0]
    assert past[falls_due(past, 1.5, 2.5, again)].tolist() == [2.0, 4.0, 7.0, 9.0]


def test_departure_falls_within_the_weeks_for_households_that_are_ready() -> None:
    ready = np.array([True, True, True, False])
    left = np.array([0.0, 2.0, 2.5, 0.0])
    assert departs_within(ready, left, 2.0).tolist() == [True, True, False, False]


@given(st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_nobody_gets_less_than_nothing_or_more_than_both_can_give(
    local: float, regional: float
) -> None:
    flags = np.array(list(itertools.product([False, True], repeat=4))).T
    locally, regionally, agreed, approved = flags
    locally &= ~regionally  # the tree asks of one at a time
    found = more_weeks((locally, regionally), (agreed, approved), (local, regional))
    assert ((found >= 0.0) & (found <= local + regional)).all()
    assert not found[~agreed].any()
    assert not more_weeks((locally, regionally), (agreed, approved), (0.0, regional)).any()
