"""Counsellors: who comes, who waits, what sessions do, and who is sent on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from small_world import APART, HAZARDS, change, lived, model_of, watch
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import first_week, sunday
from terugkeer.abm.world.chance import Chance, hash_numbers
from terugkeer.abm.world.events import COLUMNS, MEMBERS, Event
from terugkeer.abm.world.organisations import CAPACITY, HELPERS, Organisations
from terugkeer.abm.world.origin import Conditions
from terugkeer.abm.world.phases import meet as phase_meet
from terugkeer.abm.world.phases.counsel import counsel, reexamined
from terugkeer.abm.world.phases.law import _after_reexamination
from terugkeer.abm.world.phases.sessions import hold_sessions
from terugkeer.abm.world.state import World
from terugkeer.abm.world.values import Values
from terugkeer.abm.world.weighing import Weights
from terugkeer.agents.codes import Organisation, Phase, Place, Stage, Stance
from terugkeer.agents.counsellor import Counsellor

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel

WEEK = first_week(2012)
CHANCE = Chance(3, WEEK + 60)
NOBODY_HELPS = tuple(change(name, 0) for name in CAPACITY.values())
SAFE, DANGEROUS = 0, 1
HOUSEHOLD = ("helper", "helper_since", "sessions", "bond", "met", "first_contact", "awaits")
REFERRAL = ("referred", "referred_by")


def entries(organisation: Organisation, value: float, other: float = 0.0) -> tuple[float, ...]:
    """Return a list of organisations that is the same but for one."""
    return tuple(value if each == organisation else other for each in HELPERS)


def world_of(*changes: Override, n: int = 4, size: int = 1, **columns: object) -> World:
    """Return households of a size, all alike: trustful, without hope, refused, in reception."""
    values = Values(Timeline(registry(), changes).at(sunday(WEEK)))
    origin = Conditions(np.array([0.8, 0.1]), np.array([0.7, 0.2]), np.array([0.5, 0.5]))
    world = World(CHANCE, values, WEEK, 1.0, Weights([]), origin)
    world.organisations = Organisations(np.array([SAFE]))
    world.organisations.look_up(values)
    person = (np.repeat(np.arange(n) + 1, size) * MEMBERS) + np.tile(np.arange(size), n)
    alike = {
        "person": person,
        "household": person // MEMBERS,
        "household_key": hash_numbers(person // MEMBERS),
        "phase": Phase.OBLIGED,
        "place": Place.PRIVATE_NETWORK,
        "phase_since": WEEK - 10,
        "trust_state": 1.0,
        "trust_iom": 1.0,
        "trust_ngo": 1.0,
        "justice": 1.0,
        "believed_safety": 0.4,
        "believed_livelihood": 0.4,
        "illegality_prospects": 0.5,
        "agency": 0.5,
    }
    world.people.add(alike | columns)
    return world


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def session(organisation: Organisation, *changes: Override, **columns: object) -> World:
    """Return a world in which everybody has had one session with an organisation."""
    plain = (
        change("helper_skill", entries(organisation, 1.0, 1.0)),
        change("helper_training", entries(organisation, 0.0)),
    )
    world = world_of(*plain, *changes, helper=organisation, **columns)
    hold_sessions(world, everybody(world))
    return world


def number(name: str) -> float:
    return Values(Timeline(registry()).at(sunday(WEEK))).number(name)


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


def test_a_claim_found_plausible_doubles_repeat_applications() -> None:
    world = session(Organisation.VWN, country=np.array([SAFE, DANGEROUS, SAFE, DANGEROUS]))
    rows = everybody(world)
    assert reexamined(world, rows).tolist() == [False, True, False, True]
    factor = number("reexamination_repeat_factor")
    assert _after_reexamination(world, rows).tolist() == [1.0, factor, 1.0, factor]
    world.people.sessions[:] = 0
    assert not reexamined(world, rows).any(), "nothing was looked at before a session"
    assert not reexamined(session(Organisation.IOM, country=DANGEROUS), rows).any()


def test_methods_strengthen_agency_by_use_and_skill() -> None:
    uses = {
        name: change(name, entries(Organisation.VWN, 0.0))
        for name in ("safe_future_use", "bewogen_terugkeer_use", "life_line_use")
    }
    none = session(Organisation.VWN, *uses.values()).people
    np.testing.assert_allclose(none.agency, 0.5)
    for name, gain in zip(uses, (0.1, 0.2, 0.3), strict=True):
        used = uses | {name: change(name, entries(Organisation.VWN, 0.5))}
        gains = change("method_agency", (0.1, 0.2, 0.3))
        people = session(Organisation.VWN, *used.values(), gains).people
        np.testing.assert_allclose(people.agency, 0.5 + gain * 0.5 * 0.5, rtol=1e-6)


def test_training_moves_agency_here_or_livelihood_there_in_its_organisation_alone() -> None:
    here, there = (change("training_place", name) for name in ("in_nl", "at_origin"))
    one = session(Organisation.TRAINING_NGO, here).people
    other = session(Organisation.TRAINING_NGO, there).people
    assert (one.agency > other.agency).all()
    assert (one.believed_livelihood < other.believed_livelihood).all()
    for column in ("agency", "believed_livelihood"):
        pair = [getattr(session(Organisation.VWN, each).people, column) for each in (here, there)]
        assert np.array_equal(*pair)


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
    people = session(Organisation.IOM, switch, phase=Phase.APPEAL, trust_iom=0.5).people
    assert (people.knowledge > 0).all(), "what is on offer is heard in any case"
    assert ((people.believed_safety > 0.4) == believes).all()
    assert (np.sign(people.trust_iom - 0.5) == sign).all()
    legal = session(Organisation.VWN, switch, phase=Phase.APPEAL, trust_ngo=0.5).people
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


@pytest.mark.parametrize(
    ("reading", "sooner", "more"),
    [("reach", True, False), ("reach_and_persuasion", True, True), ("none", False, False)],
)
def test_native_counsellors_of_iom(reading: str, sooner: bool, more: bool) -> None:
    switch = change("native_counsellor", reading)
    world = world_of(switch, n=2, country=np.array([SAFE, DANGEROUS]), stage=Stage.CONSIDERING)
    assert world.organisations.native[:2].tolist() == [True, False]
    contact = world.organisations.hazard(world.organisations.situations(world.people))
    assert (contact[0] > contact[1]) == sooner
    people = session(Organisation.IOM, switch, n=2, country=np.array([SAFE, DANGEROUS])).people
    assert (people.knowledge[0] > people.knowledge[1]) == more
    elsewhere = session(Organisation.VWN, switch, n=2, country=np.array([SAFE, DANGEROUS])).people
    assert elsewhere.knowledge[0] == elsewhere.knowledge[1]


def test_the_first_session_is_noted_once() -> None:
    world = session(Organisation.VWN, n=2)
    hold_sessions(world, everybody(world))
    kinds = world.log.column("kind")
    assert np.count_nonzero(kinds == Event.MET) == 2
    assert (world.log.column("helper") == Organisation.VWN).all()
    assert (world.people.sessions == 2).all()
    assert (world.people.met == 1 << Organisation.VWN).all()
    assert (world.people.first_contact == WEEK).all()


def referred_world(share: float, warm: float = 0.0, n: int = 2000, **columns: object) -> World:
    """Return a world of people referred to IOM by VWN, in the week their referral ends."""
    world = world_of(
        change("handover_share", (share,) * 8),
        change("warm_handover", warm),
        change("handover_weeks", 1.0),
        *(change(name, 0) for name in CAPACITY.values() if name != "iom_capacity"),
        change("iom_capacity", 10_000),
        change("session_hazard", (0.0,) * len(HELPERS)),
        change("contact_hazard_not_considering", (0.0,) * len(HELPERS)),
        n=n,
        referred=Organisation.IOM,
        referred_by=Organisation.VWN,
        **columns,
    )
    for _ in range(30):  # each ends in a week with 63 %
        counsel(world)
        world.week += 1
    assert not world.people.referred.any()
    return world


@pytest.mark.parametrize(
    ("share", "warm", "arrives"),
    [(0.3, 0.0, 0.3), (0.3, 0.5, 0.65), (0.0, 0.0, 0.0), (0.2, 1.0, 1.0)],
)
def test_referrals_arrive_with_losses(share: float, warm: float, arrives: float) -> None:
    world = referred_world(share, warm)
    reached = np.count_nonzero(world.log.column("kind") == Event.REACHED) / len(world.people)
    assert abs(reached - arrives) < 4 * np.sqrt(0.25 / len(world.people))
    by = world.people.referred_by == Organisation.VWN
    assert abs(by.mean() - reached) < 1e-9, "who was lost was referred by nobody that counts"


def test_nobody_arrives_where_the_organisation_does_not_reach() -> None:
    world = world_of(
        change("handover_share", (1.0,) * 8),
        change("handover_weeks", 1.0),
        n=100,
        referred=Organisation.MUNICIPAL_DESK,
        referred_by=Organisation.CASE_MANAGER,
        place=Place.VBL,
    )
    for _ in range(20):
        counsel(world)
        world.week += 1
    assert not np.any(world.log.column("kind") == Event.REACHED)


def test_nobody_is_helped_beyond_capacity_and_the_rest_waits() -> None:
    world = world_of(
        change("vwn_capacity", 10),
        change("queue_patience_weeks", 500.0),
        n=20,
        size=3,
        awaits=Organisation.VWN,
    )
    counsel(world)
    helped = world.people.helper == Organisation.VWN
    assert helped.sum() == 9
    waiting = world.people.awaits == Organisation.VWN
    assert not np.any(helped & waiting)
    house = world.people.household
    assert not set(house[helped].tolist()) & set(house[waiting].tolist())


def test_help_ends_out_of_reach_and_after_all_sessions_but_not_with_a_plan() -> None:
    stays = change("helper_dropout_hazard", (0.0,) * len(HELPERS))
    still = change("session_hazard", (0.0,) * len(HELPERS))
    alone = tuple(
        change(f"contact_hazard_{name}", (0.0,) * len(HELPERS))
        for name in ("not_considering", "considering", "intending")
    )
    most = round(Values(Timeline(registry()).at(sunday(WEEK))).vector("trajectory_sessions")[1])
    world = world_of(
        stays, still, *alone,
        helper=Organisation.VWN,
        place=np.array([Place.PRIVATE_NETWORK, Place.DETENTION] + [Place.STREET] * 2),
        sessions=np.array([0, 0, most, most]),
        stage=np.array([Stage.NOT_CONSIDERING] * 3 + [Stage.INTENDING]),
    )  # fmt: skip
    counsel(world)
    none, vwn = Organisation.NONE, Organisation.VWN
    assert world.people.helper.tolist() == [vwn, none, none, vwn]
    assert world.people.bond[1] == 0
    assert world.people.sessions[2] == 0


def test_coa_talks_three_times_in_the_term_and_only_in_reception() -> None:
    world = world_of(
        n=200, phase=Phase.DEPARTURE_TERM, phase_since=WEEK, place=Place.AZC_DEPARTURE_TERM,
        helper=Organisation.COA,
    )  # fmt: skip
    held = []
    for _ in range(4):
        before = world.people.sessions.astype(int)
        counsel(world)
        still = world.people.helper == Organisation.COA
        held.append(np.mean((world.people.sessions.astype(int) - before)[still] > 0))
        world.week += 1
    assert held[0] == held[3] == 1.0
    assert held[1] + held[2] == pytest.approx(1.0, abs=0.02)
    assert 0.3 < held[1] < 0.7
    world.people.place[:] = Place.STREET
    counsel(world)
    assert not np.any(world.people.helper == Organisation.COA)


@pytest.mark.parametrize(
    ("helper", "stage", "sends"),
    [
        (Organisation.VWN, Stage.CONSIDERING, False),
        (Organisation.VWN, Stage.INTENDING, True),
        (Organisation.MUNICIPAL_DESK, Stage.INTENDING, True),
        (Organisation.IOM, Stage.PREPARING, False),
    ],
)
def test_who_wants_to_return_is_sent_on(
    helper: Organisation,
    stage: Stage,
    sends: bool,
) -> None:
    world = world_of(
        change("refers_share", (1.0,) * len(HELPERS)),
        change("session_hazard", (7.0,) * len(HELPERS)),
        change("helper_dropout_hazard", (0.0,) * len(HELPERS)),
        change("municipal_desk_capacity", 1000),
        change("contact_hazard_intending", (0.0,) * len(HELPERS)),
        change("contact_hazard_considering", (0.0,) * len(HELPERS)),
        n=300, helper=helper, stage=stage,
    )  # fmt: skip
    counsel(world)
    to = set(world.people.referred.tolist()) - {0}
    if not sends:
        assert not to
        return
    assert to == {Organisation.IOM, Organisation.TRAINING_NGO, Organisation.REINTEGRATION_NGO}
    assert set(world.people.referred_by[world.people.referred > 0].tolist()) == {helper}


def test_clients_of_return_organisations_who_prepare_meet_iom() -> None:
    world = world_of(
        change("session_hazard", (7.0,) * len(HELPERS)),
        n=50, helper=Organisation.TRAINING_NGO, stage=Stage.PREPARING,
    )  # fmt: skip
    counsel(world)
    seen = world.people.sessions > 0
    assert seen.any()
    assert (world.people.met[seen] & (1 << Organisation.IOM) > 0).all()


def digest(model: ReturnModel) -> str:
    """Return a hash of everything that happened."""
    found = hashlib.sha256()
    for name in COLUMNS:
        found.update(model.log.column(name).tobytes())
    return found.hexdigest()


def test_no_capacity_is_no_helpers_to_the_last_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    without = digest(lived(*NOBODY_HELPS))
    assert without != digest(lived())
    monkeypatch.setattr(phase_meet, "counsel", lambda _world: None)
    model = model_of()
    model.run()
    assert digest(model) == without


def test_where_nobody_weighs_nobody_counsels() -> None:
    model = lived(HAZARDS)
    assert not np.isin(model.log.column("kind"), [Event.MET, Event.REFERRED, Event.REACHED]).any()
    assert not model.people.helper.any()
    assert Counsellor not in model.agents_by_type


def test_households_share_what_concerns_helpers() -> None:
    model = model_of(scale=60.0, last_year=2011)

    def check(name: str, world: World) -> None:
        if name != "meet":
            return
        people = world.people
        order = np.argsort(people.household, kind="stable")
        same = people.household[order][1:] == people.household[order][:-1]
        for column in (*HOUSEHOLD, *REFERRAL):
            value = getattr(people, column)[order]
            assert not np.any(same & (value[1:] != value[:-1])), column

    watch(model, after=check)
    model.run()
    assert model.people.met.any()


def test_one_more_session_changes_nobody_but_who_has_it() -> None:
    """With room for all and nobody whose neighbours matter."""
    room = (*APART, *(change(name, 100_000) for name in CAPACITY.values()))
    base, other = (model_of(*room, scale=200.0) for _ in range(2))
    for model in (base, other):
        while model.week < first_week(2010):
            model.step()
    rows = np.flatnonzero(other.people.place != Place.ORIGIN)
    chosen = other.people.household[rows[len(rows) // 2]]
    mine = np.flatnonzero(other.people.household == chosen)
    other.people.helper[mine] = Organisation.VWN
    other.people.place[mine] = other.people.place[mine]
    hold_sessions(other.world, mine)
    for model in (base, other):
        while model.week < first_week(2011):
            model.step()
    logs = []
    for model in (base, other):
        person = model.log.column("person")
        others = person // MEMBERS != chosen
        logs.append([model.log.column(name)[others] for name in COLUMNS])
    for one, two in zip(*logs, strict=True):
        assert np.array_equal(one, two)


def test_teams_are_agents_that_tell_of_their_organisation() -> None:
    model = lived()
    teams = list(model.agents_by_type[Counsellor])
    general = {team.organisation: team for team in teams if team.country is None}
    assert set(general) == set(HELPERS)
    iom = general[Organisation.IOM]
    assert iom.capacity == 1200
    assert iom.stance == "return_oriented"
    assert general[Organisation.VWN].stance == "legal_first"
    assert 0 < iom.training < 1
    assert iom.skill <= 1
    assert iom.clients == model.scale * np.count_nonzero(
        (model.people.helper == Organisation.IOM) & (model.people.place != Place.ORIGIN)
    )
    native = [team for team in teams if team.country is not None]
    assert {team.organisation for team in native} == {Organisation.IOM}
    assert len(native) == 8
    assert sum(team.clients for team in native) <= iom.clients
