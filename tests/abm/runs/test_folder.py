from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs.folder import (
    check_target,
    is_whole,
    next_free,
    write_run,
    yearly_csv,
)
from terugkeer.abm.runs.provenance import git_state, sources_sha256, versions
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.run_tables import RunTables, run_tables
from terugkeer.abm.runs.whole_folder import whole_folder

from tests.abm.runs import fake_world
from tests.abm.runs.planned import design


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> RunTables:
    folder = tmp_path_factory.mktemp("run")
    return run_tables(run_design(design((1, 2)), folder, workers=1, simulate=fake_world.simulate))


def test_a_run_folder_holds_what_it_lists(tables: RunTables, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    assert not is_whole(folder)
    write_run(folder, tables, {"calibrated": False}, {"a.png": b"picture"})
    assert is_whole(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format_version"] == 1
    assert manifest["calibrated"] is False
    written = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert written == {"manifest.json", *manifest["files"]}
    assert written >= {"yearly.csv", "yearly.parquet", "weekly.parquet", "figures/a.png"}
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


def test_the_same_tables_are_the_same_bytes(tables: RunTables, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two, two):  # written again, nothing changes
        folder.mkdir(exist_ok=True)
        write_run(folder, tables, {}, {})
    for name in ("yearly.csv", "yearly.parquet", "weekly.parquet", "manifest.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


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
    tables: RunTables, tmp_path: Path, name: str
) -> None:
    write_run(tmp_path, tables, {}, {})
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-9])
    assert not is_whole(tmp_path)


def test_while_files_change_no_manifest_says_that_the_folder_is_whole(
    tables: RunTables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(tmp_path, tables, {}, {})

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("terugkeer.abm.runs.folder.write_whole", full)
    with pytest.raises(InputError, match="No space left"):
        write_run(tmp_path, tables, {}, {})
    assert not (tmp_path / "manifest.json").exists()


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


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_folder(tmp_path / "run") as folder:
            (folder / "file").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list(tmp_path.iterdir()) == []


WRITE = """
import sys, time, signal
from pathlib import Path
from terugkeer.abm.runs.whole_folder import whole_folder
if sys.argv[2] == "polite":
    from terugkeer.experiments.interruption import interruptible as guard
else:
    from contextlib import nullcontext as guard
with guard(), whole_folder(Path(sys.argv[1])) as folder:
    (folder / "yearly.csv").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("how", "with_signal"),
    [("polite", signal.SIGTERM), ("polite", signal.SIGINT), ("rude", signal.SIGKILL)],
)
def test_a_run_killed_while_writing_leaves_no_folder(
    tmp_path: Path, how: str, with_signal: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path / "run"), how],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        time.sleep(0.2)
        process.send_signal(with_signal)
        process.wait(20)
    assert not (tmp_path / "run").exists()
    if how == "polite":
        assert list(tmp_path.iterdir()) == []
    else:  # nobody can clean up after SIGKILL: what stays is hidden and called partial
        assert all(p.name.startswith(".run.partial-") for p in tmp_path.iterdir())


def test_provenance_of_the_sources() -> None:
    assert len(sources_sha256()) == 64
    assert sources_sha256() == sources_sha256()
    assert set(versions()) == {"python", "mesa", "numpy", "pandas", "scipy", "terugkeer"}


def test_the_hash_follows_the_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for room in ("abm", "agents"):
        (tmp_path / room / "deep").mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
        (tmp_path / room / "deep" / "rule.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(
        "terugkeer.abm.runs.provenance.resources.files",
        lambda name: tmp_path / name.rpartition(".")[2],
    )
    before = sources_sha256()
    (tmp_path / "abm" / "notes.txt").write_text("no code", encoding="utf-8")
    assert sources_sha256() == before
    (tmp_path / "agents" / "deep" / "rule.py").write_text("x = 2\n", encoding="utf-8")
    assert sources_sha256() != before


def test_git_is_none_where_our_files_are_not_tracked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("terugkeer.abm.runs.provenance.__file__", str(tmp_path / "provenance.py"))
    assert git_state() is None
    git = shutil.which("git")
    assert git
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)  # somebody else's checkout
    assert git_state() is None
