"""Organisations: whom they reach and take up, and to which of them a household turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.help.organisations import (
    CAPACITY,
    CONTACT,
    HELPERS,
    REACHES,
    TAKEN_UP,
    Organisations,
    by_organisation,
)
from terugkeer.agents.codes import LegalPhase, Organisation, Place, Stage, Stance, Timing

from tests.abm.world.clients import entries, world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

ALL_OPEN = dict.fromkeys(CAPACITY.values(), 100)
NOBODY_TURNS = dict.fromkeys(CONTACT.values(), (0.0,) * len(HELPERS))
PLAIN = {
    "organisation_timing": (Timing.PARALLEL_EARLY,) * len(HELPERS),
    "native_counsellor": "none",
}
ALL_REACHED = {"place": Place.AZC_DEPARTURE_TERM, "stage": Stage.INTENDING}


def world_with(values: dict[str, object], n: int = 4, **columns: object) -> World:
    """Return a world whose organisations have looked up some values."""
    world = world_of(n=n, **columns)
    world.now.update(values)
    world.organisations.look_up(world.now)
    return world


def hazards(values: dict[str, object], n: int = 4, **columns: object) -> list[float]:
    """Return everybody's hazard of turning to any organisation."""
    world = world_with(values, n, **columns)
    found = world.organisations.hazard(world.organisations.situations(world.people))
    return found.round(9).tolist()


def only(organisation: Organisation, hazard: float = 1.0) -> dict[str, object]:
    """Return values under which all turn only to one organisation, which takes up early."""
    contacts = dict.fromkeys(CONTACT.values(), entries(organisation, hazard))
    return ALL_OPEN | PLAIN | contacts


def test_a_record_of_seven_numbers_is_0_for_none_and_for_the_case_manager() -> None:
    world = world_of()
    world.now.update({"seven": (1, 2, 3, 4, 5, 6, 7)})
    assert by_organisation(world.now, "seven").tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 0]


def test_nobody_turns_to_an_organisation_without_capacity() -> None:
    for organisation in HELPERS:
        place = REACHES[organisation][0]
        there = {"place": place, "stage": Stage.INTENDING}
        assert hazards(only(organisation), **there) == [1.0] * 4, organisation
        closed = only(organisation) | {CAPACITY[organisation]: 0}
        assert hazards(closed, **there) == [0.0] * 4, organisation
        world = world_with(closed)
        assert not world.organisations.open[organisation]
        assert not world.organisations.reach[organisation].any()


@pytest.mark.parametrize("organisation", HELPERS)
def test_an_organisation_is_turned_to_only_where_it_reaches(organisation: Organisation) -> None:
    n = len(Place)
    after_refusal = {"organisation_timing": (Timing.AFTER_REJECTION,) * len(HELPERS)}
    values = only(organisation) | after_refusal
    found = hazards(values, n, place=list(Place), stage=Stage.INTENDING)
    assert found == [float(place in REACHES[organisation]) for place in Place]


@pytest.mark.parametrize("timing", Timing)
def test_clients_are_taken_up_from_the_phase_of_the_timing_on(timing: Timing) -> None:
    values = only(Organisation.IOM) | {"organisation_timing": (int(timing),) * len(HELPERS)}
    n = len(LegalPhase)
    found = hazards(values, n, phase=list(LegalPhase), stage=Stage.INTENDING)
    assert found == [float(phase in TAKEN_UP[timing]) for phase in LegalPhase]


def test_the_hazard_goes_by_stage_and_adds_up_over_organisations() -> None:
    values = ALL_OPEN | PLAIN
    for nth, name in enumerate(
        ("not_considering", "considering", "intending"),  # preparing counts as intending
    ):
        seven = tuple((nth + 1) * 10.0**-each for each in range(len(HELPERS)))
        values |= {f"contact_hazard_{name}": seven}
    place = Place.AZC_DEPARTURE_TERM
    there = [nth for nth, each in enumerate(HELPERS) if place in REACHES[each]]
    one = sum(10.0**-nth for nth in there)
    found = hazards(values, place=place, stage=list(Stage))
    assert found == pytest.approx([one, 2 * one, 3 * one, 3 * one])


