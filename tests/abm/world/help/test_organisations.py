"""Organisations: whom they reach and take up, and to which of them a household turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import Decision
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.help.organisations import (
    ARMENIAN_FAMILY,
    CONTACT,
    NO_LATER_THAN,
    OF_VWN,
    OWN_PROJECT,
    REACHES,
    TAKEN_UP,
    Organisations,
)
from terugkeer.abm.world.meetings.counsel import _turn_to
from terugkeer.agents.codes import (
    Background,
    Household,
    Kind,
    LegalPhase,
    Organisation,
    Place,
    Stage,
    Stance,
    Timing,
)
from terugkeer.agents.kinds import HELPERS, KIND_OF, KINDS

from tests.abm.world.clients import entries, world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NOT_BY_GROUP = tuple(each for each in HELPERS if each != Organisation.GREEN_WAY)
ALL_OPEN = dict.fromkeys(CAPACITY.values(), 100)
NOBODY_TURNS = dict.fromkeys(CONTACT.values(), (0.0,) * len(KINDS))
PLAIN = {
    "organisation_timing": (Timing.PARALLEL_EARLY,) * len(KINDS),
    "native_counsellor": "none",
}
TERM = LegalPhase.DEPARTURE_TERM  # in which all organisations take up people
ALL_REACHED = {"place": Place.AZC_DEPARTURE_TERM, "phase": TERM, "stage": Stage.INTENDING}


def world_with(values: dict[str, object], n: int = 4, **columns: object) -> World:
    """Return a world whose organisations have looked up some values."""
    world = world_of(n=n, **columns)
    world.now.update(values)
    world.organisations.look_up(world.now)
    return world


def hazards(values: dict[str, object], n: int = 4, **columns: object) -> list[float]:
    """Return everybody's hazard of turning to any organisation."""
    world = world_with(values, n, **columns)
    found = world.organisations.hazard(world.organisations.situations(world))
    return found.round(9).tolist()


def only(organisation: Organisation, hazard: float = 1.0) -> dict[str, object]:
    """Return values under which all turn only to one organisation, which takes up early."""
    contacts = dict.fromkeys(CONTACT.values(), entries(organisation, hazard))
    alike = [each for each in HELPERS if KIND_OF[each] == KIND_OF[organisation]]
    closed = {CAPACITY[each]: 0 for each in alike if each != organisation}
    return ALL_OPEN | closed | PLAIN | contacts


def test_organisations_of_a_kind_share_its_hazard_by_their_places() -> None:
    # hazard 1; VWN has 120 places and TIP 130; Een Nieuw Hoofdstuk has not begun
    kind = dict.fromkeys(CONTACT.values(), entries(Organisation.VWN, 1.0))
    world = world_with(PLAIN | kind, 3, place=Place.STREET)
    organisations = world.organisations
    situation = organisations.situations(world)
    assert organisations.hazard(situation).tolist() == pytest.approx([1.0] * 3)
    draws = np.array([120 / 250 - 0.001, 120 / 250 + 0.001, 0.999])
    vwn, tip = Organisation.VWN, Organisation.TIP
    assert organisations.whom(situation, draws).tolist() == [vwn, tip, tip]
    world.now.update({"vwn_capacity": 0})
    organisations.look_up(world.now)
    assert organisations.hazard(situation).tolist() == pytest.approx([1.0] * 3), "of the kind"
    assert organisations.whom(situation, draws).tolist() == [tip] * 3


def test_households_that_have_met_iom_come_again_by_a_ratio_until_they_intend_return() -> None:
    stages = [Stage.NOT_CONSIDERING, Stage.CONSIDERING, Stage.INTENDING, Stage.PREPARING]
    met = {"place": Place.STREET, "stage": stages, "met": 1 << Organisation.IOM}
    for ratio in (1.0, 0.25, 0.0):
        values = only(Organisation.IOM) | {"iom_second_visit_ratio": ratio}
        assert hazards(values, 4, **met) == [ratio, ratio, 1.0, 1.0]
        assert hazards(values, 4, **{**met, "met": 1 << Organisation.VWN}) == [1.0] * 4
        values = only(Organisation.VWN) | {"iom_second_visit_ratio": ratio}
        assert hazards(values, 4, **met) == [1.0] * 4, "other organisations are not asked"


