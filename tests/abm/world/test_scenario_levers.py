"""Scenarios that pull levers by their own names, and packages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES: Final = (
    "policy_2011",
    "policy_2017",
    "vwn_bundle",
    "government_ladder",
    "fewer_case_managers",
)
DAY: Final = date(2013, 6, 1)


def loaded(folder: Path, text: str) -> Scenario:
    path = folder / "mine.toml"
    path.write_text(f"name = 'mine'\n{text}", encoding="utf-8")
    return load_scenario(path, registry())


def course(scenario: Scenario) -> dict[date, str]:
    timeline = Timeline(registry(), scenario.overrides())
    return {day: repr(timeline.at(day)) for day in (date.min, *timeline.changes())}


def test_a_lever_and_its_records_are_the_same(tmp_path: Path) -> None:
    by_lever = loaded(tmp_path, "[levers]\ncash_amount = { value = 2, from = 2013-06-01 }")
    by_records = loaded(
        tmp_path,
        """
        [levers]
        assistance_cash_adult = { operation = "multiply", value = 2, from = 2013-06-01 }
        assistance_cash_child = { operation = "multiply", value = 2, from = 2013-06-01 }
        """,
    )
    assert course(by_lever) == course(by_records)
    assert Timeline(registry(), by_lever.overrides()).at(DAY)["assistance_cash_adult"] == 3500


def test_a_lever_can_be_pulled_several_times_and_by_setting(tmp_path: Path) -> None:
    scenario = loaded(
        tmp_path,
        """
        [levers]
        shelter_after_term = [
            { value = "none", from = 2012-01-01 },
            { value = "guided", from = 2013-06-01, source = "a wish" },
        ]
        """,
    )
    timeline = Timeline(registry(), scenario.overrides())
    capacity = [timeline.at(day)["guided_shelter_capacity"] for day in (date(2012, 1, 1), DAY)]
    assert capacity == [0, 1200]
    assert any("a wish" in each.source for each in scenario.overrides())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cash_amont = 2", "Did you mean 'cash_amount'"),
        ("cash_amount = 'much'", "is no dose"),
        ("cash_amount = true", "correct the value"),
        ("cash_amount = { value = 2, operation = 'add' }", "the lever itself says"),
        ("cash_amount = { value = -1 }", "lies outside the bounds"),
        ("cash_amount = { dose = 2 }", "dose"),
        ("shelter_after_term = 'gided'", "Did you mean 'guided'"),
        ("shelter_after_term = 3", "is no setting"),
        ("cash_timing = 12", "is no setting"),
        ("safe_country_track = true", "cannot be pulled: The track is drawn with the inflow"),
    ],
)
def test_what_is_no_dose_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, f"[levers]\n{text}")
    assert says in str(caught.value)
    assert "mine.toml" in str(caught.value)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_a_scenario_and_a_part_of_one(name: str, tmp_path: Path) -> None:
    alone = load_scenario(name, registry())
    assert alone.overrides()
    assert alone.description.startswith("Package: ")
    within = loaded(tmp_path, f"[packages]\n{name} = {{}}")
    assert course(within) == course(alone)


def test_a_package_from_a_day_leaves_what_is_before_as_it_is(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, "[packages]\nvwn_bundle = { from = 2013-06-01 }")
    mine, usual = Timeline(registry(), scenario.overrides()), Timeline(registry())
    assert repr(mine.at(date(2013, 5, 31))) == repr(usual.at(date(2013, 5, 31)))
    assert mine.at(DAY)["entry_ban_in_force"] is False


def test_entries_of_the_file_come_after_its_packages(tmp_path: Path) -> None:
    scenario = loaded(
        tmp_path, "[packages]\nfewer_case_managers = {}\n[levers]\ncase_managers = 300"
    )
    assert Timeline(registry(), scenario.overrides()).at(DAY)["case_managers"] == 300


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("vwn_bundel = {}", "Did you mean 'vwn_bundle'"),
        ("vwn_bundle = { form = 2013-06-01 }", "Did you mean 'from'"),
        ("vwn_bundle = 3", "vwn_bundle"),
    ],
)
def test_a_broken_package_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, f"[packages]\n{text}")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("name", "day", "record_day"),
    [
        ("policy_2011", date(2017, 12, 31), date(2011, 12, 31)),
        ("policy_2017", date(2009, 1, 1), date(2017, 12, 31)),
    ],
)
def test_the_policy_of_a_year_holds_all_levers_with_dates(
    name: str, day: date, record_day: date
) -> None:
    evidence = registry()
    levers = evidence.levers
    dated = [
        each.name
        for each in evidence.by_role("lever")
        if each.dated and not (each.name in levers and levers[each.name].inert)
    ]
    held = Timeline(evidence, load_scenario(name, evidence).overrides()).at(day)
    record = Timeline(evidence).at(record_day)
    assert {each: repr(held[each]) for each in dated} == {
        each: repr(record[each]) for each in dated
    }
