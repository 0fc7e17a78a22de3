"""Outcomes of leaving, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_closings_and_returns_are_two_counts(told: Tell) -> None:
    found = told(
        "independent",
        "returned_independent",
        "returned",
        "transferred",
        dtv_caseload_outflow={"independent": 3.0, "forced": 50.0},
        true_outcomes={
            "returned_independent": 4.0,
            "returned_forced": 20.0,
            "home_unobserved": 100.0,
            "member_state": 7.0,
        },
    )
    assert found == {
        "independent": 3.0,
        "returned_independent": 4.0,
        "returned": 124.0,
        "transferred": 7.0,
    }


def test_persons_present_and_out_of_sight_are_those_of_the_end_of_the_year(told: Tell) -> None:
    found = told("present", "out_of_sight_end", year_end={"file_open": 5.0, "out_of_sight": 9.0})
    assert found == {"present": 5.0, "out_of_sight_end": 9.0}


def test_shares_of_voluntariness_are_of_adults_who_returned_independently(told: Tell) -> None:
    shares = {
        "share_informed": "informed",
        "share_free": "free_of_detention_and_destitution",
        "share_alternative": "liveable_alternative",
        "share_all_three": "all_three",
        "share_own_first_choice": "own_first_choice",
    }
    rows = {item: 1.0 + n for n, item in enumerate(shares.values())}
    found = told("adults_independent", *shares, voluntariness_of_adults={"adults": 8.0, **rows})
    assert found.pop("adults_independent") == 8.0
    assert found == pytest.approx({name: rows[item] / 8.0 for name, item in shares.items()})
