"""Alternatives of switches on what case managers and locations do."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.agents.codes import Reading
from terugkeer.agents.rules.case_work.alternatives import (
    ADMITTED,
    DETENTION_TALKS,
    DUBLIN_FAMILIES,
    TRUST_SPILL,
)

READINGS = np.array(list(Reading), dtype=np.uint8)  # unread, cooperates, ambiguous, refuses


@pytest.mark.parametrize(
    ("name", "admitted"),
    [("selection", [False, True, False, False]), ("time_to_decide", [False, True, True, False])],
)
def test_a_location_that_gives_time_admits_the_ambiguous_too(
    name: str, admitted: list[bool]
) -> None:
    found = ADMITTED[name](READINGS)
    assert found.dtype == np.bool_
    assert found.tolist() == admitted


def test_families_of_dublin_claimants_stay_in_reception_under_one_reading_alone() -> None:
    dublin = np.array([True, False])
    assert {name: stays(dublin).tolist() for name, stays in DUBLIN_FAMILIES.items()} == {
        "family_location": [False, False],
        "reception": [True, False],
    }


def test_talks_in_detention_add_pressure_or_none() -> None:
    assert {name: act() for name, act in DETENTION_TALKS.items()} == {
        "compulsion": 1.0,
        "none": 0.0,
    }


def test_trust_spills_from_coercion_or_from_data_and_never_from_both() -> None:
    assert {name: act() for name, act in TRUST_SPILL.items()} == {
        "none": (False, False),
        "coercion_lowers_all": (True, False),
        "data_sharing_lowers_ngo": (False, True),
    }


@pytest.mark.parametrize(
    ("table", "switch"), [(DETENTION_TALKS, "detention_talks"), (TRUST_SPILL, "trust_spill")]
)
def test_alternatives_are_those_of_the_record(table: dict[str, object], switch: str) -> None:
    assert set(table) == set(registry()[switch].prior.values)
