"""What case managers keep of organisations, by hand and for any input."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.agents.rules.case_work.referrals import (
    heard_of,
    paired_share,
    per_case_manager,
    referral_chance,
    remembered,
    trusted,
)

UNIT = st.floats(0.0, 1.0)
CONTACTS = st.floats(0.0, 500.0)


def test_memory_by_hand() -> None:
    assert remembered([0.5, 0.5, 0.0], [0.0, 10.0, 20.0], 10.0, 0.8) == pytest.approx(
        [0.4, 1 - 0.6 * math.exp(-1), 1 - math.exp(-2)]
    )


def test_memory_fades_to_what_organisations_keep_up_themselves() -> None:
    kept = [0.4, 0.4, 0.4]
    found = remembered([0.0, 0.4, 0.9], 0.0, 10.0, 0.8, kept)
    assert found == pytest.approx([0.08, 0.4, 0.8])
    assert remembered(0.4, 10.0, 10.0, 0.8, 0.4) == pytest.approx(1 - 0.6 * math.exp(-1))


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


def test_memory_fades_without_contact_and_is_renewed_by_it() -> None:
    assert remembered([0.0, 0.5, 1.0], 0.0, 50.0, 0.9) == pytest.approx([0.0, 0.45, 0.9])
    assert remembered(0.0, 50.0, 50.0, 0.9) == pytest.approx(1 - np.exp(-1))
    assert remembered(0.5, 1e9, 50.0, 0.9) == pytest.approx(1.0)


def test_a_departure_is_heard_of_more_than_an_arrival() -> None:
    assert heard_of([4.0, 4.0, 0.0], [0.0, 2.0, 2.0], 3.0) == pytest.approx([4.0, 10.0, 6.0])
    assert heard_of([4.0], [2.0], 0.0) == pytest.approx([4.0])


def test_trust_grows_with_contact_and_falls_with_clients_who_are_lost() -> None:
    found = trusted([0.5, 0.5, 0.5, 0.0], [0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 2.0, 0.0], 0.1, 0.1)
    assert found == pytest.approx([0.5, 0.55, 0.55 * 0.81, 0.0])


@given(trust=UNIT, memory=UNIT, lost=CONTACTS, grows=UNIT, costs=UNIT)
def test_trust_is_a_share_that_losses_never_raise(
    trust: float, memory: float, lost: float, grows: float, costs: float
) -> None:
    found = float(trusted(trust, memory, lost, grows, costs))
    without = float(trusted(trust, memory, 0.0, grows, costs))
    assert 0.0 <= found <= without <= 1.0 + 1e-12
    assert trusted(trust, memory, lost, grows, 0.0) == without, "no cost: as without losses"


def test_what_a_setting_could_hear_is_spread_over_its_case_managers() -> None:
    assert per_case_manager([[30.0, 0.0], [30.0, 6.0]], [[60.0], [10.0]]) == pytest.approx(
        np.array([[0.5, 0.0], [3.0, 0.6]])
    )
    assert per_case_manager([5.0, 0.0], 0.0).tolist() == [0.0, 0.0], "without staff nobody hears"


def test_referrals_follow_memory_and_trust_by_hand() -> None:
    found = referral_chance([0.3, 0.3, 0.3, 0.3, 0.3], [0.2, 0.1, 0.0, 0.4, 0.9], 0.2)
    assert found == pytest.approx([0.3, 0.15, 0.0, 0.6, 1.0])
    assert referral_chance([0.3], [0.2], [0.0]).tolist() == [0.0], "nobody was known"


@given(chance=UNIT, known=UNIT, more=UNIT, at_start=UNIT)
def test_referrals_never_fall_with_memory_and_end_without_it(
    chance: float, known: float, more: float, at_start: float
) -> None:
    found = float(referral_chance(chance, known, at_start))
    assert 0.0 <= found <= float(referral_chance(chance, known + more, at_start)) <= 1.0
    assert referral_chance(chance, 0.0, at_start) == 0.0


def test_two_of_fifty_have_a_twenty_fifth_of_the_files() -> None:
    assert paired_share(2.0, 50.0) == pytest.approx(0.04)
    assert paired_share(80.0, 50.0) == 1.0
    assert paired_share(2.0, 0.0) == paired_share(0.0, 50.0) == 0.0
