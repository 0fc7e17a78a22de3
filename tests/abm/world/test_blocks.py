"""Blocks of equal numbers side by side."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.world.blocks import starts


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([], []),
        ([7], [True]),
        ([7, 7, 7], [True, False, False]),
        ([7, 8, 8, 7], [True, True, False, True]),
    ],
)
def test_a_block_begins_where_the_number_changes(numbers: list[int], found: list[bool]) -> None:
    assert starts(np.array(numbers, dtype=np.int64)).tolist() == found


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=12))
def test_blocks_cover_all_numbers_and_hold_equal_ones(blocks: list[tuple[int, int]]) -> None:
    numbers = np.array([number for number, size in blocks for _ in range(size)], dtype=np.int64)
    cuts = np.flatnonzero(starts(numbers))
    parts = np.split(numbers, cuts[1:])
    assert np.concatenate([*parts, numbers[:0]]).tolist() == numbers.tolist()
    firsts = [part[0] for part in parts if len(part)]
    assert all((part == part[0]).all() for part in parts if len(part))
    assert all(one != other for one, other in itertools.pairwise(firsts))
