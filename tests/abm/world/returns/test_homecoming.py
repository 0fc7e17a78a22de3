"""Going home: each condition by hand, minors as their adults, and the danger of the origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.returns.homecoming import (
    EFFECTS,
    Leaving,
    conditions,
    danger,
    of_adults,
    of_households,
)
from terugkeer.agents.codes import Danger, Destination, Organisation, Outcome, Place, Stage
from terugkeer.agents.rules.after_return import unpack_danger

from tests.abm.world.clients import DANGEROUS, SAFE, WEEK, alone, everybody, world_of
from tests.abm.world.small_world import HAZARDS

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

AT_SCHOOL, GROWN = 500, 2000  # weeks of age
YEAR = 52.1775


def found(
    name: str,
    values: dict[str, object] | None = None,
    *,
    outcome: Outcome = Outcome.INDEPENDENT,
    granted: bool = False,
    n: int = 4,
    size: int = 1,
    **columns: object,
) -> list[float]:
    """Return a condition of four persons who go home; a return is independent if not forced."""
    world = world_of(n=n, size=size, **columns)
    world.now.update(values or {})
    n = len(world.people)
    leaving = Leaving(
        everybody(world), world.people.place.copy(), np.full(n, int(outcome), dtype=np.uint8)
    )
    independent = np.full(n, outcome == Outcome.INDEPENDENT)
    table = conditions(world, leaving, np.full(n, granted), independent)
    assert table.shape == (n, len(EFFECTS))
    most = np.array([2.0 if each.startswith("embedded_in_kind") else 1.0 for each in EFFECTS])
    assert ((table >= 0.0) & (table <= most)).all()
    return table[:, EFFECTS.index(name)].round(6).tolist()


def test_every_condition_has_an_effect_on_three_dimensions() -> None:
    for name in EFFECTS:
        assert len(registry()[name].value or ()) == 3, name  # type: ignore[arg-type] # a list by its record


def test_a_return_is_chosen_if_reasons_for_it_outweigh_those_against_it() -> None:
    reasons = {
        "push": [1.0, 0.0, 0.5, 0.5],
        "pull": [0.0, 1.0, 0.5, 0.4],
        "stay": [0.5, 0.5, 0.5, 0.5],
        "deter": [0.0, 0.0, 0.5, 0.5],
    }
    assert found("embedded_chosen", **reasons) == [1.0, 1.0, 0.0, 0.0]
    assert found("embedded_chosen", outcome=Outcome.FORCED, **reasons) == [0.0] * 4


def test_a_forced_return_is_marked() -> None:
    assert found("embedded_forced", outcome=Outcome.FORCED) == [1.0] * 4
    assert found("embedded_forced") == [0.0] * 4


def test_half_of_the_preparation_is_there_after_the_half_weeks_of_preparing() -> None:
    half = {"embedded_prepared_half_weeks": 8.0}
    weeks = {"stage_since": WEEK - np.array([0, 8, 16, 8])}
    stages = {"stage": [*[Stage.PREPARING] * 3, Stage.INTENDING]}
    assert found("embedded_prepared", half, **weeks, **stages) == [0.0, 0.5, 0.75, 0.0]
    forced = found("embedded_prepared", half, outcome=Outcome.FORCED, **weeks, **stages)
    assert forced == [0.0] * 4


def test_work_is_the_share_of_needs_earned_where_a_person_lived() -> None:
    pay = {
        "informal_by_place": tuple(np.arange(11) / 10),
        "informal_income_eur_week": 50.0,
        "subsistence_eur_week": 40.0,
    }
    there = {"place": [Place.AZC, Place.VBL, Place.STREET, Place.ORIGIN]}
    assert found("embedded_work", pay, **there, ties_nl=0.8) == [0.0, 0.2, 0.9, 0.0]
    assert found("embedded_work", pay, **there, ties_nl=1.0)[2] == 1.0, "needs are all covered"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("embedded_agency", "agency"),
        ("embedded_ties", "ties_origin"),
        ("embedded_health", "mental"),
        ("embedded_schooling", "schooling"),
        ("embedded_skills", "skills"),
    ],
)
def test_some_conditions_are_states_at_departure(name: str, column: str) -> None:
    state = [0.0, 0.25, 0.5, 1.0]
    assert found(name, **{column: state}) == state


def test_persons_at_liberty_in_town_and_outside_shelter_live_on_their_own() -> None:
    lived = found("embedded_lived_independently", n=len(Place), place=list(Place))
    there = {Place.PRIVATE_NETWORK, Place.REPORTING_DUTY}
    assert {place for place, alone in zip(Place, lived, strict=True) if alone} == there


def test_men_kin_that_wait_and_middle_age_are_marked() -> None:
    assert found("embedded_man", female=[True, False, True, False]) == [0.0, 1.0, 0.0, 1.0]
    worked = [True, False, False, True]
    assert found("embedded_worked_at_origin", worked_at_origin=worked) == [1.0, 0.0, 0.0, 1.0]
    wanted = [True, False, True, False]
    assert found("embedded_wanted", wanted_at_home=wanted) == [1.0, 0.0, 1.0, 0.0]
    births = WEEK - np.round(np.array([29.9, 30.1, 49.9, 50.1]) * YEAR).astype(int)
    middle = {"embedded_middle_age_years": (30, 50)}
    assert found("embedded_middle_age", middle, birth_week=births) == [0.0, 1.0, 1.0, 0.0]


def test_more_help_in_kind_counts_for_more_and_only_if_granted() -> None:
    amounts = {"in_kind_eur": [0.0, 500.0, 1500.0, 6000.0]}
    name, customary = "embedded_in_kind", {"embedded_in_kind_customary_eur": 1500}
    for on_offer in (0, 1500, 6000):
        values = {**customary, "assistance_in_kind": on_offer}
        assert found(name, values, granted=True, **amounts) == [0.0, 0.5, 1.0, 1.6]
        assert found(name, values, granted=False, **amounts) == [0.0] * 4
    assert found(name, customary, granted=True, in_kind_eur=1e12) == [2.0] * 4


def test_help_in_kind_is_worth_more_to_those_with_skills() -> None:
    values = {"embedded_in_kind_customary_eur": 1500}
    columns = {"in_kind_eur": [500.0, 1500.0, 1500.0, 0.0], "skills": [0.5, 0.5, 0.0, 1.0]}
    name = "embedded_in_kind_skilled"
    assert found(name, values, granted=True, **columns) == [0.25, 0.5, 0.0, 0.0]
    assert found(name, values, **columns) == [0.0] * 4


def test_cash_is_without_a_plan_if_alone_and_no_plan_was_made() -> None:
    left = {
        "cash_eur": [500.0, 500.0, 500.0, 0.0],
        "in_kind_eur": [0.0, 0.0, 500.0, 0.0],
        "planned": [False, True, False, False],
    }
    name = "embedded_cash_without_plan"
    assert found(name, granted=True, **left) == [1.0, 0.0, 0.0, 0.0]
    assert found(name, granted=False, **left) == [0.0] * 4


def test_nothing_has_come_of_plans_at_the_departure() -> None:
    for name in ("embedded_plan_carried_out", "embedded_plan_nothing"):
        assert found(name, planned=True) == [0.0] * 4


@pytest.mark.parametrize(
    ("timing", "left_of_it"), [("at_departure", 1.0), ("in_parts", 0.6), ("after_plan", 0.0)]
)
def test_cash_that_is_paid_when_there_are_plans_is_not_without_one(
    timing: str, left_of_it: float
) -> None:
    rule: dict[str, object] = {"when_cash_is_paid": timing, "cash_later_share": 0.4}
    cash = {"cash_eur": 500.0, "in_kind_eur": 0.0}
    told = found("embedded_cash_without_plan", rule, granted=True, **cash)
    assert told == pytest.approx([left_of_it] * 4)


def test_debt_is_half_of_the_worst_at_the_half_amount() -> None:
    half = {"embedded_debt_half_eur": 2000.0}
    debts = [0.0, 2000.0, 6000.0, 1e9]
    assert found("embedded_debt", half, debt_eur=debts) == pytest.approx(
        [0.0, 0.5, 0.75, 1.0], abs=1e-5
    )


def test_conditions_at_origin_are_those_of_the_country() -> None:
    countries = {"country": [SAFE, DANGEROUS, SAFE, DANGEROUS]}
    origin = world_of().origin
    for name, truth in (
        ("embedded_safety", origin.safety),
        ("embedded_livelihood", origin.livelihood),
    ):
        assert found(name, **countries) == [truth[SAFE], truth[DANGEROUS]] * 2


def test_aftercare_comes_as_often_as_the_organisation_gives_it_to_whole_households() -> None:
    ngo = Organisation.BRIDGE_TO_BETTER
    helped = {"helper": [ngo, Organisation.VWN, Organisation.NONE, ngo]}
    share = {"aftercare_share": alone(ngo, 1.0)}
    assert found("embedded_aftercare", share, **helped) == [1.0, 0.0, 0.0, 1.0]
    forced = found("embedded_aftercare", share, outcome=Outcome.FORCED, **helped)
    assert forced == [0.0] * 4
    many = found(
        "embedded_aftercare", {"aftercare_share": alone(ngo, 0.7)}, n=2000, size=2, helper=ngo
    )
    assert many[::2] == many[1::2]
    assert np.mean(many) == pytest.approx(0.7, abs=0.03)


def test_minors_get_the_mean_of_the_adults_of_their_household() -> None:
    latent = np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 7.0], [9.0, 9.0, 9.0], [5.0, 5.0, 5.0]])
    household = np.array([0, 0, 0, 1])
    adult = np.array([True, True, False, True])
    result = of_adults(latent, household, adult)
    assert result.tolist() == [*latent[:2].tolist(), [2.0, 3.0, 5.0], [5.0, 5.0, 5.0]]
    assert latent[2, 0] == 9.0, "the argument stays as it is"


def test_minors_without_adults_keep_their_own() -> None:
    latent = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    household = np.array([0, 0])
    for adult in ([False, False], [True, True]):
        assert np.array_equal(of_adults(latent, household, np.array(adult)), latent)
    mixed = of_adults(latent, np.array([0, 1]), np.array([True, False]))
    assert np.array_equal(mixed, latent)


def test_a_household_has_the_mean_hazard_of_its_members_at_each_follow_up() -> None:
    hazard = np.array([[0.1, 0.3, 0.5], [0.0, 0.4, 0.7]])
    found = of_households(hazard, np.array([0, 0, 1]))
    assert found == pytest.approx(np.array([[0.2, 0.2, 0.5], [0.2, 0.2, 0.7]]))


def bands(world: World) -> list[list[int]]:
    """Return the bands of danger, as it is and as it is believed."""
    return [each.tolist() for each in unpack_danger(danger(world, everybody(world)))]


def test_danger_has_the_band_of_the_country_and_of_the_belief_of_adults() -> None:
    world = world_of(n=2, size=2, country=[SAFE, SAFE, DANGEROUS, DANGEROUS])
    world.people.birth_week[:] = WEEK - np.tile([GROWN, AT_SCHOOL], 2)
    world.people.believed_safety[:] = [0.9, 0.9, 0.5, 0.9]
    low, middle, high = Danger.LOW, Danger.MIDDLE, Danger.HIGH
    assert bands(world) == [[low, low, high, high], [low, Danger.NONE, middle, Danger.NONE]]
    world.now.update({"danger_edges": (0.05, 0.95)})
    assert bands(world) == [[middle] * 4, [middle, Danger.NONE, middle, Danger.NONE]]


def test_a_departure_logs_the_danger_of_the_origin() -> None:
    world = world_of(country=DANGEROUS)
    world.entered = 4
    expected = danger(world, everybody(world))
    world.leave(everybody(world), Outcome.FORCED, Destination.ORIGIN)
    left = world.log.column("kind") == Event.LEFT
    assert np.array_equal(world.log.column("danger")[left], expected)
    assert expected.all()


def test_where_nobody_weighs_or_nobody_leaves_there_is_no_danger_to_mark() -> None:
    world = world_of(HAZARDS, country=DANGEROUS)
    assert danger(world, everybody(world)).tolist() == [0] * 4
    assert danger(world_of(), np.zeros(0, dtype=np.intp)).shape == (0,)
