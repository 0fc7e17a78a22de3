"""What keeps a file open outside state shelter, computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.files import kept_open


@pytest.mark.parametrize(
    ("obliged", "cooperates", "weeks", "kept"),
    [
        (False, False, 500, True),  # a term or a procedure runs
        (True, False, 0, False),
        (True, True, 0, True),
        (True, True, 16, True),
        (True, True, 17, False),
        (False, True, 17, True),
    ],
)
def test_a_term_a_procedure_or_time_granted_keeps_a_file_open(
    *, obliged: bool, cooperates: bool, weeks: int, kept: bool
) -> None:
    found = kept_open(
        obliged=np.array([obliged]),
        cooperates=np.array([cooperates]),
        weeks=np.array([weeks]),
        granted=17.0,
    )
    assert found.tolist() == [kept]


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(-1, 999)), min_size=1))
def test_no_time_and_endless_time_are_the_limits(files: list[tuple[bool, bool, int]]) -> None:
    obliged, cooperates, weeks = (np.array(each) for each in zip(*files, strict=True))
    for granted, kept in ((-np.inf, ~obliged), (np.inf, ~obliged | cooperates)):
        found = kept_open(obliged=obliged, cooperates=cooperates, weeks=weeks, granted=granted)
        assert (found == kept).all()
