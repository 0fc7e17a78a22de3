"""States and places of persons, by hand and for every way to leave."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.world.events import Event, EventLog
from terugkeer.abm.world.persons.people import People
from terugkeer.abm.world.phases.exit import LEADS_TO
from terugkeer.agents.codes import Destination, Outcome, Place, label
from terugkeer.viz.page.lives.states import (
    LEFT,
    PLACE_INDEX,
    PLACES,
    STATES,
    events_since,
    here,
    of_kind,
    state_after,
    state_of,
)

from tests.viz.page.small_worlds import events_of


def test_every_way_to_leave_has_a_state() -> None:
    ways = {*LEADS_TO.values(), (Outcome.FORCED, Destination.MEMBER_STATE)}
    leaving = [way for way in ways if way[1] is not Destination.NETHERLANDS]
    left = events_of(*({"outcome": one, "destination": other} for one, other in leaving))
    found = {STATES[at] for at in state_after(left)}
    assert found == {*STATES[:LEFT]}


def test_who_leaves_is_in_the_state_of_the_way() -> None:
    ways = {
        (Outcome.INDEPENDENT, Destination.ORIGIN): "returned_independent",
        (Outcome.FORCED, Destination.ORIGIN): "forced",
        (Outcome.FORCED, Destination.MEMBER_STATE): "forced",
        (Outcome.UNOBSERVED, Destination.HOME_UNOBSERVED): "returned_unseen",
        (Outcome.UNOBSERVED, Destination.ONWARD): "moved_on",
        (Outcome.PERMIT, Destination.PERMIT): "got_permit",
        (Outcome.OTHER, Destination.OTHER): "other",
    }
    left = events_of(*({"outcome": one, "destination": other} for one, other in ways))
    assert [STATES[at] for at in state_after(left)] == [*ways.values()]


def test_who_is_here_has_a_file_or_is_out_of_sight_or_in_procedure() -> None:
    people = People()
    places = (Place.STREET, Place.STREET, Place.AZC, Place.DETENTION, Place.ORIGIN)
    people.add(
        {
            "person": np.arange(5) * 16,
            "place": np.array(places),
            "spell_open": np.array([True, False, False, True, False]),
        }
    )
    rows = here(people)
    assert rows.tolist() == [0, 1, 2, 3]
    found = [STATES[at] for at in state_of(people, rows)]
    assert found == ["file_open", "out_of_sight", "in_procedure", "file_open"]


def test_places_are_all_but_the_origin() -> None:
    assert {label(place) for place in PLACES} == {label(place) for place in Place} - {"origin"}
    assert [PLACES[PLACE_INDEX[place]] for place in PLACES] == [*PLACES]
    assert PLACE_INDEX[Place.ORIGIN] == -1


def test_events_since_are_those_at_the_end_of_the_log() -> None:
    log = EventLog(1)
    log.append(5, Event.OPENED, np.array([16, 32]))
    log.append(6, Event.CLOSED, np.array([48]), outcome=Outcome.OTHER)
    found = events_since(log, 1)
    assert found["person"].tolist() == [32, 48]
    assert found["outcome"].tolist() == [Outcome.NONE, Outcome.OTHER]
    assert not len(events_since(log, 3)["week"])
    assert of_kind(found, Event.CLOSED)["person"].tolist() == [48]
    assert of_kind(found, Event.OPENED)["outcome"].tolist() == [Outcome.NONE]
