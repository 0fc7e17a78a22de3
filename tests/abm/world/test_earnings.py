"""What adults earn: informal work by place and ties, lawful work during a procedure."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.earnings import earnings
from terugkeer.agents.codes import LegalPhase, Place

from tests.abm.world.clients import world_of

HALF: dict[str, object] = {"informal_income_eur_week": 100.0, "informal_by_place": (0.5,) * 11}


def earned(values: dict[str, object], place: object, phase: object, ties: object) -> list[float]:
    world = world_of()
    world.now.update(HALF | values)
    what = np.broadcast_arrays(np.asarray(place), np.asarray(phase), np.asarray(ties))
    places, phases = (each.astype(np.uint8) for each in what[:2])
    return earnings(world, places, phases, what[2].astype(np.float32)).tolist()


def test_informal_work_goes_with_ties_and_place_and_there_is_none_at_origin() -> None:
    by_place = {"informal_by_place": tuple(np.arange(11) / 10)}
    found = earned(by_place, list(Place), LegalPhase.OBLIGED, 0.5)
    assert found == pytest.approx([*(5.0 * np.arange(11)), 0.0])
    assert earned({}, Place.STREET, LegalPhase.OBLIGED, [0.0, 0.5, 1.0]) == [0.0, 25.0, 50.0]


def test_lawful_work_is_for_asylum_centres_until_the_departure_term() -> None:
    lawful = {"work_in_procedure_eur_week": 70.0}
    for place in (Place.AZC, Place.VBL, Place.PRIVATE_NETWORK):
        found = earned(lawful, place, list(LegalPhase), 0.0)
        may = [place == Place.AZC and phase < LegalPhase.DEPARTURE_TERM for phase in LegalPhase]
        assert found == [70.0 * each for each in may], place


def test_lawful_work_comes_on_top_and_at_0_changes_nothing() -> None:
    in_procedure = ([Place.AZC], LegalPhase.PROCEDURE, 1.0)
    assert earned({"work_in_procedure_eur_week": 70.0}, *in_procedure) == [120.0]
    assert earned({"work_in_procedure_eur_week": 0.0}, *in_procedure) == [50.0]
