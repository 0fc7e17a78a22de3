"""Case managers: their numbers, and how they remember organisations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.case_manager import CaseManager, remembered
from terugkeer.agents.codes import Organisation, Setting, label

from tests.agents.few import Few

UNIT = st.floats(0.0, 1.0)
CONTACTS = st.floats(0.0, 500.0)


def test_case_managers_read_the_numbers_of_their_setting() -> None:
    one = CaseManager(Few(), Setting.FAMILY_LOCATION)
    assert (one.staff, one.caseload) == (12.0, 200.0)
    assert list(one.memory) == [label(each) for each in Organisation][1:]  # not of none
    assert one.memory["iom"] == pytest.approx(0.21)
    assert one.trust["case_manager"] == pytest.approx(1 - 0.28)


def test_memory_by_hand() -> None:
    assert remembered([0.5, 0.5, 0.0], [0.0, 10.0, 20.0], 10.0, 0.8) == pytest.approx(
        [0.4, 1 - 0.6 * math.exp(-1), 1 - math.exp(-2)]
    )


@given(memory=UNIT, left=UNIT)
def test_without_contact_memory_fades_to_the_share_that_is_left(memory: float, left: float) -> None:
    assert remembered(memory, 0.0, 5.0, left) == pytest.approx(left * memory)


@given(memory=UNIT, more_memory=UNIT, contacts=CONTACTS, more=CONTACTS, left=UNIT)
def test_memory_is_a_share_and_rises_with_contacts_and_with_memory(
    memory: float, more_memory: float, contacts: float, more: float, left: float
) -> None:
    found = remembered(memory, contacts, 5.0, left)
    assert 0.0 <= found <= 1.0
    assert remembered(memory, contacts + more, 5.0, left) >= found
    higher = remembered(max(memory, more_memory), contacts, 5.0, left)
    assert higher >= found - 1e-15


def test_many_contacts_make_memory_whole() -> None:
    assert remembered(np.array([0.0, 0.3]), 1e6, 5.0, 0.0).tolist() == [1.0, 1.0]