def test_with_a_ratio_of_none_nobody_without_intention_waits_for_iom_twice() -> None:
    def waits(ratio: float) -> tuple[bool, bool]:
        values = only(Organisation.IOM, 100.0) | {"iom_second_visit_ratio": ratio}
        stages = np.repeat([Stage.CONSIDERING, Stage.INTENDING], 50)
        met = {"place": Place.STREET, "stage": stages, "met": 1 << Organisation.IOM}
        world = world_with(values, 100, **met)
        _turn_to(world)
        there = world.people.awaits == Organisation.IOM
        return bool(there[:50].any()), bool(there[50:].all())

    assert waits(1.0) == (True, True)
    assert waits(0.0) == (False, True)


def test_vwn_and_its_projects_meet_nobody_who_never_asked_asylum() -> None:
    never = {"background": Background.OTHER, "place": Place.STREET}
    for organisation in HELPERS:
        if Place.STREET in REACHES[organisation] and organisation != Organisation.GREEN_WAY:
            expected = float(organisation not in (*OF_VWN, OWN_PROJECT))
            assert hazards(only(organisation), 1, **never) == [expected], organisation


def test_green_way_takes_a_share_of_the_families_among_whom_armenians_are() -> None:
    n, country = 400, 2
    world = world_of(n=n, country=country, household_kind=Household.TWO_PARENTS)
    organisations = Organisations(armenia_in=country)
    world.organisations = organisations
    world.now.update(only(Organisation.GREEN_WAY) | {"armenian_share": 0.25})
    organisations.look_up(world.now)
    everybody = np.arange(n)
    armenian = organisations.groups(world, everybody) == ARMENIAN_FAMILY
    assert abs(armenian.mean() - 0.25) < 4 * np.sqrt(0.25 * 0.75 / n)
    assert np.array_equal(
        organisations.takes(world, everybody)[:, Organisation.GREEN_WAY], armenian
    )
    found = organisations.hazard(organisations.situations(world))
    assert np.array_equal(found, armenian.astype(float))
    assert np.array_equal(
        organisations.groups(world, everybody[::2]) == ARMENIAN_FAMILY, armenian[::2]
    )
    for column, other in (
        ("household_kind", Household.SINGLE_MAN),
        ("background", Background.OTHER),
        ("country", country + 1),
    ):
        before = getattr(world.people, column).copy()
        getattr(world.people, column)[:] = other
        assert not organisations.takes(world, everybody)[:, Organisation.GREEN_WAY].any()
        getattr(world.people, column)[:] = before
    world.now.update({"green_way_capacity": 0})
    organisations.look_up(world.now)
    assert not organisations.groups(world, everybody).any()


def test_a_new_chapter_takes_the_nearly_exhausted_and_vwn_does_not() -> None:
    for organisation, expected in ((Organisation.VWN, 0.0), (Organisation.NIEUW_HOOFDSTUK, 1.0)):
        late = only(organisation) | {"organisation_timing": (Timing.SEQUENTIAL_LATE,) * len(KINDS)}
        assert hazards(late, 1, phase=LegalPhase.APPEAL) == [expected]
        assert hazards(late, 1, phase=LegalPhase.OBLIGED) == [1.0]
    assert set(NO_LATER_THAN) == {Organisation.NIEUW_HOOFDSTUK}


def referred(world: World, sender: Organisation) -> np.ndarray:
    """Return the weights by which an organisation would refer each person."""
    rows = np.arange(len(world.people))
    by = np.full(len(rows), sender, dtype=np.uint8)
    organisations = world.organisations
    return organisations.onward(world.now, by, organisations.takes(world, rows))


