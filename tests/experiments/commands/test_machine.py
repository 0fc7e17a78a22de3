"""The commands `plan` and `bench`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.speed import benchmark
from terugkeer.experiments.cli import main
from terugkeer.experiments.commands import machine

if TYPE_CHECKING:
    from collections.abc import Callable


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


@pytest.mark.parametrize("note", [None, "The line misses a scale by 24%."])
def test_bench_prints_json_and_tells_the_rest_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], note: str | None
) -> None:
    def measured(
        rounds: int, *, tell: Callable[[str], None], check: Callable[[], None]
    ) -> dict[str, object]:
        check()
        tell("about 2 minutes")
        return {"rounds": rounds, "fit_note": note}

    monkeypatch.setattr(benchmark, "benchmark", measured)
    assert main(["bench", "--rounds", "2"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"rounds": 2, "fit_note": note}
    assert told.err.splitlines() == ["about 2 minutes", *([note] if note else [])]


@pytest.mark.parametrize("wrong", [["--rounds", "0"], ["--rounds", "two"], ["--throughput"], ["3"]])
def test_bench_refuses_what_it_cannot_measure(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", *wrong]) == 2
    assert wrong[0] in capsys.readouterr().err
