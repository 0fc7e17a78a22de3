"""The levers that ship, and what is refused of others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.lever import GROUPS, LAWS
from terugkeer.abm.evidence.override import Override
from terugkeer.abm.evidence.registry import Registry, load_registry, registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.help.kinds import RETURN_NGOS
from terugkeer.agents.codes import Organisation
from terugkeer.agents.kinds import HELPERS

if TYPE_CHECKING:
    from pathlib import Path

LEVERS: Final = registry().levers
# the subjects of levers (ODD: Levers), in the order of the file
NAMED: Final = {
    "stacking rule and amounts": ("stacking_rule", "cash_amount", "in_kind_amount"),
    "cash timing": ("cash_timing",),
    "lists and windows": ("country_lists", "in_kind_window", "support_wait"),
    "activation": (
        "activation_throughout",
        "activation_after_refusal",
        "training_linked_to_origin",
    ),
    "procedure length and track": ("procedure_length", "safe_country_track"),
    "departure term": ("departure_term",),
    "VBL weeks and condition": ("vbl_weeks", "vbl_condition"),
    "shelter after the term": ("shelter_after_term",),
    "co-location": ("placing_apart",),
    "right to work": ("right_to_work",),
    "counsellors": (
        "counsellors",
        "counsellor_stance",
        "counsellor_training",
        "native_counsellors",
    ),
    "early future-oriented talks": ("early_talks", "future_talks"),
    "warm hand-over to origin partners": ("hand_over_to_origin", "hand_over_here"),
    "aftercare": ("aftercare", "aftercare_weeks"),
    "monitoring feedback": ("returnees_followed",),
    "information sharing": ("information_sharing",),
    "case managers": ("case_managers", "wigk_training", "ngo_pairing", "discretionary_cash"),
    "extensions": ("term_extension",),
    "detention": ("detention_capacity", "detention_at_notice", "detention"),
    "alternatives": ("reporting_duty", "deposit"),
    "entry-ban threat": ("entry_ban",),
    "origin": ("origin_cooperation", "origin_safety", "origin_livelihood"),
    "inflow size and mix": ("inflow_size", "inflow_asylum", "inflow_safe_countries"),
}
SOUND: Final = """
[longer]
group = "procedure"
title = { en = "Longer", nl = "Langer" }
values = ["stay_weeks"]
operation = "multiply"
unit = "ratio"
low = 0.5
high = 2.0
step = 2.0
range_says = "Not given."
evidence = [{ ref = "s1", locator = "B4" }]
legal = "lawful"
legal_note = "A rule."
acts = "Longer."
nl = { acts = "Langer.", range_says = "Niet bekend.", legal_note = "Een regel." }
outcomes = ["weeks_on_street"]
"""


@pytest.mark.parametrize("topic", NAMED)
def test_every_lever_of_the_model_is_there(topic: str) -> None:
    assert set(NAMED[topic]) <= set(LEVERS)


def test_every_dose_lies_within_what_records_allow() -> None:
    whole = registry()
    for lever in LEVERS.values():
        named = {name: whole[name] for name in lever.records()}
        own = Registry(named, whole.mechanisms, whole.bibliography, whole.tables)
        for dose in () if lever.inert else lever.doses():
            Timeline(own, lever.pull(dose, date(2012, 5, 1)))


def test_no_dose_leaves_every_value_of_every_day_as_it_is() -> None:
    whole = Timeline(registry())
    zeros = [
        each
        for lever in LEVERS.values()
        if lever.records() and (dose := lever.zero()) is not None
        for each in lever.pull(dose)
    ]
    assert len(zeros) > 20
    moved = Timeline(registry(), zeros)
    assert moved.changes() == whole.changes()
    for day in (date.min, *whole.changes()):
        assert repr(moved.at(day)) == repr(whole.at(day))


def test_a_pattern_is_set_times_the_dose_and_the_rest_stays() -> None:
    (asylum,) = LEVERS["inflow_asylum"].pull(1.5)
    assert asylum.value == (1.5, 1.0)
    (activation,) = LEVERS["activation_after_refusal"].pull(0.5)
    assert activation.value == (0.0, 0.5, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_a_setting_sets_all_its_records_from_its_day() -> None:
    day = date(2013, 6, 1)
    found = LEVERS["shelter_after_term"].pull("guided", day, "me")
    assert {(each.target, each.value, each.start) for each in found} == {
        ("night_shelter_capacity", 0, day),
        ("guided_shelter_capacity", 1200, day),
        ("guided_shelter_conditional", False, day),
    }
    assert {each.source for each in found} == {"me (lever shelter_after_term)"}


def test_groups_are_declared_and_used_in_their_order() -> None:
    used = list(dict.fromkeys(lever.group for lever in LEVERS.values()))
    assert used == list(GROUPS)
    assert {lever.legal for lever in LEVERS.values()} == set(LAWS)


def test_what_cannot_be_pulled_says_why() -> None:
    inert = [lever for lever in LEVERS.values() if lever.inert]
    assert [lever.id for lever in inert] == ["safe_country_track"]
    for lever in inert:
        with pytest.raises(ValueError, match="cannot be pulled: "):
            lever.pull(True)


def test_a_hand_over_to_origin_leaves_organisations_with_partners_of_their_own() -> None:
    lever = LEVERS["hand_over_to_origin"]
    (recorded,) = lever.pull(0.3)
    given = registry()["aftercare_share"].value
    assert isinstance(given, tuple)
    assert isinstance(recorded.value, tuple)
    assert len(recorded.value) == len(given) == len(HELPERS)
    partners = {*RETURN_NGOS} - {Organisation.GOEDWERK}
    for each, now, before in zip(HELPERS, recorded.value, given, strict=True):
        assert now == (before if each in partners else 0.3), each


def test_a_sound_file_of_levers_is_loaded(evidence_folder: Path) -> None:
    (evidence_folder / "levers.toml").write_text(SOUND, encoding="utf-8")
    lever = load_registry(evidence_folder).levers["longer"]
    (override,) = lever.pull(2)
    assert override == Override("stay_weeks", "multiply", 2, None, "lever (lever longer)")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("stay_weeks", "stay_week", "Did you mean 'stay_weeks'"),
        ("stay_weeks", "closings", "its role is fixed"),
        ("[longer]", "[stay_weeks]", "a record has this name too"),
        ("[longer]", "[Longer]", "not snake_case"),
        ("step = 2.0\n", "", "needs all three"),
        ("step = 2.0", "step = 3.0", "step: lies outside"),
        ('"lawful"', '"legal"', "legal = 'legal'"),
        ('ref = "s1"', 'ref = "s7"', "not in bibliography.toml"),
        ('unit = "ratio"', 'unit = "ratios"', "no known unit"),
        ("acts =", "act =", "Did you mean 'acts'"),
        ('outcomes = ["weeks_on_street"]', "", "say why it moves none in inert"),
        ('values = ["stay_weeks"]', "", "neither values nor settings"),
        ("[longer]", "[longer]\nid = 'x'", "id: unknown key"),
        ("[longer]", "[longer]\nsettings.a = { stay_weeks = 3 }", "has no dose"),
        ("[longer]", "[longer]\npattern = { stay_week = 3 }", "not among the values"),
        ("[longer]", "longer = 3\n[other]", "no table"),
        ("[longer]", "[longer]\nunder = { nobody = 3 }", "nobody: no such record"),
        ('group = "procedure"\n', "", "group: missing"),
        ('"procedure"', '"procedures"', "group = 'procedures'"),
        ('nl = "Langer" }', 'de = "Langer" }', "title.de = 'Langer': unknown key"),
        ('range_says = "Niet', 'range_say = "Niet', "Did you mean 'range_says'"),
        (', legal_note = "Een regel." }', " }", "nl.legal_note: missing"),
        ('regel." }', 'regel.", inert = "Niets." }', "nl.inert: is given if inert is"),
        ("[longer]", "[longer]\nlabels.a = { en = 'b', nl = 'c' }", "labels: name each of the"),
        ("[longer]", "[longer]\nunder_says = { en = 'b', nl = 'c' }", "there is no under"),
    ],
)
def test_a_broken_file_of_levers_is_refused(
    old: str, new: str, says: str, evidence_folder: Path
) -> None:
    (evidence_folder / "levers.toml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"levers\.toml") as caught:
        load_registry(evidence_folder)
    assert says in str(caught.value)
