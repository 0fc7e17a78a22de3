"""Contents: what each run is told with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terugkeer.viz.page.contents import static_files

from tests.viz.page.stand_in import small

if TYPE_CHECKING:
    from pathlib import Path


def test_runs_are_told_as_the_page_takes_them() -> None:
    contents = small.contents()
    assert contents.runs == ["baseline", "bundle"]
    baseline = contents.run("baseline")
    assert baseline == {
        "about": {**small.ABOUT, "presets": ["bundle"], "fresh": True},
        "run": small.RUN,
        "draws": {"2": [[5]]},
    }
    assert contents.run("bundle") == {
        "run": {**small.RUN, "start": 26},
        "draws": {"2": [[6]]},
    }


def test_without_shipped_runs_the_page_is_told_why() -> None:
    contents = small.contents(shipped=False)
    assert contents.runs == ["baseline"]
    told = contents.run("baseline")
    assert told["run"] is None
    assert told["draws"] == {}
    assert told["about"] == {**small.ABOUT, "presets": [], "fresh": False}


def test_files_of_a_page_are_taken_and_others_passed_over(tmp_path: Path) -> None:
    for name in ("page.html", "page.css", "page.js", ".page.js.swp", "page.js~", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "__pycache__").mkdir()
    assert static_files(tmp_path) == {
        name: name.encode() for name in ("page.css", "page.html", "page.js")
    }