def test_vwn_refers_to_partners_at_origin_until_it_has_its_own_project() -> None:
    world = world_with({"onward_shares": (0.4, 0.1, 0.5)}, 1)
    vwn, maatwerk, wijd = Organisation.VWN, Organisation.MAATWERK, Organisation.WERELDWIJD
    (before,) = referred(world, vwn)
    assert before[Organisation.IOM] == 0.4
    assert before[[maatwerk, wijd]] == pytest.approx([0.5 * 40 / 60, 0.5 * 20 / 60])
    assert before[[Organisation.BRIDGE_TO_BETTER, Organisation.GOEDWERK]] == pytest.approx(
        [0.1 * 30 / 40, 0.1 * 10 / 40]
    )
    world.now.update({"opgeheven_hoofd_capacity": 50})
    world.organisations.look_up(world.now)
    for each in OF_VWN:
        (after,) = referred(world, each)
        assert after[OWN_PROJECT] == 0.5
        assert not after[[maatwerk, wijd]].any()
    (of_askv,) = referred(world, Organisation.ASKV)
    assert of_askv.sum() == pytest.approx(1.0)
    assert of_askv[OWN_PROJECT] == pytest.approx(0.5 * 50 / 110)
    (of_coa,) = referred(world, Organisation.COA)
    assert np.flatnonzero(of_coa).tolist() == [Organisation.IOM]


def test_a_kind_keeps_its_weight_with_those_whom_some_of_it_do_not_take() -> None:
    world = world_with({"onward_shares": (0.4, 0.1, 0.5)} | ALL_OPEN, 2)
    world.people.background[1] = Background.OTHER  # Met Opgeheven Hoofd takes none
    asked, never = referred(world, Organisation.ASKV)
    kind = KIND_OF == Kind.REINTEGRATION
    assert asked[OWN_PROJECT] == pytest.approx(0.5 / 3)
    assert never[OWN_PROJECT] == 0.0
    assert asked[kind].sum() == pytest.approx(0.5)
    assert never[kind].sum() == pytest.approx(0.5)
    in_reception = world_with({"onward_shares": (0.4, 0.1, 0.5)} | ALL_OPEN, 1, place=Place.AZC)
    (found,) = referred(in_reception, Organisation.VWN)
    assert np.flatnonzero(found).tolist() == [Organisation.IOM, OWN_PROJECT]
    assert in_reception.organisations.shares(np.zeros(len(Organisation), dtype=bool)).sum() == 0


@pytest.mark.parametrize("organisation", HELPERS)
def test_an_organisation_is_nothing_to_people_outside_its_reach(organisation: Organisation) -> None:
    shape = len(Place), len(Stage), len(LegalPhase), 2, 2, 4
    place, stage, phase, background, kind, helper = (
        each.ravel() for each in np.indices(shape, dtype=np.uint8)
    )
    world = world_of(
        n=len(place),
        country=2,
        place=place,
        stage=stage,
        phase=phase,
        background=np.array([Background.ASYLUM, Background.OTHER])[background],
        household_kind=np.array([Household.SINGLE_MAN, Household.TWO_PARENTS])[kind],
        helper=np.array([0, Organisation.IOM, Organisation.COA, Organisation.VWN])[helper],
    )
    organisations = world.organisations = Organisations(np.array([2]), armenia_in=2)
    rows = np.arange(len(place))
    found = []
    world.now.update(ALL_OPEN | PLAIN | {"armenian_share": 0.5})
    for capacity in (300, 0):
        world.now.update({CAPACITY[organisation]: capacity})
        organisations.look_up(world.now)
        if capacity:
            outside = ~organisations.takes(world, rows)[:, organisation]
        situation = organisations.situations(world)
        weights = [referred(world, each)[outside] for each in HELPERS if each != organisation]
        found.append(
            [
                organisations.hazard(situation)[outside],
                organisations.whom(situation, world.draw(Decision.CONTACT_WHOM, rows))[outside],
                *weights,
            ]
        )
    assert outside.any()
    assert not outside.all()
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other), "to the last bit"


def test_nobody_turns_to_an_organisation_without_capacity() -> None:
    for organisation in NOT_BY_GROUP:
        place = REACHES[organisation][0]
        there = {"place": place, "phase": TERM, "stage": Stage.INTENDING}
        assert hazards(only(organisation), **there) == [1.0] * 4, organisation
        closed = only(organisation) | {CAPACITY[organisation]: 0}
        assert hazards(closed, **there) == [0.0] * 4, organisation
        world = world_with(closed)
        assert not world.organisations.open[organisation]
        assert not world.organisations.reach[organisation].any()


