"""Talks by hand: when they fall due, who comes first, what they count, move and lead to."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import Chance
from terugkeer.abm.world.meetings import talks as phase
from terugkeer.abm.world.meetings.talks import due, held, talk
from terugkeer.agents.codes import (
    Application,
    LegalPhase,
    Measure,
    Organisation,
    Place,
    Reading,
    Scheme,
    Stage,
)

from tests.abm.world.alike import files_of, world_of
from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

ALWAYS_REFUSED = tuple(
    change(f"reading_of_{attitude}", (0.0, 0.0, 1.0))
    for attitude in ("unwilling", "wavering", "willing")
)
ALWAYS_AMBIGUOUS = tuple(
    change(f"reading_of_{attitude}", (0.0, 1.0, 0.0))
    for attitude in ("unwilling", "wavering", "willing")
)
FEW = 900  # for talks with about a quarter of the files
ROOM = (change("talks_per_week", 100.0), change("case_managers", 2000), change("signals_weight", 0))


@pytest.mark.parametrize(
    ("before", "week", "share"),
    [(0, 0, 0.7), (0, 1, 1.0), (0, 5, 1.0), (1, 0, 0.0), (1, 1, 0.3), (1, 2, 1.0), (1, 9, 1.0)],
)
def test_the_first_two_talks_fall_due_by_the_week_of_the_file(
    before: int, week: int, share: float
) -> None:
    world = world_of(*ROOM)
    files = files_of(world)
    world.people.talks[files] = before
    world.people.spell_since[files] = world.week - week
    found = np.mean(np.isin(files, due(world, files)))
    error = 5.0 * np.sqrt(share * (1.0 - share) / len(np.unique(world.people.household[files])))
    assert found == pytest.approx(share, abs=max(error, 1e-9))


def test_first_talks_come_before_later_ones_where_staff_are_few() -> None:
    world = world_of(change("case_managers", FEW))
    people, files = world.people, files_of(world)
    odd = files[np.unique(people.household[files], return_inverse=True)[1] % 2 == 1]
    people.talks[odd] = 0
    got = held(world, files)
    assert 0 < len(got) < len(odd)
    assert np.isin(got, odd).all()


def test_later_talks_come_at_the_interval_of_the_setting_and_sooner_under_pressure() -> None:
    world = world_of(*ROOM)
    people, files = world.people, files_of(world)
    for reading, ago, expected in (
        (Reading.COOPERATES, 3, False),
        (Reading.COOPERATES, 4, True),
        (Reading.AMBIGUOUS, 1, False),
        (Reading.AMBIGUOUS, 2, True),  # pressed: half the interval
    ):
        people.reading[files] = reading
        people.talked_week[files] = world.week - ago
        assert np.isin(files, due(world, files)).all() == expected, (reading, ago)
        assert np.isin(files, due(world, files)).any() == expected, (reading, ago)
    people.phase[files] = LegalPhase.APPEAL
    assert not len(due(world, files)), "nobody is pressed while a procedure runs"
    people.reading[files] = Reading.REFUSES
    people.stage[files] = Stage.PREPARING
    assert len(due(world, files)) == len(files), "somebody of whom it was not read prepares"


def test_after_about_three_refusals_nobody_is_talked_with_any_more() -> None:
    world = world_of(*ROOM)
    people, files = world.people, files_of(world)
    people.reading[files] = Reading.REFUSES
    people.talked_week[files] = world.week - 40
    for refusals, expected in ((0, True), (2, True), (3, False), (200, False)):
        people.refusals[files] = refusals
        assert bool(len(due(world, files))) == expected, refusals
    people.document[files] = True
    assert len(due(world, files)) == len(files), "who can be removed is still talked with"


def test_a_refusal_counts_when_no_procedure_runs_and_less_with_room_for_resistance() -> None:
    def counted(phase_of_all: LegalPhase, *changes: Override) -> float:
        world = world_of(*ROOM, *ALWAYS_REFUSED, *changes)
        files = files_of(world)
        world.people.phase[files] = phase_of_all
        phase._read(world, files)
        assert (world.people.reading[files] == Reading.REFUSES).all()
        assert (world.people.talks[files] == 3).all()
        return float(world.people.refusals[files].mean())

    assert counted(LegalPhase.DEPARTURE_TERM) == 1.0
    assert counted(LegalPhase.OBLIGED) == 1.0
    assert counted(LegalPhase.APPEAL) == 0.0
    assert counted(LegalPhase.REPEAT_PROCEDURE) == 0.0
    trained = (change("wigk_share", 1.0), change("wigk_room", 0.5))
    assert counted(LegalPhase.OBLIGED, *trained) == pytest.approx(0.5, abs=0.15)


def test_what_is_talked_of_moves_beliefs_and_a_later_talk_moves_them_a_tenth() -> None:
    def moved(talks: int) -> tuple[float, float]:
        world = world_of()
        files = files_of(world)
        world.people.talks[files] = talks
        phase._persuade(world, files)
        people = world.people
        return 0.5 - float(people.hope[files[0]]), float(people.knowledge[files[0]]) - 0.5

    first, later = moved(2), moved(3)
    assert min(first) > 0.0
    assert np.divide(later, first) == pytest.approx([0.1, 0.1], rel=1e-4)


@pytest.mark.parametrize("place", [Place.DETENTION, Place.CLOSED_FAMILY])
def test_who_is_held_learns_of_support_and_changes_no_attitude(place: Place) -> None:
    world = world_of(*ROOM, place=place)
    people, files = world.people, files_of(world)
    people.cooperates[files] = True
    phase._persuade(world, files)
    phase._seen(world, files, np.full(len(files), Measure.KEEP_TERM, dtype=np.uint8))
    for name in ("hope", "illegality_prospects", "justice", "trust_state"):
        assert (getattr(people, name)[files] == 0.5).all(), name
    assert (people.knowledge[files] > 0.5).all()


@pytest.mark.parametrize(
    ("reading", "hope_falls", "trust_falls"),
    [("neutral", False, False), ("helps", True, False), ("harms_trust", False, True)],
)
def test_an_early_talk_does_what_the_reading_says(
    reading: str, hope_falls: bool, trust_falls: bool
) -> None:
    world = world_of(change("early_return_talk", reading))
    people, files = world.people, files_of(world)
    people.phase[files] = LegalPhase.APPEAL
    phase._persuade(world, files)
    assert (people.hope[files] < 0.5).all() == hope_falls
    assert (people.hope[files] == 0.5).all() != hope_falls
    assert (people.trust_state[files] < 0.5).all() == trust_falls
    assert (people.trust_state[files] == 0.5).all() != trust_falls


def test_effort_builds_trust_and_pressure_costs_it() -> None:
    world = world_of()
    people, files = world.people, files_of(world)
    people.cooperates[files] = np.arange(len(files)) % 2 == 0
    pressed = np.where(people.cooperates[files], Measure.KEEP_TERM, Measure.PRESS)
    phase._seen(world, files, pressed.astype(np.uint8))
    worked_for = people.cooperates[files]
    assert people.trust_state[files[worked_for]] == pytest.approx(0.5 + 0.5 * 0.01)
    assert people.justice[files[worked_for]] == pytest.approx(0.5 + 0.5 * 0.01)
    assert people.trust_state[files[~worked_for]] == pytest.approx(0.5 * 0.98)
    assert people.justice[files[~worked_for]] == pytest.approx(0.5)


@lru_cache(maxsize=1)
def ready_files() -> World:
    """Return a world whose open files are read as cooperating and prepare; nobody can pay."""
    world = world_of(change("journey_home_eur", 600))
    people, files = world.people, files_of(world)
    people.stage[files] = Stage.PREPARING
    people.reading[files] = Reading.COOPERATES
    people.application[files] = Application.NONE
    people.savings_eur[files] = 0.0
    people.ticket[:] = False
    return world


def ticketed(chance: float = 1.0, **columns: object) -> np.ndarray:
    """Return for whom a ticket is arranged in a talk with everybody."""
    world = deepcopy(ready_files())
    world.now.update({"state_ticket_chance": chance})
    files = files_of(world)
    for name, value in columns.items():
        getattr(world.people, name)[files] = value
    phase._arrange_tickets(world, files)
    assert not np.delete(world.people.ticket, files).any()
    return world.people.ticket[files].copy()


@pytest.mark.parametrize("chance", [0.0, 0.4, 1.0])
def test_a_ticket_is_arranged_by_its_chance_in_each_talk_for_whole_households(
    chance: float,
) -> None:
    found = ticketed(chance)
    world = ready_files()
    household = world.people.household[files_of(world)]
    _, first = np.unique(household, return_index=True)
    assert found[first].mean() == pytest.approx(chance, abs=0.0 if chance in (0.0, 1.0) else 0.12)
    assert (found == found[first][np.unique(household, return_inverse=True)[1]]).all()


@pytest.mark.parametrize(
    "columns",
    [
        {"stage": Stage.INTENDING},
        {"reading": Reading.AMBIGUOUS},
        {"reading": Reading.REFUSES},
        {"application": Application.PENDING},
        {"application": Application.GRANTED, "applied": Scheme.REAN},  # IOM pays
        {"savings_eur": 6000.0},
    ],
)
def test_no_ticket_is_arranged_without_need_or_will(columns: dict[str, object]) -> None:
    assert not ticketed(**columns).any()


def test_without_a_file_there_is_no_talk_and_no_ticket() -> None:
    world = deepcopy(ready_files())
    world.now.update({"state_ticket_chance": 1.0, "talks_per_week": 100.0})
    files = files_of(world)
    world.people.talked_week[files] = world.week - 40
    without = files[world.household_of(files) % 2 == 0]
    world.people.spell_open[without] = False
    world.people.reading[files] = Reading.REFUSES
    world.now.update(
        {f"reading_of_{each}": (1.0, 0.0, 0.0) for each in ("unwilling", "wavering", "willing")}
        | {"signals_weight": 0}
    )
    talk(world)
    assert world.people.ticket.any()
    assert not world.people.ticket[without].any()


@pytest.mark.parametrize(
    "columns",
    [
        {"application": Application.REFUSED},
        {"application": Application.WITHDRAWN},
        {"application": Application.GRANTED, "applied": Scheme.IN_KIND},  # pays no journey
    ],
)
def test_whoever_has_no_support_for_the_journey_may_get_a_ticket(
    columns: dict[str, object],
) -> None:
    assert ticketed(**columns).all()


def test_only_those_who_are_talked_with_get_a_ticket_and_nobody_loses_one() -> None:
    world = deepcopy(ready_files())
    world.now.update({"state_ticket_chance": 1.0})
    files = files_of(world)
    half = files[world.household_of(files) % 2 == 0]
    phase._arrange_tickets(world, half)
    assert np.array_equal(np.flatnonzero(world.people.ticket), half)
    world.now.update({"state_ticket_chance": 0.0})
    phase._arrange_tickets(world, files)
    assert np.array_equal(np.flatnonzero(world.people.ticket), half)


def test_who_cooperates_is_referred_to_iom_and_who_refuses_to_nobody() -> None:
    world = world_of(change("referral_to_ngo_chance", (0.0,) * 5))
    people, files = world.people, files_of(world)
    for reading, target in (
        (Reading.COOPERATES, Organisation.IOM),
        (Reading.AMBIGUOUS, Organisation.NONE),
        (Reading.REFUSES, Organisation.NONE),
    ):
        people.referred[files] = 0
        people.reading[files] = reading
        phase._refer(world, files)
        assert (people.referred[files] == target).all(), reading
    people.referred[files] = 0
    people.reading[files] = Reading.COOPERATES
    people.met[files] = 1 << Organisation.IOM
    phase._refer(world, files)
    assert not people.referred[files].any(), "nobody is sent to whom they have met"


@pytest.mark.parametrize("place", [Place.DETENTION, Place.AZC, Place.PRIVATE_NETWORK])
def test_nobody_is_referred_to_who_does_not_come_there(place: Place) -> None:
    world = world_of(change("referral_to_ngo_chance", (1.0,) * 5), place=place)
    people, files = world.people, files_of(world)
    people.reading[files] = Reading.COOPERATES
    world.case_managers.begin(world.now)
    phase._refer(world, files)
    targets = np.unique(people.referred[files])
    assert len(targets)
    assert world.organisations.reach[targets, place].all()
    if place == Place.DETENTION:
        assert targets.tolist() == [Organisation.IOM], "then to IOM, which comes everywhere"


def test_talks_of_coa_are_no_signal_of_effort() -> None:
    def share_of_cooperating(met: int) -> float:
        world = world_of(change("signals_weight", 1.0))
        files = files_of(world)
        world.people.met[files] = met
        phase._read(world, files)
        return float((world.people.reading[files] == Reading.COOPERATES).mean())

    assert share_of_cooperating(1 << Organisation.COA) == share_of_cooperating(0)
    assert share_of_cooperating(1 << Organisation.VWN) > share_of_cooperating(0)


def test_a_week_of_talks_reads_refers_and_counts_the_caseload() -> None:
    world = world_of(*ROOM, *ALWAYS_AMBIGUOUS)
    people, files = world.people, files_of(world)
    people.talked_week[files] = world.week - 40
    talk(world)
    assert (people.talked_week[files] == world.week).all()
    assert (people.reading[files] == Reading.AMBIGUOUS).all()
    assert world.case_managers.caseload.sum() == len(files) * world.scale


def test_chance_of_a_talk_does_not_go_by_number() -> None:
    world = world_of(change("case_managers", FEW))
    files = files_of(world)
    got = np.isin(files, held(world, files))
    assert 0.1 < got.mean() < 0.9
    numbers = world.people.household[files].argsort().argsort()
    assert abs(np.corrcoef(numbers, got)[0, 1]) < 0.25
    world.chance = Chance(2, world.week + 2)
    assert not np.array_equal(got, np.isin(files, held(world, files)))
