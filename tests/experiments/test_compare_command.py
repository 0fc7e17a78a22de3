"""The command `compare`, on the model at a very large scale."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.runs.compared_outcomes import OUTCOMES
from terugkeer.abm.runs.comparison import compared, outcomes_of
from terugkeer.experiments.cli import main
from terugkeer.experiments.compare_words import summary, told
from terugkeer.viz.picture import UNCALIBRATED

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ["--scale", "500", "--from", "2011", "--to", "2011", "--workers", "1"]
PACKAGE = "fewer_case_managers"


def call(folder: Path, *options: str, quick: bool = True) -> int:
    return main(["compare", *options, *(QUICK if quick else []), "--out", str(folder)])


def yearly(values: dict[tuple[str, int], float]) -> pd.DataFrame:
    """Return rows of one outcome, by scenario and seed, half of it in each of two years."""
    rows = [
        (scenario, seed, year, "harm", "weeks_on_street", "all", value / 2)
        for (scenario, seed), value in values.items()
        for year in (2011, 2012)
    ]
    columns = ["scenario", "seed", "year", "table", "item", "group", "persons"]
    return pd.DataFrame(rows, columns=columns)


def test_differences_are_paired_by_seed_with_students_interval() -> None:
    base, other = [10.0, 200.0, 3000.0], [12.0, 203.0, 3010.0]
    values = {("a", seed): value for seed, value in enumerate(base)}
    values |= {("b", seed): value for seed, value in enumerate(other)}
    (row,) = compared(outcomes_of(yearly(values)), "a", ["b"]).to_dict("records")
    gains = np.array([2.0, 3.0, 10.0])
    half = student.ppf(0.975, 2) * gains.std(ddof=1) / math.sqrt(3)
    assert row["outcome"] == "harm/weeks_on_street"
    assert row["base"] == pytest.approx(1070.0)
    assert row["difference"] == pytest.approx(5.0)
    assert row["high"] - row["low"] == pytest.approx(2 * half)


def test_what_one_year_cannot_tell_the_sum_cannot_tell() -> None:
    rows = yearly({("a", 1): 4.0})
    rows.loc[0, "persons"] = float("nan")
    assert outcomes_of(rows)["value"].isna().all()


@pytest.mark.parametrize(
    ("row", "english", "dutch"),
    [
        ((5.0, 1.0, 9.0), "5 more (between 1 and 9 more), on 2,000", "5 meer"),
        ((-5.0, -9.0, -1.0), "5 fewer (between 1 and 9 fewer), on 2,000", "5 minder"),
        ((1.0, -3.0, 5.0), "not to be told from chance: between 3 fewer and 5 more", "toeval"),
        ((0.0, 0.0, 0.0), "the same in every run, 2,000", "in elke run gelijk, 2.000"),
        ((math.nan,) * 3, "cannot be told", "niet te zeggen"),
    ],
)
def test_a_difference_in_words(row: tuple[float, ...], english: str, dutch: str) -> None:
    named = dict(zip(("difference", "low", "high"), row, strict=True), base=2000.0)
    assert english in told(named, "en")
    assert dutch in told(named, "nl")


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


def test_no_summary_tells_of_departures_alone(tmp_path: Path) -> None:
    values = {("a", 1): 4.0, ("a", 2): 5.0, ("b", 1): 4.0, ("b", 2): 5.0}
    rows = yearly(values)
    everything = pd.concat(
        [rows.assign(table=each.table, item=each.item) for each in OUTCOMES], ignore_index=True
    )
    table = compared(outcomes_of(everything), "a", ["b"])
    about = {
        "base": "a",
        "others": ["b"],
        "first_year": 2011,
        "last_year": 2012,
        "seeds": [1, 2],
        "scale": 1.0,
        "level": 0.95,
    }
    for language, kept in (("en", "Departures are no success"), ("nl", "Vertrek is geen succes")):
        text = summary(table, about, language)  # type: ignore[arg-type]  # both are languages
        assert kept in text
        for each in OUTCOMES:
            assert (each.en if language == "en" else each.nl) in text
    assert not list(tmp_path.iterdir())


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
