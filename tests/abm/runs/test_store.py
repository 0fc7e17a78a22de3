"""The store: torn and foreign parts, compaction, a full disk, and what it refuses."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs import registration, whole_file
from terugkeer.abm.runs.part import NAME, name_of
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.status import status
from terugkeer.abm.runs.store import Store
from terugkeer.abm.runs.store_place import create_store

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd


def made(folder: Path, number: int = 4) -> Store:
    return run_design(small(range(1, number + 1)), folder, workers=1, simulate=fake_world.simulate)


@pytest.fixture(scope="module")
def four_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four runs in parts that hold 1, 2, 3 and 4 of them; to be read only."""
    folder = tmp_path_factory.mktemp("pieces")
    (folder / "elsewhere").mkdir()
    parts = folder / "run/store/parts"
    for number in (1, 2, 3, 4):  # compacted each time, and kept
        made(folder / "run", number)
        for part in parts.iterdir():
            shutil.copy(part, folder / "elsewhere")
    shutil.copytree(folder / "elsewhere", parts, dirs_exist_ok=True)
    return folder / "run"


@pytest.fixture
def pieces(four_parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(four_parts, tmp_path / "pieces"))


def truncate(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-100])


def flip(part: Path) -> None:
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(bytes(content))


def rename(part: Path) -> None:
    part.rename(part.with_name("part-mine.zip"))


def replace_by_text(part: Path) -> None:
    part.unlink()
    part.with_name(name_of(b"text")).write_bytes(b"text")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [(truncate, "torn"), (flip, "torn"), (rename, "foreign"), (replace_by_text, "foreign")],
)
def test_a_part_that_cannot_be_used_is_set_aside_and_its_runs_are_made_again(
    folder: Path, finished_rows: pd.DataFrame, damage: Callable[[Path], None], reason: str
) -> None:
    (part,) = (folder / "store/parts").iterdir()
    damage(part)
    told = status(Store(folder), registry())
    assert (told["done"], told["left"]) == (0, 4)
    (said,) = told["unusable_parts"].values()
    assert said.startswith(reason)
    assert told["set_aside"] == {}  # looking changes nothing
    again = made(folder)
    assert again.table().equals(finished_rows)
    told = status(again, registry())
    assert (told["done"], told["unusable_parts"]) == (4, {})
    (said,) = told["set_aside"].values()
    assert said.startswith(reason)
    assert len(list((folder / "store/set_aside").iterdir())) == 2


def test_a_part_of_another_design_is_set_aside(
    folder: Path, finished_rows: pd.DataFrame, tmp_path: Path
) -> None:
    run_design(small([9]), tmp_path / "theirs", workers=1, simulate=fake_world.simulate)
    (part,) = (tmp_path / "theirs/store/parts").iterdir()
    shutil.copy(part, folder / "store/parts")
    store = made(folder)
    assert store.table().equals(finished_rows)
    assert "not of this design" in str(status(store, registry())["set_aside"])


def test_a_run_that_stands_twice_counts_once(four_parts: Path, finished_rows: pd.DataFrame) -> None:
    assert len(list((four_parts / "store/parts").iterdir())) == 4
    store = Store(four_parts)
    assert len(store.done()) == 4
    assert store.table().equals(finished_rows)


def test_compaction_leaves_one_part_with_the_same_rows(
    pieces: Path, finished_rows: pd.DataFrame
) -> None:
    store = Store(pieces)
    with store.writing():
        store.compact()
    (part,) = (pieces / "store/parts").iterdir()
    assert NAME.fullmatch(part.name)
    assert store.table().equals(finished_rows)
    assert Store(pieces).table().equals(finished_rows)


def test_a_compaction_that_is_interrupted_loses_nothing(
    pieces: Path, finished_rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(pieces)
    unlink = Path.unlink

    def once(path: Path, *, missing_ok: bool = False) -> None:
        monkeypatch.setattr(Path, "unlink", interrupted)
        unlink(path, missing_ok=missing_ok)

    def interrupted(_path: Path, *, missing_ok: bool = False) -> None:  # noqa: ARG001 - as it is
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "unlink", once)
    with pytest.raises(KeyboardInterrupt), store.writing():
        store.compact()
    assert len(list((pieces / "store/parts").iterdir())) == 3
    assert Store(pieces).table().equals(finished_rows)


