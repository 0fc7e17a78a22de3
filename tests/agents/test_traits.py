"""Traits packed into one integer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents import codes
from terugkeer.agents.traits import FIELDS, pack, unpack

MOST = {field: (1 << bits) - 1 for field, (_, bits) in FIELDS.items()}
PERSONS = st.lists(
    st.fixed_dictionaries({field: st.integers(0, most) for field, most in MOST.items()}), max_size=5
)


def test_no_two_fields_share_a_bit_and_all_fit_into_a_positive_number() -> None:
    used = [first + bit for first, bits in FIELDS.values() for bit in range(bits)]
    assert len(used) == len(set(used))
    assert max(used) < 31


@pytest.mark.parametrize(
    ("field", "enum"),
    [
        ("background", codes.Background),
        ("origin_group", codes.OriginGroup),
        ("household_kind", codes.Household),
        ("route", codes.Route),
        ("track", codes.Track),
    ],
)
def test_every_code_fits_into_its_field(field: str, enum: type[codes.Code]) -> None:
    assert max(enum) <= MOST[field]


def test_packed_by_hand() -> None:
    one = {each: [0] for each in FIELDS}
    assert pack(one).tolist() == [0]
    assert pack({**one, "country": [5]}).tolist() == [5 << 2]
    assert pack({**one, "background": [1], "female": [1]}).tolist() == [(1 << 20) + 1]
    assert pack({field: [most] for field, most in MOST.items()}).tolist() == [(1 << 21) - 1]


@given(persons=PERSONS)
def test_what_is_packed_comes_out_again(persons: list[dict[str, int]]) -> None:
    columns = {field: [each[field] for each in persons] for field in FIELDS}
    packed = pack(columns)
    assert packed.dtype == np.int32
    assert {field: unpack(packed, field).tolist() for field in FIELDS} == columns


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("beyond", [-1, 1])
def test_a_value_that_does_not_fit_is_refused(field: str, beyond: int) -> None:
    wrong = -1 if beyond < 0 else MOST[field] + 1
    with pytest.raises(ValueError, match=f"'{field}' does not fit into {FIELDS[field][1]} bits"):
        pack({each: [0, wrong if each == field else 0] for each in FIELDS})


def test_a_field_that_is_missing_is_refused() -> None:
    with pytest.raises(KeyError, match="female"):
        pack({field: [0] for field in FIELDS if field != "female"})
