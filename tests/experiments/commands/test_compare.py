"""The command `compare`, on the model at a very large scale."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from terugkeer.abm.observation.amounts import noun, signed
from terugkeer.abm.observation.outcomes import BY_ID, COMPANIONS, HEADLINES, OUTCOMES
from terugkeer.abm.observation.reported import OF_LEAVING
from terugkeer.abm.runs.comparison import compared
from terugkeer.experiments.cli import main
from terugkeer.experiments.reports.comparison import SECTIONS, summary, told
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


@pytest.mark.parametrize(
    ("name", "row", "english", "dutch"),
    [
        (
            "weeks_on_street",
            (2000.0, 5.0, 1.0, 9.0),
            "5 weeks more (between 1 and 9 more), on 2,000",
            "5 weken meer (tussen 1 en 9 meer), op 2.000",
        ),
        (
            "forced",
            (2000.0, -5.0, -9.0, -1.0),
            "5 files fewer (between 1 and 9 fewer), on 2,000",
            "5 dossiers minder (tussen 1 en 9 minder)",
        ),
        (
            "moved_on",
            (2000.0, 1.0, -3.0, 5.0),
            "not to be told from chance: between 3 fewer and 5 more persons",
            "toeval te onderscheiden: tussen 3 minder en 5 meer personen",
        ),
        (
            "share_free",
            (0.9, -0.0234, -0.05, -0.001),
            "2.3 percentage points less (between 0.1 and 5.0 less), on 90.0 %",
            "2,3 procentpunt minder (tussen 0,1 en 5,0 minder), op 90,0 %",
        ),
        (
            "spending_total",
            (1.5e9, 2.34e7, 1.1e7, 3.6e7),
            "23.4 million euro more (between 11.0 and 36.0 more), on 1,500.0 million euro",
            "23,4 miljoen euro meer (tussen 11,0 en 36,0 meer), op 1.500,0 miljoen euro",
        ),
        (
            "weeks_without_stable_shelter_per_year",
            (1.5, 0.256, 0.1, 0.5),
            "0.26 weeks a year more",
            "0,26 weken per jaar meer",
        ),
        ("permit", (2000.0, 0.0, 0.0, 0.0), "the same in every run, 2,000", "in elke run gelijk"),
        ("permit", (2000.0, *(math.nan,) * 3), "cannot be told", "niet te zeggen"),
    ],
)
def test_a_difference_in_words(name: str, row: tuple[float, ...], english: str, dutch: str) -> None:
    named = dict(zip(("base", "difference", "low", "high"), row, strict=True))
    assert english in told(named, BY_ID[name], "en")
    assert dutch in told(named, BY_ID[name], "nl")


def test_the_noun_and_word_of_every_unit_are_known_in_both_languages() -> None:
    for each in OUTCOMES:
        assert noun(each.unit, "en") != noun(each.unit, "nl")
    assert signed(-0.0004, "share") == "+0.0"
    assert signed(-0.0014, "share", "nl") == "-0,1"


def test_headlines_hold_every_family_but_cohorts_and_all_companions() -> None:
    assert set(COMPANIONS) < set(HEADLINES) < set(BY_ID)
    families = {BY_ID[name].family for name in HEADLINES}
    assert families == {each.family for each in OUTCOMES} - {"cohort"}
    assert families > set(OF_LEAVING) - {"cohort"}
    assert {family for family, _, _ in SECTIONS} == {each.family for each in OUTCOMES}


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


def test_no_summary_tells_of_departures_alone() -> None:
    found = {("a", 1): 4.0, ("a", 2): 5.0, ("b", 1): 4.0, ("b", 2): 5.0}
    table = compared(values(found, tuple(BY_ID)), "a", ["b"])
    table = table[table["period"] == WHOLE]
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
            assert (each.label if language == "en" else each.label_nl) in text


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
