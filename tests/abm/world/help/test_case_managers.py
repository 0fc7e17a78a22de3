"""Talks of case managers in runs: staff, readings, refusals, referral, money, closings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS as COLUMNS_OF_LOG
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.abm.world.help.case_managers import NGO_KINDS, NGOS, PARTNERS, CaseManagers
from terugkeer.abm.world.help.guidance import measures
from terugkeer.abm.world.help.referrals import SETTING_OF
from terugkeer.abm.world.meetings.talks import due, held
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.agents.case_manager import CaseManager
from terugkeer.agents.codes import (
    Measure,
    Organisation,
    Outcome,
    Place,
    Reading,
    Setting,
    Stage,
)
from terugkeer.agents.kinds import KIND_OF

from tests.abm.world.small_world import (
    FULL_SPIN_UP,
    HAZARDS,
    change,
    events,
    lived,
    model_of,
    watch,
)

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.model import ReturnModel
    from terugkeer.abm.world.state import World

ATTITUDES = ("unwilling", "wavering", "willing")
GUIDED = ("cooperates", "talks", "refusals", "reading", "talked_week", "held_talks")
FORGOTTEN = change("ngo_own_contact", 0.0)  # where nothing is heard of clients
EVERY_SETTING = np.array(Setting, dtype=np.uint8)
SIZE = len(Organisation)
SHARED = (*GUIDED, "referred", "referred_by", "discretionary_eur")


@pytest.fixture(scope="module")
def run() -> ReturnModel:
    return lived(scale=100.0, first_year=2014, last_year=2014)


def test_without_staff_nobody_is_talked_with() -> None:
    model = lived(change("case_managers", 0), change("asks_again_hazard", 0.0))
    people = model.people
    assert people.spell_open.any()
    assert not people.talks.any()
    assert not people.reading.any()
    assert not people.cooperates[people.spells < 2].any()
    referred = model.log.column("kind") == Event.REFERRED
    assert (model.log.column("referred_by")[referred] != Organisation.CASE_MANAGER).all()


def test_where_nobody_weighs_there_is_no_case_manager() -> None:
    model = lived(HAZARDS)
    assert CaseManager not in model.agents_by_type
    assert not any(getattr(model.people, name).any() for name in SHARED[1:])


def test_households_share_what_a_case_manager_does(run: ReturnModel) -> None:
    people = run.people
    _, first, household = np.unique(people.household, return_index=True, return_inverse=True)
    for name in SHARED:
        column = getattr(people, name)
        assert np.array_equal(column, column[first][household]), name
        assert name in COLUMNS


def test_every_branch_happens_in_a_run() -> None:
    seen: set[int] = set()

    def after(name: str, world: World) -> None:
        if name in {"meet", "decide_law"}:
            seen.update(measures(world, world.rows(world.people.spell_open)).tolist())

    model = model_of(scale=20.0, first_year=2012, last_year=2012, spin_up=FULL_SPIN_UP)
    watch(model, after=after)
    model.run()
    assert {Measure(code).name for code in seen} == {each.name for each in Measure}


def test_more_talks_than_staff_can_hold_are_drawn_by_household_with_first_talks_first() -> None:
    model = model_of(change("case_managers", 40), scale=20.0)
    for _ in range(60):
        model.step()
    world = model.world
    rows = due(world, world.rows(world.people.spell_open))
    drawn = held(world, rows)
    assert 0 < len(drawn) < len(rows)
    people = world.people
    missed = np.setdiff1d(rows, drawn)
    assert not np.intersect1d(people.household[missed], people.household[drawn]).size
    by_hand = CaseManagers.staff(world.now) * world.now.number("talks_per_week") / world.scale
    assert len(np.unique(people.household[drawn])) <= by_hand.sum() + len(Setting)


@pytest.mark.slow
def test_half_the_staff_hold_fewer_talks() -> None:
    def talks(staff: float) -> float:
        model = lived(change("case_managers", staff), scale=50.0)
        people = model.people
        return float(people.talks[people.spell_open].mean())

    assert talks(25) < talks(100) < talks(400)


def test_errors_of_reading_come_as_often_as_stated_in_a_run() -> None:
    certain = (
        change("reading_of_unwilling", (0.2, 0.3, 0.5)),
        change("signals_weight", 0.0),
    )
    model = model_of(*certain, scale=20.0)
    counts = np.zeros(len(Reading))

    def after(name: str, world: World) -> None:
        if name == "meet":
            people = world.people
            there = people.spell_open & (people.stage == Stage.NOT_CONSIDERING)
            heads = np.flatnonzero(there & (people.talked_week == world.week))
            _, first = np.unique(people.household[heads], return_index=True)
            counts[:] += np.bincount(people.reading[heads[first]], minlength=len(Reading))

    watch(model, after=after)
    model.run()
    n = counts.sum()
    assert n > 1000
    assert counts[0] == 0
    expected = np.array([0.2, 0.3, 0.5])
    error = 4.0 * np.sqrt(expected * (1 - expected) / n)  # four standard errors
    assert (np.abs(counts[1:] / n - expected) < error).all()


def test_only_households_read_as_working_or_wavering_are_referred(run: ReturnModel) -> None:
    log = events(run)
    sender = Organisation.CASE_MANAGER
    referred = log[(log["kind"] == Event.REFERRED) & (log["referred_by"] == sender)]
    assert len(referred)
    assert set(referred["helper"]) <= {Organisation.IOM, *NGOS}
    refusing = tuple(
        change(f"reading_of_{attitude}", (0.0, 0.0, 1.0))
        for attitude in ("unwilling", "wavering", "willing")
    )
    log = events(lived(*refusing, change("signals_weight", 0.0)))
    assert (log["kind"] == Event.REFERRED).any(), "by organisations"
    assert not ((log["kind"] == Event.REFERRED) & (log["referred_by"] == sender)).any()


def test_discretionary_cash_goes_to_households_that_waver_and_not_to_any_that_refuse() -> None:
    sure = change("discretionary_chance", (0.0, 0.0, 1.0, 0.0, 0.0, 0.0))
    model = model_of(sure, change("discretionary_above_share", 0.0))
    promised: list[int] = []

    def before(name: str, world: World) -> None:
        if name == "meet":
            promised[:] = world.people.person[world.people.discretionary_eur > 0].tolist()

    def after(name: str, world: World) -> None:
        if name == "meet":
            people = world.people
            new = (people.discretionary_eur > 0) & ~np.isin(people.person, promised)
            assert (people.reading[new] == Reading.AMBIGUOUS).all()
            assert (
                people.discretionary_eur <= world.now.number("discretionary_local_max_eur")
            ).all()

    watch(model, before=before, after=after)
    model.run()
    assert (model.people.discretionary_eur > 0).any()


VWN = Organisation.VWN


def heard(log: EventLog, kind: Event, persons: object, **more: object) -> None:
    """Note what came of referrals of case managers in reception, of some persons."""
    log.append(
        600,
        kind,
        np.atleast_1d(persons),
        **{
            "referred_by": Organisation.CASE_MANAGER,
            "helper": VWN,
            "place": Place.AZC,
            **more,
        },
    )


def arrive(log: EventLog, persons: object) -> None:
    """Let persons follow a referral to VWN in reception up to the first session there."""
    for kind in (Event.REFERRED, Event.REACHED, Event.MET):
        heard(log, kind, persons)


def test_an_organisation_of_which_nothing_is_heard_is_forgotten_and_one_that_is_gains_trust() -> (
    None
):
    managers, log = CaseManagers(), EventLog()
    now = model_of(FORGOTTEN).world.now
    managers.begin(now)
    start = managers.memory.copy()
    before = managers.trust.copy()
    for person in range(52):
        arrive(log, person)
        managers.hear(now, log, 20.0)
    assert managers.memory[Setting.AZC, Organisation.VWN] > start[Setting.AZC, Organisation.VWN]
    other = Setting.VBL, Organisation.BRIDGE_TO_BETTER
    assert managers.memory[other] == pytest.approx(start[other] / 2)
    gained = managers.trust - before
    assert gained[Setting.AZC, Organisation.VWN] > gained[Setting.VBL, Organisation.VWN] > 0.0
    assert managers.so_far[0, Setting.AZC, Organisation.VWN] == 52 * 20.0
    assert managers.so_far.sum() == 52 * 20.0


def test_a_departure_is_remembered_more_than_an_arrival_and_a_loss_costs_trust() -> None:
    now = model_of().world.now

    def after(*kinds: Event, **more: object) -> tuple[float, float]:
        managers, log = CaseManagers(), EventLog()
        managers.begin(now)
        for kind in kinds:
            heard(log, kind, [0, 16], **more)
        managers.hear(now, log, 20.0)
        at = Setting.AZC, VWN
        return float(managers.memory[at]), float(managers.trust[at])

    way = Event.REFERRED, Event.REACHED
    nothing, lost = after(*way), after(Event.REFERRED, Event.REFERRAL_LOST)
    arrived = after(*way, Event.MET)
    met = int(1 << VWN)
    gone = after(*way, Event.LEFT, outcome=Outcome.INDEPENDENT, met=met)
    assert gone[0] > arrived[0] > lost[0] == nothing[0]
    assert lost[1] < nothing[1] < arrived[1]
    assert after(*way, Event.LEFT, outcome=Outcome.INDEPENDENT) == nothing, "never seen there"
    assert after(*way, Event.LEFT, outcome=Outcome.FORCED, met=met) == nothing
    assert after(*way, Event.MET, referred_by=Organisation.COA) == nothing
    assert after(Event.MET) == nothing, "they came by themselves"


def test_each_case_manager_hears_of_a_part_and_none_of_anything() -> None:
    def memory(staff: int) -> float:
        managers, log = CaseManagers(), EventLog()
        now = model_of(change("case_managers", staff), FORGOTTEN).world.now
        managers.begin(now)
        arrive(log, 16 * np.arange(20))
        managers.hear(now, log, 1.0)
        return float(managers.memory[Setting.AZC, VWN])

    left = 0.5 ** (1 / 52)
    for staff in (200, 20):  # three in ten of them in reception
        expected = 1.0 - (1.0 - left * 0.5) * np.exp(-20.0 / (0.3 * staff) / 7.0)
        assert memory(staff) == pytest.approx(expected)
    assert memory(0) == pytest.approx(left * 0.5)


def test_five_arrivals_a_year_for_each_case_manager_are_remembered_by_half() -> None:
    now = model_of().world.now
    left = 0.5 ** (1 / now.number("ngo_memory_half_weeks"))
    kept = np.exp(-5.0 / 52.0 / now.number("ngo_contacts"))
    assert (1.0 - kept) / (1.0 - left * kept) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_organisations_keep_up_a_share_of_their_memory_by_contact_of_their_own(
    share: float,
) -> None:
    managers, log = CaseManagers(), EventLog()
    now = model_of(change("ngo_own_contact", share)).world.now
    managers.begin(now)
    start = managers.memory.copy()
    for _ in range(52):
        managers.hear(now, log, 1.0)
    assert managers.memory == pytest.approx(start * (share + (1.0 - share) / 2))


def test_referrals_stop_as_organisations_are_forgotten_and_rise_with_memory() -> None:
    managers = CaseManagers()
    now = model_of().world.now
    managers.begin(now)
    record = now.vector("referral_to_ngo_chance")
    assert managers.chance(now) == pytest.approx(record)
    managers.memory /= 4
    assert managers.chance(now) == pytest.approx(record / 4)
    managers.memory *= 6
    assert managers.chance(now) == pytest.approx(record * 1.5)
    managers.memory[:] = 0.0
    assert not managers.chance(now).any()
    assert not managers.preference(now, EVERY_SETTING, np.ones((len(Setting), SIZE))).any()


def test_a_referral_goes_by_field_share_memory_and_trust() -> None:
    managers = CaseManagers()
    now = model_of().world.now
    managers.begin(now)
    shares = np.full((len(Setting), SIZE), 0.5)
    managers.memory[:], managers.trust[:] = 0.4, 0.5
    found = managers.preference(now, EVERY_SETTING, shares)
    field = dict(zip(NGO_KINDS, now.vector("ngo_field"), strict=True))
    for each in Organisation:
        by_hand = field.get(KIND_OF[each], 0.0) * 0.5 * 0.4 * 0.5
        assert found[:, each] == pytest.approx(np.full(len(Setting), by_hand))


def test_an_organisation_that_opens_later_is_known_from_then_on() -> None:
    managers, log = CaseManagers(), EventLog()
    now = model_of(change("green_way_capacity", 0), FORGOTTEN).world.now
    for _ in range(100):
        managers.begin(now)
        managers.hear(now, log, 20.0)
    late, other = Organisation.GREEN_WAY, Organisation.MAATWERK
    assert not managers.memory[:, late].any()
    assert not managers.trust[:, late].any()
    now.update({"green_way_capacity": 7})
    managers.begin(now)
    assert managers.memory[:, late] == pytest.approx(0.6)
    assert managers.trust[:, late] == pytest.approx(0.5)
    assert (managers.memory[:, other] < 0.6).all(), "others go on as they were"
    now.update({"green_way_capacity": 0})
    managers.hear(now, log, 20.0)
    now.update({"green_way_capacity": 7})
    managers.begin(now)
    assert (managers.memory[:, late] < 0.6).all(), "it opens once"


@pytest.mark.slow
def test_case_managers_with_a_partner_refer_to_it_and_more_often() -> None:
    sure = (
        *(change(f"reading_of_{each}", (1.0, 0.0, 0.0)) for each in ATTITUDES),
        change("signals_weight", 0.0),
        change("referral_to_ngo_chance", (0.0,) * 5),
        change("paired_referral_chance", 1.0),
    )
    none = events(lived(*sure, change("paired_case_managers", 0), scale=50.0))
    all_tied = events(lived(*sure, change("paired_case_managers", 200), scale=50.0))
    by_ngo = []
    for log in (none, all_tied):
        own = log[log["referred_by"] == Organisation.CASE_MANAGER]
        sent = own[(own["kind"] == Event.REFERRED) & (own["helper"] != Organisation.IOM)]
        assert np.isin(sent["helper"], PARTNERS).all()
        assert (SETTING_OF[sent["place"].to_numpy()] == Setting.MUNICIPAL).all()
        by_ngo.append(len(sent))
        tied_to = sent.groupby("household")["helper"].nunique()
    assert by_ngo[0] == 0
    assert by_ngo[1] > 0
    assert (tied_to == 1).all(), "a household keeps its case manager"


@pytest.mark.slow
def test_before_a_pairing_begins_a_run_is_the_same_byte_for_byte() -> None:
    def log_of(*changes: Override) -> bytes:
        log = lived(*changes, scale=100.0).log
        return b"".join(log.column(name).tobytes() for name in COLUMNS_OF_LOG)

    tied = change("paired_case_managers", 50), change("paired_referral_chance", 1.0)
    assert log_of() == log_of(change("paired_referral_chance", 1.0)), "nobody is paired in 2011"
    assert log_of() != log_of(*tied)


def test_case_managers_are_agents_by_setting(run: ReturnModel) -> None:
    agents = list(run.agents_by_type[CaseManager])
    assert [agent.setting for agent in agents] == list(Setting)
    assert sum(agent.staff for agent in agents) == pytest.approx(200)
    # the phases after the talks close and open a few more
    assert sum(agent.caseload for agent in agents) == pytest.approx(
        run.people.spell_open.sum() * run.scale, rel=0.1
    )
    assert 0.0 < agents[0].memory["vwn"] < 1.0
    assert 0.0 < agents[0].trust["vwn"] < 1.0
