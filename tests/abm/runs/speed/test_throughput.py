"""The benchmark of many runs tells what it says it does."""

from __future__ import annotations

import pytest
from terugkeer.abm.runs.speed.throughput import throughput

pytestmark = pytest.mark.slow


def test_throughput_of_runner_store_and_mesa() -> None:
    told = throughput(runs=3)
    assert set(told) == {"workers_1", "workers_2", "store", "mesa_batch_run"}
    for workers in (1, 2):
        by = told[f"workers_{workers}"]
        assert 0.0 <= by["overhead_share"] < 1.0
        assert by["runs_per_hour"] > 0.0
        assert by["run_s"] * 3 <= by["wall_s"] * workers + 0.05
    assert told["workers_1"]["overhead_share"] < 0.05  # the runner's own promise
    assert told["store"]["add_ms"] < 1000 * told["workers_1"]["run_s"] * 0.05
    assert all(value > 0.0 for value in told["mesa_batch_run"].values())
