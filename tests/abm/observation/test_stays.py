"""Stays in places, and Little's law over a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.observation.events import Events
from terugkeer.abm.observation.stays import PLACES, begins, ends
from terugkeer.agents.codes import Place, label

from tests.abm.observation.hand_made import counts, left, moved
from tests.abm.world.small_world import lived

if TYPE_CHECKING:
    from terugkeer.abm.world.model import ReturnModel

    from tests.abm.observation.hand_made import Happen, Live


def test_stays_of_two_three_and_five_weeks_make_a_mean_stock_of_one(
    happen: Happen, live: Live
) -> None:
    """In ten weeks: 3 come, so 0.3 a week; they stay 10/3 weeks; 0.3 x 10/3 = 1."""
    vbl = {"place": "vbl"}
    events = happen(
        {"kind": "entered", "person": 0, **vbl, "to_place": "vbl", "after": 0},
        moved(16, "azc_departure_term", "vbl", after=1),
        moved(32, "azc_departure_term", "vbl", after=4),
        moved(0, "vbl", "street", after=2),
        left(16, **vbl, after=4),
        moved(32, "vbl", "private_network", after=9),
        {"kind": "closed", "person": 32, **vbl, "to_place": "private_network", "after": 9},
        moved(32, "vbl", "vbl", after=9),  # nobody comes or goes
    )
    there = [1, 2, 1, 1, 1, 1, 1, 1, 1, 0]  # after the moves of each week
    weekly = live(*((2012, week, "vbl", n) for week, n in enumerate(there)))
    found = counts("place_stays", events, weekly=weekly)
    assert {item: n for (_, item), n in found.items() if item.startswith("vbl/")} == {
        "vbl/inflow": 3,
        "vbl/outflow": 3,
        "vbl/weeks": 2 + 3 + 5,
    }
    assert found[2012, "azc_departure_term/outflow"] == 2
    assert found[2012, "street/inflow"] == found[2012, "private_network/inflow"] == 1
    flow, stay = found[2012, "vbl/inflow"] / len(there), 10 / 3
    assert found[2012, "vbl/weeks"] / len(there) == pytest.approx(flow * stay) == 1.0


def test_persons_at_the_origin_stay_nowhere(happen: Happen, live: Live) -> None:
    events = happen({"kind": "archived", "person": 0, "place": "origin", "to_place": "origin"})
    assert counts("place_stays", events, weekly=live((2012, 0, "origin", 8))) == {}


@pytest.mark.slow
def test_littles_law_holds_in_every_place_of_a_run() -> None:
    """Over any window: growth is inflow less outflow, and stays add up to weeks lived."""
    model = lived(last_year=2012)
    stock = _stocks(model)
    weeks = np.array(model.tally._weeks)
    events = Events(model.log)
    begun, ended = begins(events), ends(events)
    window = slice(len(stock) // 3, len(stock))  # from a week within the run to its end
    first, last = weeks[window][0], weeks[window][-1]
    for place in PLACES:
        came = begun["week"][begun["to_place"] == place]
        went = ended["week"][ended["place"] == place]
        total = np.array([(came <= week).sum() - (went <= week).sum() for week in weeks])
        assert (total == stock[:, place]).all(), label(place)
        cut = _cut(begun, ended, place, first, last + 1)
        assert cut == stock[window, place].sum(), label(place)


def _stocks(model: ReturnModel) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return simulated persons by week and place."""
    counted = model.tally._counts[: model.tally.weeks]
    return np.asarray(counted.sum(axis=(2, 3, 4)), dtype=np.int64)


def _cut(begun: Events, ended: Events, place: Place, start: int, end: int) -> int:
    """Return the weeks of stays in a place from `start` on and before `end`, person by person.

    A person's stays there begin and end in turns, so the n-th begin belongs to the n-th end. A
    stay that is open at the end of the run has no end.
    """
    stays = 0
    came = begun.where(begun["to_place"] == place)
    went = ended.where(ended["place"] == place)
    until: dict[int, list[int]] = {}
    for person, week in zip(went["person"].tolist(), went["week"].tolist(), strict=True):
        until.setdefault(person, []).append(week)
    for person, week in zip(came["person"].tolist(), came["week"].tolist(), strict=True):
        over = until.get(person)
        stays += max(min(over.pop(0) if over else end, end) - max(week, start), 0)
    assert not any(until.values())
    return stays
