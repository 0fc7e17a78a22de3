"""The cells of the screen: every factor and switch, and what holds some of them shut."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from terugkeer.abm.evidence.registry import registry

from studies.screen.cells import ENDS, GATES, HELPERS, TIMES, Cell, _weighed, cells


@pytest.fixture(scope="module")
def every() -> list[Cell]:
    return cells(registry())


def by_name(every: list[Cell]) -> dict[str, Cell]:
    return {each.name: each for each in every}


def test_the_baseline_is_first_and_no_name_stands_twice(every: list[Cell]) -> None:
    assert every[0] == Cell("", "baseline")
    assert len(by_name(every)) == len(every)


def test_each_factor_is_taken_out_and_made_three_times_as_large(every: list[Cell]) -> None:
    known = by_name(every)
    for factor in registry().factors():
        more = known[f"`{factor.name}` x 3"].sets[factor.name]
        top = factor.bounds[1] if factor.bounds else TIMES * factor.value
        assert more == min(TIMES * factor.value, top)
        if factor.name in GATES:
            assert f"`{factor.name}` x 0" not in known
            assert known[f"`{factor.name}` x 3"].gate == GATES[factor.name]
        else:
            assert known[f"`{factor.name}` x 0"].sets == {factor.name: 0.0}


def test_a_weight_is_made_at_most_as_large_as_its_bounds_allow() -> None:
    members = [
        SimpleNamespace(name="free", value=1.0, bounds=None),
        SimpleNamespace(name="bounded", value=1.0, bounds=(0.0, 2.0)),
    ]
    none, more = _weighed("factors", "both", members)
    assert none.sets == {"free": 0.0, "bounded": 0.0}
    assert more.sets == {"free": 3.0, "bounded": 2.0}


def test_groups_move_all_their_members(every: list[Cell]) -> None:
    groups = [each for each in every if each.kind == "factor groups"]
    factors = {each.name: each.factor for each in registry().factors()}
    assert groups
    for group in groups:
        force, _, concerns = group.name.removeprefix("all of ").rsplit(" x ", 1)[0].partition(", ")
        assert set(group.sets) == {
            name
            for name, each in factors.items()
            if (each.force, each.concerns) == (force, concerns)
        }


def test_every_other_alternative_of_every_switch_is_set_once(every: list[Cell]) -> None:
    found = [next(iter(each.sets.items())) for each in every if each.kind == "switches"]
    assert found == [
        (switch.name, other)
        for switch in registry().by_role("switch")
        for other in switch.claims
        if other != switch.value
    ]


def test_values_are_named_as_the_page_writes_them(every: list[Cell]) -> None:
    known = by_name(every)
    assert known["`family_location_open` = no"].sets == {"family_location_open": False}
    assert known["`hrt_for_other_background` = yes"].sets == {"hrt_for_other_background": True}
    assert known["`assistance_cash_adult` = 8000"].sets == {"assistance_cash_adult": 8000.0}
    assert known["`rule_of_in_kind` = either_or"].sets == {"rule_of_in_kind": "either_or"}


def test_all_that_is_set_is_a_record_and_within_its_bounds(every: list[Cell]) -> None:
    evidence = registry()
    for cell in every:
        for name, value in cell.sets.items():
            bounds = evidence[name].bounds
            if bounds and isinstance(value, int | float) and not isinstance(value, bool):
                assert bounds[0] <= value <= bounds[1], (cell.name, name)


def test_organisations_close_and_grow_together(every: list[Cell]) -> None:
    known = by_name(every)
    assert set(known["no organisation helps"].sets.values()) == {0}
    grown = known["every organisation has room for four times as many"].sets
    assert grown == {f"{name}_capacity": 4 * room for name, room in HELPERS.items()}
    assert {name for ends in ENDS.values() for name in ends} <= set(registry())
