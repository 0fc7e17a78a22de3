"""Where a run came from: what of the evidence counts, git and versions."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.evidence.registry import load_registry, registry
from terugkeer.abm.runs.provenance import (
    differences,
    evidence_values,
    git_state,
    sources_sha256,
    versions,
)
from terugkeer.abm.runs.sources import loaded_sources, sources_hash

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "data/dtv_caseload_outflow.csv"


def test_the_hash_of_sources_is_of_those_that_were_loaded() -> None:
    assert sources_sha256() == sources_hash(loaded_sources())


def test_versions_of_what_a_run_depends_on() -> None:
    assert set(versions()) == {"python", "mesa", "numpy", "pandas", "scipy", "terugkeer"}


def test_evidence_by_record_and_table() -> None:
    told = evidence_values(registry())
    assert told["iom_share"] == registry()["iom_share"].value
    factor = registry().factors()[0]
    assert factor.factor is not None
    assert told[factor.name] == {"value": factor.value, "acts": factor.factor.acts()}
    assert told[TABLE].startswith("sha256 ")


@pytest.mark.parametrize(
    ("old", "new"),
    [('kind = "derived"', 'kind = "assumption"'), ('role = "calibrate"', 'role = "lever"')],
)
def test_what_rules_ask_of_a_record_beside_its_value_counts(
    evidence_folder: Path, old: str, new: str
) -> None:
    """Weights of factors depend on the kind, and levers stay out of the inflow."""
    before = evidence_values(load_registry(evidence_folder))
    file = evidence_folder / "records" / "sample.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    told = differences(
        "record", before, evidence_values(load_registry(evidence_folder)), values=True
    )
    assert len(told) == 1
    assert "(kind, role): was" in told[0]


def test_the_order_in_which_factors_are_summed_counts() -> None:
    names = [each.name for each in registry().factors()]
    assert len(names) > 20
    assert evidence_values(registry())["(factors in order)"] == names


@pytest.mark.parametrize(
    ("file", "old", "new", "moved"),
    [
        ("records/sample.toml", "value = 0.02", "value = 0.03", {"leave_hazard"}),
        ("records/sample.toml", "2014-10-01, value = 3", "2014-10-01, value = 4", {"stay_weeks"}),
        ("records/sample.toml", "from = 2016-01-01", "from = 2016-01-02", {"stay_weeks"}),
        (
            "data/dtv_caseload_outflow.csv",
            "2011,2050",
            "2011,2051",
            {"data/dtv_caseload_outflow.csv"},
        ),
        ("records/sample.toml", 'says = "Twelve weeks."', 'says = "In other words."', set()),
        ("records/sample.toml", 'maps_note = "7 / 10."', 'maps_note = "Seven."', set()),
        ("records/sample.toml", 'title = "Longest stay"', 'title = "Stay"', set()),
        ("records/sample.toml", 'locator = "B4"', 'locator = "B5"', set()),
    ],
)
def test_values_and_tables_count_and_wording_does_not(
    evidence_folder: Path, file: str, old: str, new: str, moved: set[str]
) -> None:
    before = load_registry(evidence_folder)
    path = evidence_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = load_registry(evidence_folder)
    one, other = evidence_values(before), evidence_values(after)
    assert {name for name in other if other[name] != one[name]} == moved
    assert (before.evidence_hash() != after.evidence_hash()) == bool(moved)


def test_each_difference_is_a_sentence() -> None:
    before, now = {"a": 1, "b": {"x": 1}, "c": 3}, {"b": {"x": 2}, "c": 3, "d": 4}
    assert differences("record", before, now, values=True) == [
        "record a: gone",
        'record b: was {"x": 1}, is {"x": 2}',
        "record d: new",
    ]
    assert differences("source file", before, now, values=False)[1] == "source file b: changed"


def test_git_is_none_where_our_files_are_not_tracked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("terugkeer.abm.runs.provenance.__file__", str(tmp_path / "provenance.py"))
    assert git_state() is None
    git = shutil.which("git")
    assert git
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)  # somebody else's checkout
    assert git_state() is None
