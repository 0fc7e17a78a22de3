"""The commands `plan` and `bench`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from terugkeer.abm.runs.speed import benchmark, throughput
from terugkeer.experiments.cli import main
from terugkeer.experiments.commands import machine

if TYPE_CHECKING:
    import pytest


def test_the_plan_lists_the_thirteen_phases_with_their_cost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "PLAN_SCALE", 2000.0)
    assert main(["plan", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 13
    assert [row["phase"] for row in rows][:2] == ["apply_policy", "arrive"]
    assert all(row["microseconds_a_week"] >= 0 for row in rows)
    assert any(row["writes"] for row in rows)


def test_bench_measures_runs_or_many_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "benchmark", lambda rounds: {"rounds": rounds})
    monkeypatch.setattr(throughput, "throughput", lambda runs: {"runs": runs})
    assert main(["bench", "--rounds", "2"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rounds": 2}
    assert main(["bench", "--throughput", "--runs", "5"]) == 0
    assert json.loads(capsys.readouterr().out) == {"runs": 5}
