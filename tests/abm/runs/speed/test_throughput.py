"""Runs an hour: what is timed, and what is left out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.outcomes import EVERYTHING
from terugkeer.abm.runs.speed import throughput as module
from terugkeer.abm.runs.speed.throughput import Throughput, steady, throughput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terugkeer.abm.runs.design import Design


def test_the_first_run_of_each_worker_is_left_out() -> None:
    """Two workers start for 9 seconds, then each makes a run in 6."""
    stored = [(0.0, 0), (15.0, 1), (15.5, 2), (21.0, 3), (21.5, 4), (27.0, 5), (27.5, 6)]
    assert steady(stored, 2) == Throughput(4, 12.0)
    assert steady(stored, 2).per_hour == 1200.0
    assert steady(stored, 1) == Throughput(5, 12.5)


@pytest.mark.parametrize("failed", [[], ["key"]])
def test_a_design_with_all_outcomes_goes_through_the_runner(
    monkeypatch: pytest.MonkeyPatch, failed: list[str]
) -> None:
    places = []

    def run_design(
        design: Design, folder: Path, *, workers: int, tell: Callable[[Any], None], check: object
    ) -> object:
        assert check is not None
        assert design.outcomes is EVERYTHING
        assert {(run.scale, run.first_year, run.last_year) for run in design.runs} == {
            (20.0, 2011, 2017)
        }
        assert [run.seed for run in design.runs] == list(range(1, workers * 4 + 1))
        places.append(folder)
        assert folder.parent.is_dir()
        for done in range(len(design.runs) + 1):
            tell(SimpleNamespace(done=done))
        return SimpleNamespace(failed=lambda: failed)

    ticks = iter([10.0 * tick for tick in range(9)])
    monkeypatch.setattr(module, "run_design", run_design)
    monkeypatch.setattr(module, "perf_counter", lambda: next(ticks))
    asked = {"scale": 20.0, "first_year": 2011, "last_year": 2017, "check": lambda: None}
    if failed:
        with pytest.raises(InputError, match="nothing to measure"):
            throughput(2, 3, **asked)
    else:
        assert throughput(2, 3, **asked) == Throughput(6, 60.0)
    assert not places[0].parent.exists()
