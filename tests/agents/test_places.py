"""Sets of places, destinations and legal phases."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.agents import places
from terugkeer.agents.codes import Destination, LegalPhase, Place
from terugkeer.agents.places import table

SETS = {
    name: members
    for name, members in vars(places).items()
    if name.isupper() and isinstance(members, tuple)
}


@pytest.mark.parametrize("name", SETS)
def test_no_set_names_a_code_twice(name: str) -> None:
    assert len(set(SETS[name])) == len(SETS[name])


def test_no_two_sets_are_the_same() -> None:
    # codes of two enumerations are equal as numbers
    found = {(type(members[0]), frozenset(members)) for members in SETS.values()}
    assert len(found) == len(SETS)


def test_a_table_says_which_codes_are_in_the_set() -> None:
    found = table(LegalPhase.APPEAL, LegalPhase.RETURNED)
    assert found.dtype == np.bool_
    assert found.tolist() == [False, True, False, False, False, True]
    column = np.array([5, 0, 1], dtype=np.uint8)
    assert found[column].tolist() == [True, False, True]


@pytest.mark.parametrize("name", [name for name in vars(places) if name.startswith("IS_")])
def test_each_table_is_that_of_its_set(name: str) -> None:
    names = {"IS_PROCEDURE": "PROCEDURES"}
    members = SETS[names.get(name, name.removeprefix("IS_"))]
    enum = type(members[0])
    found = getattr(places, name)
    assert found.shape == (len(enum),)
    assert {code for code in enum if found[code]} == set(members)


def test_every_place_in_the_netherlands_is_in_view_hidden_held_or_guided_shelter() -> None:
    parts = [*places.IN_VIEW, *places.HIDDEN, *places.HELD, Place.GUIDED_SHELTER, Place.ORIGIN]
    assert sorted(parts) == sorted(Place)


def test_every_phase_is_a_procedure_a_refusal_or_return() -> None:
    parts = [*places.PROCEDURES, *places.REFUSED, LegalPhase.RETURNED]
    assert sorted(parts) == sorted(LegalPhase)


def test_at_liberty_outside_state_shelter_is_all_but_shelter_detention_and_origin() -> None:
    rest = set(Place) - set(places.STATE_SHELTER) - set(places.HELD) - {Place.ORIGIN}
    assert set(places.IN_TOWN) == rest


def test_labels_are_those_of_tables() -> None:
    assert places.labels(places.HOME) == ("origin", "home_unobserved")
    assert places.labels([Destination.ONWARD]) == ("onward",)
