"""What a week does to persons' state: bounds and money over a run, dynamics by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.persons.columns import COLUMNS, written_in
from terugkeer.abm.world.phases.change import live
from terugkeer.agents.codes import LegalPhase, Place, Route, Track

from tests.abm.world.small_world import change, model_of, recorded, watch

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.persons.people import People
    from terugkeer.abm.world.state import World

# what `live` moves: all of the phase but places and weeks without shelter
LIVED = tuple(
    name
    for name in written_in("change")
    if name not in {"place", "place_since", "choice", "unsheltered_weeks"}
)
MONEY = ("debt_eur", "savings_eur", "income_eur", "journey_cost_eur")
SCALES = tuple(name for name in LIVED if name not in {*MONEY, "wanted_at_home"})


def by_place(world: World, name: str, place: Place) -> float:
    return float(world.now.vector(name)[place])


def share(half_weeks: float) -> float:
    return float(1.0 - 2.0 ** (-1.0 / half_weeks))


@pytest.fixture
def world() -> World:
    return make_world()


def make_world(*changes: Override) -> World:
    """Return a world of four grown persons in private networks, halfway on every scale."""
    model = model_of(*changes, scale=1000.0)
    world = model.world
    columns: dict[str, Any] = dict.fromkeys(SCALES, 0.5)
    columns |= {
        "person": np.arange(4) * 16,
        "household": np.arange(4),
        "household_key": np.arange(4).astype(np.uint64),
        "birth_week": world.week - 2000,
        "youngest_birth_week": world.week - 2000,
        "arrival_week": world.week - 52,
        "phase": LegalPhase.OBLIGED,
        "phase_since": world.week - 20,
        "spell_since": world.week - 20,
        "spell_open": True,
        "spells": 1,
        "route": Route.ASYLUM,
        "track": Track.GENERAL,
        "place": Place.PRIVATE_NETWORK,
        "place_since": world.week - 10,
    }
    world.people.add(columns)
    return world


def test_scales_and_money_keep_their_bounds_over_a_run() -> None:
    model = model_of(scale=100.0, last_year=2012)
    before: dict[str, NDArray[Any]] = {}

    def kept(name: str, world: World) -> None:
        if name == "change":
            before.update({each: getattr(world.people, each).copy() for each in MONEY})

    def held(name: str, world: World) -> None:
        if name != "change":
            return
        people = world.people
        for each in SCALES:
            column = getattr(people, each)
            assert ((column >= 0.0) & (column <= 1.0)).all(), each
        assert all((getattr(people, each) >= 0.0).all() for each in MONEY)
        _money_is_conserved(world, before)

    watch(model, before=kept, after=held)
    model.run()
    assert len(model.people) > 30


def _money_is_conserved(world: World, before: dict[str, NDArray[Any]]) -> None:
    people = world.people
    need = np.append(world.now.vector("need_by_place"), 0.0)[people.place]
    need = need * recorded("subsistence_eur_week") * world.adult(np.arange(len(people)))
    here = people.place != Place.ORIGIN
    income = np.where(here, people.income_eur, 0.0)
    spent = np.minimum(need, income + before["savings_eur"])
    saved = people.savings_eur.astype(np.float64) - before["savings_eur"]
    repaid = before["debt_eur"].astype(np.float64) - people.debt_eur
    assert income == pytest.approx(spent + saved + repaid, abs=0.02)  # single precision
    assert (repaid >= 0.0).all()


def test_rates_of_place_alone_leave_every_state_as_it_is() -> None:
    model = model_of(change("decision", "hazards"), scale=200.0)
    model.run()
    people = model.people
    assert len(people) > 20
    for name in (*SCALES, *MONEY, "wanted_at_home", "reservation_eur", "resilience", "optimism"):
        assert not getattr(people, name).any(), name


def test_nothing_moves_in_those_who_have_returned(world: World) -> None:
    people = world.people
    people.place[:] = Place.ORIGIN
    people.phase[:] = LegalPhase.RETURNED
    people.debt_eur[:] = 100.0
    people.savings_eur[:] = 100.0
    people.resilience[:] = 1.0
    before = {name: getattr(people, name).copy() for name in COLUMNS}
    for _ in range(3):
        live(world)
        world.week += 1
    for name, column in before.items():
        assert np.array_equal(getattr(people, name), column), name


def test_what_lives_change_is_what_the_plan_promises(world: World) -> None:
    people = world.people
    people.place[:] = [Place.AZC, Place.STREET, Place.DETENTION, Place.PRIVATE_NETWORK]
    people.place_since[2] = world.week
    people.debt_eur[:] = 1000.0
    people.ties_nl[:] = 0.9
    people.ties_nl[0] = 0.8
    people.savings_eur[1] = 100.0
    people.knowledge[:] = 0.1
    before = {name: getattr(people, name).copy() for name in COLUMNS}
    for _ in range(60):
        live(world)
        world.week += 1
    moved = {name for name in COLUMNS if not np.array_equal(before[name], getattr(people, name))}
    assert moved <= set(LIVED)
    # a rare event, and what only other readings of `trust_spill` move
    assert set(LIVED) - moved <= {"wanted_at_home", "trust_iom", "trust_ngo"}


def test_health_by_hand(world: World) -> None:
    people = world.people
    people.place[:] = [Place.STREET, Place.GUIDED_SHELTER, Place.DETENTION, Place.GUIDED_SHELTER]
    people.resilience[3] = 1.0
    live(world)
    slow, fast = share(recorded("health_half_weeks")), share(recorded("harsh_half_weeks"))
    for row, pace, shift in ((0, fast, 0.0), (1, slow, 0.0), (2, fast, 0.0), (3, slow, 1.0)):
        for name in ("mental", "physical", "agency"):
            level = by_place(world, f"{name}_by_place", Place(people.place[row]))
            level += shift * recorded("resilience_effect")
            expected = 0.5 + pace * (level - 0.5)
            assert getattr(people, name)[row] == pytest.approx(expected, rel=1e-5), (name, row)


@pytest.mark.parametrize(
    ("activation", "mental_toll", "agency_toll"),
    [("wellbeing_only", 0.0, 1.0), ("through_agency", 0.0, 0.0), ("direct", 0.0, 1.0)],
)
def test_activation_takes_the_toll_of_idle_reception_away(
    activation: str, mental_toll: float, agency_toll: float
) -> None:
    switch = change("activation", activation)
    full = change("activation_intensity", (1.0,) * 11)
    # arrived 52 weeks ago: half of the toll is there
    for changes, tolls in (((switch,), (1.0, 1.0)), ((switch, full), (mental_toll, agency_toll))):
        world = make_world(*changes, change("inactivity_half_weeks", 52))
        world.people.place[:] = Place.AZC
        live(world)
        pace = share(recorded("health_half_weeks"))
        for name, toll in zip(("mental", "agency"), tolls, strict=True):
            level = by_place(world, f"{name}_by_place", Place.AZC)
            level -= toll * recorded(f"inactivity_{name}") / 2
            found = getattr(world.people, name)[0]
            assert found == pytest.approx(0.5 + pace * (level - 0.5), rel=1e-5), name


def test_money_by_hand(world: World) -> None:
    people = world.people
    people.place[:] = [Place.AZC, Place.PRIVATE_NETWORK, Place.STREET, Place.PRIVATE_NETWORK]
    people.ties_nl[:] = [0.5, 1.0, 0.0, 1.0]
    people.debt_eur[:] = 1000.0
    people.savings_eur[:] = 30.0
    people.birth_week[3] = world.week - 500  # a child has no money of its own
    live(world)
    need = recorded("subsistence_eur_week")
    left = recorded("informal_income_eur_week") - need
    assert people.income_eur == pytest.approx([57.61, 160.0, 0.0, 0.0])
    assert people.savings_eur == pytest.approx([30.0, 30.0 + left / 2, 0.0, 30.0])
    assert people.debt_eur == pytest.approx([1000.0, 1000.0 - left / 2, 1000.0, 1000.0])
    easing, rate = recorded("social_debt_easing_eur"), share(recorded("social_debt_half_weeks"))
    waiting = 0.5 + rate * (easing / (easing + 30.0) - 0.5)
    paid = 0.5 * (1.0 - left / 2 / easing)
    paying = paid + rate * (easing / (easing + 30.0 + left / 2) - paid)
    broke = 0.5 + rate * 0.5
    assert people.social_debt == pytest.approx([waiting, paying, broke, 0.5], rel=1e-5)


def test_nine_tenths_of_what_kin_expect_is_owed_after_two_years(world: World) -> None:
    people = world.people
    people.place[:] = Place.STREET
    people.ties_nl[:] = 0.0
    people.social_debt[:] = 0.0
    for _ in range(104):
        people.ties_nl[:] = 0.0
        live(world)
        world.week += 1
    assert people.social_debt[0] == pytest.approx(0.9, abs=0.02)


def test_ties_by_hand(world: World) -> None:
    people = world.people
    people.hope[:] = [0.0, 1.0, 0.0, 1.0]
    live(world)
    pace = share(recorded("ties_nl_half_weeks"))
    level = by_place(world, "ties_nl_by_place", Place.PRIVATE_NETWORK)
    assert people.ties_nl[0] == pytest.approx(0.5 + pace * (level - 0.5), rel=1e-5)
    kept = 0.5 * (1.0 - share(recorded("ties_origin_half_weeks_hopeless")))
    lost = 0.5 * (1.0 - share(recorded("ties_origin_half_weeks_hopeful")))
    assert kept > lost
    assert people.ties_origin == pytest.approx([kept, lost, kept, lost], rel=1e-4)


def test_whole_households_are_wanted_or_not() -> None:
    world = make_world(change("hazard_wanted_at_home", 1.0), change("hazard_no_longer_wanted", 0.0))
    people = world.people
    people.household_key[:] = people.household_key[0]
    seen = set()
    for _ in range(12):
        live(world)
        world.week += 1
        assert len(set(people.wanted_at_home.tolist())) == 1
        seen.add(bool(people.wanted_at_home[0]))
    assert seen >= {True}
    assert people.wanted_at_home.all()  # nobody ceases to be wanted at hazard 0


def test_felt_justice_lets_hope_go_sooner(world: World) -> None:
    people = world.people
    people.justice[:] = [1.0, 0.0, 1.0, 1.0]
    people.phase[:2] = LegalPhase.OBLIGED
    people.phase[2:] = [LegalPhase.REPEAT_PROCEDURE, LegalPhase.APPEAL]
    people.youngest_birth_week[3] = world.week - 100
    live(world)
    pace, low = share(recorded("hope_half_weeks")), recorded("hope_after_refusal")
    held = 1.0 - recorded("injustice_keeps_hope")
    appeal = 0.7 * recorded("hope_left_in_appeal") + world.now.number("pardon_hope")
    assert people.hope == pytest.approx(
        [
            0.5 + pace * (low - 0.5),
            0.5 + pace * held * (low - 0.5),
            0.5 + pace * (recorded("hope_in_repeat_procedure") - 0.5),
            0.5 + pace * (appeal - 0.5),
        ],
        rel=1e-5,
    )


def test_threat_by_hand(world: World) -> None:
    people = world.people
    world.enforcement = 0.8
    people.spell_open[1] = False
    people.document[2] = True
    people.phase[3] = LegalPhase.APPEAL
    live(world)
    level = 0.8 * by_place(world, "threat_by_place", Place.PRIVATE_NETWORK)
    levels = level * np.array(
        [
            1.0,
            recorded("threat_left_without_file"),
            1.0 + recorded("threat_added_by_document"),
            recorded("threat_left_in_procedure"),
        ]
    )
    pace = share(recorded("outlook_half_weeks"))
    assert people.threat == pytest.approx(0.5 + pace * (levels - 0.5), rel=1e-5)


def test_prospects_are_learned_outside_only(world: World) -> None:
    people = world.people
    people.place[1] = Place.AZC
    people.optimism[2] = 1.0
    live(world)
    pace, truth = share(recorded("outlook_half_weeks")), recorded("illegality_truth")
    rosy = truth + recorded("optimism_effect")
    expected = [0.5 + pace * (truth - 0.5), 0.5, 0.5 + pace * (rosy - 0.5)]
    assert people.illegality_prospects[:3] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("believed", ["biased", "accurate"])
def test_beliefs_go_to_the_truth_as_far_as_it_is_known_and_trusted(believed: str) -> None:
    world = make_world(change("believed_insecurity", believed))
    people = world.people
    people.knowledge[:] = [1.0, 0.6, 1.0, 1.0]
    people.trust_ngo[:] = [1.0, 1.0, 0.0, 0.5]
    live(world)
    truth = float(world.origin.safety[0])
    bias = recorded("safety_bias") * 0.4 * (believed == "biased")
    pace = share(recorded("belief_half_weeks"))
    steps = [pace * (truth - 0.5), pace * (truth - bias - 0.5), 0.0, pace / 2 * (truth - 0.5)]
    assert people.believed_safety == pytest.approx(0.5 + np.array(steps), rel=1e-5)
    assert people.knowledge == pytest.approx([1.0, 0.6, 1.0, 1.0])  # none is lost


def test_knowledge_grows_a_little_by_itself(world: World) -> None:
    world.people.knowledge[:] = 0.1
    live(world)
    ahead = recorded("knowledge_without_talks") - 0.1
    expected = 0.1 + share(recorded("knowledge_half_weeks")) * ahead
    assert world.people.knowledge == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("weeks", "gained"), [(0, -0.25), (13, -0.05), (39, 0.1)])
def test_a_first_decision_tells_how_just_the_procedure_was(weeks: int, gained: float) -> None:
    world = make_world()
    people = world.people
    people.arrival_week[:] = world.week - weeks
    people.spell_since[:3] = people.phase_since[:3] = world.week
    people.phase[:] = LegalPhase.DEPARTURE_TERM
    people.spells[1] = 2  # an earlier file: no first decision
    people.route[2] = Route.BORDER
    live(world)
    assert people.justice == pytest.approx([0.5 + gained, 0.5, 0.5, 0.5], abs=1e-6)


def test_each_first_decision_is_judged_once() -> None:
    model = model_of(scale=100.0)
    judged: list[int] = []
    kept: dict[str, NDArray[Any]] = {}

    def before(name: str, world: World) -> None:
        if name == "change":
            kept["justice"] = world.people.justice.copy()

    def after(name: str, world: World) -> None:
        if name == "change":
            people = world.people
            changed = people.justice != kept["justice"]
            free = ~np.isin(people.place, [Place.DETENTION, Place.CLOSED_FAMILY])
            judged.extend(people.person[changed & free].tolist())

    watch(model, before=before, after=after)
    model.run()
    log = model.log
    refused = (log.column("kind") == Event.OPENED) & (log.column("phase") == LegalPhase.PROCEDURE)
    assert sorted(judged) == sorted(log.column("person")[refused].tolist())
    assert len(judged) > 50


def test_coercion_costs_trust_in_the_state_and_felt_justice(world: World) -> None:
    people = world.people
    people.place[:2] = Place.DETENTION
    people.place_since[0] = world.week  # the second has been there for ten weeks
    world.log.append(world.week - 1, Event.NOTICED, people.person[2:3])
    world.log.append(world.week - 1, Event.NOTICED, np.array([999_999]))  # has gone since
    world.log.append(world.week, Event.NOTICED, people.person[3:4])  # to be felt next week
    live(world)
    left = 0.5 * (1.0 - recorded("trust_lost_by_coercion"))
    assert people.trust_state == pytest.approx([left, 0.5, left, 0.5], rel=1e-5)
    unjust = 0.5 + share(recorded("outlook_half_weeks")) * (recorded("justice_in_detention") - 0.5)
    assert people.justice == pytest.approx([unjust, unjust, 0.5, 0.5], rel=1e-5)


def test_records_by_place_have_a_number_for_each_place(world: World) -> None:
    for name in (
        "mental_by_place",
        "physical_by_place",
        "agency_by_place",
        "activation_intensity",
        "allowance_by_place",
        "need_by_place",
        "informal_by_place",
        "ties_nl_by_place",
        "threat_by_place",
    ):
        assert len(world.now.vector(name)) == Place.ORIGIN, name


def columns_of(people: People) -> dict[str, NDArray[Any]]:
    return {name: getattr(people, name).copy() for name in LIVED}


def test_who_else_is_there_changes_no_course() -> None:
    alone, together = make_world(), make_world()
    together.people.add({"person": np.arange(10, 60) * 16, "place": Place.STREET})
    for world in (alone, together):
        for _ in range(30):
            live(world)
            world.week += 1
    for name, column in columns_of(alone.people).items():
        assert np.array_equal(column, getattr(together.people, name)[:4]), name
