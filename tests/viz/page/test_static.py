"""What the scripts know by heart is what the model and its palette say."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from terugkeer.agents.codes import Force, Route, label
from terugkeer.viz.figures.palette import FORCES, PLACES, ROUTES
from terugkeer.viz.page.lives import reasons, shipped, states
from terugkeer.viz.page.lives.tallies import TALLIES
from terugkeer.viz.page.words import words

STATIC = Path(__file__).parents[3] / "viz" / "page" / "static"


def known(script: str, name: str) -> Any:  # noqa: ANN401 - whatever the script holds
    """Return a constant of a script."""
    text = (STATIC / script).read_text(encoding="utf-8")
    found = re.search(rf"^export const {name} = (.+?);$", text, flags=re.MULTILINE | re.DOTALL)
    assert found, name
    plain = re.sub(r",\s*([\]}])", r"\1", found[1])
    return json.loads(re.sub(r"(\w+):", r'"\1":', plain))


def test_states_are_those_that_are_counted() -> None:
    assert known("looks.js", "STATES") == list(states.STATES)
    assert known("looks.js", "GONE") == states.LEFT
    colours = known("looks.js", "STATE_COLOURS")
    assert len(set(colours)) == len(states.STATES)


def test_places_forces_and_routes_look_as_in_the_figures() -> None:
    assert known("looks.js", "PLACES") == [label(place) for place in states.PLACES]
    assert known("looks.js", "PLACE_COLOURS") == [PLACES[each].colour for each in states.PLACES]
    assert known("looks.js", "FORCES") == list(reasons.FORCES)
    assert known("looks.js", "FORCE_COLOURS") == [FORCES[each].colour for each in Force]
    looks = {label(route): ROUTES[route].colour for route in Route}
    assert known("looks.js", "ROUTE_COLOURS") == looks


def test_the_table_of_differences_holds_every_tally_once() -> None:
    rows = known("differs.js", "ROWS")
    listed = [name for _, names in rows for name in names]
    assert sorted(listed) == sorted(each.id for each in TALLIES)
    assert [group for group, _ in rows][:3] == ["leaving", "freedom", "harm"]


@pytest.mark.parametrize("family", ["tally", "tally_help"])
def test_every_tally_is_named_and_explained(family: str) -> None:
    assert {f"{family}.{each.id}" for each in TALLIES} <= set(words("en"))


def test_every_group_and_state_is_named() -> None:
    named = set(words("en"))
    assert {f"group.{name}" for name in reasons.GROUPS} <= named
    assert {f"state.{name}" for name in states.STATES} <= named


def test_points_of_students_t_are_right() -> None:
    from scipy.stats import t  # noqa: PLC0415 - the one test that needs it

    text = (STATIC / "differs.js").read_text(encoding="utf-8")
    found = re.search(r"const T95 = (\[.+?\]);", text)
    assert found
    points = json.loads(found[1])
    assert points == pytest.approx([t.ppf(0.975, each) for each in range(1, 30)], abs=6e-4)


def test_the_page_takes_nothing_from_the_record() -> None:
    """The withheld split can't be in the page: it reads models and evidence records only."""
    taken = re.compile(r"\s*(from|import) .*(observation|calibration|published|data\b)")
    wrong = [
        f"{path.name}: {line.strip()}"
        for path in sorted(STATIC.parent.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if taken.match(line)
    ]
    assert wrong == []
    content = json.loads(gzip.decompress(shipped.FILE.read_bytes()))
    assert set(content) == {
        *("format", "sources", "evidence", "scale", "seeds", "first_monday", "weeks", "every"),
        *("baseline", "presets", "draws"),
    }
    runs = [content["baseline"], *content["presets"].values()]
    assert {key for run in runs for key in run} == {
        *("start", "weeks", "states", "places", "tallies", "households"),
        *("reasons", "flows", "neighbourhood", "packed"),
    }
