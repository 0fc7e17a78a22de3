"""Talks of case managers in runs: staff, readings, refusals, referral, money, closings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.events import COLUMNS as COLUMNS_OF_LOG
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.abm.world.help.case_managers import NGOS, PARTNERS, SETTING_OF, CaseManagers
from terugkeer.abm.world.help.guidance import measures
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


def heard(log: EventLog, kind: Event, persons: int, **more: object) -> None:
    """Note what came of referrals of case managers in reception."""
    log.append(
        600,
        kind,
        np.arange(persons),
        **{
            "referred_by": Organisation.CASE_MANAGER,
            "helper": Organisation.VWN,
            "place": Place.AZC,
            **more,
        },
    )


def test_an_organisation_of_which_nothing_is_heard_is_forgotten_and_one_that_is_gains_trust() -> (
    None
):
    managers, log = CaseManagers(), EventLog()
    now = model_of().world.now
    managers.begin(now)
    start = managers.memory.copy()
    before = managers.trust.copy()
    for _ in range(52):
        heard(log, Event.REACHED, 1)
        managers.hear(now, log, 20.0)
    assert managers.memory[Setting.AZC, Organisation.VWN] > start[Setting.AZC, Organisation.VWN]
    other = Setting.VBL, Organisation.TRAINING_NGO
    assert managers.memory[other] == pytest.approx(start[other] / 2)
    gained = managers.trust - before
    assert gained[Setting.AZC, Organisation.VWN] > gained[Setting.VBL, Organisation.VWN] > 0.0
    chances = managers.preference(now)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(Setting)))
    assert chances[Setting.AZC, Organisation.MUNICIPAL_DESK] == 0.0
    assert managers.so_far[0, Setting.AZC, Organisation.VWN] == 52 * 20.0
    assert managers.so_far.sum() == 52 * 20.0


def test_a_departure_is_remembered_more_than_an_arrival_and_a_loss_costs_trust() -> None:
    now = model_of().world.now

    def after(kind: Event, **more: object) -> tuple[float, float]:
        managers, log = CaseManagers(), EventLog()
        managers.begin(now)
        heard(log, kind, 2, **more)
        managers.hear(now, log, 20.0)
        at = Setting.AZC, Organisation.VWN
        return float(managers.memory[at]), float(managers.trust[at])

    nothing = after(Event.MET)
    arrived, lost = after(Event.REACHED), after(Event.REFERRAL_LOST)
    gone = after(Event.LEFT, outcome=Outcome.INDEPENDENT)
    assert gone[0] > arrived[0] > lost[0] == nothing[0]
    assert lost[1] < nothing[1] < arrived[1]
    assert after(Event.LEFT, outcome=Outcome.FORCED) == nothing
    assert after(Event.REACHED, referred_by=Organisation.COA) == nothing


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
