"""The page of the screen, from numbers made by hand."""

from __future__ import annotations

import pandas as pd
from terugkeer.abm.evidence.registry import registry

from studies.screen import lengths, runs, screen
from studies.screen.cells import cells
from studies.screen.checks import checks
from tests.studies.screen.hand_made import HOLDS, OF_LENGTHS, screened, shipped

PAGE = shipped()


def test_the_page_is_filled_and_says_what_it_is_made_of() -> None:
    every = cells(registry())
    found, lived = screened([{}] * len(every)), pd.DataFrame([HOLDS])
    by_seed = pd.DataFrame(
        [
            {"reading": reading, "weeks": weeks, "measure": each, "seed": seed, "value": 0.5}
            for reading in (lengths.AS_IT_IS, *lengths.WITHOUT)
            for weeks in lengths.WEEKS
            for each in lengths.MEASURES
            for seed in lengths.SEEDS
        ]
    )
    number = len(every) * len(runs.SEEDS) + OF_LENGTHS
    text = screen.written(every, found, lived, by_seed, number)
    assert "{" not in text
    assert "}" not in text
    head = text[: text.index("The baseline:")]
    assert head == PAGE[: PAGE.index("The baseline:")]  # settings, seeds, evidence, runs, minutes
    for check in checks(every, found, lived):
        assert f"| {check.name} |" in PAGE
        assert f"| {check.sheet} |" in PAGE


def test_minutes_are_those_of_one_core() -> None:
    assert screen.minutes_of(120) == 7.0
