"""Which points lie near the record of how files closed."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.calibration.near_record import near, recorded_shares


def test_recorded_shares_are_of_all_closings_of_the_years() -> None:
    shares = recorded_shares(2011, 2011)
    total = 2050 + 3450 + 4220 + 1240 + 5940
    assert shares["independent"] == pytest.approx(2050 / total)
    assert sum(recorded_shares(2011, 2015).values()) == pytest.approx(1.0)
    assert max(recorded_shares(2011, 2015), key=recorded_shares(2011, 2015).__getitem__) == (
        "unobserved"
    )


@pytest.mark.parametrize("years", [(2010, 2011), (2015, 2017)])
def test_years_without_a_record_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(InputError, match=r"no record of how files closed in 201[06]"):
        recorded_shares(*years)


def test_a_point_is_near_where_no_share_is_farther_than_the_tolerance() -> None:
    recorded = {"independent": 0.2, "forced": 0.3, "unobserved": 0.5}
    shares = {
        "independent": np.array([0.2, 0.24, 0.26, 0.21]),
        "forced": np.array([0.3, 0.30, 0.26, 0.40]),
        "unobserved": np.array([0.5, 0.46, 0.48, 0.39]),
    }
    assert near(shares, recorded, 5.0).tolist() == [True, True, False, False]
    assert near(shares, recorded, 7.0).tolist() == [True, True, True, False]
    assert near(shares, recorded, 50.0).tolist() == [True, True, True, False]  # forced is largest
