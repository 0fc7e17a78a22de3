"""Flows: by hand, and as they add up to the states of a run."""

from __future__ import annotations

import numpy as np
from terugkeer.abm.world.events import Event
from terugkeer.abm.world.persons.people import People
from terugkeer.agents import traits
from terugkeer.agents.codes import Destination, Outcome, Place, Route, label
from terugkeer.viz.page.lives.flows import ROUTES, Flows, told
from terugkeer.viz.page.lives.states import PLACES, STATES
from terugkeer.viz.page.lives.weeks import FLOWS_EVERY, WEEKS

from tests.viz.page.small_worlds import events_of, whole


def test_who_left_is_counted_where_the_person_lived_last() -> None:
    border = dict.fromkeys(traits.FIELDS, 0) | {"route": Route.BORDER}
    packed = traits.pack({name: np.array([value]) for name, value in border.items()})[0]
    left = {
        "kind": Event.LEFT,
        "outcome": Outcome.INDEPENDENT,
        "destination": Destination.ORIGIN,
        "place": Place.VBL,
        "to_place": Place.ORIGIN,
        "traits": packed,
    }
    people = People()
    people.add({"person": np.array([1, 2]), "place": Place.STREET, "route": Route.BORDER})
    flows = Flows()
    first = flows.now(people, np.array([0, 1]))
    flows.count(events_of(left, left), np.full(2, STATES.index("returned_independent")))
    found = told([first, flows.now(people, np.array([1]))])
    border_at, vbl, street = (
        ROUTES.index(Route.BORDER),
        PLACES.index(Place.VBL),
        PLACES.index(Place.STREET),
    )
    assert found["cells"] == [
        [border_at, vbl, STATES.index("returned_independent"), [0, 2]],
        [border_at, street, STATES.index("out_of_sight"), [2, 1]],
    ]
    assert found["routes"][border_at] == "border"
    assert found["places"][vbl] == "vbl"
    assert told([]) == {**found, "cells": []}


def test_flows_add_up_to_states_and_places() -> None:
    run = whole()
    weeks = [*range(0, WEEKS, FLOWS_EVERY)]
    by_state, by_place = np.zeros((9, len(weeks)), int), np.zeros((11, len(weeks)), int)
    for _route, place, state, counts in run["flows"]["cells"]:
        by_state[state] += counts
        if STATES[state] in {"in_procedure", "file_open", "out_of_sight"}:
            by_place[place] += counts
    assert by_state.tolist() == np.array(run["states"])[:, weeks].tolist()
    assert by_place.tolist() == np.array(run["places"])[:, weeks].tolist()
    assert run["flows"]["every"] == FLOWS_EVERY
    assert run["flows"]["places"] == [label(place) for place in PLACES]
