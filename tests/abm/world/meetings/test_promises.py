"""Discretionary cash in worlds by hand: to whom it is promised, and what is kept of it."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.meetings import talks as phase
from terugkeer.agents.codes import Destination, Outcome, Place, Reading, Scheme, Stage

from tests.abm.world.adults import adults
from tests.abm.world.alike import files_of, world_of
from tests.abm.world.small_world import change


def test_discretionary_cash_is_most_for_who_wavers_and_cannot_be_removed() -> None:
    def promised(reading: Reading, *, document: bool) -> float:
        world = world_of(
            change("discretionary_chance", (0.5, 0.2, 0.9, 0.3, 0.0, 0.1)),
            change("discretionary_unasked_ratio", 1.0),
        )
        people, files = world.people, files_of(world)
        people.reading[files] = reading
        people.document[files] = document
        share = []
        for _ in range(25):  # weeks, each with draws of its own
            people.discretionary_eur[files] = 0.0
            phase._promise(world, files)
            share.append(float((people.discretionary_eur[files] > 0.0).mean()))
            world.week += 1
        return float(np.mean(share))

    found = [
        promised(reading, document=document)
        for reading in (Reading.COOPERATES, Reading.AMBIGUOUS, Reading.REFUSES)
        for document in (False, True)
    ]
    assert found == pytest.approx([0.5, 0.2, 0.9, 0.3, 0.0, 0.1], abs=0.07)
    stuck, removable, wavering, _, refusing, _ = world_of().now.vector("discretionary_chance")
    assert wavering > stuck > removable > refusing == 0.0


def test_a_promise_is_noted_by_reading_and_kept_or_overturned() -> None:
    world = world_of(
        change("discretionary_chance", (1.0, 1.0, 1.0, 1.0, 0.0, 0.0)),
        change("promise_overturned_chance", 0.3),
        change("broken_promise_costs_trust", 0.5),
    )
    people, files = world.people, files_of(world)
    people.stage[files] = Stage.CONSIDERING
    people.reading[files] = Reading.AMBIGUOUS
    half = people.household[files] % 2 == 0
    people.document[files[half]] = True
    since = world.log.size
    phase._promise(world, files)
    kinds, readings = world.log.column("kind")[since:], world.log.column("reading")[since:]
    assert np.count_nonzero(kinds == Event.PROMISED) == np.count_nonzero(~half)
    assert np.count_nonzero(kinds == Event.PROMISED_REMOVABLE) == np.count_nonzero(half)
    assert (readings == Reading.AMBIGUOUS).all()
    euro, since = people.discretionary_eur[files].copy(), world.log.size
    assert (euro > 0.0).all()
    world.week += 1
    phase._promise(world, files)
    broken = people.discretionary_eur[files] == 0.0
    assert broken.mean() == pytest.approx(0.3, abs=0.15)
    assert (people.discretionary_eur[files[~broken]] == euro[~broken]).all()
    assert people.trust_state[files[broken]] == pytest.approx(0.25)
    assert people.trust_state[files[~broken]] == pytest.approx(0.5)
    assert (world.log.column("kind")[since:] == Event.PROMISE_BROKEN).sum() == broken.sum()


def test_a_promise_ends_with_the_file_and_is_paid_at_departure_from_an_open_one() -> None:
    euro = 300.0
    world = adults(3, discretionary_eur=euro)
    people = world.people
    world.close_files(np.array([0]), Outcome.UNOBSERVED, Destination.NETHERLANDS, people.place[:1])
    assert people.discretionary_eur.tolist() == [0.0, euro, euro]
    world.leave(np.array([0]), Outcome.INDEPENDENT, Destination.ORIGIN)
    world.close_files(np.array([1]), Outcome.INDEPENDENT, Destination.ORIGIN, Place.ORIGIN)
    left = world.log.column("kind") == Event.LEFT
    paid = world.log.column("scheme")[left] & int(Scheme.DISCRETIONARY) > 0
    assert paid.tolist() == [False, True]


def test_nothing_is_promised_or_noted_where_nothing_may_be_given() -> None:
    world = world_of(
        change("discretionary_chance", (1.0,) * 6), change("discretionary_local_max_eur", 0)
    )
    since = world.log.size
    phase._promise(world, files_of(world))
    assert world.log.size == since
    assert not world.people.discretionary_eur[files_of(world)].any()
