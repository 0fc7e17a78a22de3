from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.store import Store

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import everything, small

if TYPE_CHECKING:
    import pandas as pd
    from terugkeer.abm.runs.result import RunResult

# Programs under test and workers of a Dask cluster import the stand-in for the model by its name,
# and inherit the environment alone.
ROOT = str(Path(__file__).parents[3])
os.environ["PYTHONPATH"] = os.pathsep.join(
    each for each in (ROOT, os.environ.get("PYTHONPATH", "")) if each
)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Seeds 1 and 2 with every outcome and week; to be read only."""
    folder = tmp_path_factory.mktemp("whole")
    return run_design(everything((1, 2)), folder, workers=1, simulate=fake_world.simulate)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds 1 to 4 in one part; to be read only."""
    folder = tmp_path_factory.mktemp("finished")
    run_design(small((1, 2, 3, 4)), folder, workers=1, simulate=fake_world.simulate)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """Seeds 1 to 4 in one part, to be damaged."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


@pytest.fixture(scope="session")
def finished_rows(finished: Path) -> pd.DataFrame:
    return Store(finished).table()


@pytest.fixture(scope="session")
def made_up() -> RunResult:
    """One run of the stand-in, before anything is counted."""
    return fake_world.simulate(
        fake_world.scenario(),
        seed=1,
        scale=400.0,
        first_year=2011,
        last_year=2012,
        registry=object(),
    )
