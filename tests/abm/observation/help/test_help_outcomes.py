"""Outcomes of measures and of support, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_measures_are_told_by_their_starts(told: Tell) -> None:
    found = told(
        "detention_placements",
        "vbl_placements",
        "reporting_duties",
        removal_measures={
            "detention/placed": 1.0,
            "detention/demonstrable_departure": 50.0,
            "vbl/inflow": 2.0,
            "reporting_duty/imposed": 4.0,
        },
    )
    assert found == {"detention_placements": 1.0, "vbl_placements": 2.0, "reporting_duties": 4.0}


def test_support_is_told_by_step_and_by_scheme(told: Tell) -> None:
    found = told(
        "met_organisation",
        "referral_reached",
        "applications",
        "left_through_iom",
        "left_with_cash",
        "left_with_help_in_kind",
        "left_with_pilot",
        journey_funnel={"met": 1.0, "reached": 2.0},
        assistance={"applied": 3.0, "departed": 4.0, "departed:hrt": 5.0, "departed:pilot": 6.0},
        iom_support_received={"in_kind": 7.0},
    )
    assert list(found.values()) == [1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 6.0]


def test_steps_toward_cash_and_help_in_kind_are_told(told: Tell) -> None:
    steps = ("eligible", "knows", "considers", "price_met", "granted")
    names = [f"{scheme}_{step}" for scheme in ("cash", "help_in_kind") for step in steps]
    items = [f"{scheme}:{step}" for scheme in ("hrt", "in_kind") for step in steps]
    numbers = [float(number) for number in range(1, 11)]
    found = told(*names, scheme_funnel=dict(zip(items, numbers, strict=True)))
    assert found == dict(zip(names, numbers, strict=True))
