"""The store: torn and foreign parts, the lock, a full disk, and what changed since."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.evidence.registry import load_registry, registry
from terugkeer.abm.runs import registration, whole_file
from terugkeer.abm.runs.lock import holder
from terugkeer.abm.runs.part import NAME, name_of
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.status import status
from terugkeer.abm.runs.store import Store

from tests.abm.runs import fake_world
from tests.abm.runs.planned import design, small

if TYPE_CHECKING:
    from collections.abc import Callable


def made(folder: Path, number: int = 4) -> Store:
    return run_design(small(range(1, number + 1)), folder, workers=1, simulate=fake_world.simulate)


def in_pieces(folder: Path) -> list[Path]:
    """Make four runs in four parts."""
    for number in (1, 2, 3, 4):
        aside = folder / "elsewhere"
        aside.mkdir(parents=True, exist_ok=True)
        made(folder / "run", number)
        for part in (folder / "run/store/parts").iterdir():
            part.rename(aside / part.name)
    for part in (folder / "elsewhere").iterdir():
        part.rename(folder / "run/store/parts" / part.name)
    return sorted((folder / "run/store/parts").iterdir())


def test_all_rows_are_registered_before_the_first_run_starts(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_design(small([1, 2, 3]), tmp_path, workers=1, check=_interrupt)
    store = Store(tmp_path)
    assert len(store.registration.runs) == 3
    assert store.registration.keys() == [run.key for run in small([1, 2, 3]).runs]


def _interrupt() -> None:
    raise KeyboardInterrupt


def truncate(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-100])


def empty(part: Path) -> None:
    part.write_bytes(b"")


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
    [
        (truncate, "torn"),
        (empty, "torn"),
        (flip, "torn"),
        (rename, "foreign"),
        (replace_by_text, "foreign"),
    ],
)
def test_a_part_that_cannot_be_used_is_set_aside_and_its_runs_are_made_again(
    tmp_path: Path, damage: Callable[[Path], None], reason: str
) -> None:
    before = made(tmp_path).table()
    (part,) = (tmp_path / "store/parts").iterdir()
    damage(part)
    told = status(Store(tmp_path), registry())
    assert (told["done"], told["left"]) == (0, 4)
    (said,) = told["unusable_parts"].values()
    assert said.startswith(reason)
    assert told["set_aside"] == {}  # looking changes nothing
    again = made(tmp_path)
    assert again.table().equals(before)
    told = status(again, registry())
    assert (told["done"], told["unusable_parts"]) == (4, {})
    (said,) = told["set_aside"].values()
    assert said.startswith(reason)
    assert len(list((tmp_path / "store/set_aside").iterdir())) == 2


def test_a_part_of_another_design_is_set_aside(tmp_path: Path) -> None:
    before = made(tmp_path / "mine").table()
    run_design(small([9]), tmp_path / "theirs", workers=1, simulate=fake_world.simulate)
    (part,) = (tmp_path / "theirs/store/parts").iterdir()
    shutil.copy(part, tmp_path / "mine/store/parts")
    store = made(tmp_path / "mine")
    assert store.table().equals(before)
    assert "not of this design" in str(status(store, registry())["set_aside"])


def test_a_run_that_stands_twice_counts_once(tmp_path: Path) -> None:
    parts = in_pieces(tmp_path)
    assert sorted(len(_keys(part)) for part in parts) == [1, 2, 3, 4]
    store = Store(tmp_path / "run")
    assert len(store.done()) == 4
    assert store.table().equals(made(tmp_path / "anew").table())


def _keys(part: Path) -> list[str]:
    from terugkeer.abm.runs.part import read_index  # noqa: PLC0415 - one test looks inside

    return [each.key for each in read_index(part)]


def test_compaction_leaves_one_part_with_the_same_rows(tmp_path: Path) -> None:
    in_pieces(tmp_path)
    store = Store(tmp_path / "run")
    before = store.table()
    with store.writing():
        store.compact()
    (part,) = (tmp_path / "run/store/parts").iterdir()
    assert NAME.fullmatch(part.name)
    assert store.table().equals(before)
    assert Store(tmp_path / "run").table().equals(before)


def test_a_compaction_that_is_interrupted_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = in_pieces(tmp_path)
    store = Store(tmp_path / "run")
    before = store.table()
    unlink = Path.unlink

    def once(path: Path, *, missing_ok: bool = False) -> None:
        if path == parts[2]:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", once)
    with pytest.raises(KeyboardInterrupt), store.writing():
        store.compact()
    assert Store(tmp_path / "run").table().equals(before)


def test_the_second_writer_is_refused_and_a_dead_one_is_none(tmp_path: Path) -> None:
    made(tmp_path)
    script = (
        "import sys, time; from pathlib import Path; from terugkeer.abm.runs.store import Store\n"
        "with Store(Path(sys.argv[1])).writing(): print('in', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        assert status(Store(tmp_path), registry())["at_work"]["pid"] == process.pid
        with pytest.raises(InputError, match=f"process {process.pid}"), Store(tmp_path).writing():
            pass
        process.send_signal(signal.SIGKILL)
    assert holder(tmp_path / "store/lock") is None
    with Store(tmp_path).writing():
        pass


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(tmp_path / "anew").table()
    made(tmp_path / "run", 1)
    with monkeypatch.context() as patch:
        full_after(4, patch)  # the register and its folder, one part and its folder
        with pytest.raises(InputError, match="No space left") as told:
            made(tmp_path / "run")
    assert "2 runs stored before are safe" in str(told.value)
    store = Store(tmp_path / "run")
    assert len(store.done()) == 2
    assert not list((tmp_path / "run").rglob("*.tmp"))
    assert made(tmp_path / "run").table().equals(before)


def test_files_that_may_not_grow_are_told(tmp_path: Path) -> None:
    """The system itself refuses to write: a limit on the size of files stands in for the disk."""
    made(tmp_path, 1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    wanted = design(range(1, 3))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    run_design(
        wanted, tmp_path / "big", workers=1, check=lambda: None, simulate=fake_world.simulate
    )
    shutil.rmtree(tmp_path / "big/store/parts")
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(InputError, match="cannot be written"):
            run_design(wanted, tmp_path / "big", workers=1, simulate=fake_world.simulate)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    store = Store(tmp_path / "big")
    assert store.done() == []
    assert not list((tmp_path / "big").rglob("*.tmp"))


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """A file system of a megabyte, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root mounts file systems; the other tests of a full disk ran")
    asked = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts nothing; the other tests of a full disk ran")
    yield folder
    subprocess.run([str(shutil.which("umount")), "-l", str(folder)], check=True)


