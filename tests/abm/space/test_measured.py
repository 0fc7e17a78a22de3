"""What was measured at points can be used, or is refused with its rows."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.space.measured import Measured, moving, refuse_unusable


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_missing_is_refused_with_its_row(bad: float) -> None:
    values = np.ones((9, 2, 2))
    values[4, 1, 0] = bad
    with pytest.raises(InputError) as refused:
        refuse_unusable(values, ["y", "z"])
    assert "outcome 'y': no finite number at design rows 5 of 9" in str(refused.value)
    assert "'z'" not in str(refused.value)


def test_an_outcome_that_never_changes_is_refused_or_left_out() -> None:
    mean = np.column_stack([np.full(7, 3.0), np.arange(7.0)])
    measure = Measured(("flat", "y"), mean, np.zeros((7, 2)))
    with pytest.raises(InputError, match=r"'flat': 3 at all design rows 1 to 7"):
        moving(measure, ["flat"])
    assert moving(measure, ["y"]) == ["y"]
