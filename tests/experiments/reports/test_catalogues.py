"""`terugkeer explain factors` and `explain switches`, as a user calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.evidence import registry
from terugkeer.experiments.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_explain_tells_how_a_factor_acts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "factor_gloom", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["factor"]["options"] == {"return": 1.0, "out_of_sight": -1.0}
    assert told["factor"]["disputed"]
    assert told["readers"] == ["abm/world/decision/variables.py:gloom"]


def test_explain_factors_tells_all_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "factors", "--json"]) == 0
    told = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    records = {record.name: record for record in registry.registry().factors()}
    assert told.keys() == records.keys()
    for name, record in records.items():
        row = told[name]
        assert record.factor is not None
        assert row["weight"] == record.value
        assert row["variable"] == record.factor.variable
        assert row["options"] == dict(record.factor.options)
        assert row["disputed"] == record.factor.disputed
        assert row["prior_95"][0] < row["weight"] < row["prior_95"][1]
        assert [(each["ref"], each["locator"]) for each in row["sources"]] == [
            (each.ref, each.locator) for each in record.sources
        ]


def test_explain_factors_reads_at_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "factors"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert [line.split(":")[0] for line in lines if line[:4].isupper()] == [
        "PUSH",
        "PULL",
        "STAY",
        "DETER",
    ]
    (named,) = [n for n, line in enumerate(lines) if "factor_gloom: " in line]
    assert lines[named - 1].split() == ["1.50", "0.50", "to", "4.25", "C", ".", "+1", "-1", "."]


def test_explain_switches_tells_the_alternatives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "switches", "--json"]) == 0
    told = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert told.keys() == {record.name for record in registry.registry().by_role("switch")}
    assert told["household"]["value"] == "mean"
    assert told["household"]["alternatives"] == ["mean", "veto", "head"]
    assert all(each["value"] in each["alternatives"] for each in told.values())
    assert all(each["says"] for each in told.values())
    assert all(list(each["claims"]) == each["alternatives"] for each in told.values())
    assert main(["explain", "switches"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 100
    assert "        [mean]: assumed: all adults count the same\n        veto: " in out


def test_explain_of_an_empty_catalogue_says_so(
    evidence_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = registry.load_registry(evidence_folder)
    monkeypatch.setattr(registry, "registry", lambda: sample)
    assert main(["explain", "factors"]) == 0
    assert capsys.readouterr().out == "No factors.\n"
    assert main(["explain", "factors", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["explain", "switches"]) == 0
    assert (
        "[either_or]: s3: the pilot's rule\n        stacked: s4: since 2012"
        in capsys.readouterr().out
    )


def test_explain_asks_whether_a_catalogue_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "switchs"]) == 1
    assert "Did you mean 'switches'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["factors", "switches", "outcomes", "targets"])
def test_explain_of_a_catalogue_takes_no_second_name(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", name, "nonsense"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"'nonsense': `explain {name}` shows all {name} and takes no second name" in err
