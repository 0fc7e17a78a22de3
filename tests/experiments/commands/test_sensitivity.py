"""The commands from the question to the files, with a stand-in for the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from terugkeer.abm.runs.store import Store
from terugkeer.experiments.cli import main

from tests.experiments import fake_response
from tests.experiments.fake_response import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def indices(out: Path) -> pd.DataFrame:
    return pd.read_csv(out / "indices.csv")


def contents(out: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(out.iterdir()) if each.suffix != ""}


def test_a_screening_finds_what_moves_and_writes_all_that_was_promised(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight), drawing=True)
    assert main(asked("screen", tmp_path, "--trajectories", "6", "--widths")) == 0
    table = indices(tmp_path)
    assert table.columns.tolist() == ["outcome", "factor", "index", "value", "low", "high"]
    assert set(table["index"]) == {"mu", "mu_star", "sigma"}
    assert set(table["factor"]) == {"assistance_cash_adult", "night_shelter_capacity", "dummy"}
    assert set(table["outcome"]) == {
        "independent", "weeks_without_stable_shelter", "share_all_three",
    }  # fmt: skip
    mean = table[table["index"] == "mu"].pivot_table(
        index="factor", columns="outcome", values="value"
    )
    assert mean.loc["assistance_cash_adult", "independent"] == pytest.approx(300, abs=60)
    assert mean.loc["assistance_cash_adult", "weeks_without_stable_shelter"] == pytest.approx(
        -3000, abs=600
    )
    assert mean.loc["night_shelter_capacity", "independent"] == 0.0  # the same seeds, no effect
    above = pd.read_csv(tmp_path / "above_noise.csv").set_index(["outcome", "factor"])["above"]
    assert above["independent", "assistance_cash_adult"]
    assert not above["independent", "night_shelter_capacity"]
    ranked = pd.read_csv(tmp_path / "ranks.csv")
    assert sorted(ranked["width"].unique()) == [0.5, 1.0, 2.0]
    half = ranked[
        (ranked["factor"] == "assistance_cash_adult") & (ranked["outcome"] == "independent")
    ]
    values = half.set_index("width")["mu_star"]
    assert values[0.5] < 0.7 * values[1.0] < values[2.0]
    said = capsys.readouterr()
    assert "out_of_sight_end: the same at all points, so left out." in said.out
    assert "72 runs" in said.err  # 6 trajectories of 4 points under three widths
    assert "independent: " in said.out
    assert "Changed nothing while seeds stayed: night_shelter_capacity." in said.out
    for name in ("plane", "bars", "nusap", "convergence"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.info["Description"].endswith("not estimates)")
            assert "evidence=" in picture.info["Source"]
    study = json.loads((tmp_path / "study.json").read_text("utf-8"))
    assert study["finished"]
    assert not study["calibrated"]
    assert study["runs"] == 72


@pytest.mark.slow
def test_doubling_uses_every_run_again(tmp_path: Path, answering: Callable[..., None]) -> None:
    made: list[int] = []
    simulate = fake_response.responding(fake_response.straight)

    def counted(*arguments: object, **options: object) -> object:
        made.append(1)
        return simulate(*arguments, **options)

    answering(counted)
    assert main(asked("sobol", tmp_path, "--n", "4", "--seeds", "2")) == 0
    assert len(made) == len(Store(tmp_path).done())
    assert len(made) <= 4 * 5 * 2
    before = set(Store(tmp_path).done())
    assert main(asked("sobol", tmp_path, "--double", "--seeds", "2")) == 0
    assert before < set(Store(tmp_path).done())
    assert len(made) == len(Store(tmp_path).done())
    assert json.loads((tmp_path / "study.json").read_text("utf-8"))["ask"]["number"] == 8
    whole = tmp_path / "whole"
    assert main(asked("sobol", whole, "--n", "8", "--seeds", "2")) == 0
    assert contents(whole)["indices.csv"] == contents(tmp_path)["indices.csv"]


def test_killed_and_resumed_equals_uninterrupted(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    simulate = fake_response.responding(fake_response.straight)
    left = [9]

    def tiring(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return simulate(*arguments, **options)

    answering(tiring)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert main(asked("screen", broken, "--trajectories", "5")) == 130
    assert not (broken / "indices.csv").exists()
    done = len(Store(broken).done())
    assert 0 < done < 20
    capsys.readouterr()
    assert main(asked("screen", broken, "--trajectories", "3", "--dry-run")) == 0
    told = capsys.readouterr().err
    assert f"20 runs, {done} of them made" in told  # what the larger call wanted is made too
    assert main(asked("screen", broken, "--trajectories", "5")) == 0
    answering(simulate)
    assert main(asked("screen", whole, "--trajectories", "5")) == 0
    one, other = contents(whole), contents(broken)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.slow
def test_pawn_ranks_and_tells_how_many_points_are_plausible(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("pawn", tmp_path, "--n", "128", "--plausible")) == 0
    assert "128 of 128 points are plausible" in capsys.readouterr().out
    ranks = pd.read_csv(tmp_path / "pawn.csv")
    assert set(ranks["index"]) == {"pawn"}
    top = ranks[ranks["outcome"] == "independent"].set_index("factor")["value"]
    assert top["assistance_cash_adult"] > 2 * top["dummy"]
    assert set(indices(tmp_path)["index"]) == {"S1"}


def test_implausible_points_are_refused_where_too_few_are_left(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(lambda _: 9.0))
    assert main(asked("pawn", tmp_path, "--n", "64", "--plausible")) == 1
    assert "0 of 64 points are plausible" in capsys.readouterr().err


def test_the_record_says_which_points_are_plausible_where_a_tolerance_is_given(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("pawn", tmp_path, "--n", "64", "--tolerance", "2")) == 1
    told = capsys.readouterr().err
    assert "of 64 points are plausible" in told
    assert "within 2 percentage points of the record of 2012-2012" in told
    late = asked("pawn", tmp_path / "late", "--n", "64", "--tolerance", "2")
    late[late.index("--to") + 1] = "2016"
    assert main(late) == 1
    assert "no record of how files closed in 2016" in capsys.readouterr().err


@pytest.mark.slow
def test_an_emulator_answers_where_it_is_good_and_is_told_where_not(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight, chance=10.0))
    more = ("--n", "64", "--seeds", "2", "--emulator")
    assert main(asked("sobol", tmp_path, *more)) == 0
    told = pd.read_csv(tmp_path / "emulator.csv").set_index("outcome")
    assert told.loc["independent", "used"]
    total = indices(tmp_path).query("outcome == 'independent' and index == 'ST'")
    value = total.set_index("factor")["value"]
    assert value["assistance_cash_adult"] > 0.9
    assert value["dummy"] < 0.1
    partly = fake_response.responding(fake_response.straight, chance=40.0)
    answering(partly)
    assert main(asked("sobol", tmp_path / "partly", *more)) == 0
    told = pd.read_csv(tmp_path / "partly" / "emulator.csv").set_index("outcome")["used"]
    assert told["independent"]
    assert not told["weeks_without_stable_shelter"]
    table = indices(tmp_path / "partly")
    assert set(table.query("outcome == 'weeks_without_stable_shelter'")["index"]) == {"S1"}
    assert set(table.query("outcome == 'independent'")["index"]) == {"S1", "ST"}
    answering(fake_response.responding(lambda _: 0.5))
    assert main(asked("sobol", tmp_path / "poor", *more)) == 1
    assert "No emulator is good enough" in capsys.readouterr().err


def test_a_missing_number_is_refused_with_its_row(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    def hollow(values: dict[str, object]) -> float:
        cash = float(str(values["assistance_cash_adult"]))
        return float("nan") if cash == fake_response.CASH_TO else cash / fake_response.CASH_TO

    answering(fake_response.responding(hollow))
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 1
    assert "outcome 'independent': no finite number at design rows" in capsys.readouterr().err
    assert not (tmp_path / "indices.csv").exists()


def test_a_share_of_nobody_that_came_along_gives_way_to_its_number(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    def none_left(values: dict[str, object]) -> float:
        return max(fake_response.straight(values) - 0.5, 0.0)

    answering(fake_response.responding(none_left, chance=0.0))
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    told = capsys.readouterr().out
    assert "runs can't tell it because nobody is counted, so it is left out; in its place" in told
    outcomes = set(indices(tmp_path)["outcome"])
    assert "adults_all_three" in outcomes
    assert "share_all_three" not in outcomes
    asking = asked("screen", tmp_path, "--trajectories", "4", "--outcome", "share_all_three")
    assert main(asking) == 1
    assert "outcome 'share_all_three': no finite number" in capsys.readouterr().err


def test_an_outcome_that_never_changes_is_refused(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("screen", tmp_path, "--trajectories", "4", "--outcome", "forced")) == 1
    assert "'forced': 500 at all design rows 1 to 16" in capsys.readouterr().err


def test_the_cost_is_told_before_and_a_dry_run_stops_there(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("screen", tmp_path, "--trajectories", "4", "--dry-run")) == 0
    told = capsys.readouterr().err
    assert "16 runs, 1 of them made; 15 to go" in told
    assert "on 1 process(es)" in told
    assert len(Store(tmp_path).done()) == 1


def test_a_folder_keeps_to_its_question(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    assert (
        main(asked("screen", tmp_path, "--trajectories", "4", factors="assistance_cash_adult")) == 1
    )
    assert "holds another analysis" in capsys.readouterr().err
    assert main(asked("sobol", tmp_path, "--n", "12")) == 1
    assert "power of two" in capsys.readouterr().err
    assert main(asked("screen", tmp_path / "new", "--double")) == 1
    assert "no folder of an analysis" in capsys.readouterr().err


def test_a_group_counts_as_one_and_schemes_are_groups(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answering(fake_response.responding(fake_response.straight))
    factors = "assistance_cash_adult,rean_open,rean_adult,iom_capacity"
    more = ("--group", "schemes", "--group", "two=assistance_cash_adult,iom_capacity")
    assert main(asked("sobol", tmp_path, "--n", "4", *more, factors=factors)) == 0
    table = indices(tmp_path).query("outcome == 'independent' and index == 'ST'")
    assert table["factor"].tolist() == ["two", "rean", "dummy"]
    assert main(asked("sobol", tmp_path / "b", "--group", "two", factors=factors)) == 1
    assert "write NAME=a,b" in capsys.readouterr().err


@pytest.mark.slow
def test_reordering_the_rows_of_runs_changes_nothing(
    tmp_path: Path, answering: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(fake_response.responding(fake_response.straight))
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    before = contents(tmp_path)["indices.csv"]
    rows = Store.rows

    def shuffled(*arguments: object, **options: object) -> pd.DataFrame:
        return rows(*arguments, **options).sample(frac=1.0, random_state=np.random.RandomState(3))

    monkeypatch.setattr(Store, "rows", shuffled)
    assert main(asked("screen", tmp_path, "--trajectories", "4")) == 0
    assert contents(tmp_path)["indices.csv"] == before


def test_levers_vary_by_their_own_doses_and_say_what_shuts_them(
    tmp_path: Path, answering: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    def response(values: dict[str, object]) -> float:  # what multiplies arrives as a factor
        return 0.4 + 0.1 * float(str(values.get("night_shelter_capacity", 1.0)))

    answering(fake_response.responding(response))
    line = asked("screen", tmp_path, "--trajectories", "4", factors="night_shelter,child_pardon")
    assert main(line) == 0
    said = capsys.readouterr().out
    assert "child_pardon (acts under child_pardon_stay_weeks = 104)" in said
    factors = pd.read_csv(tmp_path / "factors.csv").set_index("factor")
    assert factors.loc["night_shelter", ["low", "high"]].tolist() == [0, 4]
    mean = indices(tmp_path).query("outcome == 'independent' and index == 'mu'")
    value = mean.set_index("factor")["value"]
    assert value["night_shelter"] == pytest.approx(1000 * 0.1 * 4, rel=0.02)
    assert value["child_pardon"] == 0.0
    assert main(line) == 0  # the scenarios of its points are found again
    assert main([*line, "--widths"]) == 1
    assert "a lever has no prior" in capsys.readouterr().err


@pytest.mark.slow
def test_one_and_two_workers_agree_on_the_real_model(tmp_path: Path) -> None:
    for workers in ("1", "2"):
        line = asked("screen", tmp_path / workers, "--trajectories", "2", "--seeds", "1")
        line[line.index("--workers") + 1] = workers
        line[line.index("--scale") + 1] = "100"  # coarser, and at times no adult leaves
        assert main(line) == 0
    one, two = contents(tmp_path / "1"), contents(tmp_path / "2")
    assert [name for name in one if one[name] != two[name]] == []
