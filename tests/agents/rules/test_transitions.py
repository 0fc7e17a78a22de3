"""The table of declared transitions."""

from __future__ import annotations

import pytest
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.agents.rules.transitions import PHASES, PLACES, allowed


@pytest.mark.parametrize(("declared", "enum"), [(PHASES, LegalPhase), (PLACES, Place)])
def test_every_code_has_its_targets_once(declared: dict, enum: type[LegalPhase | Place]) -> None:
    assert set(declared) == set(enum)
    for origin, targets in declared.items():
        assert origin not in targets
        assert len(set(targets)) == len(targets)
    table = allowed(declared)
    assert table.shape == (len(enum), len(enum))
    assert {(a, b) for a in enum for b in enum if table[a, b]} == {
        (origin, target) for origin, targets in declared.items() for target in targets
    }


def test_nothing_leads_back_from_return() -> None:
    assert PHASES[LegalPhase.RETURNED] == ()
    assert PLACES[Place.ORIGIN] == ()


def test_a_file_is_never_opened_without_a_refusal() -> None:
    assert LegalPhase.OBLIGED not in PHASES[LegalPhase.PROCEDURE]
    assert LegalPhase.REPEAT_PROCEDURE not in PHASES[LegalPhase.DEPARTURE_TERM]


def test_everybody_can_return_from_everywhere() -> None:
    assert all(Place.ORIGIN in PLACES[place] for place in Place if place is not Place.ORIGIN)
    assert all(
        LegalPhase.RETURNED in PHASES[phase]
        for phase in LegalPhase
        if phase is not LegalPhase.RETURNED
    )
