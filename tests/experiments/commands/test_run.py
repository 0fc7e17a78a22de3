"""`terugkeer run`, as a user calls it: the real model, at a coarse scale."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.experiments.cli import main
from terugkeer.viz.figures.picture import RECORD_SEEN, UNCALIBRATED

from tests.experiments.conftest import SHORT

if TYPE_CHECKING:
    from typing import Any

    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.world.scenario import Scenario

    from tests.experiments.conftest import QuickModel, Shown

PROGRAM = "import sys; from terugkeer.experiments.cli import main; sys.exit(main())"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_outcomes_stand_beside_the_record_and_harm_beneath(shown: Shown) -> None:
    out, folder = shown.out, shown.folder
    assert UNCALIBRATED in out
    assert RECORD_SEEN in " ".join(out.split())
    assert str(folder) in out
    order = [
        out.index(words)
        for words in ("How DT&V files closed", "Harm", "Independent returns, by circumstance")
    ]
    assert order == sorted(order)
    row = next(line for line in out.splitlines() if "permit" in line and "2016" not in line)
    assert "1,230" in row  # the record of 2015
    assert out.count("withheld: blind test") == 5  # the outcomes of 2016
    assert "21,200" in out  # whose total is known
    shares = [line for line in out.splitlines() if "%" in line]
    assert len(shares) == 1, "no rate stands alone"
    assert re.fullmatch(
        r"Of adults who returned independently: \d+ % informed, \d+ % free of detention and "
        r"destitution, \d+ % with a liveable alternative, all three \d+ %\.",
        shares[0],
    )
    assert "terugkeer explain" in out


def test_cost_is_told_first_and_progress_stays_off_standard_output(
    shown: Shown,
) -> None:
    out, error = shown.out, shown.err
    assert re.match(r"2 seed\(s\) of baseline, 2015-2016, scale 400, on 1 process", error)
    assert "Measured on the first: 1 run(s) to go" in error
    assert "process(es)" not in out


def test_the_folder_tells_how_to_get_the_same_again(shown: Shown) -> None:
    folder = shown.folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["calibrated"] is False
    assert manifest["seeds"] == [1, 2]
    assert manifest["scenario"]["name"] == "baseline"
    assert manifest["scenario"]["overrides"] == []
    assert len(manifest["scenario"]["file_sha256"]) == 64
    assert len(manifest["evidence_hash"]) == len(manifest["sources_sha256"]) == 64
    assert manifest["timings"]["total_seconds"] > 0
    assert manifest["person_weeks"] > 0
    pictures = sorted(p.name for p in (folder / "figures").iterdir())
    assert pictures == [
        "flow.png",
        "journeys.png",
        "recorded_outcomes.png",
        "scheme_funnel.png",
        "true_places.png",
    ]


def test_the_real_model_fits_its_tables(shown: Shown) -> None:
    rows = pd.read_csv(shown.folder / "yearly.csv")
    rows = rows[rows["seed"] == 1]

    def total(table: str, group: str = "all", like: str = "") -> float:
        own = rows[(rows["table"] == table) & (rows["group"] == group)]
        return float(own[own["item"].str.contains(like)]["persons"].sum())

    closings = total("dtv_caseload_outflow_total")
    assert closings > 0
    assert total("dtv_caseload_outflow") == closings
    for pair in (("asylum", "other"), ("safe", "not_safe"), ("family", "no_family")):
        name = {"asylum": "background", "safe": "origin_group", "family": "household"}[pair[0]]
        groups = [total("dtv_caseload_outflow", f"{name}={value}") for value in pair]
        assert sum(groups) == closings
    for stage in ("route", "opened", "closed", "outcome"):
        assert total("closing_paths", like=f"^{stage}:") == closings
    unobserved = total("dtv_caseload_outflow", like="^unobserved$")
    assert total("unobserved_true_place") == unobserved
    outcomes = total("flows", like=">(?:independent|forced|unobserved|permit|other)$")
    assert outcomes == closings
    days = rows[rows["table"] == "detention_mean_days"]["persons"]
    assert (days > 0).all()
    starts = total("removal_measures", like="^detention/placed$")
    assert starts == total("flows", like="^[a-z_]+>detention$")


def test_json_is_all_there_is_and_says_the_same(
    shown: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resume", str(shown.folder), "--json"]) == 0  # makes no run
    told = json.loads(capsys.readouterr().out)
    assert told["notice"] == UNCALIBRATED
    assert told["calibrated"] is False
    assert told["folder"] == shown.folder.as_posix()
    assert {"harm", "voluntariness", "unobserved_true_place", "next"} <= told.keys()
    freely = {row["item"]: row["mean"] for row in told["voluntariness_of_adults"]}
    assert 0 <= freely["all_three"] <= freely["informed"] <= freely["adults"]
    rows = {(row["item"], row["year"]): row for row in told["recorded_outcomes"]}
    assert len(rows) == 12
    assert rows["permit", 2015]["record"] == 1230
    expected = rows["permit", 2015]["mean"] - 1230
    assert rows["permit", 2015]["difference"] == pytest.approx(expected)
    assert rows["permit", 2016]["record"] is None
    assert rows["permit", 2016]["note"] == "withheld: blind test"
    assert rows["total", 2016]["record"] == 21200
    csv = pd.read_csv(shown.folder / "yearly.csv")
    own = csv[(csv["table"] == "harm") & (csv["item"] == "children_closed")]
    told_children = [r["mean"] for r in told["harm"] if r["item"] == "children_closed"]
    assert told_children == own.groupby("year")["persons"].mean().tolist()


@pytest.mark.usefixtures("quick_model")
def test_a_scenario_of_ones_own_is_written_down_beside_a_name_that_is_taken() -> None:
    Path("runs/mine").mkdir(parents=True)
    Path("runs/mine/notes").touch()
    Path("mine.toml").write_text(
        'name = "mine"\n[parameters]\niom_share = { operation = "set", value = 0.0 }\n',
        encoding="utf-8",
    )
    assert main(["run", "mine.toml", "--seeds", "1", *SHORT]) == 0
    assert [p.name for p in Path("runs/mine").iterdir()] == ["notes"]
    manifest = json.loads(Path("runs/mine-2/manifest.json").read_text(encoding="utf-8"))
    assert [each["target"] for each in manifest["scenario"]["overrides"]] == ["iom_share"]


@pytest.mark.slow
def test_workers_change_no_byte(really_run: Shown) -> None:
    line = ["run", "--seeds", "2", *SHORT, "--out", "two"]
    line[line.index("--workers") + 1] = "2"
    assert main(line) == 0
    for name in ("yearly.csv", "weekly.parquet", "figures/flow.png"):
        assert (really_run.folder / name).read_bytes() == (Path("two") / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scale", "0"], "--scale 0"),
        (["--scale", "-5"], "--scale -5"),
        (["--scale", "nan"], "--scale nan"),
        (["--scale", "inf"], "--scale inf"),
        (["--seeds", "0"], "--seeds 0"),
        (["--workers", "0"], "--workers 0"),
        (["--cluster", " "], "--cluster: give the address"),
        (["--cluster", "tcp://x:1", "--workers", "2"], "has its own workers"),
        (["--from", "2010"], "--from 2010"),
        (["--to", "2018"], "--to 2018"),
        (["--from", "2015", "--to", "2014"], "swap them"),
        (["nowhere"], "nowhere"),
        (["nowhere.toml"], "nowhere.toml"),
        (["--out", "full"], "not empty"),
        (["--out", "."], "give the name"),
        (["--out", ".."], "give the name"),
        (["--out", "x" * 300], "nothing can be written there"),
        (["--out", "file"], "this is no folder"),
        (["--out", "file/run"], "is a file"),
    ],
)
def test_mistakes_are_told_before_anything_runs(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("full").mkdir()
    Path("full/file").touch()
    Path("file").touch()
    before = sorted(Path().rglob("*"))
    assert main(["run", *arguments]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""
    assert sorted(Path().rglob("*")) == before


def test_all_mistakes_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--scale", "0", "--seeds", "0", "--to", "2030"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


@pytest.mark.parametrize("argument", [["--seeds", "many"], ["--scale", "x"], ["--speed", "1"]])
def test_what_is_no_number_or_option_ends_with_two(argument: list[str]) -> None:
    assert main(["run", *argument]) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "code", "workers"),
    [
        (signal.SIGINT, 130, "1"),
        (signal.SIGINT, 130, "2"),
        (signal.SIGTERM, 143, "2"),
    ],
)
def test_an_interrupted_run_leaves_a_valid_store_and_says_how_to_go_on(
    how: signal.Signals, code: int, workers: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "run", "--seeds", "5", "--scale", "1",
         "--workers", workers],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert "process(es)" in process.stderr.readline()
        until = time.monotonic() + 20
        while not Path("runs/baseline/store").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(1.5)
        process.send_signal(how)
        assert process.wait(20) == code
        said = process.stderr.read()
    assert "Traceback" not in said
    assert any(f"{done} of 5 runs are stored" in said for done in range(4))
    assert "  terugkeer resume runs/baseline\n" in said
    assert [each.name for each in Path("runs/baseline").iterdir()] == ["store"]
    assert main(["status", "runs/baseline"]) == 0


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_that_numpy_swallows_still_ends_the_run(
    how: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch, quick_model: QuickModel
) -> None:
    def swallow(scenario: Scenario, **options: Any) -> RunResult:  # noqa: ANN401 - as called
        with suppress(KeyboardInterrupt, SystemExit):
            os.kill(os.getpid(), how)
        return quick_model.simulate(scenario, **options)

    before = signal.getsignal(how)
    monkeypatch.setattr("terugkeer.abm.runs.simulate.simulate", swallow)
    assert main(["run", "--seeds", "1", *SHORT]) == code
    assert [each.name for each in Path("runs/baseline").iterdir()] == ["store"]
    assert signal.getsignal(how) is before
