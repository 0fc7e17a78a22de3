"""Scenario files, through the door that users take."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import Registry, load_registry, registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.scenario import load_scenario, scenario_names, scenario_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE = """
name = "longer-stay_2"
description = "Longer."

[levers]
stay_weeks = [
    { value = 16, from = 2013-01-01, source = "a wish" },
    { value = 2, from = 2015-01-01, operation = "multiply" },
]

[parameters]
leave_hazard = { value = 0.5, operation = "multiply" }
household_shares = { single = 0.5, family = 0.5 }

[switches]
support_rule = "stacked"
"""
DATED = """
name = "later"

[switches]
support_rule = { value = "stacked", from = 2014-01-01, source = "a dispute" }
"""


@pytest.fixture
def evidence(evidence_folder: Path) -> Registry:
    return load_registry(evidence_folder)


def test_a_whole_file_becomes_overrides(tmp_path: Path, evidence: Registry) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")
    scenario = load_scenario(path, evidence)
    called = str(path)
    assert (scenario.name, scenario.description) == ("longer-stay_2", "Longer.")
    assert scenario.overrides() == [
        Override("stay_weeks", "set", 16, date(2013, 1, 1), f"{called} (a wish)"),
        Override("stay_weeks", "multiply", 2, date(2015, 1, 1), called),
        Override("leave_hazard", "multiply", 0.5, None, called),
        Override("household_shares", "set", {"single": 0.5, "family": 0.5}, None, called),  # type: ignore[arg-type] # wrong on purpose
        Override("support_rule", "set", "stacked", None, called),
    ]
    values = Timeline(evidence, scenario.overrides()).at(date(2016, 1, 1))
    assert values["stay_weeks"] == 32
    assert values["leave_hazard"] == 0.01


def test_a_page_may_call_it_otherwise(evidence: Registry) -> None:
    content: dict[str, object] = {
        "name": "x",
        "title": {"en": "Longer", "nl": "Langer"},
        "description_nl": "Een langere termijn.",
    }
    named = scenario_of(content, "mine", evidence)
    assert named.title is not None
    assert (named.title.nl, named.description_nl) == ("Langer", "Een langere termijn.")
    bare = scenario_of({"name": "x"}, "mine", evidence)
    assert (bare.title, bare.description_nl) == (None, "")
    assert named == bare  # words make no other scenario
    with pytest.raises(InputError, match=r"mine: title\.nl: missing; add this key"):
        scenario_of({"name": "x", "title": {"en": "Longer"}}, "mine", evidence)


def test_a_switch_can_turn_on_a_day(tmp_path: Path, evidence: Registry) -> None:
    path = tmp_path / "later.toml"
    path.write_text(DATED, encoding="utf-8")
    scenario = load_scenario(path, evidence)
    assert scenario.overrides() == [
        Override("support_rule", "set", "stacked", date(2014, 1, 1), f"{path} (a dispute)")
    ]
    timeline = Timeline(evidence, scenario.overrides())
    days = (date(2013, 12, 31), date(2014, 1, 1))
    assert [timeline.at(day)["support_rule"] for day in days] == ["either_or", "stacked"]


def test_whether_households_weigh_holds_from_the_beginning() -> None:
    dated = {"value": "hazards", "from": date(2014, 1, 1)}
    with pytest.raises(InputError) as caught:
        scenario_of({"name": "x", "switches": {"decision": dated}}, "mine", registry())
    (told,) = caught.value.problems
    assert told == (
        "mine: switches.decision: from = 2014-01-01: whether households weigh decides who is in "
        "the model from its first week; remove the key."
    )


def test_a_mapping_is_read_like_a_file(tmp_path: Path, evidence: Registry) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")
    read = scenario_of(tomllib.loads(WHOLE), str(path), evidence)
    assert read == load_scenario(path, evidence)
    with pytest.raises(InputError, match=r"this page: name: missing"):
        scenario_of({}, "this page", evidence)


def test_a_plain_value_holds_from_the_beginning(tmp_path: Path, evidence: Registry) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 'x'\r\n[levers]\r\nstay_weeks = 16\r\n")
    (override,) = load_scenario(str(path), evidence).overrides()
    assert (override.target, override.operation, override.value) == ("stay_weeks", "set", 16)
    assert override.start is None


def test_every_scenario_that_ships_bears_its_name(evidence: Registry) -> None:
    assert "baseline" in scenario_names()
    baseline = load_scenario("baseline", evidence)
    assert baseline.name == "baseline"
    assert baseline.overrides() == []


BROKEN: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["empty"]),
    "binary": (b"\x00\xff\xfe", ["UTF-8"]),
    "not utf-8": ("name = 'é'".encode("latin-1"), ["byte 8", "UTF-8"]),
    "not toml": ("name: x", ["no valid TOML"]),
    "no name": ("description = 'x'", ["name: missing"]),
    "name": ("name = 'My Scenario'", ["name = 'My Scenario'", "pattern"]),
    "long name": (f"name = '{'a' * 61}'", ["name = ", "60"]),
    "name type": ("name = 3", ["name = 3", "string"]),
    "unknown key": ("name='x'\n[lever]\nstay_weeks = 3", ["lever", "Did you mean 'levers'"]),
    "table type": ("name='x'\nlevers = 3", ["levers = 3", "dictionary"]),
    "unknown lever": ("name='x'\n[levers]\nstay_week = 3", ["Did you mean 'stay_weeks'"]),
    "parameter as lever": (
        "name='x'\n[levers]\nleave_hazard = 0.1",
        ["levers.leave_hazard", "calibrate", "under [parameters]"],
    ),
    "lever as parameter": (
        "name='x'\n[parameters]\nstay_weeks = 3",
        ["parameters.stay_weeks", "lever", "under [levers]"],
    ),
    "lever as switch": ("name='x'\n[switches]\nstay_weeks = 3", ["under [levers]"]),
    "switch as lever": ("name='x'\n[levers]\nsupport_rule = 'stacked'", ["under [switches]"]),
    "fixed": ("name='x'\n[levers]\nclosings = 3", ["closings", "fixed"]),
    "out of bounds": ("name='x'\n[levers]\nstay_weeks = 300", ["stay_weeks = 300", "[0, 104]"]),
    "boolean": ("name='x'\n[levers]\nstay_weeks = true", ["stay_weeks", "true", "whole number"]),
    "text": ("name='x'\n[levers]\nstay_weeks = '3'", ['"3"', "whole number"]),
    "float for whole": ("name='x'\n[levers]\nstay_weeks = 3.5", ["3.5", "whole number"]),
    "nan": ("name='x'\n[parameters]\nleave_hazard = nan", ["leave_hazard", "finite"]),
    "inf": ("name='x'\n[parameters]\nleave_hazard = {value = inf}", ["leave_hazard", "finite"]),
    "entry key": (
        "name='x'\n[levers]\nstay_weeks = { valeu = 3 }",
        ["levers.stay_weeks", "valeu", "Did you mean 'value'", "value: missing"],
    ),
    "date as text": (
        "name='x'\n[levers]\nstay_weeks = { value = 3, from = '2014-01-01' }",
        ["from = '2014-01-01'", "date"],
    ),
    "dated parameter": (
        "name='x'\n[parameters]\nleave_hazard = { value = 0.1, from = 2014-01-01 }",
        ["parameters.leave_hazard from", "unknown key"],
    ),
    "operation": (
        "name='x'\n[levers]\nstay_weeks = { value = 3, operation = 'times' }",
        ["operation = 'times'", "'multiply'"],
    ),
    "operation on a switch": (
        "name='x'\n[switches]\nsupport_rule = { value = 'stacked', operation = 'set' }",
        ["switches.support_rule operation", "unknown key"],
    ),
    "alternative": ("name='x'\n[switches]\nsupport_rule = 'stackd'", ["Did you mean 'stacked'"]),
    "empty list": ("name='x'\n[levers]\nstay_weeks = []", ["levers.stay_weeks", "no value"]),
    "shares": (
        "name='x'\n[parameters]\nhousehold_shares = { single = 0.5, family = 0.4 }",
        ["sums to 0.9"],
    ),
    "both at once": (
        "nam='x'\n[levers]\nstay_weeks = 300\n[parameters]\nleave_hazrd = 1\n",
        ["nam = ", "name: missing", "Did you mean 'leave_hazard'"],
    ),
    "two at once": (
        "name='x'\n[levers]\nstay_weeks = 300\n[parameters]\nleave_hazrd = 1\n",
        ["stay_weeks = 300", "Did you mean 'leave_hazard'"],
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_every_broken_kind_is_named_with_file_and_key(
    kind: str, tmp_path: Path, evidence: Registry
) -> None:
    content, named = BROKEN[kind]
    path = tmp_path / "broken.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        load_scenario(path, evidence)
    assert all(str(path) in each for each in caught.value.problems)
    for each in named:
        assert each in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_an_unknown_name_lists_the_near_and_all(evidence: Registry) -> None:
    with pytest.raises(InputError, match="Did you mean 'baseline'") as caught:
        load_scenario("basline", evidence)
    assert "Known: " in str(caught.value)


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path, "no such file"),
    "folder": (lambda path: path.mkdir(), "a folder stands"),
    "unreadable": (lambda path: path.symlink_to(path), "cannot be read"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_no_file_is_named(kind: str, tmp_path: Path, evidence: Registry) -> None:
    make, named = PLACES[kind]
    path = tmp_path / "place.toml"
    make(path)
    with pytest.raises(InputError, match=named):
        load_scenario(str(path), evidence)
