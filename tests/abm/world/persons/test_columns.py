"""The list of columns: one entry for each, with its type, codes and phases."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.world.persons.columns import COLUMNS, Columns, written_in
from terugkeer.abm.world.persons.own_columns import OwnColumns
from terugkeer.agents import codes

PHASES = (
    "apply_policy",
    "arrive",
    "decide_law",
    "place",
    "meet",
    "hear",
    "change",
    "weigh",
    "prepare",
    "enforce",
    "exit",
    "resettle",
    "record",
)


def test_every_annotation_is_a_column_with_the_type_of_its_array() -> None:
    assert list(COLUMNS) == [*OwnColumns.__annotations__, *Columns.__annotations__]
    assert COLUMNS["person"].dtype is np.int64
    assert COLUMNS["place"].dtype is np.uint8
    assert COLUMNS["met"].dtype is np.uint16
    assert COLUMNS["gone"].dtype is np.bool_
    assert COLUMNS["frailty"].dtype is np.float32


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_says_what_it_holds(name: str) -> None:
    column = COLUMNS[name]
    assert column.unit
    assert set(column.moved_by) <= set(PHASES)
    assert len(set(column.moved_by)) == len(column.moved_by)
    if column.enum:
        most = max(getattr(codes, column.enum))
        assert most <= np.iinfo(column.dtype).max


def test_columns_of_a_phase_are_those_that_name_it() -> None:
    for phase in PHASES:
        found = written_in(phase)
        assert all(phase in COLUMNS[name].moved_by for name in found)
        assert len(found) == sum(phase in column.moved_by for column in COLUMNS.values())
    assert written_in("resettle") == ("gone",)
    assert written_in("record") == written_in("arrive") == ()
