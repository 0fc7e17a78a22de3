"""What tests of commands share: stand-ins for the model, and one finished run."""

from __future__ import annotations

import contextlib
import io
import zlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs.outcomes import EVERYTHING, Outcomes
from terugkeer.abm.runs.simulate import simulate
from terugkeer.abm.world.scenario import Scenario
from terugkeer.experiments import session
from terugkeer.experiments.cli import main
from terugkeer.experiments.sensitivity import cost, pictures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from terugkeer.abm.runs.result import RunResult
    from terugkeer.abm.runs.run_tables import RunTables

YEARS = (2015, 2016)
SHORT = ["--scale", "400", "--from", "2015", "--to", "2016", "--workers", "1"]
PICTURE = b"a picture"


def answer_for_model(patch: pytest.MonkeyPatch, simulate: object, *, drawing: bool = False) -> None:
    """Let a stand-in of `fake_response` answer for the model, and draw no pictures."""
    patch.setattr(Outcomes, "count", lambda _self, result: result.weekly)
    patch.setattr(cost, "simulate_run", simulate)
    for name in () if drawing else ("pictures", "map_pictures", "survival_pictures"):
        patch.setattr(pictures, name, lambda *_: {"bars.png": PICTURE})


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a stand-in answer for the model in this process."""
    return partial(answer_for_model, monkeypatch)


@dataclass(frozen=True)
class Shown:
    """A finished run of two seeds, and what was printed meanwhile."""

    folder: Path
    out: str
    err: str


@pytest.fixture(scope="session")
def really_run(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Run two seeds of two years once; copy the folder to change it."""
    return _run_two(tmp_path_factory.mktemp("really_run") / "run")


@pytest.fixture(scope="session")
def shown(
    one_run: tuple[RunResult, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Shown:
    """Run two seeds of two years, of which the second lives as the first; to be read only."""

    def simulate(scenario: Scenario, *, seed: int, scale: float, **_: object) -> RunResult:
        return replace(one_run[0], scenario=scenario.name, seed=seed, scale=scale)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("terugkeer.abm.runs.simulate.simulate", simulate)
        return _run_two(tmp_path_factory.mktemp("shown") / "run")


def _run_two(folder: Path) -> Shown:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert main(["run", "--seeds", "2", *SHORT, "--out", str(folder)]) == 0
    return Shown(folder, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def one_run() -> tuple[RunResult, pd.DataFrame]:
    """One real run and its rows."""
    first, last = YEARS
    result = simulate(
        Scenario("test"), seed=1, scale=400.0, first_year=first, last_year=last, registry=registry()
    )
    return result, EVERYTHING.count(result)


class QuickModel:
    """The one real run as the answer to every seed and scenario, with counts that differ.

    Counts are those of the real run times a factor for the seed and one for the scenario.
    """

    def __init__(self, one_run: tuple[RunResult, pd.DataFrame]) -> None:
        self.result, self.rows = one_run
        self.seeds: list[int] = []

    def simulate(self, scenario: Scenario, *, seed: int, scale: float, **_: object) -> RunResult:
        self.seeds.append(seed)
        return replace(self.result, scenario=scenario.name, seed=seed, scale=scale)

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        """Let it answer, and write the size of the tables in place of pictures."""

        def count(of: Outcomes, result: RunResult) -> pd.DataFrame:
            own = 1.0 + 0.01 * result.seed + 0.01 * (zlib.crc32(result.scenario.encode()) % 7)
            rows = self.rows.assign(persons=self.rows["persons"] * own)
            return of.kept(rows).reset_index(drop=True)

        def figures(_about: object, tables: RunTables) -> dict[str, bytes]:
            return {"flow.png": str(tables.yearly["persons"].sum()).encode()}

        patch.setattr(Outcomes, "count", count)
        patch.setattr("terugkeer.abm.runs.simulate.simulate", self.simulate)
        patch.setattr(session, "_figures", figures)
        patch.setattr("terugkeer.abm.runs.folder.outcomes_csv", lambda _: b"of the real run only")


@pytest.fixture
def quick_model(
    one_run: tuple[RunResult, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> QuickModel:
    """Let the quick model answer in this process."""
    model = QuickModel(one_run)
    model.patch(monkeypatch)
    return model


@pytest.fixture(scope="session")
def finished(
    one_run: tuple[RunResult, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A finished run of three seeds of the quick model."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    with pytest.MonkeyPatch.context() as patch:
        QuickModel(one_run).patch(patch)
        assert main(["run", "--seeds", "3", *SHORT, "--out", str(folder)]) == 0
    return folder
