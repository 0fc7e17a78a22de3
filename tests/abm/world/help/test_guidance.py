"""What case managers do with files: what the tree is told of persons, places and clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.help.guidance import measures, removable
from terugkeer.agents.codes import LegalPhase, Measure, Place, Reading, Stage

from tests.abm.world.clients import WEEK, everybody, number, world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

COOPERATES = {"reading": Reading.COOPERATES, "identified": True}
REFUSES = {"reading": Reading.REFUSES, "refusals": 9}


def taken(world: World) -> list[Measure]:
    """Return what is done with everybody's file."""
    return [Measure(int(code)) for code in measures(world, everybody(world))]


def measure(**columns: object) -> Measure:
    """Return what is done with a file."""
    (found,) = taken(world_of(n=1, **columns))
    return found


def test_no_files_need_no_measures() -> None:
    assert measures(world_of(), np.zeros(0, dtype=np.intp)).shape == (0,)


def test_a_document_an_agreement_or_the_ease_of_the_origin_makes_removable() -> None:
    world = world_of(n=5)
    ease = number("removable_ease")
    world.people.document[0] = world.people.dublin[1] = True
    world.people.frailty[2:] = [ease * 1.01, ease * 0.99, 0.0]
    assert removable(world, everybody(world)).tolist() == [True, True, True, False, False]


def test_only_the_rows_asked_for_are_judged() -> None:
    world = world_of(place=Place.STREET, **COOPERATES)
    world.people.reading[:3] = Reading.UNREAD
    assert measures(world, np.array([3, 0])).tolist() == [Measure.GRANT_TIME, Measure.KEEP_TERM]


@pytest.mark.parametrize(
    ("place", "done"),
    [
        (Place.AZC, Measure.FREEDOM_RESTRICTING),
        (Place.VBL, Measure.EXTEND_REGIONALLY),  # there since long
        (Place.FAMILY_LOCATION, Measure.GRANT_TIME),
        (Place.STREET, Measure.GRANT_TIME),
        (Place.DETENTION, Measure.KEEP_TERM),
    ],
)
def test_a_household_that_cooperates_gets_what_its_setting_has(place: Place, done: Measure) -> None:
    assert measure(place=place, **COOPERATES) == done


def test_papers_make_departure_feasible_and_preparing_with_them_makes_it_imminent() -> None:
    there = {"place": Place.AZC, "reading": Reading.COOPERATES}
    ready = {"document": True, "stage": Stage.PREPARING}
    assert measure(**there) == Measure.KEEP_TERM
    assert measure(**there, identified=True) == Measure.FREEDOM_RESTRICTING
    in_term = {"phase": LegalPhase.DEPARTURE_TERM, "phase_since": WEEK}
    assert measure(**there, **in_term, **ready) == Measure.EXTEND_LOCALLY
    assert measure(**there, **in_term, document=True) == Measure.FREEDOM_RESTRICTING
    assert measure(**there, **in_term, dublin=True) == Measure.KEEP_TERM, "no paper to go home"


@pytest.mark.parametrize(
    ("place", "phase", "since", "limit"),
    [
        (
            Place.AZC_DEPARTURE_TERM,
            LegalPhase.DEPARTURE_TERM,
            "phase_since",
            "departure_term_weeks",
        ),
        (Place.VBL, LegalPhase.OBLIGED, "place_since", "vbl_weeks"),
    ],
)
def test_the_regional_consultation_follows_once_the_local_extension_is_used_up(
    place: Place, phase: LegalPhase, since: str, limit: str
) -> None:
    near = {
        "place": place,
        "phase": phase,
        "document": True,
        "stage": Stage.PREPARING,
        **COOPERATES,
    }
    used_up = int(number(limit) + number("term_extension_weeks"))
    assert measure(**near, **{since: WEEK - used_up + 1}) == Measure.EXTEND_LOCALLY
    assert measure(**near, **{since: WEEK - used_up}) == Measure.EXTEND_REGIONALLY


def test_outside_a_term_nothing_is_extended_yet() -> None:
    near = {"place": Place.AZC, "document": True, "stage": Stage.PREPARING, **COOPERATES}
    assert measure(**near, phase_since=WEEK - 500) == Measure.EXTEND_LOCALLY


def test_a_household_that_refuses_is_handed_over_if_it_can_be_removed() -> None:
    assert measure(place=Place.VBL, **REFUSES, document=True) == Measure.COERCE
    assert measure(place=Place.VBL, **REFUSES) == Measure.STOP_GUIDANCE
    assert measure(place=Place.STREET, **REFUSES) == Measure.CLOSE


def test_refusals_count_from_the_numbers_of_their_records() -> None:
    for place, name, done in (
        (Place.AZC, "refusals_enough", Measure.STOP_GUIDANCE),
        (Place.STREET, "refusals_few", Measure.CLOSE),
    ):
        enough = int(number(name))
        files = {"place": place, "reading": Reading.REFUSES}
        assert measure(**files, refusals=enough) == done
        assert measure(**files, refusals=enough - 1) == Measure.KEEP_TERM


@pytest.mark.parametrize("phase", [LegalPhase.APPEAL, LegalPhase.REPEAT_PROCEDURE])
def test_nobody_is_handed_over_or_pressed_while_a_procedure_runs(phase: LegalPhase) -> None:
    assert measure(place=Place.VBL, phase=phase, document=True, **REFUSES) == Measure.KEEP_TERM
    waver = {"place": Place.VBL, "reading": Reading.AMBIGUOUS}
    assert measure(**waver, phase=phase) == Measure.KEEP_TERM
    assert measure(**waver) == Measure.PRESS
