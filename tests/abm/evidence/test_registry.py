"""The registry: grades, the hash over values, and reading speed."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING, Final

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import Registry, load_registry

if TYPE_CHECKING:
    from pathlib import Path


def changed(folder: Path, old: str, new: str, file: str = "records/sample.toml") -> Registry:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_registry(folder)


def test_records_come_by_name_and_role(sound: Registry) -> None:
    registry = sound
    assert registry.names() == [
        "closings",
        "household_shares",
        "leave_hazard",
        "stay_weeks",
        "support_rule",
    ]
    assert [each.name for each in registry.by_role("calibrate")] == [
        "household_shares",
        "leave_hazard",
    ]
    assert [each.name for each in registry.assumptions()] == ["leave_hazard"]
    assert registry["household_shares"].value == {"single": 0.7, "family": 0.3}
    assert "stay_week" not in registry


def test_an_unknown_name_asks_for_the_near_one(sound: Registry) -> None:
    with pytest.raises(InputError, match="Did you mean 'stay_weeks'"):
        sound["stay_week"]


def test_every_alternative_of_a_switch_says_who_claims_it(evidence_folder: Path) -> None:
    with pytest.raises(InputError, match=r"claims\.stacked: missing") as caught:
        changed(evidence_folder, 'stacked = "s4: since 2012"', 'staked = "s4: since 2012"')
    assert "claims.staked: no alternative of this record. Did you mean 'stacked'?" in str(
        caught.value
    )


CARDS: Final = """
[support_rule.cards]
either_or.label = { en = "One of them", nl = "Een van beide" }
either_or.who = { en = "The pilot", nl = "De proef" }
either_or.sources = [{ ref = "s3", locator = "B" }]
stacked.label = { en = "Both", nl = "Allebei" }
stacked.who = { en = "Practice", nl = "De praktijk" }

[closings]
"""


def test_cards_of_a_switch_are_read(evidence_folder: Path) -> None:
    cards = changed(evidence_folder, "[closings]", CARDS)["support_rule"].cards
    assert (cards["stacked"].label.nl, cards["either_or"].who.en) == ("Allebei", "The pilot")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("either_or.l", "either.l", "cards.either_or.label: missing; add this key."),
        ("stacked.", "staked.", "cards.stacked: missing; add the card of this alternative"),
        ("stacked.", "staked.", "cards.staked: no alternative of this record. Did you mean"),
        (
            "nl = ",
            "ne = ",
            "cards.either_or.label.ne = 'Een van beide': unknown key. Known keys: en",
        ),
        ("who", "whom", "cards.either_or.whom = {'en': 'The pilot', 'nl': 'De proef'}: unknown"),
        ('"s3"', '"s9"', "ref = 's9': not in bibliography.toml"),
    ],
)
def test_a_broken_card_is_told(old: str, new: str, says: str, evidence_folder: Path) -> None:
    with pytest.raises(InputError, match="support_rule") as caught:
        changed(evidence_folder, "[closings]", CARDS.replace(old, new))
    assert says in str(caught.value)


def test_own_scores_override_those_of_the_mechanism(evidence_folder: Path) -> None:
    assert load_registry(evidence_folder).grade("stay_weeks") == "B"
    own = 'mechanism = "legal_clocks"\n'
    scores = own + "pedigree = { proxy = 1, empirical = 0, method = 0, validation = 0 }\n"
    assert changed(evidence_folder, own, scores).grade("stay_weeks") == "D"


def test_an_assumption_is_never_better_than_d(sound: Registry) -> None:
    registry = sound
    assert registry.pedigree("leave_hazard").proxy == 4
    assert registry.grade("leave_hazard") == "D"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 12", "value = 13"),
        ("value = 0.02", "value = 0.020000001"),
        ("value = 3,", "value = 4,"),
        ("from = 2014-10-01", "from = 2014-10-02"),
        ("single = 0.7, family = 0.3", "single = 0.6, family = 0.4"),
        ('value = "either_or"', 'value = "stacked"'),
    ],
)
def test_the_hash_changes_with_a_value(
    sound: Registry, evidence_folder: Path, old: str, new: str
) -> None:
    before = sound.evidence_hash()
    assert changed(evidence_folder, old, new).evidence_hash() != before


def test_the_hash_changes_with_a_table(sound: Registry, evidence_folder: Path) -> None:
    before = sound.evidence_hash()
    after = changed(evidence_folder, "2011,2050", "2011,2060", "data/dtv_caseload_outflow.csv")
    assert after.evidence_hash() != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Longest stay", "The longest stay"),
        ('says = "Twelve weeks."', 'says = "12 weeks."'),
        ('locator = "B4"', 'locator = "B5"'),
        ("low = 8", "low = 7"),
        ('says = "Three."', 'says = "3."'),
    ],
)
def test_the_hash_stays_with_a_caption(
    sound: Registry, evidence_folder: Path, old: str, new: str
) -> None:
    before = sound.evidence_hash()
    assert changed(evidence_folder, old, new).evidence_hash() == before


def test_the_hash_stays_with_the_line_ends_and_the_order_of_files(
    sound: Registry, evidence_folder: Path
) -> None:
    before = sound.evidence_hash()
    table = evidence_folder / "data" / "dtv_caseload_outflow.csv"
    table.write_bytes(table.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    sample = evidence_folder / "records" / "sample.toml"
    first, second = sample.read_text(encoding="utf-8").split("[support_rule]")
    sample.write_text(first, encoding="utf-8")
    (sample.parent / "a.toml").write_text("[support_rule]" + second, encoding="utf-8")
    assert load_registry(evidence_folder).evidence_hash() == before


def test_readers_cannot_change_values(sound: Registry) -> None:
    registry = sound
    value = registry["household_shares"].value
    with pytest.raises(TypeError):
        value["single"] = 0.9  # type: ignore[index]  # the point: it cannot be set
    mine = registry.table("closings")
    mine.loc[:, "persons"] = 0
    assert registry.table("closings")["persons"].min() > 0
    with pytest.raises(InputError, match="holds a value"):
        registry.table("stay_weeks")


def test_a_registry_can_be_sent_to_another_process(sound: Registry) -> None:
    registry = sound
    sent = pickle.loads(pickle.dumps(registry))  # noqa: S301 (our own bytes)
    assert sent.evidence_hash() == registry.evidence_hash()


def test_hundreds_of_records_load_within_a_moment(evidence_folder: Path) -> None:
    sample = (evidence_folder / "records" / "sample.toml").read_text(encoding="utf-8")
    for n in range(60):
        names = ("stay_weeks", "leave_hazard", "household_shares", "support_rule", "closings")
        text = sample
        for name in names:
            text = text.replace(f"[{name}]", f"[{name}_{n}]")
        (evidence_folder / "records" / f"more_{n}.toml").write_text(text, encoding="utf-8")
    begin = time.process_time()
    assert len(load_registry(evidence_folder)) == 305
    assert time.process_time() - begin < 0.3


def test_hidden_files_of_editors_are_passed_over(evidence_folder: Path) -> None:
    sound = load_registry(evidence_folder)
    (evidence_folder / "records" / ".#sample.toml").symlink_to("somebody@somewhere.1234")
    (evidence_folder / "records" / "._sample.toml").write_bytes(b"\x00\x05\x16\x07")
    (evidence_folder / "data" / "._table.csv").write_bytes(b"\x00")
    assert load_registry(evidence_folder).evidence_hash() == sound.evidence_hash()
