"""Columns of persons: what is read, and what may be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.agents.column import checked, enumeration, unknown, values


@dataclass(frozen=True)
class Made:
    dtype: type[Any]
    enum: str = ""
    fixed: bool = False


PLACE = Made(np.uint8, "Place")
SMALL = Made(np.uint8)
SHARE = Made(np.float32)
FLAG = Made(np.bool_)


def test_codes_are_read_as_members_and_numbers_as_python_scalars() -> None:
    assert values(PLACE, np.array([9, 0, 9], dtype=np.uint8)) == [
        Place.STREET, Place.AZC, Place.STREET
    ]  # fmt: skip
    assert [type(each) for each in values(PLACE, np.array([9], dtype=np.uint8))] == [Place]
    for column, raw, kind in ((SMALL, [3], int), (SHARE, [0.5], float), (FLAG, [True], bool)):
        assert [type(each) for each in values(column, np.array(raw, column.dtype))] == [kind]
    with pytest.raises(ValueError, match="99 is not a valid Place"):
        values(PLACE, np.array([99], dtype=np.uint8))


def test_the_enumeration_is_found_by_its_name() -> None:
    assert enumeration(PLACE) is Place
    assert enumeration(Made(np.uint8, "LegalPhase")) is LegalPhase


@given(number=st.integers(-1000, 1000))
def test_a_byte_takes_just_the_numbers_that_fit(number: int) -> None:
    if 0 <= number <= 255:
        found = checked("spells", SMALL, number)
        assert found.dtype == np.uint8
        assert found == number
    else:
        with pytest.raises(ValueError, match=f"whole numbers from 0 to 255, not {number}"):
            checked("spells", SMALL, number)


@given(codes=st.lists(st.sampled_from(list(Place))))
def test_codes_that_are_written_are_read_again(codes: list[Place]) -> None:
    assert values(PLACE, checked("place", PLACE, codes)) == codes


@pytest.mark.parametrize(
    ("column", "given_value", "error", "says"),
    [
        (Made(np.int32, fixed=True), 3, AttributeError, "'x' is fixed at entry"),
        (PLACE, LegalPhase.OBLIGED, TypeError, "a code of Place, not <LegalPhase.OBLIGED: 3>"),
        (PLACE, [Place.AZC, LegalPhase.APPEAL], TypeError, "a code of Place"),
        (PLACE, 12, ValueError, r"a code of Place \(AZC 0.*ORIGIN 11\), not 12"),
        (SMALL, 1.0, TypeError, "whole numbers, not 1.0"),
        (SMALL, True, TypeError, "whole numbers, not True"),
        (SHARE, "much", TypeError, "numbers, not 'much'"),
        (SHARE, [0.5, np.nan], ValueError, "finite numbers up to 3.4e.38, not nan"),
        (SHARE, -1e39, ValueError, "finite numbers"),
        (FLAG, 1, TypeError, "True or False, not 1"),
    ],
)
def test_what_does_not_fit_is_refused(
    column: Made, given_value: object, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        checked("x", column, given_value)


def test_whole_numbers_may_be_written_where_fractions_stand_and_nothing_is_nothing() -> None:
    found = checked("x", SHARE, [1, 2])
    assert (found.dtype, found.tolist()) == (np.dtype(np.float32), [1.0, 2.0])
    assert checked("x", SMALL, []).dtype == np.uint8


def test_an_unknown_name_is_answered_with_the_nearest_or_with_all() -> None:
    assert str(unknown("plase", ["place", "phase_since"])) == (
        "persons have no attribute 'plase'; did you mean 'place'?"
    )
    assert str(unknown("qqq", ["place", "age"])).endswith("there is: age, place")
