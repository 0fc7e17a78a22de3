"""Sessions: what each stance, method and reading does to those who hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.decision.voluntariness import informed
from terugkeer.abm.world.decision.weighing import Weights
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.help.knowledge import known_of_support
from terugkeer.abm.world.meetings.counsel import reexamined
from terugkeer.abm.world.meetings.methods import USES
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.abm.world.phases.change import live
from terugkeer.abm.world.phases.decide_law import _after_reexamination
from terugkeer.agents.codes import LegalPhase, Organisation, Stage, Stance
from terugkeer.agents.kinds import HELPERS

from tests.abm.world.clients import (
    DANGEROUS,
    SAFE,
    WEEK,
    alone,
    everybody,
    number,
    session,
    world_of,
)
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World


def test_a_trusted_session_moves_knowledge_by_its_weight() -> None:
    people = session(Organisation.IOM).people
    np.testing.assert_allclose(people.knowledge, number("session_weight"), rtol=1e-6)
    assert session(Organisation.IOM, trust_iom=0.0).people.knowledge.max() == 0.0
    assert session(Organisation.VWN, trust_ngo=0.0).people.knowledge.max() == 0.0
    assert session(Organisation.COA, trust_state=0.0).people.knowledge.max() == 0.0
    assert session(Organisation.COA, trust_ngo=0.0).people.knowledge.min() > 0.0


def test_beliefs_about_the_origin_go_to_the_truth_and_may_confirm_fear() -> None:
    safe = session(Organisation.VWN, country=SAFE).people
    danger = session(Organisation.VWN, country=DANGEROUS).people
    assert (safe.believed_safety > 0.4).all()
    assert (danger.believed_safety < 0.4).all()
    assert (safe.believed_livelihood > 0.4).all()
    assert (danger.believed_livelihood < 0.4).all()


@pytest.mark.parametrize("organisation", HELPERS)
def test_whoever_has_had_a_session_has_met_the_organisation(organisation: Organisation) -> None:
    world = session(organisation)
    assert (world.people.met == 1 << organisation).all()
    hold_sessions(world, everybody(world))
    met = world.log.column("kind") == Event.MET
    assert np.count_nonzero(met) == len(world.people), "the first session alone is noted"
    assert (world.log.column("helper")[met] == organisation).all()


@pytest.mark.parametrize("organisation", HELPERS)
def test_stances_tell_of_staying_as_they_stand(organisation: Organisation) -> None:
    stance = world_of().organisations.stance[organisation]
    danger = session(organisation, country=DANGEROUS, hope=0.2).people
    safe = session(organisation, country=SAFE, hope=0.2).people
    if stance == Stance.RETURN_ORIENTED:
        np.testing.assert_allclose(danger.hope, 0.2)
        np.testing.assert_allclose(danger.illegality_prospects, 0.5)
        return
    assert (safe.hope < 0.2).all()
    assert (danger.illegality_prospects < 0.5).all()
    raised = stance == Stance.LEGAL_FIRST
    assert ((danger.hope > 0.2) == raised).all()


def test_hope_shuts_out_what_speaks_against_it_and_not_what_feeds_it() -> None:
    shut = (change("moderators", "hard"), change("hope_midpoint", 0.1))
    hard = session(Organisation.VWN, *shut, country=np.array([SAFE, DANGEROUS] * 2), hope=0.2)
    np.testing.assert_allclose(hard.people.hope[::2], 0.2)
    assert (hard.people.hope[1::2] > 0.2).all()


def test_a_claim_found_plausible_doubles_repeat_applications() -> None:
    world = session(Organisation.VWN, country=np.array([SAFE, DANGEROUS, SAFE, DANGEROUS]))
    rows = everybody(world)
    assert reexamined(world, rows).tolist() == [False, True, False, True]
    factor = number("reexamination_repeat_factor")
    assert _after_reexamination(world, rows).tolist() == [1.0, factor, 1.0, factor]
    world.people.sessions[:] = 0
    assert not reexamined(world, rows).any(), "nothing was looked at before a session"
    assert not reexamined(session(Organisation.IOM, country=DANGEROUS), rows).any()


NONE = change("counselling_moves_intention", "none")


@pytest.mark.parametrize("organisation", HELPERS)
@pytest.mark.parametrize("phase", [LegalPhase.OBLIGED, LegalPhase.APPEAL])
def test_where_counselling_moves_no_intention_a_session_leaves_all_forces_alone(
    organisation: Organisation, phase: LegalPhase
) -> None:
    """Every method at full use, a close bond and any reading: utilities stay, to the last bit."""
    everything = (
        NONE,
        change("mediation_share", (0.0,) * 13),  # mediation changes facts at home
        change("method_step_gain", (0.5,) * 4),
        change("method_weeks_apart", (0,) * 4),
        change("counsellor_bond", "toward_host_country"),
        change("training_place", "at_origin"),
        change("early_return_talk", "helps"),
        *(change(use, (0.25,) * 13) for use in USES.values()),
    )
    columns = {"n": 40, "hope": 0.2, "bond": 0.9, "phase": phase, "stage": Stage.CONSIDERING}
    columns |= {"social_debt": 0.4, "reservation_eur": 2000.0, "country": SAFE, "birth_week": -1000}
    world = session(organisation, *everything, **columns)
    weights = Weights(registry().factors())
    rows = everybody(world)
    world.people.justice[:] = world.people.knowledge[:] = 0.5
    before = weights.product(world, rows)
    for _ in range(10):
        hold_sessions(world, rows)
    assert np.array_equal(before, weights.product(world, rows))
    people = world.people
    assert (people.told > 0.0).any(), "people learn of support"
    assert (people.heard > 0.0).all(), "and feel heard"
    assert (known_of_support(world, rows) > people.knowledge).any()
    moved = session(organisation, *everything[1:], **columns)
    assert not moved.people.told.any()
    assert not moved.people.heard.any()
    assert not np.array_equal(before, weights.product(moved, rows))


def test_where_counselling_moves_no_intention_people_decide_better() -> None:
    one, other = session(Organisation.IOM, NONE), session(Organisation.IOM)
    rows = everybody(one)
    np.testing.assert_allclose(known_of_support(one, rows), other.people.knowledge, rtol=1e-6)
    np.testing.assert_allclose(one.people.heard, number("heard_justice"), rtol=1e-6)
    for name in ("bond", "agency"):
        assert np.array_equal(getattr(one.people, name), getattr(other.people, name)), name
    line = change("informed_from", 0.1)
    assert informed(session(Organisation.IOM, NONE, line), rows).all()
    assert not informed(world_of(line), rows).any()


@pytest.mark.parametrize("reading", ["helps", "harms_trust"])
def test_where_counselling_moves_no_intention_weeks_with_sessions_leave_beliefs_alike(
    reading: str,
) -> None:
    """Trust would speed the drift of beliefs: sessions and methods build none, and cost none."""
    changes = (
        change("method_step_gain", (0.5,) * 4),
        change("early_return_talk", reading),
        change("mediation_share", (0.0,) * 13),  # mediation changes facts at home
        *(change(use, (0.25,) * 13) for use in USES.values()),
    )
    n = len(HELPERS)
    low = {"trust_ngo": 0.4, "trust_iom": 0.4, "trust_state": 0.4, "n": 3 * n}
    low |= {"helper": np.repeat(HELPERS, 3), "country": SAFE, "stage": Stage.CONSIDERING}
    low |= {"phase": np.tile([LegalPhase.OBLIGED, LegalPhase.APPEAL, LegalPhase.PROCEDURE], n)}

    def lived(*more: Override, sessions: bool) -> World:
        world = world_of(*changes, *more, **low)
        for _ in range(12):
            if sessions:
                hold_sessions(world, everybody(world))
            live(world)
            world.week += 1
        return world

    without, met = lived(NONE, sessions=False), lived(NONE, sessions=True)
    moved = lived(sessions=True)
    assert (met.people.sessions == 12).all()
    believed = ("believed_safety", "believed_livelihood", "illegality_prospects", "hope")
    for name in (*believed, "trust_ngo", "trust_iom", "trust_state", "knowledge"):
        one, other = getattr(without.people, name), getattr(met.people, name)
        assert np.array_equal(one, other), name
        assert not np.array_equal(one, getattr(moved.people, name)), name


def test_training_moves_agency_here_or_livelihood_there_where_an_organisation_trains() -> None:
    here, there = (change("training_place", name) for name in ("in_nl", "at_origin"))
    dose = change("skills_of_session", alone(Organisation.VWN, 0.1))
    for organisation, *changes in (
        (Organisation.BRIDGE_TO_BETTER,),
        (Organisation.WERELDWIJD,),
        (Organisation.VWN, dose),
    ):
        one = session(organisation, here, *changes).people
        other = session(organisation, there, *changes).people
        assert (one.agency > other.agency).all()
        assert (one.believed_livelihood < other.believed_livelihood).all()
    # VWN and Goedwerk do not train, and Green Way does at origin in either case
    for organisation in (Organisation.VWN, Organisation.GOEDWERK, Organisation.GREEN_WAY):
        for column in ("agency", "believed_livelihood"):
            pair = [getattr(session(organisation, each).people, column) for each in (here, there)]
            assert np.array_equal(*pair)
    nowhere = change("skills_of_session", (0.0,) * 13)
    one, other = (session(Organisation.GREEN_WAY, *of).people for of in ((), (nowhere,)))
    assert (one.believed_livelihood > other.believed_livelihood).all()


def test_trust_and_justice_grow_in_the_organisation_met_alone() -> None:
    low = {"trust_iom": 0.5, "trust_ngo": 0.5, "trust_state": 0.5, "justice": 0.5}
    gained = 0.5 + 0.5 * number("trust_gain")
    for organisation, iom, ngo in (
        (Organisation.IOM, gained, 0.5),
        (Organisation.VWN, 0.5, gained),
        (Organisation.COA, 0.5, 0.5),
    ):
        people = session(organisation, **low).people
        np.testing.assert_allclose(people.trust_iom, iom, rtol=1e-6)
        np.testing.assert_allclose(people.trust_ngo, ngo, rtol=1e-6)
        np.testing.assert_allclose(people.trust_state, 0.5)
        np.testing.assert_allclose(people.justice, 0.5 + 0.5 * number("heard_justice"), rtol=1e-6)


@pytest.mark.parametrize(
    ("reading", "believes", "sign"),
    [("helps", True, 1), ("neutral", False, 0), ("harms_trust", False, -1)],
)
def test_an_early_talk_of_return(reading: str, believes: bool, sign: int) -> None:
    switch = change("early_return_talk", reading)
    people = session(Organisation.IOM, switch, phase=LegalPhase.APPEAL, trust_iom=0.5).people
    assert (people.knowledge > 0).all(), "what is on offer is heard in any case"
    assert ((people.believed_safety > 0.4) == believes).all()
    assert (np.sign(people.trust_iom - 0.5) == sign).all()
    legal = session(Organisation.VWN, switch, phase=LegalPhase.APPEAL, trust_ngo=0.5).people
    assert (legal.trust_ngo > 0.5).all(), "who speaks of the procedure speaks not of return"


def test_a_bond_grows_and_above_the_limit_leads_as_read() -> None:
    gain, limit = number("bond_gain"), number("bond_limit")
    np.testing.assert_allclose(session(Organisation.VWN).people.bond, gain, rtol=1e-6)
    choice = change("counsellor_bond", "toward_choice")
    host = change("counsellor_bond", "toward_host_country")
    for bond, close in ((limit - 2 * gain, False), (0.95, True)):
        one = session(Organisation.VWN, choice, bond=bond).people
        other = session(Organisation.VWN, host, bond=bond).people
        assert ((one.agency > other.agency) == close).all()
        assert ((other.ties_nl > one.ties_nl) == close).all()


def test_the_first_session_is_noted_once() -> None:
    world = session(Organisation.VWN, n=2)
    hold_sessions(world, everybody(world))
    kinds = world.log.column("kind")
    assert np.count_nonzero(kinds == Event.MET) == 2
    assert (world.log.column("helper") == Organisation.VWN).all()
    assert (world.people.sessions == 2).all()
    assert (world.people.met == 1 << Organisation.VWN).all()
    assert (world.people.first_contact == WEEK).all()
