"""The shelf: what can be read, and nothing else."""

from __future__ import annotations

import json

import pytest
from terugkeer.viz.page.server.shelf import Shelf

from tests.viz.page.stand_in import small


def test_the_shelf_holds_files_words_and_runs() -> None:
    shelf = Shelf(small.contents())
    assert set(shelf.paths) == {
        "/",
        "/static/page.css",
        "/static/page.js",
        "/static/told.js",
        "/words/en.json",
        "/words/nl.json",
        "/runs/baseline.json",
        "/runs/bundle.json",
    }
    assert shelf.document("/").content == small.STATIC["page.html"]
    assert shelf.document("/static/page.js").content == small.STATIC["page.js"]
    assert json.loads(shelf.document("/words/nl.json").content) == small.texts("nl")
    told = json.loads(shelf.document("/runs/bundle.json").content)
    assert told == small.contents().run("bundle")
    assert shelf.document("/") is shelf.document("/")


def test_a_run_that_is_not_shipped_has_no_place() -> None:
    paths = Shelf(small.contents(shipped=False)).paths
    assert "/runs/bundle.json" not in paths
    assert "/runs/baseline.json" in paths


def test_numbers_that_are_none_are_a_fault() -> None:
    contents = small.contents()
    broken = type(contents)(
        contents.static, lambda _: {"words": float("nan")}, contents.fixed, contents.shipped
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        Shelf(broken).document("/words/en.json")
