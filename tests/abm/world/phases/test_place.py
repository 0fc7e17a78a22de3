"""Where persons live when a term, a stay or a limit ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.chance import Decision, hash_numbers
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.phases.place import place
from terugkeer.agents.codes import LegalPhase, Option, Outcome, Place, Reading, Route, Stage

from tests.abm.world.adults import CHANCE, CHILD, SURE, adults, happened, hazards_only
from tests.abm.world.adults import WEEK as NOW

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

TERM, OBLIGED = LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED
GROWN = NOW - 2000
OUTSIDE = {Place.PRIVATE_NETWORK, Place.STREET}
# nobody is lost, nobody reports, and who can be detained is detained, unless a test says so
CERTAIN: dict[str, object] = {
    "reporting_duty_share": 0.0,
    "not_found_share_end_of_reception": 0.0,
    "not_found_share_after_release": 0.0,
    "private_place_share": 1.0,
    "detention_at_apprehension": 1.0,
    "detention_at_term_end": 1.0,
    "detention_test_passed": 1.0,
    "detention_release_hazard": 0.0,
    "deposit_share": 0.0,
    "vbl_admission_share": 1.0,
    "vbl_end_hazard_after_limit": SURE,
    "family_location_open": True,
    "hazard_leave_guided_shelter": 0.0,
    "guided_shelter_capacity": 0,
    "night_shelter_capacity": 0,
}


def placed(values: dict[str, object] | None = None, **columns: object) -> World:
    """Return a world after the phase, with as many persons as the longest column."""
    n = max([len(each) for each in columns.values() if isinstance(each, list)], default=1)
    world = adults(n, values=CERTAIN | (values or {}), **columns)
    place(world)
    return world


def places(world: World) -> list[Place]:
    return [Place(each) for each in world.people.place]


def goes_to(values: dict[str, object] | None = None, **columns: object) -> Place:
    """Return where one person lives after the phase."""
    (found,) = places(placed(values, **columns))
    return found


NEW = {"spell_since": NOW, "document": True}


@pytest.mark.parametrize(
    ("route", "chance", "goes"),
    [
        (Route.BORDER, 0.0, Place.DETENTION),
        (Route.APPREHENDED, 1.0, Place.DETENTION),
        (Route.APPREHENDED, 0.0, Place.PRIVATE_NETWORK),
        (Route.PERMIT_EXPIRED, 1.0, Place.REPORTING_DUTY),
        (Route.ASYLUM, 1.0, Place.PRIVATE_NETWORK),
    ],
)
def test_first_places_go_by_route(route: Route, chance: float, goes: Place) -> None:
    values = {"detention_at_apprehension": chance, "reporting_duty_share": 1.0}
    assert goes_to(values, route=route, **NEW) == goes


def test_nobody_is_arrested_with_a_minor_or_at_a_later_file() -> None:
    stays = Place.PRIVATE_NETWORK
    assert goes_to(route=Route.BORDER, youngest_birth_week=CHILD, **NEW) == stays
    assert goes_to(route=Route.BORDER, spells=2, **NEW) == stays
    assert goes_to(route=Route.BORDER, spell_since=NOW - 1, document=True) == stays


@pytest.mark.parametrize(
    ("phase", "goes"),
    [
        (LegalPhase.PROCEDURE, Place.AZC),
        (LegalPhase.APPEAL, Place.AZC),
        (LegalPhase.REPEAT_PROCEDURE, Place.AZC),
        (TERM, Place.AZC_DEPARTURE_TERM),
        (OBLIGED, Place.AZC_DEPARTURE_TERM),
    ],
)
def test_reception_for_the_term_begins_when_no_procedure_is_left(
    phase: LegalPhase, goes: Place
) -> None:
    assert goes_to(place=Place.AZC, phase=phase) == goes


END = {"place": Place.AZC_DEPARTURE_TERM}
SIGNS = {"reading": Reading.COOPERATES, "cooperates": True, "identified": True}


def test_reception_lasts_as_long_as_the_term() -> None:
    assert goes_to(**END, **SIGNS, phase=TERM) == Place.AZC_DEPARTURE_TERM


def test_families_go_to_a_family_location_once_there_is_one() -> None:
    family = END | {"youngest_birth_week": CHILD}
    assert goes_to(**family) == Place.FAMILY_LOCATION
    closed = {"family_location_open": False}
    assert goes_to(closed, **family) == Place.PRIVATE_NETWORK
    assert goes_to(closed, **family, **SIGNS) == Place.VBL
    assert goes_to(closed, **family, document=True) == Place.PRIVATE_NETWORK, "not detained"


def test_persons_who_sign_and_whose_departure_is_feasible_go_to_a_vbl() -> None:
    assert goes_to(**END, **SIGNS) == Place.VBL
    full = {"vbl_admission_share": 0.0}
    assert goes_to(full, **END, **SIGNS, document=True) == Place.PRIVATE_NETWORK, "nor held"
    assert goes_to(**END, **(SIGNS | {"identified": False})) == Place.PRIVATE_NETWORK
    papers = SIGNS | {"identified": False, "document": True}
    assert goes_to(**END, **papers) == Place.VBL
    wavering = {"reading": Reading.AMBIGUOUS, "identified": True}
    assert goes_to({"vbl": "selection"}, **END, **wavering) == Place.PRIVATE_NETWORK
    assert goes_to({"vbl": "time_to_decide"}, **END, **wavering) == Place.VBL
    assert goes_to(hazards_only(), **END, cooperates=True) == Place.VBL


def test_persons_who_can_be_removed_are_held_at_the_end_of_the_term() -> None:
    assert goes_to(**END, document=True) == Place.DETENTION
    assert goes_to(**END) == Place.PRIVATE_NETWORK, "without a document"
    rarely = {"detention_at_term_end": 0.0}
    assert goes_to(rarely, **END, document=True) == Place.PRIVATE_NETWORK
    failed = {"detention_test_passed": 0.0}
    assert goes_to(failed, **END, document=True) == Place.PRIVATE_NETWORK


def test_a_deposit_keeps_persons_out_of_detention() -> None:
    paid = {"deposit_share": 1.0}
    assert goes_to(paid, **END, document=True) == Place.REPORTING_DUTY
    assert goes_to(hazards_only(paid), **END, document=True) == Place.DETENTION


def test_most_who_give_a_deposit_and_have_papers_prepare_to_leave() -> None:
    paid: dict[str, object] = {"deposit_share": 1.0, "deposit_leaves_share": 1.0}
    some = placed(paid, **END, document=[True] * 3, dublin=[False, False, True])
    assert places(some) == [Place.REPORTING_DUTY] * 3
    assert some.people.stage.tolist() == [Stage.PREPARING, Stage.PREPARING, 0]
    assert some.people.choice.tolist() == [Option.RETURN, Option.RETURN, Option.WAIT]
    assert some.people.ticket.tolist() == [True, True, False]
    none = placed(paid | {"deposit_leaves_share": 0.0}, **END, document=True)
    assert places(none) == [Place.REPORTING_DUTY]
    assert none.people.stage.tolist() == [0]


def test_the_deposit_comes_with_the_lighter_measures_of_the_directive() -> None:
    course = Timeline(registry())
    before, after = (course.at(date(2011, 12, day))["deposit_share"] for day in (14, 15))
    assert (before, after) == (0.0, 0.013)


def test_a_duty_to_report_is_imposed_on_persons_put_out() -> None:
    assert goes_to({"reporting_duty_share": 1.0}, **END) == Place.REPORTING_DUTY


def test_a_duty_to_report_needs_an_address() -> None:
    all_of_them: dict[str, object] = {"reporting_duty_share": 1.0, "private_place_share": 0.5}
    ten = END | {"document": [False] * 10}
    found = places(placed(all_of_them, **ten))
    drawn = CHANCE.uniform(Decision.PLACE_AFTER_RECEPTION, NOW, hash_numbers(np.arange(1, 11)))
    expected = np.where(drawn < 0.5, Place.REPORTING_DUTY, Place.STREET)
    assert 0 < np.count_nonzero(drawn < 0.5) < 10
    assert found == expected.tolist()
    anybody = all_of_them | {"reporting_needs_housing": False}
    assert set(places(placed(anybody, **ten))) == {Place.REPORTING_DUTY}
    expired = NEW | {"route": Route.PERMIT_EXPIRED}
    nowhere = all_of_them | {"private_place_share": 0.0}
    assert goes_to(nowhere, **expired) == Place.REPORTING_DUTY, "newcomers have an address"


@pytest.mark.parametrize(("share", "goes"), [(1.0, Place.PRIVATE_NETWORK), (0.0, Place.STREET)])
def test_persons_put_out_live_privately_or_on_the_street(share: float, goes: Place) -> None:
    assert goes_to({"private_place_share": share}, **END) == goes


def test_persons_put_out_may_be_lost_from_view() -> None:
    lost = hazards_only({"not_found_share_end_of_reception": 1.0})
    world = placed(lost, **END)
    assert not world.people.spell_open.any()
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("outcome")[closed].tolist() == [Outcome.UNOBSERVED]


REFUSES = {"reading": Reading.REFUSES}


@pytest.mark.parametrize("at", [Place.AZC_DEPARTURE_TERM, Place.VBL])
def test_persons_who_refuse_and_can_be_removed_are_held_when_shelter_ends(at: Place) -> None:
    world = placed(place=at, document=True, **REFUSES)
    assert places(world) == [Place.DETENTION]
    assert world.people.spell_open.all()


@pytest.mark.parametrize("at", [Place.AZC_DEPARTURE_TERM, Place.VBL])
def test_a_hand_over_multiplies_detention_when_shelter_ends(at: Place) -> None:
    for ratio, there in ((0.0, False), (2.0, True)):
        values = {"handed_over_ratio": ratio, "detention_at_term_end": 0.5}
        world = placed(values, place=at, document=True, **REFUSES)
        assert (places(world) == [Place.DETENTION]) == there


@pytest.mark.parametrize("at", [Place.AZC_DEPARTURE_TERM, Place.VBL])
def test_after_three_refusals_the_file_closes_and_persons_live_on_outside(at: Place) -> None:
    world = placed(place=at, refusals=3, **REFUSES)
    assert set(places(world)) <= OUTSIDE
    assert not world.people.spell_open.any()
    assert happened(world, Event.CLOSED) == [1]
    closed = world.log.column("kind") == Event.CLOSED
    assert world.log.column("place")[closed].tolist() == [at], "as the record counts them"
    assert happened(world, Event.LEFT) == []


def test_before_the_third_refusal_the_file_stays_open_and_a_stay_has_its_time() -> None:
    world = placed(refusals=2, **END, **REFUSES)
    assert set(places(world)) <= OUTSIDE
    assert world.people.spell_open.all()
    assert goes_to(refusals=2, place=Place.VBL, **REFUSES) == Place.VBL


def test_a_family_leaves_a_family_location_when_the_youngest_is_grown() -> None:
    there = {"place": Place.FAMILY_LOCATION}
    assert goes_to(**there, youngest_birth_week=CHILD) == Place.FAMILY_LOCATION
    assert goes_to(**there) == Place.PRIVATE_NETWORK
    waits = there | {"phase": LegalPhase.REPEAT_PROCEDURE}
    assert goes_to(**waits) == Place.FAMILY_LOCATION


def test_families_are_held_two_weeks_and_go_back() -> None:
    held = {"place": Place.CLOSED_FAMILY, "youngest_birth_week": CHILD}
    assert goes_to(**held, place_since=NOW - 1) == Place.CLOSED_FAMILY
    assert goes_to(**held, place_since=NOW - 2) == Place.FAMILY_LOCATION


def released_after(values: dict[str, object], **columns: object) -> tuple[int, Place]:
    for weeks in range(90):
        goes = goes_to(values, place=Place.DETENTION, place_since=NOW - weeks, **columns)
        if goes != Place.DETENTION:
            return weeks, goes
    raise AssertionError("never released")


def test_detention_ends_at_the_limits_of_the_law() -> None:
    short, long = {"detention_extension_share": 0.0}, {"detention_extension_share": 1.0}
    assert released_after(short) == (26, Place.PRIVATE_NETWORK)
    assert released_after(long) == (78, Place.PRIVATE_NETWORK)
    family = {"youngest_birth_week": CHILD}
    assert released_after(long, **family) == (2, Place.FAMILY_LOCATION)
    closed = long | {"family_location_open": False}
    assert released_after(closed, **family) == (2, Place.PRIVATE_NETWORK)
    assert released_after(long | {"detention_release_hazard": SURE})[0] == 0
    assert released_after(short, phase=LegalPhase.REPEAT_PROCEDURE) == (26, Place.AZC)


def test_a_stay_in_guided_shelter_ends_by_its_hazard() -> None:
    there, room = {"place": Place.GUIDED_SHELTER}, {"guided_shelter_capacity": 9}
    assert goes_to(room, **there) == Place.GUIDED_SHELTER
    assert goes_to(room | {"hazard_leave_guided_shelter": SURE}, **there) == Place.PRIVATE_NETWORK
    assert goes_to(**there) == Place.PRIVATE_NETWORK, "it has closed"


BACK = {"spell_open": False, "document": True, "stage": Stage.PREPARING, "place": Place.STREET}


def test_hidden_persons_who_prepare_with_papers_get_a_file_and_a_place_if_they_ask() -> None:
    values = {"asks_again_hazard": SURE}
    world = placed(values, youngest_birth_week=[GROWN, CHILD], **BACK)
    assert places(world) == [Place.VBL, Place.STREET]
    assert world.people.spell_open.tolist() == [True, True]
    assert world.people.cooperates.tolist() == [True, True]
    assert world.people.reading.tolist() == [Reading.COOPERATES] * 2
    assert world.people.choice.tolist() == [Option.RETURN, Option.WAIT]


@pytest.mark.parametrize(
    "changed",
    [
        {"document": False},
        {"stage": Stage.INTENDING},
        {"phase": LegalPhase.REPEAT_PROCEDURE},
        {"closed_week": NOW},
        {"place": Place.GUIDED_SHELTER},
    ],
)
def test_others_do_not_ask_again(changed: dict[str, object]) -> None:
    world = placed({"asks_again_hazard": SURE}, **(BACK | changed))
    assert not world.people.spell_open.any()
    assert not placed(hazards_only({"asks_again_hazard": SURE}), **BACK).people.spell_open.any()


ROOM: dict[str, object] = {"guided_shelter_capacity": 9, "night_shelter_capacity": 9}


def test_guided_shelter_is_given_out_before_night_shelter_and_opens_a_file() -> None:
    street = {"place": Place.STREET, "spell_open": False}
    world = placed(ROOM, **street)
    assert places(world) == [Place.GUIDED_SHELTER]
    assert world.people.spell_open.all()
    world = placed(ROOM | {"guided_shelter_capacity": 0}, **street)
    assert places(world) == [Place.NIGHT_SHELTER]
    assert not world.people.spell_open.any()


def test_guided_shelter_takes_persons_from_night_shelter() -> None:
    assert goes_to(ROOM, place=Place.NIGHT_SHELTER) == Place.GUIDED_SHELTER


def test_guided_shelter_admits_nobody_in_a_first_procedure_and_conditionally_few() -> None:
    procedure = {"place": Place.STREET, "phase": LegalPhase.PROCEDURE}
    assert goes_to(ROOM, **procedure) == Place.NIGHT_SHELTER
    strict = ROOM | {"guided_shelter_conditional": True}
    for stage, goes in ((0, Place.NIGHT_SHELTER), (1, Place.GUIDED_SHELTER)):
        assert goes_to(strict, place=Place.STREET, stage=stage) == goes
    assert goes_to(hazards_only(strict), place=Place.STREET) == Place.GUIDED_SHELTER


def test_shelter_is_for_persons_who_were_outside_when_the_week_began() -> None:
    out = ROOM | {"private_place_share": 0.0}
    assert goes_to(out, **END) == Place.STREET
    assert goes_to(ROOM, place=Place.STREET, closed_week=NOW) == Place.STREET
