"""The list of systems: all organisations are in it, and all that it names exists."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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


def test_a_date_is_that_of_a_record_and_code_is_there() -> None:
    evidence, root = registry(), Path(__file__).parents[3]
    for system in MEASURED:
        if system.since[0].isdigit():
            named = {*system.records, *system.lever.split(", ")} & {*evidence}
            named |= {BEGINS_WITH[system.name]} if system.name in BEGINS_WITH else set()
            dates = {each.start for name in named for each in evidence[name].dated}
            assert date.fromisoformat(system.since) in dates, system.name
        for place in system.code:
            path, function = place.split(":")
            assert f"\ndef {function}(" in (root / path).read_text(encoding="utf-8"), place


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
