"""The rumour of a pardon over ties made by hand: it begins, travels and is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.chance import hash_numbers
from terugkeer.abm.world.ties.network import SLOTS, Network
from terugkeer.abm.world.ties.rumour import has_heard, spread
from terugkeer.agents.codes import Tie

from tests.abm.world.clients import world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World

NEVER = 1e12  # weeks after which a rumour is forgotten
SILENT = {"rumour_told_hazard": 0.0, "rumour_begins_hazard": 0.0, "rumour_kept_weeks": NEVER}
LOUD = SILENT | {"rumour_told_hazard": 1e6, "tie_trust": (0.5,) * 4}
KIN, RESIDENT = 0, len(SLOTS) - 1  # slots


def chain(n: int = 5, slot: int = KIN) -> Network:
    """Return households 1, 2 and so on, each of which has made a tie with the next one."""
    network = Network()
    network.household = np.arange(1, n + 1)
    network.key = hash_numbers(network.household)
    network.here = np.ones(n, dtype=np.bool_)
    network.carries = np.zeros(n, dtype=np.bool_)
    network.partner = np.full((n, len(SLOTS)), -1, dtype=np.intp)
    network.partner[:-1, slot] = np.arange(1, n)
    return network


def world_under(values: dict[str, object]) -> World:
    world = world_of(n=6)
    world.now.update(values)
    return world


def carriers(network: Network) -> list[int]:
    """Return the households that carry the rumour."""
    return network.household[network.carries].tolist()


def test_a_rumour_goes_over_each_tie_both_ways_and_one_tie_a_week() -> None:
    world, network = world_under(LOUD), chain()
    network.carries[2] = True
    spread(world, network)
    assert carriers(network) == [2, 3, 4]
    spread(world, network)
    assert carriers(network) == [1, 2, 3, 4, 5]


def test_a_rumour_stays_where_it_is_without_ties_or_hazard_or_trust() -> None:
    for values in (SILENT, LOUD | {"tie_trust": (0.0,) * 4}):
        network = chain()
        network.carries[2] = True
        spread(world_under(values), network)
        assert carriers(network) == [3]
    network = chain()
    network.partner[:] = -1
    network.carries[2] = True
    spread(world_under(LOUD), network)
    assert carriers(network) == [3]


@pytest.mark.parametrize(("slot", "kind"), [(KIN, Tie.KIN), (RESIDENT, Tie.RESIDENT)])
def test_a_tie_carries_by_the_trust_of_its_own_kind(slot: int, kind: Tie) -> None:
    for trusted in (Tie.KIN, Tie.RESIDENT):
        trust = [0.0] * 4
        trust[trusted - Tie.KIN] = 0.5
        network = chain(slot=slot)
        network.carries[0] = True
        spread(world_under(LOUD | {"tie_trust": tuple(trust)}), network)
        assert carriers(network) == ([1, 2] if trusted == kind else [1])


def test_hazards_of_several_ties_add_up() -> None:
    n = 4000
    for tellers, mean in ((1, 1.0 - np.exp(-0.3 * 0.5)), (3, 1.0 - np.exp(-0.9 * 0.5))):
        network = chain(n + 3)
        network.partner[:] = -1
        network.partner[:n, : 2 * tellers : 2] = n + np.arange(tellers)
        network.carries[n:] = True
        spread(world_under(LOUD | {"rumour_told_hazard": 0.3}), network)
        assert network.carries[:n].mean() == pytest.approx(mean, abs=0.025)


def test_a_rumour_begins_only_where_a_pardon_gives_hope() -> None:
    for hope, begun in ((0.0, []), (0.5, [1, 2, 3, 4, 5])):
        network = chain()
        begins = {"rumour_begins_hazard": 1e6, "pardon_hope": hope}
        spread(world_under(SILENT | begins), network)
        assert carriers(network) == begun


def test_the_share_of_households_that_begin_is_that_of_hazard_times_hope() -> None:
    network = chain(4000)
    spread(world_under(SILENT | {"rumour_begins_hazard": 2.0, "pardon_hope": 0.1}), network)
    assert network.carries.mean() == pytest.approx(1.0 - np.exp(-0.2), abs=0.025)


def test_a_rumour_is_forgotten_at_one_in_its_weeks() -> None:
    network = chain(4000)
    network.carries[:] = True
    world = world_under(SILENT | {"rumour_kept_weeks": 10.0})
    for _ in range(10):
        spread(world, network)
        world.week += 1
    assert network.carries.mean() == pytest.approx(np.exp(-1.0), abs=0.025)


def test_households_that_have_returned_neither_tell_nor_keep_the_rumour() -> None:
    network = chain()
    network.carries[2] = True
    network.here[2] = False
    spread(world_under(LOUD), network)
    assert carriers(network) == []
    network.carries[0] = True
    for _ in range(5):
        spread(world_under(LOUD), network)
    assert carriers(network) == [1, 2]


def test_all_members_of_a_household_have_heard_and_nobody_outside_the_network_has() -> None:
    world = world_of(n=3, size=2)
    network = chain(2)
    network.carries[:] = [True, False]
    assert has_heard(world, network).tolist() == [True, True, False, False, False, False]
    assert not has_heard(world, Network()).any()


def test_an_empty_network_has_no_rumour() -> None:
    network = Network()
    spread(world_under(LOUD), network)
    assert not len(network.carries)
