"""Alternatives of switches: what each side of a dispute claims, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terugkeer.abm.evidence.registry import registry
from terugkeer.agents.codes import Stage
from terugkeer.agents.rules import alternatives

UNIT = st.floats(0.0, 1.0)
HALF = np.array([0.0, 0.5, 1.0])


@pytest.mark.parametrize(
    ("name", "switch"),
    [
        ("THREAT", "threat"),
        ("SHELTER_END", "shelter_end"),
        ("CALM_OR_URGENCY", "calm_or_urgency"),
        ("CO_LOCATION", "co_location"),
        ("ACTIVATION", "activation"),
        ("BELIEVED_INSECURITY", "believed_insecurity"),
        ("HEALTH_ACTS", "health_acts"),
    ],
)
def test_alternatives_are_those_of_the_record(name: str, switch: str) -> None:
    assert set(getattr(alternatives, name)) == set(registry()[switch].prior.values)


@given(threat=UNIT, turned=UNIT)
def test_fear_splits_a_threat_and_adds_nothing(threat: float, turned: float) -> None:
    pressures = {
        name: [float(each[0]) for each in act(np.array([threat]), np.array([turned]))]
        for name, act in alternatives.THREAT.items()
    }
    assert pressures["raises_return"] == [threat, 0.0]
    assert pressures["none"] == [0.0, 0.0]
    toward_return, out_of_sight = pressures["fear_turns_it"]
    assert toward_return + out_of_sight == pytest.approx(threat)
    assert out_of_sight == pytest.approx(threat * turned)


def test_without_fear_all_readings_of_a_threat_but_none_agree() -> None:
    turns, raises = (alternatives.THREAT[each] for each in ("fear_turns_it", "raises_return"))
    for one, other in zip(turns(HALF, np.zeros(3)), raises(HALF, np.zeros(3)), strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    ("table", "name", "first", "second"),
    [
        ("SHELTER_END", "out_of_sight", 0, 1),
        ("SHELTER_END", "return", 1, 0),
        ("SHELTER_END", "none", 0, 0),
        ("CALM_OR_URGENCY", "calm_enables", 0, 0),
        ("CALM_OR_URGENCY", "removes_urgency", 1, 0),
        ("CALM_OR_URGENCY", "new_procedures", 0, 1),
    ],
)
def test_the_end_of_shelter_acts_on_one_thing_at_most(
    table: str, name: str, first: int, second: int
) -> None:
    one, other = getattr(alternatives, table)[name](HALF)
    assert one.tolist() == (first * HALF).tolist()
    assert other.tolist() == (second * HALF).tolist()


def test_assistance_counts_from_considering_on_or_for_all_or_for_nobody() -> None:
    stages = np.array(list(Stage), dtype=np.uint8)
    found = {name: act(stages).tolist() for name, act in alternatives.ASSISTANCE.items()}
    assert found == {
        "when_considering": [0.0, 1.0, 1.0, 1.0],
        "general": [1.0, 1.0, 1.0, 1.0],
        "none": [0.0, 0.0, 0.0, 0.0],
    }


def test_age_counts_in_decades_from_the_middle_one_way_or_the_other() -> None:
    years = np.array([20.0, 35.0, 50.0])
    found = {name: act(years, 35.0).tolist() for name, act in alternatives.AGE.items()}
    assert found == {
        "younger_more_willing": [1.5, 0.0, -1.5],
        "older_more_willing": [-1.5, 0.0, 1.5],
        "none": [0.0, 0.0, 0.0],
    }


def test_signs_and_shares() -> None:
    assert {name: act() for name, act in alternatives.CO_LOCATION.items()} == {
        "lowers_willingness": 1.0, "group_sessions_raise_it": -1.0, "none": 0.0
    }  # fmt: skip
    assert {name: act() for name, act in alternatives.BELIEVED_INSECURITY.items()} == {
        "biased": 1.0, "accurate": 0.0
    }  # fmt: skip
    assert {name: act() for name, act in alternatives.ACTIVATION.items()} == {
        "wellbeing_only": (False, False), "through_agency": (True, False), "direct": (False, True)
    }  # fmt: skip
    acts = {name: act(HALF).tolist() for name, act in alternatives.HEALTH_ACTS.items()}
    assert acts == {"beliefs_and_capacity": [0, 0, 0], "also_care_as_stay": [0.0, 0.5, 1.0]}


def test_a_ranking_gives_each_kind_of_reason_a_step_of_the_ladder() -> None:
    ladder = np.array([1.6, 1.3, 1.0, 0.8, 0.6])
    assert alternatives.emphasis("origin_first", "origin", ladder) == 1.6
    assert alternatives.emphasis("host_first", "origin", ladder) == 0.6
    assert alternatives.emphasis("host_first", "person", ladder) == 1.3
    for ranking, order in alternatives.RANKINGS.items():
        kinds = set(alternatives.RANKINGS["origin_first"])
        assert set(order) in (kinds, set())
        steps = sorted(alternatives.emphasis(ranking, each, ladder) for each in kinds)
        assert steps == (sorted(ladder.tolist()) if order else [1.0] * 5)
    with pytest.raises(ValueError, match="not in tuple"):
        alternatives.emphasis("origin_first", "weather", ladder)
