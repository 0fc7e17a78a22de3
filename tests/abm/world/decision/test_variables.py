"""What adults weigh: each variable of the catalogue by hand, from the state it stands for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.countries.origin import Conditions
from terugkeer.abm.world.decision import variables
from terugkeer.abm.world.decision.adults import Adults
from terugkeer.abm.world.decision.moderators import left_by_fear
from terugkeer.abm.world.decision.variables import VARIABLES
from terugkeer.agents.codes import Application, LegalPhase, Place, Stage
from terugkeer.agents.places import SHELTERED

from tests.abm.world.applicants import GROWN, make_world
from tests.abm.world.clients import WEEK, everybody, number, world_of
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override

YEAR = 52.1775
NO_MINOR = {"youngest_birth_week": WEEK - GROWN}
CAN_BE_HELD = {
    Place.AZC_DEPARTURE_TERM,
    Place.VBL,
    Place.REPORTING_DUTY,
    Place.PRIVATE_NETWORK,
    Place.STREET,
}


def value(name: str, *changes: Override, n: int = 4, **columns: object) -> list[float]:
    """Return a variable of persons without minors."""
    world = world_of(*changes, n=n, **(NO_MINOR | columns))
    return [round(float(each), 6) for each in VARIABLES[name](Adults(world, everybody(world)))]


def by_place(name: str, *changes: Override, **columns: object) -> dict[Place, float]:
    """Return a variable at each place."""
    found = value(name, *changes, n=len(Place), place=list(Place), **columns)
    return dict(zip(Place, found, strict=True))


def test_every_factor_of_the_catalogue_has_its_variable_and_none_is_left_over() -> None:
    named = {each.factor.variable for each in registry().factors() if each.factor is not None}
    assert named == set(VARIABLES)


@pytest.mark.parametrize(
    "name",
    ["wanted_at_home", "debt_eur", "social_debt", "ties_origin", "ties_nl", "hope"],
)
def test_some_variables_are_columns_unchanged(name: str) -> None:
    assert value(name, **{name: [0, 1, 1, 0]}) == [0.0, 1.0, 1.0, 0.0]


def test_a_womans_sex_and_the_cost_of_the_journey_are_columns_of_other_names() -> None:
    assert value("woman", female=[True, False, True, False]) == [1.0, 0.0, 1.0, 0.0]
    assert value("journey_cost_eur", journey_cost_eur=[0, 5, 6, 7]) == [0.0, 5.0, 6.0, 7.0]


def test_beliefs_on_the_origin_are_worse_in_poor_mental_health_and_inside_0_and_1() -> None:
    dark = change("health_pessimism", 0.5)
    state = {"mental": [1.0, 0.0, 0.0, 0.0]}
    beliefs = [0.75, 0.75, 0.25, 0.5]
    assert value("believed_danger", dark, believed_safety=beliefs, **state) == [
        *(0.25, 0.75, 1.0, 1.0)
    ]
    assert value("believed_livelihood", dark, believed_livelihood=beliefs, **state) == [
        *(0.75, 0.25, 0.0, 0.0)
    ]


def test_gloom_is_a_bleak_prospect_as_far_as_fear_leaves_it() -> None:
    state = {"mental": 1.0, "believed_safety": 0.5, "illegality_prospects": [1.0, 0.5, 0.0, 0.2]}
    left = float(left_by_fear(world_of(), np.array([0.5]))[0])
    assert value("gloom", **state) == pytest.approx(np.array([0.0, 0.5, 1.0, 0.8]) * left, abs=1e-5)


def test_parts_of_the_threat_are_those_of_the_switch() -> None:
    state = {"threat": 0.5, "mental": 1.0, "believed_safety": 1.0}
    raises = change("threat", "raises_return")
    assert value("threat_unafraid", raises, **state) == [0.5] * 4
    assert value("threat_afraid", raises, **state) == [0.0] * 4
    both = (value(name, **state)[0] for name in ("threat_unafraid", "threat_afraid"))
    assert sum(both) == pytest.approx(0.5)


def test_detention_is_in_prospect_for_refused_adults_with_a_file_and_without_minors() -> None:
    raises = change("threat", "raises_return")
    state = {"threat": 0.5, "spell_open": True, "phase": LegalPhase.OBLIGED}
    found = by_place("prospect_of_detention", raises, **state)
    assert found == {place: 0.5 * (place in CAN_BE_HELD) for place in Place}
    at_risk = {**state, "place": Place.STREET}
    for spared in (
        {"spell_open": False},
        {"phase": LegalPhase.APPEAL},
        {"youngest_birth_week": WEEK - 100},
    ):
        assert not any(value("prospect_of_detention", raises, **at_risk | spared)), spared
    assert not any(value("prospect_of_detention", change("threat", "none"), **at_risk))


def test_a_refusal_is_accepted_as_far_as_it_feels_just_once_no_procedure_is_left() -> None:
    found = value("acceptance", n=len(LegalPhase), phase=list(LegalPhase), justice=0.25)
    refused = {LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED}
    assert found == [0.25 * (phase in refused) for phase in LegalPhase]
    waits = {"phase": LegalPhase.DEPARTURE_TERM, "justice": 0.25}
    assert value("acceptance", n=2, appeals=[True, False], **waits) == [0.0, 0.25]


def test_the_end_of_shelter_counts_on_the_side_of_the_switch() -> None:
    late = {"place": Place.VBL, "place_since": WEEK - 500}
    names = ("shelter_ends_return", "shelter_ends_hiding")
    for switch, expected in (("return", [1.0, 0.0]), ("out_of_sight", [0.0, 1.0])):
        changes = change("shelter_end", switch)
        assert [value(name, changes, **late)[0] for name in names] == expected


def test_shelter_without_an_end_counts_only_where_the_switch_lets_it() -> None:
    removes = change("calm_or_urgency", "removes_urgency")
    endless = {Place.FAMILY_LOCATION, Place.GUIDED_SHELTER}
    found = by_place("sheltered_without_end", removes)
    assert {place for place, there in found.items() if there} == endless
    assert not any(by_place("sheltered_without_end").values())


def test_colocation_is_the_share_of_unwilling_persons_in_ones_kind_of_location() -> None:
    state = {
        "place": [*[Place.VBL] * 4, *[Place.FAMILY_LOCATION] * 2, Place.STREET],
        "stage": [0, 0, 0, 1, 2, 0, 0],
    }
    for switch, sign in (
        ("lowers_willingness", 1.0),
        ("group_sessions_raise_it", -1.0),
        ("none", 0.0),
    ):
        expected = sign * np.array([0.75] * 4 + [0.5] * 2 + [0.0])
        assert value("colocation", change("co_location", switch), n=7, **state) == pytest.approx(
            expected
        )
    apart = change("placed_apart_share", 0.5), change("co_location", "lowers_willingness")
    assert value("colocation", *apart, n=7, **state)[0] == pytest.approx(0.375)


def test_past_detentions_act_as_the_switch_says() -> None:
    late = change("detention_experience_late", 0.25)
    for switch, expected in (
        ("none", [0.0] * 6),
        ("hump_2_4", [0.0, 0.0, 1.0, 1.0, 0.25, 0.25]),
        ("after_5", [0.0, 0.0, 0.0, 0.0, 1.0, 1.0]),
    ):
        changes = late, change("detention_experience", switch)
        found = value("detention_experience", *changes, n=6, detentions=[0, 1, 2, 4, 5, 9])
        assert found == expected, switch


def test_a_plan_holds_from_the_intention_on() -> None:
    assert value("plan", stage=list(Stage)) == [0.0, 0.0, 1.0, 1.0]


def assistance(*changes: Override, **columns: object) -> list[float]:
    """Return the variable for the father, the mother and the man alone."""
    world = make_world(*changes, **columns)
    return VARIABLES["assistance"](Adults(world, np.array([0, 1, 3]))).tolist()


def test_assistance_moves_only_adults_with_a_price_that_consider_return() -> None:
    cheap = {"reservation_eur": 100.0}
    assert not any(assistance(stage=Stage.NOT_CONSIDERING, **cheap))
    assert all(assistance(stage=Stage.CONSIDERING, **cheap))
    assert not any(assistance(stage=Stage.CONSIDERING, reservation_eur=np.inf))
    general = change("assistance", "general")
    assert all(assistance(general, stage=Stage.NOT_CONSIDERING, **cheap))
    assert not any(assistance(change("assistance", "none"), **cheap))


def test_what_is_not_known_of_an_offer_does_not_count_and_a_promise_counts_without_it() -> None:
    unknown = {"knowledge": 0.0, "reservation_eur": 1000.0}
    assert not any(assistance(**unknown))
    promised = assistance(**unknown, discretionary_eur=1000.0)
    assert promised[2] == pytest.approx(0.5), "the promise is the price"
    assert promised[0] == promised[1] < 0.5, "two adults share a promise"
    assert assistance(discretionary_eur=1000.0)[2] > assistance()[2], "it comes on top"
    known, half = (assistance(knowledge=share)[2] for share in (1.0, 0.5))
    assert half == pytest.approx(known / 2)


def test_what_is_granted_counts_in_full_without_knowledge() -> None:
    granted = {"application": Application.GRANTED, "knowledge": 0.0}
    price = {"reservation_eur": 1000.0}
    assert assistance(**granted, **price, cash_eur=1000.0) == pytest.approx([0.5] * 3)
    assert not any(assistance(**granted, **price, cash_eur=0.0, in_kind_eur=0.0))


def test_an_entry_ban_can_be_avoided_only_within_the_term() -> None:
    for in_force in (True, False):
        ban = change("entry_ban_in_force", in_force)
        found = value("entry_ban", ban, n=len(LegalPhase), phase=list(LegalPhase))
        assert found == [
            float(in_force and phase == LegalPhase.DEPARTURE_TERM) for phase in LegalPhase
        ]


def test_an_entry_ban_that_has_been_imposed_is_no_reason_to_leave() -> None:
    """s4 F14: the threat works before, not after; a detention counts as the ban."""
    ban, term = change("entry_ban_in_force", True), LegalPhase.DEPARTURE_TERM
    assert value("entry_ban", ban, n=3, phase=term, detentions=[0, 1, 2]) == [1.0, 0.0, 0.0]


def test_a_ban_on_entry_can_be_imposed_from_its_date() -> None:
    timeline = Timeline(registry())
    assert timeline.at(date(2011, 12, 14))["entry_ban_in_force"] is False
    assert timeline.at(date(2011, 12, 15))["entry_ban_in_force"] is True


def test_distrust_is_the_complement_of_the_institutions_of_the_origin() -> None:
    world = world_of(country=[0, 1, 0, 1])
    world.origin = Conditions(*[np.array([0.8, 0.1])] * 3)
    found = VARIABLES["distrust_of_institutions"](Adults(world, everybody(world)))
    assert found == pytest.approx([0.2, 0.9, 0.2, 0.9])


def test_activation_counts_only_where_it_acts_directly() -> None:
    share = change("activation_intensity", tuple(np.arange(11) / 20))
    direct = by_place("activated", share, change("activation", "direct"))
    assert direct == {place: place / 20 * (place < Place.ORIGIN) for place in Place}
    for other in ("wellbeing_only", "through_agency"):
        assert not any(by_place("activated", share, change("activation", other)).values())


def test_age_counts_in_decades_from_the_middle_with_the_sign_of_the_switch() -> None:
    births = (WEEK - np.array([20, 30, 40, 60]) * YEAR - 1).astype(int)
    for switch, sign in (
        ("older_more_willing", 1),
        ("younger_more_willing", -1),
        ("none", 0),
    ):
        found = value("age", change("age", switch), birth_week=births)
        assert found == pytest.approx(sign * np.array([-1.0, 0.0, 1.0, 3.0]), abs=0.11), switch


def test_half_of_the_rooting_is_there_after_the_half_weeks() -> None:
    half = int(number("rooting_half_weeks"))
    weeks = WEEK - np.array([0, half, 2 * half, 100 * half])
    assert value("rooting", arrival_week=weeks) == pytest.approx([0.0, 0.5, 0.75, 1.0])


def test_children_are_minors_and_go_to_school_from_their_age_on() -> None:
    births = WEEK - (np.array([17.5, 18.5, 3.5, 3.5]) * YEAR).astype(int)
    eldest = WEEK - (np.array([17.5, 18.5, 3.9, 4.1]) * YEAR).astype(int)
    ages = {"youngest_birth_week": births, "eldest_birth_week": eldest}
    assert value("children", **ages) == [1.0, 0.0, 1.0, 1.0]
    assert value("school_children", **ages) == [1.0, 0.0, 0.0, 1.0]


def test_need_of_care_keeps_a_person_here_only_where_the_switch_says_so() -> None:
    acts = change("health_acts", "also_care_as_stay")
    physical = {"physical": [1.0, 0.75, 0.5, 0.0]}
    assert value("care", acts, **physical) == [0.0, 0.25, 0.5, 1.0]
    assert not any(value("care", **physical))


def test_income_is_what_own_work_covers_of_needs_at_most_all() -> None:
    pay = change("informal_by_place", tuple(np.arange(11) / 10))
    wage = (
        change("informal_income_eur_week", 50),
        change("subsistence_eur_week", 40),
    )
    found = by_place("income", pay, *wage, ties_nl=0.8)
    here = {place: min(1.0, place / 10) for place in Place}
    here[Place.ORIGIN] = 0.0
    here[Place.DETENTION] = here[Place.CLOSED_FAMILY] = 0.8  # as in a private network
    assert found == pytest.approx(here)
    assert by_place("income", pay, *wage, ties_nl=0.0) == dict.fromkeys(Place, 0.0)
    assert value("income", pay, *wage, ties_nl=1.0, place=Place.STREET) == [1.0] * 4


def test_a_roof_is_that_of_state_or_municipal_shelter() -> None:
    assert {place for place, roof in by_place("roof").items() if roof} == set(SHELTERED)


def test_variables_look_only_at_the_rows_asked_for() -> None:
    world = world_of(n=8, **NO_MINOR, place=list(Place)[:8], hope=np.arange(8) / 8)
    rows = np.array([5, 2, 7])
    for name, function in VARIABLES.items():
        some = function(Adults(world, rows))
        assert some.shape == (3,), name
        assert np.array_equal(some, function(Adults(world, everybody(world)))[rows]), name


def test_columns_keep_no_state_between_adults() -> None:
    world = world_of(hope=[0.0, 0.25, 0.5, 0.75])
    hope = variables.column("hope")
    assert hope(Adults(world, np.array([3]))).tolist() == [0.75]
    assert hope(Adults(world, np.array([1, 0]))).tolist() == [0.25, 0.0]
