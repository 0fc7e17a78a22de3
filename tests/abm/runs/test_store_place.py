"""Where a store stands, and what is told where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terugkeer.abm.errors import InputError
from terugkeer.abm.runs import whole_file
from terugkeer.abm.runs.store import Store
from terugkeer.abm.runs.store_place import check_store, create_store, has_store

from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_store_holds_its_design_and_no_run(tmp_path: Path) -> None:
    create_store(small((1, 2)), tmp_path / "run", {"asked": "by a test"})
    assert has_store(tmp_path / "run")
    check_store(tmp_path / "run")
    store = Store(tmp_path / "run")
    assert store.registration.about == {"asked": "by a test"}
    assert (len(store.registration.runs), store.done()) == (2, [])


def test_a_filled_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run/file").touch()
    with pytest.raises(FileExistsError):
        create_store(small((1,)), tmp_path / "run", {})
    assert [each.name for each in tmp_path.rglob("*")] == ["run", "file"]


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        create_store(small((1,)), tmp_path / "run", {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "no such folder"),
        ("file", "this is no folder"),
        ("empty", "no store of runs in it"),
        ("run/store", "Did you mean .*run"),
        ("n" * 5000, "File name too long"),
    ],
)
def test_what_is_no_store_is_told(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    create_store(small((1,)), tmp_path / "run", {})
    assert not has_store(tmp_path / name)
    with pytest.raises(InputError, match=said):
        check_store(tmp_path / name)
