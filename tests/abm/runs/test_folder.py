"""The run folder: what it holds, whether it is whole, and where it may stand."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.observation.outcomes import outcomes
from terugkeer.abm.runs.folder import (
    check_target,
    is_whole,
    next_free,
    outcomes_csv,
    write_run,
    yearly_csv,
)
from terugkeer.abm.runs.run_tables import RunTables, run_tables

if TYPE_CHECKING:
    from terugkeer.abm.runs.store import Store


@pytest.fixture(scope="module")
def tables(whole: Store) -> RunTables:
    return run_tables(whole)


@pytest.fixture(scope="module")
def written(tables: RunTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder, to be read only."""
    folder = tmp_path_factory.mktemp("written")
    assert not is_whole(folder)
    write_run(folder, tables, {"calibrated": False}, {"a.png": b"picture"})
    return folder


def test_a_run_folder_holds_what_it_lists(tables: RunTables, written: Path) -> None:
    folder = written
    assert is_whole(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format_version"] == 1
    assert manifest["calibrated"] is False
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == {"manifest.json", *manifest["files"]}
    assert there >= {"yearly.csv", "yearly.parquet", "weekly.parquet", "figures/a.png"}
    for name, sha in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha
    back = pd.read_parquet(folder / "yearly.parquet")
    assert back["persons"].equals(tables.yearly["persons"])
    assert pd.read_parquet(folder / "weekly.parquet").columns[0] == "seed"
    assert pd.read_parquet(folder / "queues.parquet").columns[0] == "seed"


def test_csv_writes_whole_persons_whole_and_missing_empty() -> None:
    rows = pd.DataFrame(
        {
            "scenario": "s",
            "seed": 1,
            "year": 2011,
            "table": "t",
            "item": ["a", "b", "c"],
            "group": "all",
            "persons": [20.0, 1.5, float("nan")],
        }
    )
    assert yearly_csv(rows) == (
        b"scenario,seed,year,table,item,group,persons\n"
        b"s,1,2011,t,a,all,20\ns,1,2011,t,b,all,1.5\ns,1,2011,t,c,all,\n"
    )


def test_the_same_tables_are_the_same_bytes(
    tables: RunTables, written: Path, tmp_path: Path
) -> None:
    write_run(tmp_path, tables, {"calibrated": False}, {"a.png": b"picture"})
    for name in ("yearly.csv", "yearly.parquet", "weekly.parquet", "manifest.json"):
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes()


def test_outcomes_are_told_of_the_yearly_rows(tables: RunTables, written: Path) -> None:
    told = (written / "outcomes.csv").read_bytes()
    assert told == outcomes_csv(tables.yearly)
    table = pd.read_csv(written / "outcomes.csv", float_precision="round_trip")
    assert list(table["value"].dropna()) == list(outcomes(tables.yearly)["value"].dropna())
    assert told.startswith(b"scenario,seed,outcome,group,period,value\n")


def test_names_that_are_taken_are_passed_over(tmp_path: Path) -> None:
    wanted = tmp_path / "run"
    assert next_free(wanted) == wanted
    wanted.mkdir()
    assert next_free(wanted) == wanted  # empty: free
    (wanted / "file").touch()
    (tmp_path / "run-2").touch()
    assert next_free(wanted) == tmp_path / "run-3"


@pytest.mark.parametrize("name", ["yearly.csv", "weekly.parquet", "manifest.json"])
def test_a_folder_whose_files_were_changed_is_not_whole(
    written: Path, tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(written, tmp_path / "run"))
    assert is_whole(folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:-9])
    assert not is_whole(folder)


def test_while_files_change_no_manifest_says_that_the_folder_is_whole(
    tables: RunTables, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(written, tmp_path / "run"))

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("terugkeer.abm.runs.folder.write_whole", full)
    monkeypatch.setattr("terugkeer.abm.runs.folder.outcomes_csv", lambda _yearly: b"")
    with pytest.raises(InputError, match="No space left"):
        write_run(folder, tables, {}, {})
    assert not (folder / "manifest.json").exists()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"not empty.*--out .*-2"):
        check_target(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(InputError, match="this is no folder"):
        check_target(tmp_path / "run")


def test_a_file_in_place_of_a_parent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    with pytest.raises(InputError, match="is a file"):
        check_target(tmp_path / "runs" / "deep" / "run")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder nobody can write to")
def test_an_unwritable_place_is_refused() -> None:
    with pytest.raises(InputError, match="nothing can be written there"):
        check_target(Path("/proc/terugkeer"))


@pytest.mark.parametrize("make", [True, False])
def test_good_places_are_left_as_they_are(tmp_path: Path, *, make: bool) -> None:
    if make:
        (tmp_path / "run").mkdir()
    before = sorted(tmp_path.rglob("*"))
    check_target(tmp_path / "run")
    assert sorted(tmp_path.rglob("*")) == before
