"""A column: fixed unless a phase moves it."""

from __future__ import annotations

from dataclasses import replace

from terugkeer.abm.world.persons.column import Column


def test_a_column_that_no_phase_moves_is_fixed() -> None:
    assert Column("persons").fixed
    assert not replace(Column("persons"), moved_by=("place",)).fixed
