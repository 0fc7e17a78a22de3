"""Outcomes of law, from rows of their tables by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.abm.observation.hand_made import Tell


def test_removals_add_up_from_liberty_and_detention(told: Tell) -> None:
    """By hand: 30 + 10 flown, 20 vanished, 15 apply anew and 5 leave: 40 of 80 come to nothing."""
    rows = {
        "at_liberty:flown": 30.0,
        "held:flown": 10.0,
        "at_liberty:vanished": 20.0,
        "held:new_application": 15.0,
        "at_liberty:left_on_its_own": 5.0,
    }
    names = ("removals_planned", "removals_vanished", "share_removals_cancelled")
    found = told(*names, planned_removals=rows)
    assert found["removals_planned"] == 80.0
    assert found["removals_vanished"] == 20.0
    assert found["share_removals_cancelled"] == pytest.approx(0.5)


def test_procedures_add_up_over_tracks(told: Tell) -> None:
    rows = {
        "appeal:dublin:made": 3.0,
        "appeal:extended:made": 2.0,
        "appeal:extended:awaited": 2.0,
        "appeal:general:won": 1.0,
        "repeat:made": 7.0,
        "repeat:held": 4.0,
        "no_fault:tested": 6.0,
        "no_fault:granted": 5.0,
    }
    of_law = ("appeals_made", "appeals_awaited", "repeat_applications")
    found = told(*of_law, "no_fault_tested", "no_fault_permits", procedures=rows)
    assert found["appeals_made"] == 5.0
    assert found["appeals_awaited"] == 2.0
    assert found["repeat_applications"] == 7.0
    assert found["no_fault_tested"] == 6.0
    assert found["no_fault_permits"] == 5.0
