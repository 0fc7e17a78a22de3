"""A record draws in its own type, and refuses what does not fit; `check` tells most refusals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError
from terugkeer.abm.evidence.record import Record
from terugkeer.abm.evidence.value import NumberTable, numbers

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry

GIVEN: dict[str, object] = {
    "name": "stay_weeks",
    "file": "clocks.toml",
    "title": "Longest stay",
    "value": 12,
    "unit": "week",
    "role": "lever",
    "kind": "measured",
    "prior": {"dist": "uniform", "low": 8.0, "high": 18.0},
    "bounds": [0, 104],
    "mechanism": "legal_clocks",
    "says": "Twelve weeks.",
    "maps": "identity",
    "sources": [{"ref": "s1", "locator": "B4"}],
}


CARD = {"label": {"en": "One", "nl": "Een"}, "who": {"en": "Nobody", "nl": "Niemand"}}


def record(**changed: object) -> Record:
    given = {key: each for key, each in {**GIVEN, **changed}.items() if each is not None}
    return Record.model_validate(given)


def test_draws_keep_type_and_shape(sound: Registry) -> None:
    registry = sound
    assert registry["stay_weeks"].draw(0.5) == 13
    assert isinstance(registry["stay_weeks"].draw(0.31), int)
    assert registry["leave_hazard"].draw(0.5) == pytest.approx(0.02)
    assert registry["support_rule"].draw(0.49) == "either_or"
    assert registry["support_rule"].draw(1.0) == "stacked"
    shares = registry["household_shares"].draw([0.5, 0.5])
    assert sum(numbers(shares)) == pytest.approx(1)
    assert isinstance(shares, NumberTable)
    assert list(shares) == ["single", "family"]
    with pytest.raises(ValueError, match="no prior"):
        registry["closings"].draw(0.5)


def test_limits_are_the_bounds_or_none() -> None:
    assert record().limits() == (0, 104)
    free = record(value="a", unit="text", role="fixed", prior=None, bounds=None)
    assert free.limits() == (-math.inf, math.inf)


def test_what_does_not_fit_is_told_with_the_remedy() -> None:
    assert record().misfits(104) == []
    (found,) = record().misfits(105)
    assert found.startswith("105 lies outside the bounds [0, 104]; choose")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"unit": "bool"}, "does not fit unit 'bool'"),
        ({"unit": "shares"}, "shares need a list or table"),
        (
            {"value": "a", "unit": "text", "prior": None, "role": "fixed"},
            "only numbers have bounds",
        ),
        ({"role": "switch"}, "a switch lists its alternatives"),
        ({"prior": {"dist": "dirichlet", "concentration": [1.0, 1.0]}}, "dirichlet needs unit"),
        ({"prior": {"dist": "discrete", "values": [8, 18]}}, "the value 12 is missing"),
        ({"prior": {"dist": "discrete", "values": [12, 200]}}, "200 lies outside the bounds"),
        ({"claims": {"a": "nobody"}}, "claims.a: no alternative of this record"),
        ({"cards": {"a": CARD}}, "cards.a: no alternative of this record"),
        ({"kind": "expert", "sources": []}, "name a source"),
        ({"parts": ["a", "b"]}, "parts: 2 names; give the value a number for each"),
        ({"value": [0, 1], "parts": ["a", "b"]}, "parts: .* set all to 0"),
        ({"value": [0, 0], "parts": ["a", "a"]}, "parts: a name stands twice"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(
    changed: dict[str, object], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        record(**changed)


def test_an_assumption_needs_no_source_but_a_wide_prior() -> None:
    assert record(kind="assumption", maps="none", sources=[]).sources == ()
    narrow = {"dist": "uniform", "low": 11.5, "high": 12.5}
    with pytest.raises(ValidationError, match="narrow for an assumption"):
        record(kind="assumption", maps="none", sources=[], prior=narrow)
