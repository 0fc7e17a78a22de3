"""Switches: a function for each alternative that a record names."""

from __future__ import annotations

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.switches import SWITCHES, chosen
from terugkeer.abm.world.values import Values

RECORDS = registry()


@pytest.mark.parametrize("switch", SWITCHES)
def test_alternatives_are_those_of_the_record(switch: str) -> None:
    record = RECORDS[switch]
    assert record.role == "switch"
    assert set(SWITCHES[switch]) == set(record.claims)
    assert record.value in SWITCHES[switch]


def test_every_switch_of_text_has_functions() -> None:
    named = {name for name in RECORDS.names() if RECORDS[name].role == "switch"}
    assert named == set(SWITCHES)


def test_the_alternative_in_force_is_the_one_that_acts() -> None:
    now = Values({"decision": "weighed", "moderators": "soft"})
    assert chosen(now, "decision")() is True
    assert chosen(now, "moderators")(8.0, 0.3) == (8.0, 0.3)
    now.update({"decision": "hazards", "moderators": "hard"})
    assert chosen(now, "decision")() is False
    assert chosen(now, "moderators")(8.0, 0.3) == (np.inf, 0.0)


def test_an_unknown_alternative_is_refused() -> None:
    with pytest.raises(KeyError, match="dice"):
        chosen(Values({"decision": "dice"}), "decision")


def test_alternatives_of_a_switch_differ() -> None:
    for switch, alternatives in SWITCHES.items():
        assert len(set(alternatives.values())) == len(alternatives) > 1, switch
