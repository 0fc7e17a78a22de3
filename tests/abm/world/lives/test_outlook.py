"""Hope, threat, prospects, beliefs, felt justice and trust over a week, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.lives.outlook import change_outlook
from terugkeer.agents.codes import LegalPhase, Organisation, Place, Route, Track

from tests.abm.world.halfway import by_place, make_world, places, share, world_under
from tests.abm.world.small_world import change, recorded

NO_PARDON = {"pardon_hope": 0.0, "injustice_keeps_hope": 0.0}
AT_ONCE = {"hope_half_weeks": 0.001, "outlook_half_weeks": 0.001}


def test_felt_justice_lets_hope_go_sooner() -> None:
    world = make_world()
    people = world.people
    people.justice[:] = [1.0, 0.0, 1.0, 1.0]
    people.phase[:2] = LegalPhase.OBLIGED
    people.phase[2:] = [LegalPhase.REPEAT_PROCEDURE, LegalPhase.APPEAL]
    people.youngest_birth_week[3] = world.week - 100
    change_outlook(world, places(world))
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


def test_hope_is_that_of_an_appeal_with_or_without_a_right_to_stay() -> None:
    world = make_world()
    people = world.people
    people.phase[:] = [LegalPhase.APPEAL, LegalPhase.DEPARTURE_TERM, LegalPhase.OBLIGED, 3]
    people.appeals[:] = [False, True, True, False]
    change_outlook(world, places(world))
    assert people.hope[0] == people.hope[1] == people.hope[2]
    assert people.hope[3] < people.hope[0]


def test_threat_by_hand() -> None:
    world = make_world()
    people = world.people
    world.enforcement = 0.8
    people.spell_open[1] = False
    people.document[2] = True
    people.phase[3] = LegalPhase.APPEAL
    change_outlook(world, places(world))
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


def test_prospects_are_learned_outside_only() -> None:
    world = make_world()
    people = world.people
    people.place[1] = Place.AZC
    people.optimism[2] = 1.0
    change_outlook(world, places(world))
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
    change_outlook(world, places(world))
    truth = float(world.origin.safety[0])
    bias = recorded("safety_bias") * 0.4 * (believed == "biased")
    pace = share(recorded("belief_half_weeks"))
    steps = [pace * (truth - 0.5), pace * (truth - bias - 0.5), 0.0, pace / 2 * (truth - 0.5)]
    assert people.believed_safety == pytest.approx(0.5 + np.array(steps), rel=1e-5)
    assert people.knowledge == pytest.approx([1.0, 0.6, 1.0, 1.0])  # none is lost


def test_knowledge_grows_a_little_by_itself() -> None:
    world = make_world()
    world.people.knowledge[:] = 0.1
    change_outlook(world, places(world))
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
    change_outlook(world, places(world))
    assert people.justice == pytest.approx([0.5 + gained, 0.5, 0.5, 0.5], abs=1e-6)


def test_coercion_costs_trust_in_the_state_and_felt_justice() -> None:
    world = make_world()
    people = world.people
    people.place[:2] = Place.DETENTION
    people.place_since[0] = world.week  # the second has been there for ten weeks
    world.log.append(world.week - 1, Event.NOTICED, people.person[2:3])
    world.log.append(world.week - 1, Event.NOTICED, np.array([999_999]))  # has gone since
    world.log.append(world.week, Event.NOTICED, people.person[3:4])  # to be felt next week
    change_outlook(world, places(world))
    left = 0.5 * (1.0 - recorded("trust_lost_by_coercion"))
    assert people.trust_state == pytest.approx([left, 0.5, left, 0.5], rel=1e-5)
    unjust = 0.5 + share(recorded("outlook_half_weeks")) * (recorded("justice_in_detention") - 0.5)
    assert people.justice == pytest.approx([unjust, unjust, 0.5, 0.5], rel=1e-5)


def test_half_of_the_hope_is_left_after_the_half_weeks() -> None:
    gone = {"hope_after_refusal": 0.0, "hope_half_weeks": 6}
    world = world_under(NO_PARDON | gone, optimism=0.0)
    for _ in range(6):
        change_outlook(world, places(world))
    assert world.people.hope == pytest.approx(0.25, rel=1e-5)


def test_hope_in_a_procedure_goes_by_the_track() -> None:
    levels = {"hope_by_track": (0.1, 0.2, 0.3, 0.4, 0.5)}
    world = world_under(NO_PARDON | AT_ONCE | levels, optimism=0.0)
    world.people.phase[:] = LegalPhase.PROCEDURE
    tracks = list(Track)[:4]
    world.people.track[:] = tracks
    change_outlook(world, places(world))
    assert world.people.hope == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-5)


def test_hope_of_a_pardon_is_for_families_that_have_heard_the_rumour() -> None:
    def hope(switch: str) -> list[float]:
        values = {"pardon_hope": 0.2, "hope_after_refusal": 0.1, "pardon_rumour": switch}
        world = world_under(AT_ONCE | NO_PARDON | values, optimism=0.0)
        world.people.youngest_birth_week[:2] = world.week - 100
        world.network.renew(world)
        world.network.carries[:] = [True, False, True, False]
        change_outlook(world, places(world))
        return [round(float(each), 5) for each in world.people.hope]

    assert hope("known_to_all") == [0.3, 0.3, 0.1, 0.1]
    assert hope("over_ties") == [0.3, 0.1, 0.1, 0.1]


def test_a_light_outlook_adds_to_hope_and_prospects_and_takes_from_threat() -> None:
    shift = 0.1 / recorded("optimism_effect")
    world = world_under(AT_ONCE | NO_PARDON, optimism=[0.0, shift, -99.0, 99.0])
    change_outlook(world, places(world))
    people = world.people
    assert people.hope[1] - people.hope[0] == pytest.approx(0.1, rel=1e-4)
    assert people.threat[0] - people.threat[1] == pytest.approx(
        min(0.1, float(people.threat[0])), rel=1e-4
    )
    gained = people.illegality_prospects[1] - people.illegality_prospects[0]
    assert gained == pytest.approx(0.1, rel=1e-4)
    assert people.hope[2:].tolist() == people.illegality_prospects[2:].tolist() == [0.0, 1.0]
    assert people.threat[2:].tolist() == [1.0, 0.0]


def test_beliefs_halve_their_distance_from_the_truth_in_the_half_weeks() -> None:
    half = change("belief_half_weeks", 5)
    world = make_world(half, knowledge=1.0, trust_ngo=1.0)
    for _ in range(5):
        change_outlook(world, places(world))
    for column, truth in (
        (world.people.believed_safety, world.origin.safety[0]),
        (world.people.believed_livelihood, world.origin.livelihood[0]),
    ):
        assert column == pytest.approx((0.5 + truth) / 2, rel=1e-4)


@pytest.mark.parametrize("spill", ["none", "coercion_lowers_all", "data_sharing_lowers_ngo"])
def test_trust_in_organisations_falls_only_as_the_switch_says(spill: str) -> None:
    sizes = change("data_sharing", 0.5), change("data_sharing_costs_trust", 0.2)
    world = make_world(change("trust_spill", spill), *sizes)
    people = world.people
    people.place[0], people.place_since[0] = Place.DETENTION, world.week
    people.met[1:3] = 1 << Organisation.VWN
    people.spell_open[2] = False
    people.met[3] = 1 << Organisation.IOM
    change_outlook(world, places(world))
    coerced = 0.5 * (1.0 - recorded("trust_lost_by_coercion") * recorded("trust_spill_share"))
    lost_iom = [coerced, 0.5, 0.5, 0.5] if spill == "coercion_lowers_all" else [0.5] * 4
    lost_ngo = [0.5, 0.45, 0.5, 0.5] if spill == "data_sharing_lowers_ngo" else lost_iom
    assert people.trust_iom == pytest.approx(lost_iom)
    assert people.trust_ngo == pytest.approx(lost_ngo)
    assert people.trust_state[0] < 0.5


def test_no_removal_is_heard_of_by_persons_who_have_returned() -> None:
    world = make_world()
    world.people.place[0] = Place.ORIGIN
    world.log.append(world.week - 1, Event.NOTICED, world.people.person[:2])
    change_outlook(world, places(world))
    lost = 1.0 - recorded("trust_lost_by_coercion")
    assert world.people.trust_state == pytest.approx([0.5, 0.5 * lost, 0.5, 0.5])