@pytest.mark.parametrize("organisation", HELPERS)
def test_an_organisation_is_turned_to_only_where_it_reaches(organisation: Organisation) -> None:
    n = len(Place)
    after_refusal = {"organisation_timing": (Timing.AFTER_REJECTION,) * len(KINDS)}
    world = world_with(ALL_OPEN | after_refusal, n, place=list(Place))
    found = world.organisations.takes(world, np.arange(n))[:, organisation].tolist()
    armenians = organisation == Organisation.GREEN_WAY  # and nobody here is
    assert found == [place in REACHES[organisation] and not armenians for place in Place]
    if not armenians:
        values = only(organisation) | after_refusal
        there: dict[str, object] = {"place": list(Place), "stage": Stage.INTENDING}
        reached = [float(each) for each in found]
        assert hazards(values, n, phase=TERM, **there) == reached
        obliged = [0.0] * n if organisation == Organisation.COA else reached
        assert hazards(values, n, phase=LegalPhase.OBLIGED, **there) == obliged


@pytest.mark.parametrize("timing", Timing)
def test_clients_are_taken_up_from_the_phase_of_the_timing_on(timing: Timing) -> None:
    values = only(Organisation.IOM) | {"organisation_timing": (int(timing),) * len(KINDS)}
    n = len(LegalPhase)
    found = hazards(values, n, phase=list(LegalPhase), stage=Stage.INTENDING)
    assert found == [float(phase in TAKEN_UP[timing]) for phase in LegalPhase]


def test_the_hazard_goes_by_stage_and_adds_up_over_organisations() -> None:
    values = ALL_OPEN | PLAIN
    for nth, name in enumerate(
        ("not_considering", "considering", "intending"),  # preparing counts as intending
    ):
        seven = tuple((nth + 1) * 10.0**-each for each in range(len(KINDS)))
        values |= {f"contact_hazard_{name}": seven}
    place = Place.AZC_DEPARTURE_TERM
    there = {KIND_OF[each] - 1 for each in HELPERS if place in REACHES[each]}
    there.discard(Kind.TRAINING - 1)  # in Amsterdam alone
    one = sum(10.0**-nth for nth in there)
    found = hazards(values, place=place, phase=TERM, stage=list(Stage))
    assert found == pytest.approx([one, 2 * one, 3 * one, 3 * one])


def test_households_with_other_help_turn_only_to_iom_and_only_when_they_intend() -> None:
    other = {"helper": Organisation.VWN}
    values = {"organisation_stance": (Stance.RETURN_ORIENTED, *[Stance.LEGAL_FIRST] * 6)}
    for organisation in NOT_BY_GROUP:
        for stage in Stage:
            place = REACHES[organisation][0]
            (found,) = hazards(only(organisation) | values, 1, place=place, stage=stage, **other)
            expected = organisation == Organisation.IOM and stage >= Stage.INTENDING
            assert found == float(expected), (organisation, stage)


@pytest.mark.parametrize("column", ["helper", "awaits"])
def test_households_with_help_to_return_or_waiting_for_it_turn_to_nobody(column: str) -> None:
    for organisation in NOT_BY_GROUP:
        values = only(organisation) | {"organisation_stance": (Stance.RETURN_ORIENTED,) * 7}
        has = {column: Organisation.MAATWERK}
        assert hazards(values, 1, place=REACHES[organisation][0], **has) == [0.0]


def test_clients_of_coa_turn_to_everybody_else() -> None:
    has = {"helper": Organisation.COA} | ALL_REACHED
    assert hazards(only(Organisation.COA), **has) == [0.0] * 4
    assert hazards(only(Organisation.MAATWERK), **has) == [1.0] * 4


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
        found = organisations.hazard(organisations.situations(world))
        assert found == pytest.approx(expected), (organisation, switch)
        assert np.flatnonzero(organisations.native).tolist() == [3, 5]


def test_households_turn_to_each_organisation_by_its_share_of_the_hazard() -> None:
    values = ALL_OPEN | PLAIN
    seven = tuple({Kind.IOM: 3.0, Kind.COA: 1.0}.get(each, 0.0) for each in KINDS)
    values |= dict.fromkeys(CONTACT.values(), seven)
    world = world_with(values, 1, **ALL_REACHED)
    organisations = world.organisations
    situation = np.repeat(organisations.situations(world), 5)
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
