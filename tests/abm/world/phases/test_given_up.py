"""What follows from refusing: files closed, stays ended, detention, and terms made longer."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.decide_law import decide_law
from terugkeer.abm.world.phases.enforce import enforce
from terugkeer.abm.world.phases.place import place as place_all
from terugkeer.abm.world.phases.weigh import Weigh
from terugkeer.agents.codes import LegalPhase, Place, Reading

from tests.abm.world.alike import files_of, world_of
from tests.abm.world.small_world import change

SURE = (
    change("detention_at_term_end", 1.0),
    change("detention_test_passed", 1.0),
    change("deposit_share", 0.0),
    change("vbl_tail_share", 0.0),
    change("not_found_share_end_of_reception", 0.0),
    change("reporting_duty_share", 0.0),
)


def _after_reception(
    at: Place, refusals: int, *, document: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Return place and open file of refusing persons without minors, after a week of places."""
    world = world_of(*SURE, place=at)
    world.enforcement = 1.0
    people, files = world.people, files_of(world)
    people.phase[files] = LegalPhase.OBLIGED
    people.reading[files] = Reading.REFUSES
    people.refusals[files] = refusals
    people.document[files] = document
    people.frailty[files] = 0.5 if document else 0.0
    alone = files[~world.with_minor(files)]
    place_all(world)
    return people.place[alone], people.spell_open[alone]


@pytest.mark.parametrize("at", [Place.AZC_DEPARTURE_TERM, Place.VBL])
def test_who_refuses_and_can_be_removed_is_held_when_shelter_ends(at: Place) -> None:
    place, file = _after_reception(at, 0, document=True)
    assert (place == Place.DETENTION).all()
    assert file.all()


@pytest.mark.parametrize("at", [Place.AZC_DEPARTURE_TERM, Place.VBL])
def test_after_about_three_refusals_the_file_closes_and_they_live_outside(at: Place) -> None:
    place, file = _after_reception(at, 3)
    assert set(place.tolist()) <= {Place.PRIVATE_NETWORK, Place.STREET}
    assert not file.any()


def test_before_that_the_file_stays_open_when_the_term_ends() -> None:
    place, file = _after_reception(Place.AZC_DEPARTURE_TERM, 2)
    assert set(place.tolist()) <= {Place.PRIVATE_NETWORK, Place.STREET}
    assert file.all()
    place, file = _after_reception(Place.VBL, 2)
    assert (place == Place.VBL).all(), "nor does a stay end before its limit"
    assert file.all()


def test_outside_a_file_with_which_nothing_can_be_done_closes_at_its_own_rate() -> None:
    world = world_of(change("closing_hazard", 0.5), place=Place.PRIVATE_NETWORK)
    people, files = world.people, files_of(world)
    people.phase[files] = LegalPhase.OBLIGED
    people.reading[files] = Reading.REFUSES
    people.refusals[files] = 2
    people.frailty[files[::2]] = 5.0  # the origin takes back whom it is asked to
    world.now.update({"deliberation_rate": 0.0})
    Weigh()(world)
    hazards = np.zeros(len(people))
    for rows, hazard in world.hazards:
        hazards[rows] = np.maximum(hazards[rows], hazard)
    assert (hazards[files[1::2]] >= 0.5).all()
    assert (hazards[files[::2]] < 0.5).all()


def test_who_is_handed_over_is_detained_the_sooner_also_without_a_document() -> None:
    def detained(ratio: float, *, reads: Reading, document: bool) -> float:
        world = world_of(
            change("handed_over_ratio", ratio),
            change("detention_hazard", 0.5),
            change("detention_test_passed", 1.0),
            place=Place.PRIVATE_NETWORK,
        )
        people, files = world.people, files_of(world)
        people.phase[files] = LegalPhase.OBLIGED
        people.place_since[files] = world.week - 4
        people.reading[files] = reads
        people.cooperates[files] = reads == Reading.COOPERATES
        people.refusals[files] = 2
        people.document[files] = document
        people.frailty[files] = 0.5
        alone = files[~world.with_minor(files)]
        enforce(world)
        return float((people.place[alone] == Place.DETENTION).mean())

    assert detained(50.0, reads=Reading.REFUSES, document=True) == 1.0
    assert detained(50.0, reads=Reading.REFUSES, document=False) == 1.0
    assert 0.1 < detained(1.0, reads=Reading.REFUSES, document=True) < 0.7
    assert 0.1 < detained(50.0, reads=Reading.AMBIGUOUS, document=True) < 0.7
    assert detained(50.0, reads=Reading.AMBIGUOUS, document=False) == 0.0
    assert detained(50.0, reads=Reading.COOPERATES, document=True) == 0.0


def test_who_cooperates_and_has_papers_gets_two_weeks_and_some_more_from_the_region() -> None:
    def ended(weeks: int, share: float, *, document: bool = True) -> float:
        world = world_of(change("regional_approval_share", share))
        people, files = world.people, files_of(world)
        people.reading[files] = Reading.COOPERATES
        people.cooperates[files] = True
        people.document[files] = document
        people.phase_since[files] = world.week - weeks
        decide_law(world)
        return float((people.phase[files] == LegalPhase.OBLIGED).mean())

    assert ended(3, 0.0, document=False) == 0.0
    assert ended(4, 0.0, document=False) == 1.0
    assert ended(5, 0.0) == 0.0
    assert ended(6, 0.0) == 1.0
    longest = 6 + int(world_of().now.number("term_extension_regional_weeks"))
    assert ended(longest - 1, 1.0) == 0.0
    assert ended(longest, 1.0) == 1.0


def test_a_stay_in_a_vbl_gets_two_weeks_more_if_departure_is_near() -> None:
    def sent_out(weeks: int, *, document: bool) -> float:
        world = world_of(*SURE, change("vbl_end_hazard_after_limit", 50.0), place=Place.VBL)
        people, files = world.people, files_of(world)
        people.phase[files] = LegalPhase.OBLIGED
        people.reading[files] = Reading.COOPERATES
        people.cooperates[files] = True
        people.document[files] = document
        people.place_since[files] = world.week - weeks
        alone = files[~world.with_minor(files)]
        place_all(world)
        return float((people.place[alone] != Place.VBL).mean())

    assert sent_out(11, document=False) == 0.0
    assert sent_out(12, document=False) == 1.0
    assert sent_out(13, document=True) == 0.0
    assert sent_out(14, document=True) == 1.0


def test_a_closed_file_says_that_nobody_saw_them_leave() -> None:
    world = world_of(*SURE, place=Place.VBL)
    people, files = world.people, files_of(world)
    people.phase[files] = LegalPhase.OBLIGED
    people.reading[files] = Reading.REFUSES
    people.refusals[files] = 3
    before = len(world.log.column("kind"))
    place_all(world)
    kinds = world.log.column("kind")[before:]
    assert (kinds == Event.CLOSED).any()
    assert not (kinds == Event.LEFT).any(), "they live on here"
