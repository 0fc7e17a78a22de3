"""The neighbourhood: ties and news as they are noted, who is in it, and where."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any, Final

import networkx as nx
import numpy as np
import pytest
from terugkeer.abm.world.events import MEMBERS, Event, EventLog
from terugkeer.abm.world.persons.people import People
from terugkeer.abm.world.ties.network import SLOTS, Network
from terugkeer.agents.codes import Destination, Outcome, Place
from terugkeer.viz.page.lives.households import among, everybody
from terugkeer.viz.page.lives.neighbourhood import AT_FIRST, SIDE, SIZE, Neighbours, snowball
from terugkeer.viz.page.lives.weeks import FIRST, WEEKS

from tests.viz.page.small_worlds import chunks, whole

HOUSEHOLDS: Final = np.array([10, 20, 30, 40], dtype=np.int64)
KIN, ARRIVAL, COMPATRIOT = 0, 1, 2  # slots


class Street:
    """A world by hand: four households, whose ties a test sets."""

    def __init__(self) -> None:
        network, people = Network(), People()
        people.add({"person": HOUSEHOLDS * MEMBERS, "household": HOUSEHOLDS, "place": Place.AZC})
        network.household, network.heard_to = HOUSEHOLDS, 0
        self.network = network
        self.world: Any = SimpleNamespace(network=network, people=people, log=EventLog())
        self.join()

    def join(self, *ties: tuple[int, int, int]) -> None:
        self.network.partner = np.full((len(HOUSEHOLDS), len(SLOTS)), -1, dtype=np.intp)
        for one, slot, other in ties:
            self.network.partner[one, slot] = other


def test_ties_last_from_the_week_in_which_they_are_made_to_the_last_before_they_end() -> None:
    street, neighbours = Street(), Neighbours(everybody)
    for week in range(12):
        if week == 4:
            street.join((0, KIN, 1), (1, COMPATRIOT, 0), (2, ARRIVAL, 1))
        if week == 8:
            street.join((1, COMPATRIOT, 0))
        neighbours.note(week, street.world, 0)
    where = {10: (0, 0), 20: (5, 5), 30: (9, 9)}
    assert neighbours.told(where) == {
        "households": [10, 20, 30],
        "positions": [[0, 0], [5, 5], [9, 9]],
        "ties": [
            [0, 1, "kin", 4, 7],
            [0, 1, "compatriot", 8, -1],
            [1, 2, "arrival", 4, 7],
        ],
        "news": [],
    }
    assert neighbours.told({10: (0, 0), 30: (9, 9)})["ties"] == []


def test_news_that_travels_is_noted_and_ties_end_with_it() -> None:
    street, neighbours = Street(), Neighbours(among([10, 20, 30]))
    street.join((0, KIN, 1))
    log = street.world.log
    for number in (20, 40):
        log.append(
            FIRST,
            Event.LEFT,
            np.array([number * MEMBERS, number * MEMBERS + 1]),
            outcome=Outcome.FORCED,
            destination=Destination.ORIGIN,
        )
    neighbours.note(0, street.world, 0)
    log.append(FIRST + 1, Event.MET, np.array([30 * MEMBERS]))
    neighbours.note(1, street.world, 4)
    street.network.heard_to = -1  # no news travels
    log.append(FIRST + 2, Event.MET, np.array([20 * MEMBERS]))
    neighbours.note(2, street.world, 5)
    told = neighbours.told({10: (0, 0), 20: (1, 1), 30: (2, 2), 40: (3, 3)})
    assert told["news"] == [[0, 1, "removal", 1], [1, 2, "support", 1]]
    assert told["ties"] == [[0, 1, "kin", 0, 1]]


def test_who_returned_before_the_first_week_is_not_in_it() -> None:
    street, neighbours = Street(), Neighbours(everybody)
    street.join((0, KIN, 1), (1, KIN, 2))
    people = street.world.people
    people.place[2] = Place.ORIGIN
    people.place_since[2] = FIRST - 1
    neighbours.note(0, street.world, 0)
    assert [span[:2] for span in neighbours.spans()] == [(10, 20)]


def circle(size: int, weeks: range) -> Neighbours:
    """Ties between neighbours of a circle, each for a quarter, one quarter after the other."""
    neighbours = Neighbours(everybody)
    numbers = list(range(100, 100 + size))
    neighbours._ended = [
        (min(one, other), max(one, other), 1, week, week + 12)
        for week in weeks
        for one, other in zip(numbers, numbers[1:] + numbers[:1], strict=True)
    ]
    return neighbours


def test_a_neighbourhood_grows_from_quarter_to_quarter_along_ties() -> None:
    first = snowball(circle(400, range(1)))
    assert len(first) == AT_FIRST + (SIZE - AT_FIRST) // len(range(0, WEEKS, 13))
    assert nx.is_connected(nx.path_graph(sorted(first)))
    assert max(first) - min(first) == len(first) - 1  # side by side on the circle
    always = snowball(circle(400, range(0, WEEKS, 13)))
    assert len(always) == SIZE
    assert first.keys() < always.keys()
    few = snowball(circle(30, range(0, WEEKS, 13)))
    assert len(few) == 30
    assert snowball(Neighbours(everybody)) == {}


def test_places_lie_in_the_square_and_are_the_same_again() -> None:
    first, again = (snowball(circle(50, range(0, WEEKS, 13))) for _ in range(2))
    assert first == again
    places = np.array([*first.values()])
    assert places.min(axis=0).tolist() == [0, 0]
    assert places.max(axis=0).tolist() == [SIDE, SIDE]
    assert len({*first.values()}) > 45


@pytest.mark.parametrize("content", ["", "changes"])
@pytest.mark.slow
def test_the_neighbourhood_of_a_run_is_whole(content: str) -> None:
    run = whole(content)
    near = run["neighbourhood"]
    size = len(near["households"])
    assert 40 < size <= SIZE
    assert len(near["positions"]) == size
    end = run["start"] + run["weeks"]
    for one, other, _kind, first, last in near["ties"]:
        assert 0 <= one < other < size
        assert run["start"] <= first <= (end if last < 0 else last) <= end
    spans = sorted((tie[:3], tie[3], tie[4]) for tie in near["ties"])
    for (tie, _, last), (following, first, _) in pairwise(spans):
        if tie == following:
            assert 0 <= last < first
    for week, at, _kind, sign in near["news"]:
        assert run["start"] <= week < end
        assert 0 <= at < size
        assert sign in {-1, 1}
    assert len(near["ties"]) > 20
    assert len(near["news"]) > 5


def test_all_worlds_of_a_draw_have_the_same_neighbourhood() -> None:
    baseline, changed = whole()["neighbourhood"], whole("changes")["neighbourhood"]
    assert changed["households"] == baseline["households"]
    assert changed["positions"] == baseline["positions"]


def test_each_chunk_of_a_changed_world_tells_all_until_its_end() -> None:
    parts = [part["neighbourhood"] for part in chunks("changes", 13)]
    for one, other in pairwise(parts):
        assert other["news"][: len(one["news"])] == one["news"]
        assert {tuple(tie[:4]) for tie in one["ties"]} <= {tuple(tie[:4]) for tie in other["ties"]}
    assert parts[-1] == whole("changes")["neighbourhood"]
