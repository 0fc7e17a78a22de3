"""Outcomes of harm, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_weeks_are_told_whole_for_each_year_lived_and_as_a_share(told: Tell) -> None:
    found = told(
        "weeks_without_stable_shelter",
        "weeks_without_stable_shelter_per_year",
        "share_poor_mental_health",
        "child_weeks_held",
        weeks_lived={
            "without_stable_shelter": 10.0,
            "all": 100.0,
            "poor_mental": 20.0,
            "adults": 80.0,
            "children_held": 3.0,
            "held": 5.0,
        },
    )
    assert found == pytest.approx(
        {
            "weeks_without_stable_shelter": 10.0,
            "weeks_without_stable_shelter_per_year": 5.21775,  # a tenth of a year of 52.1775 weeks
            "share_poor_mental_health": 0.25,
            "child_weeks_held": 3.0,
        }
    )


def test_returns_into_danger_count_every_way_home(told: Tell) -> None:
    found = told(
        "returned_into_high_real_danger",
        "returned_into_low_believed_danger",
        returns_into_danger={
            "independent:real_high": 1.0,
            "forced:real_high": 2.0,
            "unobserved:real_high": 4.0,
            "forced:real_low": 8.0,
            "unobserved:believed_low": 16.0,
        },
    )
    assert found == {
        "returned_into_high_real_danger": 7.0,
        "returned_into_low_believed_danger": 16.0,
    }


def test_children_and_families_are_told_apart(told: Tell) -> None:
    rows = {"children_left": 4.0, "children_returned": 3.0, "families_left": 2.0}
    assert told("children_left", "children_returned", "families_left", families=rows) == rows