def full_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full after a number of flushed files."""
    flushed: list[int] = []
    fsync = os.fsync

    def full(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) > number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    monkeypatch.setattr(whole_file.os, "fsync", full)


def test_a_full_disk_is_told_and_the_store_stays_valid(
    tmp_path: Path, finished_rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, 1)
    with monkeypatch.context() as patch:
        full_after(4, patch)  # the register and its folder, one part and its folder
        with pytest.raises(InputError, match="No space left") as told:
            made(tmp_path)
    assert "2 runs stored before are safe" in str(told.value)
    store = Store(tmp_path)
    assert len(store.done()) == 2
    assert not list(tmp_path.rglob("*.tmp"))
    assert made(tmp_path).table().equals(finished_rows)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a quarter of a megabyte, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root mounts file systems; the other tests of a full disk ran")
    asked = [mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts nothing; the other tests of a full disk ran")
    yield folder
    subprocess.run([str(shutil.which("umount")), "-l", str(folder)], check=True)


def test_a_small_disk_fills_and_runs_go_on_when_there_is_room(small_disk: Path) -> None:
    wanted = small(range(1, 9))
    create_store(wanted, small_disk / "run", {})
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filler").write_bytes(b"x" * (free - 20_000))
    with pytest.raises(InputError, match="No space left"):
        run_design(wanted, small_disk / "run", workers=1, simulate=fake_world.simulate)
    assert len(Store(small_disk / "run").done()) < 8
    (small_disk / "filler").unlink()
    store = run_design(wanted, small_disk / "run", workers=1, simulate=fake_world.simulate)
    assert set(store.table()["seed"]) == set(range(1, 9))


def test_changed_sources_are_refused_with_what_changed(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(finished)
    store.check_same(registry())
    now = {**store.registration.sources, "abm/world/model.py": "other"}
    monkeypatch.setattr(registration, "loaded_sources", lambda: now)
    with pytest.raises(InputError, match=r"(?s)abm/world/model\.py: changed.*another --out"):
        store.check_same(registry())


def test_a_register_whose_rows_were_altered_is_refused(folder: Path) -> None:
    path = folder / "store/design.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["runs"][0]["seed"] = 77
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="altered"):
        Store(folder).check_same(registry())


def test_a_store_is_extended_by_runs_that_it_lacks(folder: Path) -> None:
    store = Store(folder)
    assert store.extend(small((4, 5, 6))) == 2
    assert store.extend(small((4, 5, 6))) == 0
    assert [run.seed for run in Store(folder).pending(registry())] == [5, 6]


def test_tables_hold_the_runs_of_a_design_sorted_by_key(
    finished: Path, finished_rows: pd.DataFrame
) -> None:
    assert list(finished_rows.columns[:6]) == [
        "key", "scenario", "seed", "scale", "first_year", "last_year",
    ]  # fmt: skip
    assert finished_rows["key"].is_monotonic_increasing
    some = Store(finished).table(design=small((3, 9)))
    assert some.equals(finished_rows[finished_rows["seed"] == 3].reset_index(drop=True))
    none = Store(finished).rows(design=small((9,)))
    assert (list(none), len(none)) == (["key"], 0)


def test_a_table_that_is_not_kept_is_told(finished: Path) -> None:
    with pytest.raises(InputError, match="do not keep a table 'weekly'"):
        Store(finished).table("weekly")


def test_the_design_as_a_table_tells_how_each_run_ended(tmp_path: Path) -> None:
    run_design(small((1, 2)), tmp_path, workers=1, simulate=fake_world.simulate_second_failing)
    store = Store(tmp_path)
    store.extend(small((3,)))
    frame = store.runs()
    assert frame[["seed", "status"]].to_numpy().tolist() == [
        [1, "done"], [2, "failed"], [3, "planned"],
    ]  # fmt: skip
    assert frame["seconds"].isna().tolist() == [False, False, True]
    assert [run.seed for run in store.pending(registry())] == [3]
    assert [run.seed for run in store.pending(registry(), retry_failed=True)] == [2, 3]
