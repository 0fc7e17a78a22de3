"""The command `compare`, on the model at a very large scale."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.observation.outcomes import OUTCOMES
from terugkeer.abm.runs.comparison import compared
from terugkeer.experiments.cli import main
from terugkeer.viz.figures.picture import UNCALIBRATED

from tests.experiments.conftest import SHORT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "fewer_case_managers"
WHOLE = "2011-2012"


def call(folder: Path, *options: str, quick: bool = True) -> int:
    return main(["compare", *options, *(SHORT if quick else []), "--out", str(folder)])


def values(
    found: dict[tuple[str, int], float], ids: tuple[str, ...] = ("weeks_on_street",)
) -> pd.DataFrame:
    """Return a value of outcomes, by scenario and seed, for all years and for each of two."""
    rows = [
        (scenario, seed, name, "all", period, value)
        for (scenario, seed), value in found.items()
        for name in ids
        for period in ("2011", "2012", WHOLE)
    ]
    columns = ["scenario", "seed", "outcome", "group", "period", "value"]
    return pd.DataFrame(rows, columns=columns)


def test_differences_are_paired_by_seed_with_students_interval() -> None:
    base, other = [10.0, 200.0, 3000.0], [12.0, 203.0, 3010.0]
    found = {("a", seed): value for seed, value in enumerate(base)}
    found |= {("b", seed): value for seed, value in enumerate(other)}
    table = compared(values(found), "a", ["b"])
    assert table["period"].tolist() == ["2011", WHOLE, "2012"]
    row = table[table["period"] == WHOLE].iloc[0]
    gains = np.array([2.0, 3.0, 10.0])
    half = student.ppf(0.975, 2) * gains.std(ddof=1) / math.sqrt(3)
    assert row["outcome"] == "weeks_on_street"
    assert row["base"] == pytest.approx(1070.0)
    assert row["difference"] == pytest.approx(5.0)
    assert row["high"] - row["low"] == pytest.approx(2 * half)


def test_what_one_seed_cannot_tell_no_mean_tells() -> None:
    found = values({("a", 1): 4.0, ("a", 2): 5.0, ("b", 1): 4.0, ("b", 2): 7.0})
    found.loc[0, "value"] = float("nan")  # 2011 of the first
    table = compared(found, "a", ["b"]).set_index("period")
    assert table.loc["2011", ["base", "other", "difference", "low", "high"]].isna().all()
    assert table.loc["2012", "difference"] == 1.0


@pytest.mark.usefixtures("quick_model")
def test_a_comparison_writes_table_words_and_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert call(folder, "baseline", PACKAGE, "--seeds", "2") == 0
    said = capsys.readouterr().out
    table = pd.read_csv(folder / "differences.csv")
    assert set(table["outcome"]) == {each.id for each in OUTCOMES}
    assert set(table["scenario"]) == {PACKAGE}
    assert (table["notice"] == UNCALIBRATED).all()
    columns = "scenario,outcome,group,base,other,difference,low,high,notice"
    assert list(table.columns) == columns.split(",")
    assert not table.duplicated(["scenario", "outcome", "group"]).any()
    by_year = pd.read_csv(folder / "differences_by_year.csv")
    assert set(by_year["outcome"]) == {each.id for each in OUTCOMES}
    assert set(by_year["year"]) == {2015, 2016}
    groups = set(table["group"]) - {"all"}
    dimensions = {group.split("=")[0] for group in groups}
    assert dimensions == {"background", "origin_group", "household"}  # no nationality
    assert (folder / "summary.md").read_text("utf-8") in said
    for name, words in (
        ("summary.md", (UNCALIBRATED, "How sure we are", "## Harm", "How freely")),
        ("samenvatting.md", ("uncalibrated", "Hoe zeker we zijn", "## Schade", "Hoe vrij")),
    ):
        text = (folder / name).read_text("utf-8")
        assert all(each in text for each in words)
    picture = (folder / "contrast.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert UNCALIBRATED.encode() in picture
    kept = json.loads((folder / "comparison.json").read_text("utf-8"))
    assert kept["notice"] == UNCALIBRATED
    assert kept["seeds"] == [1, 2]

    # the same again is read from the store, and more seeds are added to it
    before = {path.name for path in (folder / "store" / "parts").iterdir()}
    assert call(folder, "baseline", PACKAGE, "--seeds", "2", "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert again == kept
    assert {path.name for path in (folder / "store" / "parts").iterdir()} == before
    assert call(folder, "baseline", PACKAGE, "--seeds", "3", "--json") == 0
    assert json.loads(capsys.readouterr().out)["seeds"] == [1, 2, 3]

    # another comparison does not belong there
    assert call(folder, "baseline", "vwn_bundle", "--seeds", "2") == 1
    assert "holds runs of another comparison" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["bseline", PACKAGE], "Did you mean 'baseline'"),
        (["baseline", "vwn_bundel"], "Did you mean 'vwn_bundle'"),
        (["baseline", "baseline"], "Give each scenario once"),
        (["baseline", PACKAGE, PACKAGE], "Give each scenario once"),
        (["baseline", PACKAGE, "--seeds", "1"], "an interval needs 2 seeds"),
        (["baseline", PACKAGE, "--seeds", "-1"], "an interval needs 2 seeds"),
        (["baseline", PACKAGE, "--scale", "0"], "--scale 0"),
        (["baseline", PACKAGE, "--to", "2030"], "--to 2030"),
        (["baseline", PACKAGE, "--workers", "0"], "--workers 0"),
        (["baseline", "missing.toml"], "no such file"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    options: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "none"
    assert call(folder, *options, quick=False) == 1
    assert says in capsys.readouterr().err
    assert not folder.exists()


def test_a_scenario_that_changes_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "same.toml"
    path.write_text("name = 'same'\n", encoding="utf-8")
    assert call(tmp_path / "none", "baseline", str(path)) == 1
    assert "changes the same as 'baseline'" in capsys.readouterr().err


def test_a_folder_that_holds_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert call(tmp_path, "baseline", PACKAGE, "--seeds", "2") == 1
    assert "the folder is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
