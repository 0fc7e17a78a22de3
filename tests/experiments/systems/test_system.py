"""The list of systems: all organisations are in it, and all that it names exists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.runs.outcomes import catalogue
from terugkeer.abm.space.outcomes import KNOWN
from terugkeer.agents.codes import label
from terugkeer.agents.rules.methods import METHODS
from terugkeer.experiments.systems.page import WORDS
from terugkeer.experiments.systems.system import EARLIER, LATER, ORGANISATIONS, grade, systems

from studies.dead_parts.pulls import readings

if TYPE_CHECKING:
    from terugkeer.abm.evidence.registry import Registry
    from terugkeer.experiments.systems.system import System

LISTED = {each.name: each for each in systems()}
MEASURED = [each for each in LISTED.values() if not each.left_out]
LEFT_OUT = [each for each in LISTED.values() if each.left_out]
NOT_MODELLED = Path(__file__).parents[3] / "docs" / "not_modelled.md"


def test_every_organisation_and_every_method_is_listed() -> None:
    assert set(ORGANISATIONS) <= set(LISTED)
    assert {label(each) for each in METHODS} <= set(LISTED)
    assert {each.kind for each in LISTED.values()} == set(WORDS["en"]["about"])


@pytest.mark.parametrize("system", MEASURED, ids=lambda each: each.name)
def test_what_a_system_sets_and_counts_exists(system: System) -> None:
    evidence = registry()
    assert system.sources
    day = date(system.years[1], 1, 1)
    there, absent = (
        Timeline(evidence, readings(dict(of))).at(day) for of in (system.there, system.absent)
    )
    assert any(there[name] != absent[name] for name in (*system.there, *system.absent))
    items = {
        f"{table}:{item}" for table, (all_items, _) in catalogue().items() for item in all_items
    }
    for name in (*system.contact, *system.path, *system.counts(system.chief)):
        if name.endswith("*"):
            assert any(item.startswith(name[:-1]) for item in items)
        else:
            assert name in KNOWN or name in items


# what a list of all systems of the documents must hold at least
NAMED = (
    *("procedure_length", "tracks", "departure_term", "coa", "vbl", "family_locations"),
    *("closed_family", "detention", "laissez_passer", "planned_removals", "notice", "reporting"),
    *("deposit", "entry_ban", "rean", "hrt", "in_kind", "sdt_pilot", "avr_fc"),
    *("discretionary_cash", "native_counsellors", "tip", "nieuw_hoofdstuk", "opgeheven_hoofd"),
    *("bridge_to_better", "maatwerk", "goedwerk", "wereldwijd", "green_way", "askv", "life_line"),
    *("safe_future", "bewogen_terugkeer", "amsterdam_programme", "municipal_desk"),
    *("night_shelter", "lvv", "t_rooms", "activation", "longer_stays", "sigma", "wigk"),
    *("strategic_countries", "readmission", "no_fault_permit", "child_pardon"),
    *("repeat_applications", "medical_deferral", "missions", "monitoring"),
)


def test_all_that_the_documents_name_is_listed() -> None:
    assert set(NAMED) <= set(LISTED)


# what begins with something else: a method of TIP, and meetings that came with goods for families
BEGINS_WITH = {"future_in_perspective": "tip_capacity", "family_meetings": "families_open"}


def switch_of(system: System, evidence: Registry) -> list[str]:
    """Return the records whose dates say when the baseline has a system."""
    named = [name for name in system.lever.split(", ") if name in evidence]
    return [BEGINS_WITH[system.name]] if system.name in BEGINS_WITH else named or [*system.records]


def on_days(system: System, evidence: Registry) -> list[tuple[str, bool]]:
    """Return whether the baseline has a system at first, and from each date of its records."""
    switches = switch_of(system, evidence)
    days = sorted({each.start for name in switches for each in evidence[name].dated})
    found = [("always", date(1990, 1, 1)), *((each.isoformat(), each) for each in days)]
    none = {name: evidence[name].value for name in switches} | dict(system.absent)
    off = Timeline(evidence, readings({name: none[name] for name in switches}))
    on = Timeline(evidence)
    return [
        (name, any(on.at(day)[each] != off.at(day)[each] for each in switches))
        for name, day in found
    ]


@pytest.mark.parametrize("system", MEASURED, ids=lambda each: each.name)
def test_it_begins_and_ends_in_the_baseline_as_the_dates_of_its_records_say(system: System) -> None:
    if system.since == "never":
        assert not system.until
        return
    days = on_days(system, registry())
    if system.name in BEGINS_WITH:  # what its absence sets has no dates
        days = [(day, value != 0) for day, value in dated_values(BEGINS_WITH[system.name])]
    last_on = max(place for place, (_, on) in enumerate(days) if on)
    begins = last_on
    while begins and days[begins - 1][1]:
        begins -= 1
    ends = days[last_on + 1][0] if last_on + 1 < len(days) else ""
    assert (system.since, system.until) == (days[begins][0], ends)


def dated_values(name: str) -> list[tuple[str, object]]:
    """Return the value of a record at first and from each of its dates."""
    record = registry()[name]
    return [
        ("always", record.value),
        *((each.start.isoformat(), each.value) for each in record.dated),
    ]


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("sdt_pilot", ("2010-02-01", "2011-02-01")),
        ("five_day_window", ("2010-02-01", "2011-02-01")),
        ("activation", ("2014-03-01", "2015-05-01")),
        ("t_rooms", ("2014-03-01", "2015-05-01")),
        ("night_shelter_condition", ("2015-04-22", "2016-11-01")),
        ("hrt", ("always", "2017-07-01")),
        ("tip", ("2010-03-01", "2015-10-01")),
        ("deposit", ("2011-12-15", "")),
    ],
)
def test_what_has_ended_says_when(name: str, ends: tuple[str, str]) -> None:
    assert (LISTED[name].since, LISTED[name].until) == ends


def test_code_is_there() -> None:
    root = Path(__file__).parents[3]
    for system in MEASURED:
        for place in system.code:
            path, function = place.split(":")
            assert f"\ndef {function}(" in (root / path).read_text(encoding="utf-8"), place


def test_what_is_compared_is_told_where_it_is_not_the_baseline_and_the_baseline_without() -> None:
    for system in MEASURED:
        assert bool(system.compares) == bool(system.compares_nl)
        assert system.compares or not system.there, system.name
        if system.compares:
            assert system.compares.startswith("With: ")
            assert "; without: " in system.compares
            assert system.compares_nl.startswith("Met: ")
            assert "; zonder: " in system.compares_nl
    assert "862 places" in LISTED["lvv"].compares
    assert "not to the most vulnerable first" in LISTED["lvv"].compares
    assert "larger dose" in LISTED["t_rooms"].compares


@pytest.mark.parametrize(
    "changed",
    [
        {"absent": {"iom_capacity": 1}},
        {"there": {"iom_capacity": 9}},
        {"contact": ("met_organisation",)},
        {"path": ("left_through_iom",)},
        {"chief": "forced"},
    ],
)
def test_the_hash_of_a_definition_changes_with_what_decides_its_rows(
    changed: dict[str, Any],
) -> None:
    iom = LISTED["iom"]
    assert replace(iom, **changed).definition != iom.definition
    assert replace(iom, title="Another title").definition == iom.definition


REASONS = {
    "pao": "**PAO,",
    "coa_before_the_ruling": "**COA before the ruling",
    "monitoring": "| Monitoring of projects",
    "criminal_chain": "| The criminal chain",
    "tracks": "| The safe-country track as a lever |",
    "higher_appeal": "| Higher appeal at the Council of State |",
}


@pytest.mark.parametrize(("system", "says"), REASONS.items())
def test_what_is_left_out_has_its_reason_twice_and_no_runs(system: str, says: str) -> None:
    assert {each.name for each in LEFT_OUT} == set(REASONS)
    each = LISTED[system]
    assert each.left_out
    assert each.left_out_nl
    assert (each.records, each.contact, each.path) == ((), (), ())
    assert says in NOT_MODELLED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *("Dalmar", "IETA", "New Dutch Connection", "HealthNet", "SMS", "Beyond Borders", "Nidos"),
        *("Rotterdams Ongedocumenteerden Steunpunt", "Pharos", "IntEnt", "ERSO", "We Are Here"),
        *("Blik op de Toekomst", "Independent case managers", "departure houses"),
    ],
)
def test_an_organisation_without_places_has_its_reason(name: str) -> None:
    text = NOT_MODELLED.read_text(encoding="utf-8")
    begins = re.escape("- **") + r"[^*]*" + re.escape(name)
    assert re.search(begins, text)


def test_the_grade_is_that_of_the_weakest_value() -> None:
    evidence = registry()
    assert grade(LISTED["iom"], evidence) == evidence.grade("iom_capacity")
    methods = LISTED["methods_for_all"]
    assert grade(methods, evidence) == max(evidence.grade(name) for name in methods.records)
    assert grade(LISTED["pao"], evidence) == ""


def test_an_organisation_is_closed_met_and_left_with_by_its_name() -> None:
    green_way = LISTED["green_way"]
    assert green_way.absent == {"green_way_capacity": 0}
    assert green_way.contact == ("contacts:met:green_way",)
    assert green_way.path == ("journeys:met:green_way>*",)


@pytest.mark.parametrize(
    ("name", "years"),
    [("iom", EARLIER), ("municipal_desk", LATER), ("green_way", LATER), ("missions", EARLIER)],
)
def test_what_began_after_the_middle_of_2015_is_measured_later(
    name: str, years: tuple[int, int]
) -> None:
    assert LISTED[name].years == years
