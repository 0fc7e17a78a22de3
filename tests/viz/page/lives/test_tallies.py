"""Tallies, by hand; `test_lived` compares them with the outcomes of whole runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.observation.outcomes import BY_ID
from terugkeer.abm.world.events import Event, Mark
from terugkeer.abm.world.persons.people import People
from terugkeer.agents import traits
from terugkeer.agents.codes import Danger, Destination, Outcome, Place
from terugkeer.agents.rules.after_return import pack_danger
from terugkeer.viz.page.lives.states import of_kind, state_after, state_of
from terugkeer.viz.page.lives.tallies import SUMMED, TALLIES, closing, leaving, living, of_week

from tests.viz.page.small_worlds import events_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NOBODY = dict.fromkeys(traits.FIELDS, 0)


def packed(**fields: int) -> int:
    columns = {name: np.array([value]) for name, value in (NOBODY | fields).items()}
    return int(traits.pack(columns)[0])


def counted(people: People, rows: list[int], *events: Mapping[str, object]) -> dict[str, int]:
    of_events, here = events_of(*events), np.array(rows, dtype=np.intp)
    left = of_kind(of_events, Event.LEFT)
    found = of_week(
        leaving(left, state_after(left)),
        living(people, here, state_of(people, here)),
        closing(of_events),
    )
    return {each.id: n for each, n in zip(TALLIES, found.tolist(), strict=True) if n}


def test_ids_are_unique_and_units_those_of_outcomes() -> None:
    assert len({each.id for each in TALLIES}) == len(TALLIES) == len(SUMMED) == 25
    for each in TALLIES:
        if each.id in BY_ID:
            outcome = BY_ID[each.id]
            assert (outcome.unit, outcome.stock) == (each.unit, each.stock)


def test_departures_are_counted_by_way_and_by_how_free_adults_were() -> None:
    home = {"kind": Event.LEFT, "outcome": Outcome.INDEPENDENT, "destination": Destination.ORIGIN}
    bands = np.array([[Danger.HIGH], [Danger.NONE]], dtype=np.uint8)
    danger = int(pack_danger(*bands)[0])
    found = counted(
        People(),
        [],
        home
        | {"marks": Mark.INFORMED | Mark.ALTERNATIVE | Mark.WILLING, "place": Place.AZC}
        | {"danger": danger},
        home | {"marks": Mark.INFORMED | Mark.ALTERNATIVE, "place": Place.DETENTION},
        home | {"marks": Mark.DESTITUTE | Mark.ALTERNATIVE, "place": Place.STREET},
        home | {"traits": packed(minor=1), "place": Place.AZC, "danger": danger},
        {"kind": Event.LEFT, "outcome": Outcome.FORCED, "destination": Destination.MEMBER_STATE},
        {"kind": Event.LEFT, "outcome": Outcome.FORCED, "destination": Destination.ORIGIN},
        {
            "kind": Event.LEFT,
            "outcome": Outcome.UNOBSERVED,
            "destination": Destination.HOME_UNOBSERVED,
            "traits": packed(minor=1),
        },
        {"kind": Event.LEFT, "outcome": Outcome.PERMIT, "destination": Destination.PERMIT},
    )
    assert found == {
        "returned_independent": 4,
        "returned_forced": 1,
        "transferred": 1,
        "returned_unseen": 1,
        "got_permit": 1,
        "adults_independent": 3,
        "adults_informed": 2,
        "adults_free": 1,
        "adults_alternative": 3,
        "adults_all_three": 1,
        "adults_first_choice": 1,
        "returned_into_high_real_danger": 2,
        "children_returned": 2,
    }


def test_files_are_counted_when_they_close() -> None:
    closed = [
        {"kind": Event.CLOSED, "outcome": outcome}
        for outcome in (Outcome.FORCED, Outcome.FORCED, Outcome.UNOBSERVED, Outcome.PERMIT)
    ]
    moved = {"kind": Event.MOVED, "outcome": Outcome.FORCED}
    assert counted(People(), [], *closed, moved) == {"forced": 2, "unobserved": 1}


def test_those_who_are_here_are_counted_by_where_they_live() -> None:
    people = People()
    child, adult = packed(minor=1), packed()
    people.add(
        {
            "person": np.arange(5),
            "place": np.array(
                [Place.STREET, Place.NIGHT_SHELTER, Place.DETENTION, Place.AZC, Place.STREET]
            ),
            "spell_open": np.array([False, True, True, False, False]),
            "traits": np.array([child, child, adult, adult, adult]),
        }
    )
    assert counted(people, [0, 1, 2, 3, 4]) == {
        "weeks_without_stable_shelter": 3,
        "child_weeks_without_stable_shelter": 2,
        "weeks_held": 1,
        "in_procedure": 1,
        "file_open": 2,
        "out_of_sight": 2,
        "children_out_of_sight": 1,
    }
    assert counted(people, [3]) == {"in_procedure": 1}
