"""A recording: chunks, and that to be watched changes nothing."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.world.events import COLUMNS
from terugkeer.viz.page.lives.joined import joined
from terugkeer.viz.page.lives.lived import Lived
from terugkeer.viz.page.lives.recording import Recording
from terugkeer.viz.page.lives.weeks import WEEKS
from terugkeer.viz.page.lives.worlds import BASELINE, Worlds

from tests.viz.page.small_worlds import SCALE, START, chunks, whole, worlds


@pytest.mark.slow
def test_chunks_of_any_length_are_the_same_run() -> None:
    assert joined(chunks("changes", 13)) == whole("changes")
    assert joined(chunks("changes", 7)) == whole("changes")


@pytest.mark.slow
def test_a_known_neighbourhood_gives_the_same_run() -> None:
    near = whole()["neighbourhood"]
    where = dict(zip(near["households"], near["positions"], strict=True))
    other = Worlds(registry(), SCALE, {1: where})
    parts = list(other.run(BASELINE, 1, whole=True, weeks=50))
    assert ["neighbourhood" in part for part in parts] == [True] * 8
    assert joined(parts) == whole()


def test_a_chunk_holds_its_weeks() -> None:
    parts = chunks("changes", 13)
    assert [part["start"] for part in parts] == [*range(START, WEEKS, 13)]
    assert sum(part["weeks"] for part in parts) == WEEKS - START
    for part in parts:
        weeks = range(part["start"], part["start"] + part["weeks"])
        assert {len(row) for name in ("states", "places", "tallies") for row in part[name]} == {
            len(weeks)
        }
        assert len(part["reasons"]["values"][0]) == sum(week % 4 == 0 for week in weeks)
        counts = {len(cell[3]) for cell in part["flows"]["cells"]}
        assert counts == {sum(week % 13 == 0 for week in weeks)} - {0}
        for life in part["households"].values():
            for key in ("states", "places", "story"):
                assert all(entry[0] in weeks for entry in life.get(key, []))


def test_to_be_recorded_changes_nothing_and_leaves_nothing_behind() -> None:
    alone, lived = worlds()._spun_up(1).before(0)
    watched, counted = worlds()._spun_up(1).before(0)
    recording = Recording(watched, counted, SCALE)
    plan = watched.stopwatch.plan
    for _ in range(30):
        lived.live(alone)
        recording.live()
    assert watched.stopwatch.plan is plan
    for name in COLUMNS:
        assert np.array_equal(alone.log.column(name), watched.log.column(name))
    assert lived.tallies.tolist() == counted.tallies.tolist()
    other = deepcopy(watched)
    recording.live()
    Lived().live(other)
    for name in COLUMNS:
        assert np.array_equal(other.log.column(name), watched.log.column(name))


@pytest.mark.slow
def test_households_near_are_marked_and_some_dots_are_near_too() -> None:
    run = whole()
    near = {str(number) for number in run["neighbourhood"]["households"]}
    marked = {number for number, life in run["households"].items() if life.get("near")}
    assert marked <= near <= {*run["households"]}
    assert near - marked  # dots
    assert len(run["households"]) > len(near)


def test_values_are_what_json_knows() -> None:
    import json  # noqa: PLC0415 - only here

    assert json.loads(json.dumps(whole("changes"))) == whole("changes")


@pytest.mark.parametrize("content", ["", "changes", "inflow"])
def test_lives_end_where_states_do(content: str) -> None:
    """The last states of dots are among those that the sums count."""
    run = whole(content)
    ends = [life["states"][-1][1] for life in run["households"].values() if "states" in life]
    for state, row in enumerate(run["states"]):
        assert ends.count(state) <= row[-1]
