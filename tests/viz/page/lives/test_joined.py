"""Chunks joined, by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from terugkeer.viz.page.lives.joined import joined

FIRST: Final[dict[str, Any]] = {
    "start": 10,
    "weeks": 13,  # week 13 is the one sample of flows
    "states": [[1] * 13] * 9,
    "places": [[2] * 13] * 11,
    "tallies": [[3] * 13] * 2,
    "households": {"7": {"entered": 12, "kind": "couple", "states": [[12, 7]], "story": []}},
    "reasons": {"every": 4, "groups": ["all"], "values": [[[5], [6], [7]]]},
    "flows": {"every": 13, "routes": [], "places": [], "cells": [[0, 1, 2, [5]]]},
}
SECOND: Final[dict[str, Any]] = {
    "start": 23,
    "weeks": 2,  # no sample of flows
    "states": [[4] * 2] * 9,
    "places": [[5] * 2] * 11,
    "tallies": [[6] * 2] * 2,
    "households": {"7": {"states": [[24, 0]], "story": [[24, "left"]]}, "9": {"entered": 23}},
    "reasons": {"every": 4, "groups": ["all"], "values": [[[8]]]},
    "flows": {"every": 13, "routes": [], "places": [], "cells": []},
    "neighbourhood": {"households": [7]},
}
THIRD: Final[dict[str, Any]] = {
    **SECOND,
    "start": 25,
    "households": {},
    "flows": {**SECOND["flows"], "cells": [[3, 0, 0, [9]]]},
    "neighbourhood": {"households": [7, 9]},
}


def test_parts_are_put_one_after_the_other() -> None:
    parts = [deepcopy(each) for each in (FIRST, SECOND, THIRD)]
    run = joined(parts)
    assert parts == [FIRST, SECOND, THIRD]
    assert (run["start"], run["weeks"]) == (10, 17)
    assert run["states"][0] == [1] * 13 + [4] * 4
    assert run["tallies"][1] == [3] * 13 + [6] * 4
    assert run["households"] == {
        "7": {
            "entered": 12,
            "kind": "couple",
            "states": [[12, 7], [24, 0]],
            "story": [[24, "left"]],
        },
        "9": {"entered": 23},
    }
    assert run["reasons"]["values"] == [[[5], [6], [7], [8], [8]]]
    assert run["flows"]["cells"] == [[0, 1, 2, [5, 0]], [3, 0, 0, [0, 9]]]
    assert run["neighbourhood"] == {"households": [7, 9]}


def test_one_part_is_the_run() -> None:
    assert joined([FIRST]) == FIRST
    assert joined([FIRST]) is not FIRST
