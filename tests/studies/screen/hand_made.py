"""A screen of a few cells, and what the baseline shows, made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from terugkeer.abm.evidence.registry import registry

from studies.screen.cells import Cell, cells
from studies.screen.runs import OUTCOMES, SEEDS, Screened

OF_LENGTHS = 108  # runs of the sweep over lengths of procedure
PAGE = Path(__file__).parents[3] / "docs" / "screen.md"
CELLS = (Cell("", "baseline"), Cell("a", "one"), Cell("a", "two", gate="closed here"))
HOLDS = {  # what the baseline shows where every expectation of the sheets holds
    "school_independent": 0.6,
    "school_forced": 0.3,
    "family_location_year_1": 0.03,
    "family_location_year_2": 0.02,
    "family_location_year_3": 0.02,
    "family_location_stay": 100.0,
    "with_mental": 0.5,
    "with_physical": 0.2,
    "with_believed_safety": 0.4,
    "with_hope": -0.3,
    "with_threat": -0.15,
    "hazard_street": 0.001,
    "hazard_sheltered": 0.01,
    "hazard_term": 0.02,
    "hazard_private": 0.01,
    "fell_back": 0.2,
    "considering_refused": 0.2,
    "considering_in_law": 0.05,
    "leaving_detention": 0.6,
    "leaving_vbl": 0.45,
    "leaving_reporting_duty": 0.2,
    "leaving_family_location": 0.17,
    "years_unobserved_largest": 5.0,
    "heavy_independent": 1.2,
    "heavy_unobserved": 1.2,
    "heavy_forced": 1.2,
}


def screened(
    differences: list[dict[str, float]],
    errors: list[dict[str, float]] | None = None,
    *,
    level: float = 1000.0,
    untouched: list[bool] | None = None,
) -> Screened:
    """Return what cells came to: 0 in all outcomes but those given."""
    zero = dict.fromkeys(OUTCOMES, 0.0)
    return Screened(
        pd.DataFrame([dict.fromkeys(OUTCOMES, level)] * 3),
        pd.DataFrame([{**zero, **each} for each in differences]),
        pd.DataFrame([{**zero, **each} for each in errors or [{}] * len(differences)]),
        untouched or [False] * len(differences),
    )


def shipped() -> str:
    """Return the page that ships as the program writes it.

    The page may lag behind the evidence, as it then says at its top: that is left out, and the
    evidence named, the settings and the runs are those of the present.
    """
    settings = len(cells(registry())) - 1
    text = PAGE.read_text(encoding="utf-8")
    made_with = re.findall(r"\nevidence ([0-9a-f]{12})\.", text)[0]
    text, lags = re.subn(r"> \*\*Measured on an earlier.*?\n\n", "", text, flags=re.DOTALL)
    if lags:
        text = re.sub(r"baseline and \d+ settings", f"baseline and {settings} settings", text)
        number = (settings + 1) * len(SEEDS) + OF_LENGTHS
        text = re.sub(r"\(\d+ runs, some", f"({number} runs, some", text)
    return text.replace(made_with, registry().evidence_hash()[:12])
