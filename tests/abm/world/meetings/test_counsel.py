"""Counsellors: who comes, who waits, who is sent on, and what helps nobody else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import Chance
from terugkeer.abm.world.events import COLUMNS, Event
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.meetings.counsel import counsel
from terugkeer.abm.world.phases import meet as phase_meet
from terugkeer.agents.codes import LegalPhase, Method, Organisation, Place, Stage, Track
from terugkeer.agents.counsellor import Counsellor
from terugkeer.agents.kinds import KINDS
from terugkeer.agents.rules.methods import LENGTH

from tests.abm.world.clients import NO_RATE, NOBODY_HELPS, WEEK, alone, entries, number_of, world_of
from tests.abm.world.small_world import HAZARDS, change, lived, model_of, watch

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.state import World

HOUSEHOLD = (
    "helper",
    "helper_since",
    "counsellor",
    "sessions",
    "bond",
    "met",
    "first_contact",
    "awaits",
)
REFERRAL = ("referred", "sender", "referred_by")


def referred_world(share: float, warm: float = 0.0, n: int = 2000, **columns: object) -> World:
    """Return a world of people referred to IOM by VWN, in the week their referral ends."""
    world = world_of(
        change("handover_share", (share,) * 8),
        change("warm_handover", warm),
        change("handover_weeks", 1.0),
        *(change(name, 0) for name in CAPACITY.values() if name != "iom_capacity"),
        change("iom_capacity", 10_000),
        change("session_hazard", NO_RATE),
        change("contact_hazard_not_considering", NO_RATE),
        n=n,
        referred=Organisation.IOM,
        sender=Organisation.VWN,
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


def test_a_referral_that_is_lost_leaves_the_one_that_was_followed() -> None:
    world = referred_world(0.0, referred_by=Organisation.CASE_MANAGER)
    assert (world.people.referred_by == Organisation.CASE_MANAGER).all()
    world = referred_world(1.0, referred_by=Organisation.CASE_MANAGER)
    assert (world.people.referred_by == Organisation.VWN).all()


def test_nobody_arrives_where_the_organisation_does_not_reach() -> None:
    world = world_of(
        change("handover_share", (1.0,) * 8),
        change("handover_weeks", 1.0),
        n=100,
        referred=Organisation.MUNICIPAL_DESK,
        sender=Organisation.CASE_MANAGER,
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
    stays = change("helper_dropout_hazard", NO_RATE)
    still = change("session_hazard", NO_RATE)
    alone = tuple(
        change(f"contact_hazard_{name}", NO_RATE)
        for name in ("not_considering", "considering", "intending")
    )
    most = round(number_of("trajectory_sessions", Organisation.VWN))
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


def test_help_ends_after_all_sessions_only_once_no_method_goes_on() -> None:
    quiet = (
        change("helper_dropout_hazard", NO_RATE),
        change("session_hazard", NO_RATE),
        *(
            change(f"contact_hazard_{name}", NO_RATE)
            for name in ("not_considering", "considering", "intending")
        ),
    )
    most = round(number_of("trajectory_sessions", Organisation.IOM))
    methods = np.array([Method.NONE, Method.SAFE_FUTURE, Method.LIFE_LINE, Method.OVER])
    world = world_of(*quiet, helper=Organisation.IOM, sessions=most + 5, method=methods)
    counsel(world)
    none, iom = Organisation.NONE, Organisation.IOM
    assert world.people.helper.tolist() == [none, iom, iom, none]
    assert world.people.method[3] == Method.NONE, "with another helper a method may begin"
    stalled = world_of(
        *quiet,
        helper=Organisation.IOM,
        sessions=most + 5,
        method=Method.BEWOGEN_TERUGKEER,
        method_step=np.array([1, 2, 3, 2]),
        stage=np.array([Stage.NOT_CONSIDERING] * 3 + [Stage.CONSIDERING]),
    )
    counsel(stalled)
    assert stalled.people.helper.tolist() == [iom, none, none, iom], "3 and 4 ask who considers"
    coa = world_of(
        *quiet,
        helper=Organisation.COA,
        sessions=most + 5,
        method=Method.SAFE_FUTURE,
        phase=LegalPhase.DEPARTURE_TERM,
        place=np.array([Place.AZC_DEPARTURE_TERM, Place.PRIVATE_NETWORK] * 2),
    )
    counsel(coa)
    assert coa.people.helper.tolist() == [Organisation.COA, none] * 2, "it ends with the place"


def test_safe_future_can_be_finished_where_few_sessions_are_planned() -> None:
    weekly = change("session_hazard", entries(Organisation.IOM, 7.0))
    follows = change("safe_future_use", alone(Organisation.IOM, 1.0))
    stays = (change("helper_dropout_hazard", NO_RATE), change("method_dropout", (0.0,) * 4))
    nobody = change("contact_hazard_not_considering", NO_RATE)
    world = world_of(weekly, follows, *stays, nobody, helper=Organisation.IOM, helper_since=WEEK)
    for _ in range(10):  # nine steps, one of them of two talks; IOM plans three sessions
        counsel(world)
        assert (world.people.helper == Organisation.IOM).all()
        world.week += 1
    assert (world.people.method == Method.OVER).all()
    assert (world.people.method_step == LENGTH[Method.SAFE_FUTURE]).all()
    counsel(world)
    assert not world.people.helper.any()


def test_coa_talks_three_times_and_only_in_reception_during_the_term() -> None:
    there = {"phase_since": WEEK, "place": Place.AZC_DEPARTURE_TERM, "helper": Organisation.COA}
    world = world_of(n=200, phase=LegalPhase.DEPARTURE_TERM, **there)
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
    world.people.place[:100] = Place.STREET
    world.people.phase[100:] = LegalPhase.OBLIGED  # a family that stays until its transfer
    counsel(world)
    assert not np.any(world.people.helper == Organisation.COA)


def test_coa_trains_people_refused_in_the_extended_procedure() -> None:
    stages = [Stage.NOT_CONSIDERING, Stage.INTENDING]
    world = world_of(
        change("coa_training_weeks", (1, 2)),
        change("trajectory_sessions", (250,) * len(KINDS)),
        change("contact_hazard_not_considering", NO_RATE),
        change("contact_hazard_intending", NO_RATE),
        change("refers_share", NO_RATE),
        n=2,
        phase=LegalPhase.DEPARTURE_TERM,
        phase_since=WEEK,
        place=Place.AZC_DEPARTURE_TERM,
        helper=Organisation.COA,
        track=Track.EXTENDED,
        stage=stages,
    )
    held = []
    for _ in range(5):
        counsel(world)
        held.append(world.people.sessions.tolist())
        world.week += 1
    # the first talk, two trainings, and the last talk with a plan alone
    assert held == [[1, 1], [2, 2], [3, 3], [3, 4], [3, 4]]


@pytest.mark.parametrize(
    ("helper", "stage", "sends"),
    [
        (Organisation.VWN, Stage.NOT_CONSIDERING, False),
        (Organisation.VWN, Stage.CONSIDERING, True),
        (Organisation.TIP, Stage.CONSIDERING, True),
        (Organisation.ASKV, Stage.CONSIDERING, False),
        (Organisation.ASKV, Stage.INTENDING, True),
        (Organisation.MUNICIPAL_DESK, Stage.NOT_CONSIDERING, False),
        (Organisation.MUNICIPAL_DESK, Stage.CONSIDERING, True),
        (Organisation.IOM, Stage.PREPARING, False),
    ],
)
def test_whoever_weighs_or_wants_a_return_is_sent_on(
    helper: Organisation,
    stage: Stage,
    sends: bool,
) -> None:
    world = world_of(
        change("refers_share", (1.0,) * len(KINDS)),
        change("session_hazard", (7.0,) * len(KINDS)),
        change("helper_dropout_hazard", NO_RATE),
        change("municipal_desk_capacity", 1000),
        change("contact_hazard_intending", NO_RATE),
        change("contact_hazard_considering", NO_RATE),
        n=300, helper=helper, stage=stage,
    )  # fmt: skip
    counsel(world)
    to = set(world.people.referred.tolist()) - {0}
    if not sends:
        assert not to
        return
    assert to == {
        Organisation.IOM,
        Organisation.BRIDGE_TO_BETTER,
        Organisation.GOEDWERK,
        Organisation.MAATWERK,
        Organisation.WERELDWIJD,
    }
    assert set(world.people.sender[world.people.referred > 0].tolist()) == {helper}


def test_clients_of_return_organisations_who_prepare_meet_iom() -> None:
    world = world_of(
        change("session_hazard", (7.0,) * len(KINDS)),
        n=50, helper=Organisation.BRIDGE_TO_BETTER, stage=Stage.PREPARING,
    )  # fmt: skip
    counsel(world)
    seen = world.people.sessions > 0
    assert seen.any()
    assert (world.people.met[seen] & (1 << Organisation.IOM) > 0).all()


def test_nobody_meets_an_iom_that_is_closed() -> None:
    world = world_of(
        change("iom_capacity", 0),
        change("session_hazard", (7.0,) * len(KINDS)),
        n=50,
        helper=Organisation.BRIDGE_TO_BETTER,
        stage=Stage.PREPARING,
    )
    counsel(world)
    assert (world.people.sessions > 0).any()
    assert not (world.people.met & (1 << Organisation.IOM)).any()
    assert not (world.log.column("helper") == Organisation.IOM).any()


def digest(model: ReturnModel) -> str:
    """Return a hash of everything that happened."""
    found = hashlib.sha256()
    for name in COLUMNS:
        found.update(model.log.column(name).tobytes())
    return found.hexdigest()


@pytest.mark.slow
def test_no_capacity_is_no_help_to_the_last_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    without = digest(lived(*NOBODY_HELPS))
    assert without != digest(lived())
    monkeypatch.setattr(phase_meet, "counsel", lambda _world: None)
    model = model_of(*NOBODY_HELPS)
    model.run()
    assert digest(model) == without


def test_where_nobody_weighs_nobody_counsels() -> None:
    model = lived(HAZARDS)
    assert not np.isin(model.log.column("kind"), [Event.MET, Event.REFERRED, Event.REACHED]).any()
    assert not model.people.helper.any()
    assert Counsellor not in model.agents_by_type


def test_households_share_what_concerns_their_help() -> None:
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


def test_clients_of_an_organisation_are_those_of_its_counsellors() -> None:
    model = lived()
    counsellors = list(model.agents_by_type[Counsellor])
    assert len(counsellors) == len(model.world.organisations.counsellors)
    iom = [each for each in counsellors if each.organisation == Organisation.IOM]
    assert len(iom) == 20
    assert sum(each.clients for each in iom) == model.scale * np.count_nonzero(
        (model.people.helper == Organisation.IOM) & (model.people.place != Place.ORIGIN)
    )
    assert sum(each.room for each in iom) == 1200
    assert {each.country for each in iom[8:]} == {None}
    assert len({each.country for each in iom[:8]} - {None}) == 8
    assert {each.stance for each in counsellors if each.organisation == Organisation.ASKV} == {
        "legal_first"
    }


def test_a_counsellor_sends_no_one_where_nobody_has_ever_arrived() -> None:
    world = world_of(
        change("refers_share", (1.0,) * len(KINDS)),
        change("session_hazard", (7.0,) * len(KINDS)),
        change("helper_dropout_hazard", NO_RATE),
        change("contact_hazard_intending", NO_RATE),
        change("vwn_capacity", 10_000),
        n=300, helper=Organisation.VWN, stage=Stage.INTENDING,
    )  # fmt: skip
    table = world.organisations.counsellors
    table.memory[:, [Organisation.IOM, Organisation.MAATWERK]] = 0.0
    table._neutral[:] = 0.0
    counsel(world)
    to = set(world.people.referred.tolist()) - {0}
    assert to == {Organisation.BRIDGE_TO_BETTER, Organisation.GOEDWERK, Organisation.WERELDWIJD}
    assert table.sent.sum() == np.count_nonzero(world.people.referred)


def test_places_go_by_lottery_and_not_by_number() -> None:
    world = world_of(
        change("vwn_capacity", 100), n=400, awaits=Organisation.VWN, phase=LegalPhase.OBLIGED
    )
    counsel(world)
    got = world.people.helper == Organisation.VWN
    assert got.sum() == 100
    assert abs(np.corrcoef(np.arange(400), got)[0, 1]) < 0.2  # four standard errors


def test_a_broken_place_of_a_scaled_model_is_there_for_a_share_of_seeds() -> None:
    def clients(seed: int) -> int:
        world = world_of(
            change("vwn_capacity", 25), n=40, awaits=Organisation.VWN, phase=LegalPhase.OBLIGED
        )
        world.scale, world.chance = 10.0, Chance(seed, world.week + 2)
        counsel(world)
        return int((world.people.helper == Organisation.VWN).sum())

    found = [clients(seed) for seed in range(40)]
    assert set(found) == {2, 3}
    assert abs(np.mean(found) - 2.5) < 4 * 0.5 / np.sqrt(40)
