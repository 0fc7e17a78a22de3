"""Columns of persons themselves: before those of help; what is given at entry stays."""

from __future__ import annotations

from terugkeer.abm.world.persons.columns import COLUMNS, Columns
from terugkeer.abm.world.persons.own_columns import OwnColumns

AT_ENTRY = ("person", "household", "female", "birth_week", "country", "schooling")


def test_they_come_first_and_none_is_listed_twice() -> None:
    own = list(OwnColumns.__annotations__)
    assert list(COLUMNS)[: len(own)] == own
    assert not set(own) & set(Columns.__annotations__)


def test_what_a_person_is_at_entry_stays() -> None:
    assert all(COLUMNS[name].fixed for name in AT_ENTRY)
