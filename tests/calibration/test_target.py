"""What one target must hold, and how far a value is off."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import ValidationError
from terugkeer.calibration.target import Target

GIVEN: dict[str, Any] = {
    "id": "some_share",
    "says": "Some share",
    "table": "removal_measures",
    "item": ["vbl/independent"],
    "over": ["vbl/inflow"],
    "years": [2014, 2015],
    "statistic": "share",
    "value": 0.4,
    "unit": "share",
    "source": {"ref": "s4", "locator": "B10"},
    "used_for": "calibration",
    "error": {
        "rounding": 0.01,
        "counting": 0.02,
        "definition": 0.02,
        "discrepancy": 0.04,
        "why": "Because.",
    },
}


def target(**changes: object) -> Target:
    return Target(**{**GIVEN, **changes})


def test_the_error_adds_up_in_squares() -> None:
    assert target().error.sd() == pytest.approx(0.05)


def test_a_value_is_off_by_its_distance_in_standard_deviations() -> None:
    assert target().off(0.5) == pytest.approx(2.0)
    assert target().off(0.3) == pytest.approx(2.0)
    assert target().off(0.5, noise=0.12) == pytest.approx(0.1 / 0.13)
    assert target().off(math.nan) == math.inf


def test_no_value_above_a_floor_is_off() -> None:
    floor = target(bound="at_least")
    assert floor.off(0.9) == 0.0
    assert floor.off(0.3) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"used_for": "both"}, "'both': a target serves calibration or validation, never both"),
        ({"used_for": ["calibration", "validation"]}, "calibration or validation, never both"),
        ({"years": [2015, 2016]}, "years: 2016 lies past 2015"),
        ({"years": [2010, 2011]}, "years: 2010 lies before 2011"),
        ({"years": [2015, 2014]}, "out of order"),
        ({"years": [2014, 2014]}, "stand twice"),
        ({"statistic": "change", "over": [], "before": [2017]}, "before: 2017 lies past 2015"),
        ({"over": []}, "over: statistic 'share' needs it"),
        ({"before": [2011]}, "before: statistic 'share' does not use it"),
        ({"statistic": "contrast"}, "against: statistic 'contrast' needs it"),
        ({"id": "Some share"}, "is not snake_case"),
        ({"unit": "percentage"}, "percentage"),
        ({"value": math.nan}, "finite"),
        ({"error": dict.fromkeys(GIVEN["error"], 0.0) | {"why": "None."}}, "all four are 0"),
        ({"error": GIVEN["error"] | {"counting": -0.1}}, "greater than or equal to 0"),
        ({"weight": 2}, "Extra inputs"),
    ],
)  # fmt: skip
def test_what_is_no_target_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        target(**changes)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        ({"years": [2015]}, True),
        ({"item": ["vbl/unobserved", "vbl/independent"]}, True),
        ({"statistic": "change", "over": [], "years": [2015], "before": [2014]}, False),
        ({"item": ["vbl/unobserved"]}, False),
        ({"years": [2013]}, False),
        ({"group": "sex=f"}, False),
        ({"table": "other"}, False),
    ],
)  # fmt: skip
def test_targets_share_rows_where_table_statistic_item_group_and_year_meet(
    changes: dict[str, object], shared: bool
) -> None:
    assert target().shares_rows(target(**changes)) is shared
    assert target(**changes).shares_rows(target()) is shared


def test_rows_are_the_same_in_any_order_of_items() -> None:
    items = ["vbl/independent", "vbl/unobserved"]
    one, other = target(item=items, over=items), target(item=items[::-1], over=items[::-1])
    assert one.rows() == other.rows()