def test_households_with_other_help_turn_only_to_iom_and_only_when_they_intend() -> None:
    other = {"helper": Organisation.VWN}
    values = {"organisation_stance": (Stance.RETURN_ORIENTED, *[Stance.LEGAL_FIRST] * 6)}
    for organisation in HELPERS:
        for stage in Stage:
            place = REACHES[organisation][0]
            (found,) = hazards(only(organisation) | values, 1, place=place, stage=stage, **other)
            expected = organisation == Organisation.IOM and stage >= Stage.INTENDING
            assert found == float(expected), (organisation, stage)


@pytest.mark.parametrize("column", ["helper", "awaits"])
def test_households_with_help_to_return_or_waiting_for_it_turn_to_nobody(column: str) -> None:
    for organisation in HELPERS:
        values = only(organisation) | {"organisation_stance": (Stance.RETURN_ORIENTED,) * 7}
        has = {column: Organisation.REINTEGRATION_NGO}
        assert hazards(values, 1, place=REACHES[organisation][0], **has) == [0.0]


def test_clients_of_coa_turn_to_everybody_else() -> None:
    has = {"helper": Organisation.COA} | ALL_REACHED
    assert hazards(only(Organisation.COA), **has) == [0.0] * 4
    assert hazards(only(Organisation.TRAINING_NGO), **has) == [1.0] * 4


def test_what_is_waited_for_counts_as_well_as_the_help_that_is_there() -> None:
    stances = (Stance.RETURN_ORIENTED, *[Stance.LEGAL_FIRST] * 6)
    values = only(Organisation.VWN) | {"organisation_stance": stances}
    waits = {"helper": Organisation.COA, "awaits": Organisation.IOM}
    assert hazards(values, 1, **ALL_REACHED, **waits) == [0.0]
    assert hazards(values, 1, **ALL_REACHED, helper=Organisation.COA) == [1.0]


def test_native_counsellors_reach_the_largest_countries_sooner_and_only_at_iom() -> None:
    natives = {
        "iom_counsellors": 10,
        "native_counsellor_share": 0.2,
        "native_reach_factor": 1.5,
    }
    world = world_of(n=4, country=[7, 5, 3, 1], stage=Stage.INTENDING)
    for organisation, switch, expected in (
        (Organisation.IOM, "reach", [1.0, 1.5, 1.5, 1.0]),
        (Organisation.VWN, "reach", [1.0] * 4),
        (Organisation.IOM, "none", [1.0] * 4),
    ):
        organisations = Organisations(np.array([3, 5, 7, 1]))
        world.now.update(only(organisation) | natives | {"native_counsellor": switch})
        organisations.look_up(world.now)
        found = organisations.hazard(organisations.situations(world.people))
        assert found == pytest.approx(expected), (organisation, switch)
        assert np.flatnonzero(organisations.native).tolist() == [3, 5]


def test_households_turn_to_each_organisation_by_its_share_of_the_hazard() -> None:
    values = ALL_OPEN | PLAIN
    seven = tuple({Organisation.IOM: 3.0, Organisation.COA: 1.0}.get(each, 0.0) for each in HELPERS)
    values |= dict.fromkeys(CONTACT.values(), seven)
    world = world_with(values, 1, **ALL_REACHED)
    organisations = world.organisations
    situation = np.repeat(organisations.situations(world.people), 5)
    draws = np.array([0.0, 0.25, 0.7499, 0.7501, 0.9999])
    iom, coa = Organisation.IOM, Organisation.COA
    assert organisations.whom(situation, draws).tolist() == [iom, iom, iom, coa, coa]


def test_values_are_looked_up_anew_only_when_they_have_changed() -> None:
    world = world_with(NOBODY_TURNS | ALL_OPEN)
    organisations = world.organisations
    organisations.numbers(world.now, "helper_skill")
    kept = organisations.numbers(world.now, "helper_skill")
    assert organisations.numbers(world.now, "helper_skill") is kept
    world.now.update({"iom_capacity": 0, "helper_skill": (0.25,) * 7})
    assert organisations.open[Organisation.IOM]
    organisations.look_up(world.now)
    assert not organisations.open[Organisation.IOM]
    assert organisations.numbers(world.now, "helper_skill")[Organisation.IOM] == 0.25


def test_nobody_at_origin_is_a_client() -> None:
    world = world_of(helper=Organisation.IOM, place=[Place.AZC, Place.ORIGIN, Place.STREET, 2])
    iom, none = Organisation.IOM, Organisation.NONE
    assert world.organisations.clients(world.people).tolist() == [iom, none, iom, iom]
