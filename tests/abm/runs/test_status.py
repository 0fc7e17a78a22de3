"""How far a store is, told without touching it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.runs import registration
from terugkeer.abm.runs.run_design import run_design
from terugkeer.abm.runs.status import failures, status
from terugkeer.abm.runs.store import Store

from tests.abm.runs.stand_in import fake_world
from tests.abm.runs.stand_in.planned import small

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_finished_store(finished: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*")}
    told = status(Store(finished), registry())
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*")} == before
    assert told["folder"] == finished.as_posix()
    assert [told[each] for each in ("planned", "done", "failed", "left")] == [4, 4, 0, 0]
    assert (told["failures"], told["unusable_parts"], told["set_aside"]) == ([], {}, {})
    files = [path for path in finished.rglob("*") if path.is_file() and path.name != "lock"]
    assert told["bytes"] == sum(path.stat().st_size for path in files)
    assert told["last_activity"] == max(path.stat().st_mtime for path in files)
    assert (told["at_work"], told["changed"]) == (None, [])


def test_failed_runs_are_told_with_their_rows(tmp_path: Path) -> None:
    store = run_design(
        small((1, 2)), tmp_path, workers=1, simulate=fake_world.simulate_second_failing
    )
    told = status(store, registry())
    assert [told[each] for each in ("planned", "done", "failed", "left")] == [2, 1, 1, 0]
    (row,) = failures(store)
    assert told["failures"] == [row]
    assert (row["seed"], row["scenario"], row["stage"]) == (2, "made-up", "simulate")
    assert (row["date"], row["error"]) == ("2012-01-02", "ZeroDivisionError")


def test_who_is_at_work_and_what_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(folder)
    monkeypatch.setattr(registration, "loaded_sources", dict)
    with store.writing():
        told = status(store, registry())
    assert set(told["at_work"]) == {"pid", "host", "since"}
    assert "source file agents/codes.py: gone" in told["changed"]
