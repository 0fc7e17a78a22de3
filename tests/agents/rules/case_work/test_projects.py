"""Projects that disturb a removal, by hand and for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from terugkeer.agents.rules.case_work.projects import disturbs, permission_lost


@pytest.mark.parametrize(
    ("in_hand", "in_time", "expected"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_a_project_disturbs_a_removal_unless_it_brings_departure_in_time(
    in_hand: bool, in_time: bool, expected: bool
) -> None:
    assert disturbs(np.array([in_hand]), np.array([in_time])).tolist() == [expected]


def test_a_share_of_those_who_disturb_loses_the_permission() -> None:
    disturbing = np.array([True, True, True, False])
    uniform = np.array([0.1, 0.49, 0.5, 0.1])
    assert permission_lost(disturbing, uniform, 0.5).tolist() == [True, True, False, False]


@given(
    st.integers(0, 30).flatmap(
        lambda n: st.tuples(
            arrays(np.bool_, n), arrays(np.float64, n, elements=st.floats(1e-9, 1.0 - 1e-9))
        )
    ),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_a_stricter_share_only_adds_households(
    drawn: tuple[np.ndarray, np.ndarray], one: float, other: float
) -> None:
    disturbing, uniform = drawn
    lenient = permission_lost(disturbing, uniform, min(one, other))
    strict = permission_lost(disturbing, uniform, max(one, other))
    assert not (lenient & ~strict).any()
    assert not permission_lost(disturbing, uniform, 0.0).any()
    assert np.array_equal(permission_lost(disturbing, uniform, 1.0), disturbing)
