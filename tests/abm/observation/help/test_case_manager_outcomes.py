"""Outcomes of what case managers decide on, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_longer_stays_add_up_over_places_and_consultations(told: Tell) -> None:
    found = told(
        "extensions_asked",
        "extensions_granted",
        "extensions_left",
        extensions={
            "azc:local:asked": 1.0,
            "vbl:local:asked": 2.0,
            "azc:regional:asked": 4.0,
            "vbl:regional:asked": 8.0,
            "azc:local:granted": 3.0,
            "vbl:regional:left_within": 5.0,
            "vbl:regional:removed_within": 50.0,  # no return of their own
        },
    )
    assert found == {"extensions_asked": 15.0, "extensions_granted": 3.0, "extensions_left": 5.0}


def test_projects_that_end_are_told_with_those_that_are_refused(told: Tell) -> None:
    found = told(
        "projects_lost",
        "projects_refused",
        case_managers={"project_lost": 3.0, "project_refused": 4.0},
    )
    assert found == {"projects_lost": 7.0, "projects_refused": 4.0}


def test_agreements_are_told_with_those_that_a_removal_uses(told: Tell) -> None:
    found = told(
        "agreements_given",
        "agreements_used",
        agreements={"given": 5.0, "followed_26w": 4.0, "used_26w": 1.0},
    )
    assert found == {"agreements_given": 5.0, "agreements_used": 1.0}


def test_promises_are_told_with_the_share_to_people_who_cannot_be_removed(told: Tell) -> None:
    found = told(
        "promised_cash",
        "promised_cash_paid",
        "share_promised_not_removable",
        case_managers={
            "promised:cooperates:not_removable": 3.0,
            "promised:refuses:not_removable": 3.0,
            "promised:cooperates:removable": 2.0,
            "promise_paid": 4.0,
        },
    )
    assert found["promised_cash"] == 8.0
    assert found["promised_cash_paid"] == 4.0
    assert found["share_promised_not_removable"] == pytest.approx(0.75)


def test_shares_beside_the_record_have_their_whole_beneath_them(told: Tell) -> None:
    found = told(
        "share_iom_not_government",
        "share_unobserved_talked",
        iom_referral={"government": 6.0, "not_government": 4.0},
        unobserved_talks={"talked": 30.0, "not_talked": 70.0},
    )
    assert found["share_iom_not_government"] == pytest.approx(0.4)
    assert found["share_unobserved_talked"] == pytest.approx(0.3)
