"""Factors: records that weigh in the decision, and their signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import Registry, load_registry

from tests.conftest import write_evidence

if TYPE_CHECKING:
    from pathlib import Path

FACTOR = """
[factor_host_network]
title = "People one knows here"
value = 0.8
unit = "log odds"
role = "calibrate"
kind = "assumption"
prior = { dist = "lognormal", median = 0.8, log_sd = 0.56 }
bounds = [0, 6]
mechanism = "legal_clocks"
says = "A large network keeps people here."
maps = "none"
sources = [{ ref = "s4", locator = "D10" }]

[factor_host_network.factor]
variable = "ties_nl"
transform = "identity"
force = "stay"
concerns = "host"
options = { wait = 1, out_of_sight = 0.5 }
disputed = "nobody in the sheets"
"""
TABLE = "\n[factor_host_network.factor]"


def with_factor(folder: Path, old: str = "", new: str = "") -> Registry:
    assert old in FACTOR
    text = FACTOR.replace(old, new, 1) if old else FACTOR
    (folder / "records" / "factors.toml").write_text(text, encoding="utf-8")
    return load_registry(folder)


@pytest.fixture(scope="module")
def hash_of_factor(tmp_path_factory: pytest.TempPathFactory) -> str:
    return with_factor(write_evidence(tmp_path_factory.mktemp("factor") / "e")).evidence_hash()


def test_the_catalogue_holds_the_records_with_a_factor(
    sound: Registry, evidence_folder: Path
) -> None:
    assert sound.factors() == ()
    (record,) = with_factor(evidence_folder).factors()
    assert record.factor is not None
    assert record.factor.options == {"wait": 1.0, "out_of_sight": 0.5}
    assert record.factor.multiple("move_on") == 0
    assert record.factor.against_waiting() == -1


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"ties_nl"', '"Ties"', ["factor.variable", "'Ties'", "snake_case"]),
        ('"identity"', '"identiti"', ["factor.transform = 'identiti'", "'log_thousands'"]),
        ('"stay"', '"stey"', ["factor.force = 'stey'", "'deter'"]),
        ('"host"', '"hosts"', ["factor.concerns = 'hosts'", "'host'"]),
        ("wait = 1", "wayt = 1", ["factor.options", "wayt", "Did you mean 'wait'"]),
        ("wait = 1", "wait = 0", ["factor.options", "wait = 0", "other than 0"]),
        ("wait = 1", "wait = 1.5", ["factor.options", "wait = 1.5", "between -1 and 1"]),
        ("wait = 1", "wait = true", ["factor.options", "wait = True", "write a number"]),
        ("wait = 1", "wait = nan", ["factor.options", "wait = nan", "write a number"]),
        ("{ wait = 1, out_of_sight = 0.5 }", "{}", ["factor.options", "names no option"]),
        ("{ wait = 1, out_of_sight = 0.5 }", "1", ["factor.options", "names no option"]),
        ("wait = 1", "wait = -1", ["factor", "+1", "'stay' moves it down"]),
        ('"stay"', '"push"', ["factor", "-1", "'push' moves it up"]),
        ('disputed = "nobody in the sheets"\n', "", ["factor.disputed: missing"]),
        ("disputed", "dispute", ["factor.dispute", "Did you mean 'disputed'"]),
        ('"log odds"', '"log ratio"', ["unit = 'log ratio'", '"log odds"']),
        ('"calibrate"', '"lever"', ["role = 'lever'", '"calibrate"']),
        ("bounds = [0, 6]", "bounds = [-6, 6]", ["value", "no sign", "bounds from 0"]),
        ("value = 0.8", "value = 1", ["value", "one number with decimals"]),
        (
            TABLE,
            f"dated = [{{ from = 2014-01-01, value = 0.9, says = 'More.' }}]{TABLE}",
            ["dated", "does not change by date"],
        ),
    ],
)
def test_a_broken_factor_is_named_with_its_place(
    old: str, new: str, named: list[str], evidence_folder: Path
) -> None:
    with pytest.raises(InputError) as caught:
        with_factor(evidence_folder, old, new)
    told = str(caught.value)
    assert "records/factors.toml [factor_host_network]" in told
    for each in named:
        assert each in told


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ("wait = 1", "wait = 0.9", True),
        ('"ties_nl"', '"ties"', True),
        ('"identity"', '"complement"', True),
        ('"stay"', '"deter"', True),
        ('"host"', '"person"', True),
        ("nobody in the sheets", "s1", False),
    ],
)
def test_the_hash_changes_with_how_a_factor_acts(
    old: str, new: str, moves: bool, evidence_folder: Path, hash_of_factor: str
) -> None:
    assert (with_factor(evidence_folder, old, new).evidence_hash() != hash_of_factor) == moves
