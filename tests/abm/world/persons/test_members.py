"""The members of a set of persons: order, membership, and changes of it."""

from __future__ import annotations

import copy
import pickle
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.agents.migrant import Migrant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import mesa


def _ids(agents: Iterable[mesa.Agent]) -> list[int]:
    return [agent.unique_id for agent in agents]


def test_indexing_membership_and_list(
    tiny: mesa.Model, make_tiny: Callable[..., mesa.Model]
) -> None:
    everybody = tiny.agents
    listed = everybody.to_list()
    assert [everybody[i] for i in range(-20, 20)] == listed + listed
    assert everybody[2:5] == listed[2:5]
    assert type(everybody[2:5]) is list
    assert everybody[np.int64(2)] is listed[2]
    assert list(reversed(everybody)) == listed[::-1]
    assert everybody.index(listed[7]) == 7
    assert everybody.count(listed[7]) == 1
    with pytest.raises(IndexError):
        everybody[20]
    assert listed[4] in everybody
    assert Migrant(tiny, listed[4].unique_id) in everybody
    assert listed[4] not in everybody.select(lambda a: a != listed[4])
    assert Migrant(make_tiny(), listed[4].unique_id) not in everybody
    assert tiny.origins[0] not in everybody
    assert repr(everybody) == "<PersonSet of 20 persons>"


def test_a_set_of_ones_own_can_be_changed(
    tiny: mesa.Model, make_tiny: Callable[..., mesa.Model]
) -> None:
    mine = tiny.agents.select(at_most=3)
    first, second, third, fourth = tiny.agents[:4]
    mine.add(fourth)
    mine.add(first)
    assert list(mine) == [first, second, third, fourth]
    mine.discard(second)
    mine.discard(second)
    assert list(mine) == [first, third, fourth]
    with pytest.raises(KeyError):
        mine.remove(second)
    mine.remove(first)
    assert mine.pop() == third
    mine.clear()
    assert len(mine) == 0
    with pytest.raises(TypeError, match="holds views of persons"):
        mine.add(tiny.origins[0])
    with pytest.raises(ValueError, match="another model"):
        mine.add(make_tiny().agents[0])
    with pytest.raises(KeyError, match="no person 4 in the model"):
        mine.add(Migrant(tiny, 4))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.add(s[0]) or s.add(Migrant(s.model, 999)),
        lambda s: s.discard(s[0]),
        lambda s: s.remove(s[0]),
        lambda s: s.pop(),
        lambda s: s.clear(),
        lambda s: s.select(at_most=1, inplace=True),
        lambda s: s.sort("age", inplace=True),
        lambda s: s.shuffle(inplace=True),
        lambda s: s.__ior__(s),
        lambda s: s.__isub__(s),
    ],
)
def test_the_models_own_set_is_not_changed_by_hand(
    tiny: mesa.Model, change: Callable[[PersonSet], object]
) -> None:
    with pytest.raises(TypeError, match=r"change a copy, as in model.agents.copy\(\)"):
        change(tiny.agents)
    assert len(tiny.agents) == 20


@pytest.mark.parametrize("compacted", [False, True])
def test_a_person_who_leaves_drops_out_of_every_set(tiny: mesa.Model, compacted: bool) -> None:
    mine = tiny.agents.sort("age")
    first, second, third = mine[:3]
    assert second in mine
    tiny.leave(second.unique_id)
    if compacted:
        tiny.people.compact()
        tiny.people.add({"person": np.array([99999])})
    assert second not in mine
    assert mine[:2] == [first, third]
    assert len(mine) == 19
    assert second not in tiny.agents
    assert len(tiny.agents) == 19 + compacted
    assert mine.get("age") == sorted(mine.get("age"), reverse=True)
    assert first in mine


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))],  # noqa: S301  # ours
)
def test_deepcopy_and_pickle_keep_members_and_order(
    tiny: mesa.Model, again: Callable[[PersonSet], PersonSet]
) -> None:
    mine = tiny.agents.sort("age")
    tiny.favourites = mine  # a cycle through the model
    other = again(mine)
    assert other.model is not tiny
    assert other.model.favourites is other
    assert _ids(other) == _ids(mine)
    other.set("spells", 7)
    assert set(other.model.people.spells.tolist()) == {7}
    assert tiny.agents.agg("spells", np.unique).size > 1
    with pytest.raises(TypeError, match="change a copy"):
        again(tiny.agents).clear()


def test_random_is_the_models(tiny: mesa.Model) -> None:
    assert isinstance(tiny.agents.random, Random)
    assert tiny.agents.random is tiny.random


def _numbers(agents: PersonSet) -> list[int]:
    return [int(number) for number in agents.persons]


def test_members_stand_once_in_the_order_given(tiny: mesa.Model) -> None:
    first, second, third = tiny.agents[:3]
    mine = PersonSet(tiny, [third, first, third, second, first])
    assert _numbers(mine) == _ids([third, first, second])


def test_nobody_who_has_gone_is_in_the_models_set(tiny: mesa.Model) -> None:
    numbers = _numbers(tiny.agents)
    tiny.people.gone[[0, 7]] = True
    assert _numbers(tiny.agents) == [n for i, n in enumerate(numbers) if i not in {0, 7}]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda a, b: a.__iand__(b), [1, 2]),
        (lambda a, b: a.__ior__(b), [0, 1, 2, 3]),
        (lambda a, b: a.__isub__(b), [0]),
        (lambda a, b: a.__ixor__(b), [0, 3]),
    ],
)
def test_set_algebra_in_place_keeps_the_set(
    tiny: mesa.Model, change: Callable[[PersonSet, PersonSet], PersonSet], left: list[int]
) -> None:
    one = PersonSet(tiny, tiny.agents[:3])
    other = PersonSet(tiny, tiny.agents[1:4])
    same = one
    assert change(one, other) is same
    assert sorted(_numbers(one)) == sorted(int(tiny.people.person[place]) for place in left)
    assert _numbers(other) == tiny.people.person[1:4].tolist()


def test_a_copy_can_be_changed_and_leaves_the_set_as_it_was(tiny: mesa.Model) -> None:
    mine = tiny.agents.copy()
    mine.discard(mine[0])
    assert len(mine) == 19
    assert len(tiny.agents) == 20


def test_numbers_of_persons_are_a_copy(tiny: mesa.Model) -> None:
    mine = tiny.agents.copy()
    mine.persons[:] = 0
    assert 0 not in mine.persons
