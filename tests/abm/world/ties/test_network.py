"""Ties: by pair and slot, whatever else is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.world.chance import hash_numbers, of_pair, of_slot
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.ties.network import KIND, SLOTS, Network
from terugkeer.agents.codes import LegalPhase, Place, Tie

from tests.abm.world.tied import FULL, world_of

if TYPE_CHECKING:
    from terugkeer.abm.world.state import World


def pairs(world: World) -> set[tuple[int, int, int]]:
    """Return ties as household numbers and kind."""
    network, ties = world.network, world.network.ties()
    one, other = network.household[ties.hears], network.household[ties.tells]
    return set(zip(one.tolist(), other.tolist(), ties.kind.tolist(), strict=True))


def test_keys_of_pairs_are_the_same_both_ways_and_of_no_other_pair() -> None:
    keys = hash_numbers(np.arange(60))
    one, other = np.meshgrid(keys, keys)
    both = of_pair(one.ravel(), other.ravel())
    assert np.array_equal(both, of_pair(other.ravel(), one.ravel()))
    assert len(np.unique(both)) == 60 * 61 // 2
    slots = of_slot(keys[:, np.newaxis], np.arange(8))
    assert slots.shape == (60, 8)
    assert len(np.unique(slots)) == slots.size


def test_a_tie_works_both_ways_and_joins_those_of_its_kind() -> None:
    world = world_of(list(range(1, 101)))
    world.network.renew(world)
    found = pairs(world)
    assert found == {(other, one, kind) for one, other, kind in found}
    assert all(one != other for one, other, _ in found)
    assert {kind for *_, kind in found} == {Tie.KIN, Tie.ARRIVAL, Tie.COMPATRIOT, Tie.RESIDENT}
    for one, other, kind in found:
        assert kind == Tie.RESIDENT or one % 2 == other % 2, "of one country"
        local = kind in {Tie.COMPATRIOT, Tie.RESIDENT}
        assert not local or (one % 3 == 0) == (other % 3 == 0), "at one place"


def slots(world: World) -> dict[tuple[int, int], int]:
    """Return whom each slot of each household leads to, by household numbers."""
    network = world.network
    who, slot = np.nonzero(network.partner >= 0)
    whom = network.household[network.partner[who, slot]]
    return dict(zip(zip(network.household[who], slot, strict=True), whom.tolist(), strict=True))


def test_one_more_household_changes_no_tie_between_others() -> None:
    without = world_of(list(range(1, 101)))
    without.network.renew(without)
    before = slots(without)
    taken_over = 0
    for extra in range(101, 107):
        world = world_of([*range(1, 101), extra])
        world.network.renew(world)
        others = {slot: whom for slot, whom in slots(world).items() if slot[0] != extra}
        assert set(before) == set(others)
        assert all(whom in {before[slot], extra} for slot, whom in others.items())
        taken_over += sum(whom == extra for whom in others.values())
    assert 6 < taken_over < 100, "some ties lead to the newcomer now, and few"


def test_a_household_of_another_country_and_place_changes_no_tie() -> None:
    numbers = [number for number in range(1, 101) if number % 2 and number % 3]
    alone, more = world_of(numbers), world_of([*numbers, 102])
    alone.network.renew(alone)
    more.network.renew(more)
    assert pairs(alone) == pairs(more)


def test_rows_may_move_and_ties_stay() -> None:
    world = world_of(list(range(1, 101)))
    world.network.renew(world)
    before = pairs(world)
    gone = world.people.rows_of(np.array([5, 6, 50]) * MEMBERS)
    world.people.gone[gone] = True
    world.people.compact()
    world.network.renew(world)
    left = {tie for tie in before if not {5, 6, 50} & set(tie[:2])}
    lasting = {tie for tie in left if tie[2] in {Tie.KIN, Tie.ARRIVAL}}
    assert lasting == {tie for tie in pairs(world) if tie[2] in {Tie.KIN, Tie.ARRIVAL}}
    assert left <= pairs(world)


def test_a_move_ends_ties_with_the_place_and_no_others() -> None:
    world = world_of(list(range(1, 101)), tie_left_after_move=0.0)
    world.network.renew(world)
    before = pairs(world)
    mover = world.people.rows_of(np.array([30 * MEMBERS]))
    world.people.place[mover] = Place.STREET
    world.network.renew(world)
    local = (Tie.COMPATRIOT, Tie.RESIDENT)
    assert any(30 in tie and tie[2] in local for tie in before)
    assert not any(30 in tie[:2] and tie[2] in local for tie in pairs(world)), "nobody is there"
    others = {tie for tie in before if tie[2] not in local or 30 not in tie[:2]}
    assert others <= pairs(world)


def test_contact_with_households_that_return_is_kept_by_pair() -> None:
    for kept, expected in ((1.0, True), (0.0, False)):
        world = world_of(list(range(1, 101)), contact_kept=(kept,) * 4)
        world.network.renew(world)
        before = {tie for tie in pairs(world) if 30 in tie[:2]}
        row = world.people.rows_of(np.array([30 * MEMBERS]))
        world.people.phase[row] = LegalPhase.RETURNED
        world.people.place[row] = Place.ORIGIN
        world.network.renew(world)
        after = {tie for tie in pairs(world) if 30 in tie[:2]}
        assert before
        assert after == (before if expected else set())


def test_no_slots_no_ties_and_all_cut_at_a_date_are_gone() -> None:
    world = world_of(list(range(1, 101)))
    world.network.renew(world)
    assert pairs(world)
    world.now.update(dict.fromkeys(FULL, 0.0))
    world.network.renew(world)
    assert not pairs(world)


def test_households_with_a_tie_hear_and_no_others() -> None:
    world = world_of(list(range(1, 101)))
    network = world.network
    network.renew(world)
    all_ties = network.ties()
    tellers = np.array([0, 17, 63, 99])
    heard = network.who_hear(tellers)
    expected = np.isin(all_ties.tells, tellers)
    found = set(
        zip(heard.hears.tolist(), tellers[heard.tells].tolist(), heard.kind.tolist(), strict=True)
    )
    assert found == {
        (one, other, kind)
        for one, other, kind in zip(*(part[expected].tolist() for part in all_ties), strict=True)
    }
    assert len(found) == len(heard.hears)


def test_an_empty_network_knows_nobody() -> None:
    network = Network()
    assert network.find(np.array([4, 5])).tolist() == [-1, -1]
    assert len(network.ties().hears) == 0
    assert len(KIND) == len(SLOTS)
