"""The block of persons: rows added, found and dropped."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from terugkeer.abm.world.persons.columns import COLUMNS
from terugkeer.abm.world.persons.people import People
from terugkeer.agents.codes import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    import mesa


def test_rows_of_persons_found_and_not(tiny: mesa.Model) -> None:
    people = tiny.people
    numbers = people.person[[7, 3]]
    assert people.find(np.array([numbers[0], 4, numbers[1], 10**9])).tolist() == [7, -1, 3, -1]
    assert people.rows_of(numbers).tolist() == [people.row_of(int(n)) for n in numbers] == [7, 3]
    assert people.row_of(4) == -1
    assert People().find(numbers).tolist() == [-1, -1]
    with pytest.raises(KeyError, match="no person 4 in the model"):
        people.rows_of(np.array([numbers[0], 4]))
    people.gone[3] = True
    people.compact()
    assert people.find(numbers).tolist() == [6, -1]
    assert people.row_of(int(numbers[1])) == -1


def _block(*numbers: int) -> People:
    people = People(2)
    people.add({"person": np.array(numbers), "frailty": np.array(numbers) / 2.0})
    return people


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda people: pickle.loads(pickle.dumps(people))],  # noqa: S301  # ours
    ids=["deepcopy", "pickle"],
)
def test_columns_of_a_copy_are_those_that_its_rows_are_dropped_by(
    again: Callable[[People], People],
) -> None:
    people = _block(10, 20, 30)
    other = again(people)
    assert other.version == people.version
    other.gone[1] = True
    other.spells[2] = 7
    other.compact()
    assert other.person.tolist() == [10, 30]
    assert other.spells.tolist() == [0, 7]
    assert people.person.tolist() == [10, 20, 30]
    assert not people.gone.any()


def test_a_column_that_is_not_given_is_0_even_where_a_row_is_used_again() -> None:
    people = _block(10, 20)
    people.spells[:] = 9
    people.gone[:] = True
    people.compact()
    assert len(people) == 0
    added = people.add({"person": np.array([30, 40]), "place": Place.VBL})
    assert (added.start, added.stop) == (0, 2)
    assert people.spells.tolist() == [0, 0]
    assert people.gone.tolist() == [False, False]
    assert people.place.tolist() == [Place.VBL, Place.VBL]


def test_room_doubles_when_it_is_full_and_rows_keep_their_values() -> None:
    people = _block(10, 20)
    people.add({"person": np.array([30])})
    assert people.person.tolist() == [10, 20, 30]
    assert people.frailty.tolist() == [5.0, 10.0, 0.0]
    people.add({"person": np.arange(100, 200)})  # more than twice the room
    assert people.person[[0, 2, 3, -1]].tolist() == [10, 30, 100, 199]


def test_the_version_changes_whenever_rows_move() -> None:
    people = _block(10)
    versions = [people.version]
    people.add({"person": np.array([20])})
    versions.append(people.version)
    people.compact()
    versions.append(people.version)
    assert len(set(versions)) == 3


def test_names_of_columns_are_views_of_the_rows_in_use() -> None:
    people = _block(10, 20, 30)
    for name, column in COLUMNS.items():
        array = getattr(people, name)
        assert array.shape == (3,), name
        assert array.dtype == column.dtype, name
    people.place[1] = Place.STREET
    people.add({"person": np.array([40])})
    assert people.place.tolist() == [0, Place.STREET, 0, 0]


class PeopleAsDict(RuleBasedStateMachine):
    """The block does what a plain dictionary in order of arrival does."""

    def __init__(self) -> None:
        super().__init__()
        self.people = People(1)
        self.spells: dict[int, int] = {}
        self.left: set[int] = set()

    @rule(values=st.dictionaries(st.integers(0, 30), st.integers(0, 255), max_size=4))
    def add(self, values: dict[int, int]) -> None:
        new = {person: spells for person, spells in values.items() if person not in self.spells}
        numbers = np.array(list(new), dtype=np.int64)
        added = self.people.add({"person": numbers, "spells": np.array(list(new.values()))})
        assert self.people.person[added].tolist() == list(new)
        self.spells |= new

    @rule(person=st.integers(0, 30))
    def leave(self, person: int) -> None:
        row = self.people.row_of(person)
        if row >= 0:
            self.people.gone[row] = True
            self.left.add(person)

    @rule()
    def compact(self) -> None:
        self.people.compact()
        self.spells = {each: n for each, n in self.spells.items() if each not in self.left}
        self.left.clear()

    @invariant()
    def same(self) -> None:
        people, numbers = self.people, list(self.spells)
        assert people.person.tolist() == numbers
        assert people.spells.tolist() == list(self.spells.values())
        assert people.person[people.gone].tolist() == [n for n in numbers if n in self.left]
        expected = [numbers.index(n) if n in self.spells else -1 for n in range(31)]
        assert people.find(np.arange(31)).tolist() == expected
        assert [people.row_of(n) for n in range(31)] == expected


PeopleAsDict.TestCase.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)
TestPeopleAsDict = PeopleAsDict.TestCase