def test_a_small_disk_fills_and_runs_go_on_when_there_is_room(small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 960_000)
    folder = small_disk / "run"
    with pytest.raises(InputError, match="No space left"):
        run_design(design(range(1, 21)), folder, workers=1, simulate=fake_world.simulate)
    done = len(Store(folder).done())
    assert done < 20
    filler.unlink()
    store = run_design(design(range(1, 21)), folder, workers=1, simulate=fake_world.simulate)
    assert set(store.table()["seed"]) == set(range(1, 21))


def test_changed_sources_are_told_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "run")
    files = registration.loaded_sources()
    now = {**files, "abm/world/model.py": "other", "abm/new.py": "new"}
    del now["agents/codes.py"]
    monkeypatch.setattr(registration, "loaded_sources", lambda: now)
    store = Store(tmp_path / "run")
    assert status(store, registry())["changed"] == [
        "source file abm/new.py: new",
        "source file abm/world/model.py: changed",
        "source file agents/codes.py: gone",
    ]
    with pytest.raises(InputError, match=r"(?s)abm/world/model\.py: changed.*another --out"):
        made(tmp_path / "run")


def test_changed_values_are_told_with_old_and_new(tmp_path: Path) -> None:
    shipped = Path(registration.__file__).parents[1] / "evidence"
    folder = tmp_path / "evidence"
    shutil.copytree(shipped, folder)
    store = made(tmp_path / "run")
    assert store.registration.changed(load_registry(folder)) == []
    (records,) = (
        path
        for path in (folder / "records").iterdir()
        if path.suffix == ".toml" and "[vbl_weeks]" in path.read_text(encoding="utf-8")
    )
    text = records.read_text(encoding="utf-8")
    head, _, tail = text.partition("[vbl_weeks]")
    old = next(line for line in tail.splitlines() if line.startswith("value = "))
    records.write_text(f"{head}[vbl_weeks]{tail.replace(old, 'value = 13', 1)}", encoding="utf-8")
    (said,) = store.registration.changed(load_registry(folder))
    assert said.startswith("record vbl_weeks: was ")
    assert "13" in said
    with pytest.raises(InputError, match="vbl_weeks"):
        store.check_same(load_registry(folder))


def test_a_changed_caption_orphans_nothing(tmp_path: Path) -> None:
    shipped = Path(registration.__file__).parents[1] / "evidence"
    folder = tmp_path / "evidence"
    shutil.copytree(shipped, folder)
    store = made(tmp_path / "run")
    for records in (folder / "records").glob("*.toml"):
        text = records.read_text(encoding="utf-8")
        records.write_text(text.replace('title = "', 'title = "In other words: '), encoding="utf-8")
    (folder / "README.md").write_text("new", encoding="utf-8")
    store.check_same(load_registry(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format_version": 2}, "format_version = 2, and this program knows 1"),
        ({"format_version": None}, "format_version = None"),
        ({"runs": [{"key": "x"}]}, "damaged"),
        ({"outcomes": 5}, "damaged"),
    ],
)
def test_a_register_of_another_kind_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    made(tmp_path)
    path = tmp_path / "store/design.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | change), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        Store(tmp_path)


def test_a_register_whose_rows_were_altered_is_refused(tmp_path: Path) -> None:
    store = made(tmp_path)
    path = tmp_path / "store/design.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["runs"][0]["seed"] = 77
    path.write_text(json.dumps(content), encoding="utf-8")
    store = Store(tmp_path)
    with pytest.raises(InputError, match="altered"):
        store.check_same(registry())


def test_other_outcomes_or_another_scenario_of_that_name_are_not_mixed_in(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(InputError, match="other outcomes"):
        run_design(design((1,)), tmp_path, workers=1, simulate=fake_world.simulate)


def test_a_table_that_is_not_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="do not keep a table 'weekly'"):
        made(tmp_path).table("weekly")
