"""The words of the paper kit."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from terugkeer.experiments.reports.paper import ROWS, leading_rows, methods_paragraph, stress_abs
from terugkeer.experiments.sensitivity.question import Question

ONE = Question("sobol", "levers", "independent", 8, 1, 20.0, 2011, 2013)
ABOUT = {
    "runs": 40,
    "said": ["independent: converged: x.", "a: left out. Name it in another analysis."],
    "versions": {"numpy": "2.0"},
    "evidence_hash": "e" * 64,
    "sources_sha256": "s" * 64,
}


def test_the_methods_tell_number_seeds_years_and_options() -> None:
    text = methods_paragraph(ONE, ABOUT)
    for words in ("from 8 base points", "1 seed at each", "2011-2013", "40 runs", "uncalibrated"):
        assert words in text
    assert "a: left out. Indices had converged for 1 of 1 outcomes." in text
    assert "eeeeeeeeeeee" in text
    several = replace(ONE, groups={"g": ("a", "b")}, second_order=True, seeds=4)
    text = methods_paragraph(several, {**ABOUT, "calibrated": True})
    for words in (
        "means of 4 seeds",
        "a, b moved together as g.",
        "Second-order",
        "the calibrated",
    ):
        assert words in text


def test_the_list_of_stress_abs_says_that_nothing_is_calibrated() -> None:
    found = dict(stress_abs(ONE, ABOUT))
    assert found["Calibration"] == "None: starting values, not estimates."
    assert "not in a git checkout" in found["6 Code access"]


def test_a_table_holds_the_largest_factors_and_the_dummy() -> None:
    names = [*(f"f{each}" for each in range(30)), "dummy"]
    rows = pd.DataFrame(
        {"index": "ST", "factor": names, "value": [*range(30, 0, -1), 0.0], "low": 0.0, "high": 1.0}
    )
    found = leading_rows(rows, "ST", pd.Series({"f0": "B"}))
    assert found["factor"].tolist() == [*(f"f{each}" for each in range(ROWS)), "dummy"]
    assert found["grade"].iloc[0] == "B"
