"""The forced track over random worlds: nobody is lost, and nothing undeclared happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.world.events import MEMBERS, Event, Mark
from terugkeer.abm.world.phases.decide_law import decide_law
from terugkeer.abm.world.phases.enforce import enforce
from terugkeer.abm.world.phases.exit import exits
from terugkeer.abm.world.phases.place import place
from terugkeer.abm.world.phases.prepare import prepare
from terugkeer.abm.world.phases.weigh import Weigh
from terugkeer.agents.codes import LegalPhase, Outcome, Place, Reading, Stage, Track
from terugkeer.agents.places import IS_HELD, IS_HIDDEN, IS_REFUSED

from tests.abm.world.adults import CHILD, WEEK, adults

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from terugkeer.abm.world.state import World

# a phase, whether a file is open and where the household lives, as they go together
SITUATIONS = (
    (LegalPhase.PROCEDURE, False, Place.AZC),
    (LegalPhase.APPEAL, True, Place.AZC),
    (LegalPhase.DEPARTURE_TERM, True, Place.AZC_DEPARTURE_TERM),
    (LegalPhase.DEPARTURE_TERM, True, Place.PRIVATE_NETWORK),
    (LegalPhase.REPEAT_PROCEDURE, True, Place.AZC),
    (LegalPhase.REPEAT_PROCEDURE, True, Place.DETENTION),
    (LegalPhase.APPEAL, True, Place.FAMILY_LOCATION),
    *((LegalPhase.OBLIGED, True, each) for each in Place if each not in {Place.AZC, Place.ORIGIN}),
    *((LegalPhase.OBLIGED, False, each) for each in Place if IS_HIDDEN[each]),
)
households = st.fixed_dictionaries(
    {
        "situation": st.sampled_from(SITUATIONS),
        "weeks": st.integers(1, 90),
        "track": st.sampled_from([t for t in Track if t != Track.NONE]),
        "document": st.sampled_from([True, True, False]),
        "cooperates": st.booleans(),
        "appeals": st.booleans(),
        "minor": st.booleans(),
        "ease": st.floats(0.0, 4.0),
        "detentions": st.integers(0, 3),
    }
)
shares = st.floats(0.0, 1.0)
hazards = st.sampled_from([0.0, 0.5, 9.0])  # never, sometimes, always
rules = st.fixed_dictionaries(
    {
        "removal_planning_hazard": hazards,
        "transfer_planning_hazard": hazards,
        "detention_hazard": hazards,
        "hazard_apprehension_hidden": hazards,
        "detained_flight_hazard": hazards,
        "vanish_after_notice": st.floats(0.01, 0.98),
        "cancelled_otherwise": shares,
        "leaves_after_notice_share": shares,
        "last_minute_application_share": shares,
        "detention_at_notice_share": shares,
        "family_forced_ratio": st.floats(0.01, 1.0),
        "appeal_share": st.tuples(*[shares] * 4),
        "appeal_granted_share": st.tuples(*[shares] * 4),
        "no_fault_effort_weeks": st.sampled_from([1, 26]),
        "no_fault_granted_share": shares,
        "interim_relief_share": shares,
        "appeal_weeks": st.floats(0.1, 20.0),
        "appeal_weeks_extended": st.floats(0.1, 200.0),
        "last_minute_team": st.booleans(),
        "papers_requested_in_appeal": st.booleans(),
        "closed_family_open": st.booleans(),
    }
)

places = st.sampled_from([0, 3, 1000])
# of places: what a stay asks for, how long it lasts, and what comes after it
place_rules = st.fixed_dictionaries(
    {
        "family_location_open": st.booleans(),
        "dublin_families": st.sampled_from(["reception", "family_location"]),
        "closed_at_notice_share": shares,
        "closed_family_weeks": st.sampled_from([1, 2]),
        "vbl": st.sampled_from(["selection", "time_to_decide"]),
        "vbl_admission_share": shares,
        "vbl_weeks": st.sampled_from([1, 12]),
        "vbl_end_hazard_after_limit": hazards,
        "vbl_end_closes_share": shares,
        "deferral_health_below": st.just(0.5),
        "deferral_granted_share": shares,
        "deferral_weeks": st.sampled_from([1, 26]),
        "deposit_share": shares,
        "deposit_leaves_share": shares,
        "detention_at_term_end": shares,
        "detention_weeks_max": st.sampled_from([1, 26]),
        "detention_release_hazard": hazards,
        "reporting_duty_share": shares,
        "reporting_needs_housing": st.booleans(),
        "private_place_share": shares,
        "asks_again_hazard": hazards,
        "night_shelter_capacity": places,
        "night_shelter_condition": st.sampled_from([0.0, 0.5, 1.0]),
        "night_shelter_weeks": st.sampled_from([1, 2, 8]),
        "guided_shelter_capacity": places,
        "guided_shelter_screening": st.booleans(),
        "hazard_leave_guided_shelter": hazards,
        "living_allowance_places": places,
    }
)
MANY = 40  # households


def many(draw: np.random.Generator) -> tuple[list[dict[str, Any]], dict[str, NDArray[np.int64]]]:
    """Return many households at once, and columns of theirs that rules of places look at.

    Hypothesis draws lists that are mostly short, in which few share a place.
    """
    tracks = [each for each in Track if each != Track.NONE]
    lives = [
        {
            "situation": SITUATIONS[draw.integers(len(SITUATIONS))],
            "weeks": int(draw.integers(1, 91)),
            "track": tracks[draw.integers(len(tracks))],
            "document": bool(draw.random() < 2 / 3),
            "cooperates": bool(draw.random() < 0.5),
            "appeals": bool(draw.random() < 0.5),
            "minor": bool(draw.random() < 0.5),
            "ease": float(draw.uniform(0.0, 4.0)),
            "detentions": int(draw.integers(4)),
        }
        for _ in range(MANY)
    ]
    more = {
        "stage": draw.choice([Stage.NOT_CONSIDERING, Stage.CONSIDERING, Stage.PREPARING], MANY),
        "reading": draw.choice([Reading.UNREAD, Reading.COOPERATES, Reading.REFUSES], MANY),
        "identified": draw.choice([0, 1], MANY),
        "physical": draw.choice([0, 1], MANY),
        "night_turn": draw.choice([0, WEEK - 1, WEEK - 30], MANY),
        "deferred_until": draw.choice([0, WEEK, WEEK + 2], MANY),
    }
    return lives, more


def world_of(lives: list[dict[str, Any]], values: dict[str, object]) -> World:
    """Return households of two, the second of them a child where there are minors."""
    size = 2
    each = {name: [life[name] for life in lives] for name in lives[0]}
    phase, is_open, where = zip(*each["situation"], strict=True)
    child = np.where(each["minor"], CHILD, WEEK - 2000)
    refused = IS_REFUSED[list(phase)] & np.array(is_open)
    columns: dict[str, object] = {
        "phase": phase,
        "spell_open": is_open,
        "spells": np.array(is_open).astype(int) | (np.array(phase) != LegalPhase.PROCEDURE),
        "place": where,
        "place_since": WEEK - np.array(each["weeks"]),
        "phase_since": WEEK - np.array(each["weeks"]),
        "decision_week": np.full(len(lives), WEEK),
        "track": each["track"],
        "dublin": [t == Track.DUBLIN for t in each["track"]],
        "document": each["document"],
        "cooperates": each["cooperates"],
        "appeals": np.array(each["appeals"]) & refused,
        "frailty": each["ease"],
        "effort_since": (WEEK - np.array(each["weeks"])) * np.array(each["cooperates"]),
        "talks": np.full(len(lives), 2),
        "detentions": each["detentions"],
        "youngest_birth_week": child,
    }
    repeated = {name: np.repeat(value, size) for name, value in columns.items()}
    birth = np.column_stack([np.full(len(lives), WEEK - 2000), child]).ravel()
    world = adults(len(lives), size, values, birth_week=birth, **repeated)
    world.now.update(dict(values))
    return world


def a_week(world: World) -> None:
    """Run the phases of law and enforcement of one week."""
    decide_law(world)
    place(world)
    Weigh()(world)
    prepare(world)
    enforce(world)
    exits(world)


def logged(world: World, event: Event, name: str = "person") -> list[int]:
    return [int(each) for each in world.log.column(name)[world.log.column("kind") == event]]


@settings(max_examples=60, deadline=None)
@given(st.lists(households, min_size=1, max_size=16), rules)
def test_persons_are_conserved_and_every_removal_that_is_announced_has_one_end(
    lives: list[dict[str, Any]], values: dict[str, object]
) -> None:
    """An undeclared move or change of phase stops the week: `state` refuses it."""
    world = world_of(lives, values)
    before = world.people.person.copy()
    a_week(world)
    people = world.people
    assert (people.person == before).all()
    assert int(people.gone.sum()) == world.departed
    left = logged(world, Event.LEFT)
    assert len(left) == len(set(left))
    here = ~people.gone & (people.phase != LegalPhase.RETURNED)
    assert set(people.person[~here].tolist()) == set(left)
    noticed, cancelled = logged(world, Event.NOTICED), logged(world, Event.CANCELLED)
    assert len(noticed) == len(set(noticed))
    assert len(cancelled) == len(set(cancelled))
    assert set(cancelled) <= set(noticed)
    closed = dict(
        zip(logged(world, Event.CLOSED), logged(world, Event.CLOSED, "outcome"), strict=True)
    )
    for person in set(noticed) - set(cancelled):
        assert closed[person] == Outcome.FORCED
    for person in cancelled:
        assert closed.get(person) != Outcome.FORCED
    # whole households: what happens to one member happens to the other
    for event in (Event.NOTICED, Event.CANCELLED, Event.CLOSED):
        members = np.array(logged(world, event), dtype=np.int64) // MEMBERS
        assert (np.unique(members, return_counts=True)[1] == 2).all()


@settings(max_examples=80, deadline=None)
@given(st.lists(households, min_size=1, max_size=16), rules)
def test_nobody_who_is_held_vanishes_and_nobody_with_a_right_to_stay_is_removed(
    lives: list[dict[str, Any]], values: dict[str, object]
) -> None:
    world = world_of(lives, values)
    a_week(world)
    log = world.log
    vanished = (log.column("marks") & np.uint8(Mark.VANISHED)) > 0
    assert not IS_HELD[log.column("place")[vanished]].any()
    forced = (log.column("kind") == Event.CLOSED) & (log.column("outcome") == Outcome.FORCED)
    phases = set(log.column("phase")[forced].tolist())
    assert phases <= {LegalPhase.OBLIGED, LegalPhase.DEPARTURE_TERM}
    people = world.people
    term = forced & (log.column("phase") == LegalPhase.DEPARTURE_TERM)
    claimants = people.person[people.dublin].tolist()
    assert set(log.column("person")[term].tolist()) <= set(claimants)


@settings(max_examples=30, deadline=None)
@given(st.lists(households, min_size=1, max_size=16), rules)
def test_without_enforcement_nobody_at_liberty_is_told_of_a_removal(
    lives: list[dict[str, Any]], values: dict[str, object]
) -> None:
    world = world_of(lives, values)
    world.enforcement = 0.0
    enforce(world)
    assert not logged(world, Event.NOTICED)
    assert not logged(world, Event.MOVED)


CAPACITIES = {
    Place.NIGHT_SHELTER: "night_shelter_capacity",
    Place.GUIDED_SHELTER: "guided_shelter_capacity",
}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), rules, place_rules)
def test_over_some_weeks_places_keep_whole_households_and_their_rules(
    seed: int, law: dict[str, object], of_places: dict[str, object]
) -> None:
    """Deposits, deferrals and shelter too: an undeclared move stops the week, as above."""
    lives, more = many(np.random.default_rng(seed))
    world = world_of(lives, law | of_places)
    people, now = world.people, world.now
    for name, column in more.items():
        getattr(people, name)[:] = np.repeat(column, 2)
    people.deferred_until[IS_HELD[people.place] | ~people.spell_open] = 0  # nobody detains them
    before = people.person.copy()
    for _ in range(3):
        where, deferred = people.place.copy(), people.deferred_until > world.week
        turned = people.person[people.night_turn > 0]
        logged_before = len(world.log.column("kind"))
        a_week(world)
        kinds = world.log.column("kind")[logged_before:]
        persons = world.log.column("person")[logged_before:]
        assert (people.person == before).all()
        assert int(people.gone.sum()) == world.departed
        here = ~people.gone & (people.phase != LegalPhase.RETURNED)
        for column in (people.place, people.phase, people.spell_open, people.deferred_until):
            assert (column[::2] == column[1::2]).all(), "whole households"
        assert not (here & IS_HELD[people.place] & (people.deferred_until > world.week)).any()
        came = here & (people.place != where)
        if not now.flag("family_location_open"):
            assert not (came & (people.place == Place.FAMILY_LOCATION)).any()
        for place_of, capacity in CAPACITIES.items():
            inside = here & (people.place == place_of)
            free = now.number(capacity)
            assert np.count_nonzero(came & inside) <= free
            # families inside when a condition comes keep their beds beside those on condition
            if place_of == Place.GUIDED_SHELTER or now.number("night_shelter_condition") == 0.0:
                within = np.count_nonzero(inside) <= free
                assert within or not (came & inside).any(), f"{place_of.name}: no place is free"
        again = persons[kinds == Event.TURN_BEGUN]
        assert not np.isin(again, turned).any(), "a bed on condition, once in a life"
        forced = (kinds == Event.CLOSED) & (
            world.log.column("outcome")[logged_before:] == Outcome.FORCED
        )
        removed = np.isin(persons[forced], people.person[deferred])
        assert not removed.any(), "nobody is removed during a deferral"
        world.week += 1
