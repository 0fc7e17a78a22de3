"""Outcomes of reintegration, from rows by hand, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.observation.reintegration_outcomes import REINTEGRATION_OUTCOMES

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_shares_are_of_those_with_the_same_help(told: Tell) -> None:
    found = told(
        "share_with_plan_52w",
        "share_sustained_52w_plan",
        "share_low_social_52w_no_plan",
        "share_left_again_52w_plan",
        "share_plan_carried_out_26w",
        "share_plan_nothing_52w",
        reintegration={
            "plan:followed_52w": 20.0,
            "plan:sustained_52w": 5.0,
            "plan:left_again_52w": 2.0,
            "plan:nothing_52w": 8.0,
            "no_plan:followed_52w": 80.0,
            "no_plan:low_social_52w": 60.0,
            "plan:followed_26w": 10.0,
            "plan:carried_out_26w": 1.0,
        },
    )
    assert found == pytest.approx(
        {
            "share_with_plan_52w": 0.2,
            "share_sustained_52w_plan": 0.25,
            "share_low_social_52w_no_plan": 0.75,
            "share_left_again_52w_plan": 0.1,
            "share_plan_carried_out_26w": 0.1,
            "share_plan_nothing_52w": 0.4,
        }
    )


def test_every_outcome_by_help_says_on_which_records_it_rests() -> None:
    for each in REINTEGRATION_OUTCOMES:
        assert each.rests_on, each.id
        assert all(name in registry() for name in each.rests_on), each.id
        assert "no effect of it" in each.reads


def test_what_acts_through_plans_and_help_in_kind_is_told_of_each_type_of_help() -> None:
    rests = {each.id: each.rests_on for each in REINTEGRATION_OUTCOMES}
    for help_ in ("plan", "training", "aftercare", "in_kind", "cash_alone"):
        assert "plan_effects" in rests[f"share_sustained_52w_{help_}"]
    for help_ in ("training", "no_training", "in_kind"):
        assert "embedded_in_kind_skilled" in rests[f"share_sustained_52w_{help_}"]
