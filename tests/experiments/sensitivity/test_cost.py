"""What an analysis costs, in words."""

from __future__ import annotations

from terugkeer.experiments.sensitivity.cost import Cost


def test_the_cost_counts_rounds_of_processes() -> None:
    words = Cost(runs=10, missing=7, run_seconds=2.0, workers=3).words()
    assert words.startswith("10 runs, 3 of them made; 7 to go, 2 s each: about 6 seconds")
    assert words.endswith("on 3 process(es).")
    assert "made" not in Cost(runs=7, missing=7, run_seconds=2.0, workers=3).words()
