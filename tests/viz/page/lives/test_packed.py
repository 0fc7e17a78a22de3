"""What ships is read as it was: by hand, and with whole runs."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from terugkeer.viz.page.lives.packed import packed, unpacked
from terugkeer.viz.page.lives.weeks import WEEKS

from tests.viz.page.small_worlds import START, whole

LISTS: Final = ("states", "places", "story")
BASELINE: Final[dict[str, Any]] = {
    "start": 0,
    "weeks": 4,
    "states": [[5, 7, 7, 4]],
    "places": [[1, 1, 1, 1]],
    "tallies": [[0, 2, 2, 9]],
    "flows": {"every": 2, "cells": [[0, 1, 2, [3, 1]]]},
    "households": {
        "3": {"entered": -1, "kind": "couple", "states": [[0, 7], [3, 0]], "story": [[3, "left"]]},
        "4": {"entered": 2, "states": [[2, 6]], "story": [[2, "entered"], [3, "talk"]]},
        "5": {"entered": -1, "states": [[0, 1]]},
        "6": {"entered": 2, "states": [[2, 6]]},
    },
}
CHANGED: Final[dict[str, Any]] = {
    **BASELINE,
    "start": 2,
    "weeks": 2,
    "households": {
        "3": {"states": [[3, 1]], "story": [[3, "left"]]},  # another state
        "4": {"entered": 2, "states": [[2, 6]], "story": [[2, "entered"], [3, "talk"]]},  # alike
        "6": {"entered": 2, "states": [[2, 6], [3, 8]]},  # one more
        "7": {"entered": 3, "states": [[3, 6]]},  # new
    },
}


def test_rows_hold_changes_and_lists_weeks_since_the_entry_before() -> None:
    found = packed(BASELINE)
    assert found["packed"] is True
    assert found["states"] == [[5, 2, 0, -3]]
    assert found["tallies"] == [[0, 2, 0, 7]]
    assert found["flows"] == {"every": 2, "cells": [[0, 1, 2, [3, -2]]]}
    assert found["households"]["3"]["states"] == [[0, 7], [3, 0]]
    assert found["households"]["4"]["story"] == [[2, "entered"], [1, "talk"]]
    assert unpacked(found) == BASELINE


def test_lives_of_a_changed_world_are_told_from_where_they_differ() -> None:
    found = packed(CHANGED, BASELINE)["households"]
    assert found == {
        "3": {"from": 3, "states": [[3, 1]], "story": [[3, "left"]]},
        "6": {"from": 3, "states": [[3, 8]]},
        "7": {"entered": 3, "states": [[3, 6]]},
    }
    lives = unpacked(packed(CHANGED, BASELINE), BASELINE)["households"]
    assert lives["3"]["states"] == [[0, 7], [3, 1]]
    assert lives["3"]["kind"] == "couple"
    assert lives["4"] == BASELINE["households"]["4"]
    assert lives["5"] == BASELINE["households"]["5"]
    assert lives["6"]["states"] == [[2, 6], [3, 8]]
    assert lives["7"] == CHANGED["households"]["7"]


def test_a_life_that_stops_earlier_is_told_too() -> None:
    stopped = CHANGED | {"households": {}}
    found = packed(stopped, BASELINE)["households"]
    assert found == {"3": {"from": 3}, "4": {"from": 2}, "6": {"from": 2}}
    lives = unpacked(packed(stopped, BASELINE), BASELINE)["households"]
    assert lives["3"] == {"entered": -1, "kind": "couple", "states": [[0, 7]]}


@pytest.mark.parametrize("content", ["changes", "inflow"])
def test_a_changed_world_comes_out_as_baseline_and_stream_together(content: str) -> None:
    baseline, changed = whole(), whole(content)
    found = unpacked(json.loads(json.dumps(packed(changed, baseline))), baseline)
    for number, life in found["households"].items():
        known = baseline["households"].get(number, {})
        own = changed["households"].get(number, {})
        for key in LISTS:
            before = [each for each in known.get(key, []) if each[0] < START]
            assert life.get(key, []) == before + own.get(key, [])
    assert {*found["households"]} == {*baseline["households"], *changed["households"]}
    for name in ("states", "places", "tallies", "flows", "reasons", "neighbourhood"):
        assert found[name] == changed[name]


def test_a_baseline_comes_out_as_it_was() -> None:
    baseline = whole()
    assert unpacked(json.loads(json.dumps(packed(baseline)))) == baseline
    assert baseline["weeks"] == WEEKS
