"""What `run` tells never shows return alone."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from terugkeer.abm.observation.outcomes import COMPANIONS, OUTCOMES
from terugkeer.abm.observation.published import published_rows
from terugkeer.abm.runs.folder import outcomes_csv
from terugkeer.experiments.reports.run import SHOWN, show, told

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pandas as pd
    from terugkeer.abm.runs.result import RunResult

ABOUT: dict[str, Any] = {
    "scenario": {"name": "test"},
    "seeds": [1],
    "scale": 400.0,
    "first_year": 2015,
    "last_year": 2016,
    "notice": "uncalibrated",
    "record_seen": "Seen.",
}


@pytest.fixture
def yearly(one_run: tuple[RunResult, pd.DataFrame]) -> pd.DataFrame:
    return one_run[1].assign(scenario="test", seed=1)


def test_no_report_shows_return_alone(yearly: pd.DataFrame, tmp_path: Path) -> None:
    content = told(yearly, published_rows(), ABOUT, tmp_path)
    assert {row["outcome"] for row in content["outcomes"]} == {each.id for each in OUTCOMES}
    assert content["harm"]
    assert content["voluntariness_of_adults"]
    assert set(SHOWN) >= set(COMPANIONS)
    out = StringIO()
    show(content, Console(file=out, width=200))
    printed = out.getvalue()
    labels = {each.id: each.label for each in OUTCOMES}
    for name in SHOWN:
        assert labels[name] in printed
    for name in COMPANIONS:
        assert labels[name] in printed


def test_the_csv_holds_every_outcome_with_its_companions(yearly: pd.DataFrame) -> None:
    lines = outcomes_csv(yearly).decode().splitlines()
    assert lines[0] == "scenario,seed,outcome,group,period,value"
    assert {line.split(",")[2] for line in lines[1:]} == {each.id for each in OUTCOMES}
    assert any(line.startswith("test,1,forced,all,2015-2016,") for line in lines)
