"""What a visitor changed: read strictly, in any order the same, and the scenario of it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world import scenario as scenarios
from terugkeer.viz.page.changes import (
    MOST,
    PRESET_DAY,
    PRESETS,
    Change,
    canonical,
    changes_of,
    scenario_of,
    switch_names,
)
from terugkeer.viz.page.choices import catalogue
from terugkeer.viz.page.stops import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM: Final = "2012-01-02"
SEVERAL: Final[list[dict[str, Any]]] = [
    {"package": "vwn_bundle", "from": FROM},
    {"lever": "inflow_size", "value": 1.5, "from": FROM},
    {"lever": "inflow_asylum", "value": 2, "from": FROM},
    {"lever": "cash_amount", "value": 2, "from": "2013-06-03"},
    {"lever": "cash_amount", "value": 0.5, "from": "2014-06-02"},
    {"lever": "hrt_open", "value": False, "from": FROM},
    {"lever": "stacking_rule", "value": "either_or", "from": FROM},
    {"switch": "stacking", "value": "additive", "from": FROM},
]


def problems(*raw: object) -> list[str]:
    """Return what is wrong with changes that are refused."""
    with pytest.raises(InputError) as caught:
        changes_of(list(raw), registry())
    return caught.value.problems


def test_changes_are_read_as_they_are_written() -> None:
    read = changes_of(SEVERAL, registry())
    assert Change("lever", "cash_amount", 2, date(2013, 6, 3)) in read
    assert Change("package", "vwn_bundle", None, PRESET_DAY) in read
    told = [each.raw() for each in read]
    assert sorted(told, key=str) == sorted(SEVERAL, key=str)
    assert changes_of(json.loads(json.dumps(told)), registry()) == read
    assert changes_of([], registry()) == ()


@cache
def as_written() -> tuple[tuple[Change, ...], scenarios.Scenario]:
    """Return the changes in the order in which they are written, and their scenario."""
    changes = changes_of(SEVERAL, registry())
    return changes, scenario_of(changes, registry())


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.permutations(SEVERAL))
def test_the_same_changes_are_the_same_run(shuffled: list[dict[str, Any]]) -> None:
    first, scenario = as_written()
    other = changes_of(shuffled, registry())
    assert first == other
    assert canonical(first) == canonical(other)
    assert scenario == scenario_of(other, registry())


def test_a_number_is_the_same_however_json_writes_it() -> None:
    whole, decimal = (
        changes_of([{"lever": "departure_term", "value": dose, "from": FROM}], registry())
        for dose in (6, 6.0)
    )
    assert canonical(whole) == canonical(decimal)
    assert canonical(whole) == '[["lever","departure_term",6,"2012-01-02"]]'
    other = changes_of([{"lever": "departure_term", "value": 7, "from": FROM}], registry())
    assert canonical(whole) != canonical(other)


def test_the_scenario_is_that_of_a_file() -> None:
    text = """
