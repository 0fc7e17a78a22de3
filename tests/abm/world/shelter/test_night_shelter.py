"""Night shelter on condition: who comes in, for how long, and where people go after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.chance import Decision, hash_numbers
from terugkeer.abm.world.decision.hazards import Cause, Hazards
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.place import place
from terugkeer.agents.codes import LegalPhase, Outcome, Place, Reading, Stage

from tests.abm.world.adults import CHANCE, CHILD, WEEK, adults, happened, hazards_only

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NIGHT, STREET = Place.NIGHT_SHELTER, Place.STREET
# everybody on condition, for four weeks; nobody finds a guided place or is lost by chance
RULES: dict[str, object] = {
    "night_shelter_capacity": 4,
    "guided_shelter_capacity": 0,
    "night_shelter_condition": 1.0,
    "night_shelter_weeks": 4,
    "vbl_admission_share": 1.0,
    "private_place_share": 0.0,
    "asks_again_hazard": 0.0,
    "living_allowance_places": 0,
}
OUT = {"place": STREET, "spell_open": False, "closed_week": WEEK - 50}
CONSIDERS = {"stage": Stage.CONSIDERING}


def places(world: World) -> list[Place]:
    return [Place(each) for each in world.people.place]


def weeks_later(world: World, weeks: int) -> World:
    world.week += weeks
    place(world)
    return world


def test_who_considers_return_has_four_weeks_then_ter_apel_or_the_street() -> None:
    world = adults(
        4,
        values=RULES,
        **OUT,
        stage=[Stage.CONSIDERING, Stage.CONSIDERING, 0, 0],
        identified=[True, False, True, False],
    )
    place(world)
    assert places(world) == [NIGHT, NIGHT, STREET, STREET]
    assert world.people.spell_open.tolist() == [True, True, False, False]
    assert happened(world, Event.TURN_BEGUN) == happened(world, Event.OPENED) == [1, 2]
    world.people.reading[:2] = Reading.COOPERATES  # as talks find
    assert places(weeks_later(world, 3)) == [NIGHT, NIGHT, STREET, STREET]
    assert places(weeks_later(world, 1)) == [Place.VBL, STREET, STREET, STREET]
    assert world.people.spell_open.tolist() == [True, False, False, False]
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("outcome")[closed].tolist() == [Outcome.UNOBSERVED]
    assert places(weeks_later(world, 1))[1:] == [STREET] * 3, "once in a life"


def test_whoever_signs_nothing_goes_to_the_street() -> None:
    world = adults(values=RULES, **OUT, **CONSIDERS, identified=True)
    place(world)
    world.people.reading[:] = Reading.REFUSES
    assert places(weeks_later(world, 4)) == [STREET]


@pytest.mark.parametrize(
    "column",
    [{"stage": 0}, {"night_turn": WEEK - 30}, {"phase": LegalPhase.REPEAT_PROCEDURE}],
)
def test_others_get_no_bed_on_condition_but_one_that_is_open(column: dict[str, object]) -> None:
    who = OUT | CONSIDERS | column
    world = adults(values=RULES, **who)
    place(world)
    assert places(world) == [STREET]
    world = adults(values=RULES | {"night_shelter_condition": 0.0}, **who)
    place(world)
    assert places(world) == [NIGHT]
    assert not world.people.spell_open.any()


def test_of_families_with_minors_nothing_is_asked() -> None:
    world = adults(
        values=RULES | {"night_shelter_condition": 0.5}, **OUT, youngest_birth_week=CHILD
    )
    place(world)
    assert places(world) == [NIGHT]
    assert places(weeks_later(world, 9)) == [NIGHT]
    assert happened(world, Event.TURN_BEGUN) == []


def test_where_nobody_weighs_no_condition_is_made() -> None:
    world = adults(values=hazards_only(RULES), **OUT)
    place(world)
    assert places(world) == [NIGHT]


def test_people_inside_when_the_condition_comes_have_the_weeks_too() -> None:
    there = OUT | {"place": NIGHT, "place_since": WEEK - 40}
    world = adults(values=RULES, **there)
    place(world)
    assert places(world) == [NIGHT]
    assert world.people.spell_open.all()
    assert places(weeks_later(world, 4)) == [STREET]


@pytest.mark.parametrize("column", ["appeals", "cooperates"])
def test_a_file_with_an_appeal_or_of_people_who_cooperate_stays_open_on_the_street(
    column: str,
) -> None:
    world = adults(values=RULES | {"vbl_admission_share": 0.0}, **OUT, **CONSIDERS)
    place(world)
    getattr(world.people, column)[:] = True
    assert places(weeks_later(world, 4)) == [STREET]
    assert world.people.spell_open.all()


@pytest.mark.parametrize(("weeks", "is_open"), [(30, True), (0, False)])
def test_a_file_of_people_whose_departure_is_deferred_stays_open_on_the_street(
    weeks: int, is_open: bool
) -> None:
    world = adults(values=RULES | {"vbl_admission_share": 0.0}, **OUT, **CONSIDERS)
    place(world)
    world.people.deferred_until[:] = WEEK + weeks
    assert places(weeks_later(world, 4)) == [STREET]
    assert world.people.spell_open.tolist() == [is_open]
    assert (happened(world, Event.CLOSED) == []) is is_open


def test_places_and_households_fall_under_both_rules_by_the_share() -> None:
    world = adults(40, values=RULES | {"night_shelter_condition": 0.5}, **OUT, **CONSIDERS)
    place(world)
    got = world.people.place == NIGHT
    terms = CHANCE.uniform(Decision.NIGHT_SHELTER_TERMS, 0, hash_numbers(np.arange(1, 41)))
    assert np.count_nonzero(got & (terms < 0.5)) == 2
    assert np.count_nonzero(got & (terms >= 0.5)) == 2
    assert world.people.night_turn[got & (terms >= 0.5)].tolist() == [0, 0]


@pytest.mark.parametrize(("since", "risk"), [(7, 0.0), (8, 0.125)])
def test_no_clock_closes_the_file_while_the_weeks_last(since: int, risk: float) -> None:
    there = {"place": NIGHT, "place_since": WEEK - since, "night_turn": WEEK - since}
    world = adults(values={"night_shelter_weeks": 8, "hazard_not_found": 0.125}, **there)
    rows, hazard = Hazards().look_up(world)[Cause.UNOBSERVED]
    assert (rows.tolist(), hazard.tolist()) == ([0], [risk])


def test_the_condition_comes_with_the_agreement_and_goes_with_its_money() -> None:
    course = Timeline(registry())
    days = (date(2015, 4, 21), date(2015, 4, 22), date(2016, 10, 31), date(2016, 11, 1))
    assert [course.at(day)["night_shelter_condition"] for day in days] == [0.0, 0.5, 0.5, 0.0]