name = "changed"
[packages]
vwn_bundle = { from = 2012-01-02 }
[levers]
stacking_rule = { value = "either_or", from = 2012-01-02 }
hrt_open = { value = false, from = 2012-01-02 }
inflow_asylum = { value = 2, from = 2012-01-02 }
cash_amount = [{ value = 2, from = 2013-06-03 }, { value = 0.5, from = 2014-06-02 }]
inflow_size = { value = 1.5, from = 2012-01-02 }
[switches]
stacking = { value = "additive", from = 2012-01-02 }
"""
    read = scenarios.scenario_of(tomllib.loads(text), "your changes", registry())
    made = scenario_of(changes_of(SEVERAL, registry()), registry())
    assert made.name == "changed"
    file, page = Timeline(registry(), read.entries), Timeline(registry(), made.entries)
    assert file.changes() == page.changes()
    assert all(repr(file.at(day)) == repr(page.at(day)) for day in page.changes())
    inflow = page.at(date(2012, 1, 2))["inflow_by_background"]
    assert inflow == (3.0, 1.5)  # the size works on the mix, and is not lost to it


def positions() -> Iterator[list[dict[str, Any]]]:
    """Yield one change a lever, so often that each lever has had each of its positions."""
    whole = catalogue(registry(), "en")
    levers = [lever for group in whole["groups"] for lever in group["levers"]]
    pulled = [lever for lever in levers if lever["kind"] != "inert"]
    assert len(pulled) > 60
    # two levers of one record, such as 0.2 of the counsellors twice, may not go together
    order = [lever["id"] for lever in pulled]
    second = [
        lever for lever in pulled
        if any(other in order[: order.index(lever["id"])] for other in lever.get("beside", []))
    ]  # fmt: skip
    first = [lever for lever in pulled if lever not in second]
    for several in (first[:MOST], first[MOST:], second):
        for turn in range(max(len(doses(lever)) for lever in several)):
            yield [
                {"lever": lever["id"], "value": chosen[turn % len(chosen)], "from": FROM}
                for lever in several
                if (chosen := doses(lever))
            ]


def doses(lever: dict[str, Any]) -> list[Any]:
    """Return the positions of a lever of the catalogue."""
    named = [each["id"] for each in lever.get("settings", [])]
    return [*lever.get("stops", []), *named] or [False, True]


def test_each_position_of_each_lever_makes_a_valid_scenario() -> None:
    for row in positions():
        scenario_of(changes_of(row, registry()), registry())


def test_each_alternative_of_each_switch_makes_a_valid_scenario() -> None:
    for name in switch_names(registry()):
        for each in registry()[name].claims:
            (change,) = changes_of([{"switch": name, "value": each, "from": FROM}], registry())
            (entry,) = scenario_of((change,), registry()).entries
            assert (entry.target, entry.value, entry.start) == (name, each, PRESET_DAY)


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_changes_what_holds_from_its_day_on(name: str) -> None:
    (change,) = PRESETS[name]
    assert changes_of([change.raw()], registry()) == PRESETS[name]
    before = Timeline(registry())
    after = Timeline(registry(), scenario_of(PRESETS[name], registry()).entries)
    days = [day for day in after.changes() if change.start <= day < date(2018, 1, 1)]
    assert any(repr(before.at(day)) != repr(after.at(day)) for day in days)
    assert repr(before.at(date(2010, 12, 31))) == repr(after.at(date(2010, 12, 31)))


def test_presets_are_the_scenarios_that_ship_and_the_pilot_is_open_for_its_year() -> None:
    assert {*PRESETS, "baseline"} == set(scenarios.scenario_names())
    (pilot,) = PRESETS["sdt_pilot"]
    assert pilot.start == FIRST_DAY
    values = Timeline(registry(), scenario_of((pilot,), registry()).entries)
    assert values.at(date(2011, 6, 1))["pilot_open"] is True
    assert values.at(date(2012, 6, 1))["pilot_open"] is False
    assert {change.start for name, (change,) in PRESETS.items() if name != "sdt_pilot"} == {
        PRESET_DAY
    }


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (3, "3 is no change; write an object with package, lever or switch."),
        ({}, "{}: give one of package, lever and switch, and no other of them."),
        (
            {"lever": "cash_amount", "switch": "stacking"},
            (
                "{'lever': 'cash_amount', 'switch': 'stacking'}: give one of package, lever "
                "and switch, and no other of them."
            ),
        ),
        (
            {"lever": "cash_amount", "value": 2, "from": FROM, "form": 1},
            "'form': unknown key. Did you mean 'from'? Known keys: lever, value, from.",
        ),
        ({"lever": "cash_amount", "value": 2}, "from: missing; add this key."),
        (
            {"package": "vwn_bundle", "value": 2, "from": FROM},
            "'value': unknown key. Known keys: package, from.",
        ),
        (
            {"package": "vwn_bundel", "from": FROM},
            (
                "package = 'vwn_bundel': unknown. Did you mean 'vwn_bundle'? Correct the "
                "name or remove the change."
            ),
        ),
        (
            {"package": "baseline", "from": FROM},
            "package = 'baseline': unknown. Correct the name or remove the change.",
        ),
        (
            {"lever": "counselors", "value": 2, "from": FROM},
            (
                "lever = 'counselors': unknown. Did you mean 'counsellors' or 'counsellor_stance' "
                "or 'native_counsellors'? Correct the name or remove the change."
            ),
        ),
        (
            {"lever": ["x"], "value": 2, "from": FROM},
            "lever = ['x']: no name; write one in quotation marks.",
        ),
        (
            {"switch": "decision", "value": "hazards", "from": FROM},
            (
                "switch = 'decision': whether households weigh decides who is in the model "
                "from its first week; remove the change."
            ),
        ),
        (
            {"switch": "stacking", "value": "aditive", "from": FROM},
            (
                "value = 'aditive': switch stacking has no such position. Did you mean "
                "'additive'? Choose one of additive, diminishing, none_beyond_cash."
            ),
        ),
        (
            {"switch": "stacking", "value": ["additive"], "from": FROM},
            (
                "value = ['additive']: switch stacking has no such position. Did you mean "
                "'additive'? Choose one of additive, diminishing, none_beyond_cash."
            ),
        ),
        (
            {"lever": "shelter_after_term", "value": "night", "from": FROM},
            (
                "value = 'night': lever shelter_after_term has no such position. Did you "
                "mean 'night_only'? Choose one of none, night_only, guided, guided_conditional, "
                "lvv."
            ),
        ),
        (
            {"lever": "hrt_open", "value": 1, "from": FROM},
            "value = 1: lever hrt_open is on or off; write true or false.",
        ),
        (
            {"lever": "aftercare", "value": True, "from": FROM},
            "value = True: lever aftercare needs a number; write one.",
        ),
        (
            {"lever": "departure_term", "value": 99, "from": FROM},
            "value = 99: lever departure_term can be 0 to 52; choose a number within.",
        ),
        (
            {"lever": "aftercare", "value": float("nan"), "from": FROM},
            "value = nan: lever aftercare can be 0 to 1; choose a number within.",
        ),
        (
            {"lever": "counsellors", "value": 1.33, "from": FROM},
            ("value = 1.33: lever counsellors moves whole numbers; write a multiple of 0.1."),
        ),
        (
            {"lever": "cash_amount", "value": 2, "from": "2012-13-02"},
            "from = '2012-13-02': no day; write one like 2012-01-02.",
        ),
        (
            {"lever": "cash_amount", "value": 2, "from": "20120102"},
            "from = '20120102': no day; write one like 2012-01-02.",
        ),
        (
            {"lever": "cash_amount", "value": 2, "from": "2011-01-02"},
            ("from = 2011-01-02: lies outside 2011-01-03 to 2017-12-31; choose a day within."),
        ),
        (
            {"lever": "cash_amount", "value": 2, "from": "2018-01-01"},
            ("from = 2018-01-01: lies outside 2011-01-03 to 2017-12-31; choose a day within."),
        ),
        (
            {"lever": "cash_amount", "value": "x" * 90, "from": FROM},
            f"value = '{'x' * 56}...: lever cash_amount needs a number; write one.",
        ),
    ],
)
def test_what_cannot_be_used_is_told(raw: object, told: str) -> None:
    assert problems(raw) == [f"change 1: {told}"]


def test_what_moves_nothing_cannot_be_pulled() -> None:
    (told,) = problems({"lever": "safe_country_track", "value": "later", "from": FROM})
    assert told.startswith("change 1: lever = 'safe_country_track': cannot be pulled: The track")


def test_all_problems_are_told_at_once() -> None:
    bad = {"lever": "cash_amount", "value": -1, "from": "2020-01-01"}
    good = {"lever": "cash_amount", "value": 2, "from": FROM}
    package = {"package": "vwn_bundle", "from": FROM}
    assert problems(bad, good, good, package, {**package, "from": "2013-01-07"}) == [
        "change 1: value = -1: lever cash_amount can be 0 to 57.1; choose a number within.",
        "change 1: from = 2020-01-01: lies outside 2011-01-03 to 2017-12-31; choose a day within.",
        "lever cash_amount: stands there 2 times from 2012-01-02; keep one.",
        "package vwn_bundle: stands there 2 times; keep one.",
    ]


def test_what_only_several_changes_together_make_impossible_is_told() -> None:
    (told,) = problems(
        {"package": "fewer_case_managers", "from": FROM},
        {"lever": "detention", "value": 1.17, "from": FROM},
        {"lever": "detention", "value": 1.17, "from": "2013-01-07"},
    )[:1]
    assert told.startswith("your changes (lever detention): detention_at_apprehension: multiply")


def test_too_many_changes_and_what_is_no_list_are_refused() -> None:
    many = [
        {"lever": "cash_amount", "value": 2, "from": f"2012-{n:02}-01"} for n in range(1, MOST + 2)
    ]
    assert problems(*many) == ["your changes: 61 of them; at most 60 are possible."]
    with pytest.raises(InputError, match=r"your changes = \{\}: no list; write a list of changes"):
        changes_of({}, registry())
