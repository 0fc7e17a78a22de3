"""A set of persons is Mesa's agent set over columns."""

from __future__ import annotations

import copy
import gc
import pickle
import weakref
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mesa.agent import AgentSet
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.abm.world.persons.groups import GroupBy
from terugkeer.abm.world.persons.people import People
from terugkeer.abm.world.persons.views import view
from terugkeer.agents.codes import LegalPhase, Place
from terugkeer.agents.migrant import Migrant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import mesa


def _ids(agents: Iterable[mesa.Agent]) -> list[int]:
    return [agent.unique_id for agent in agents]


def test_a_stock_set_over_views_nobody_keeps_is_empty_and_ours_is_not(tiny: mesa.Model) -> None:
    numbers = tiny.agents.persons.tolist()
    assert len(AgentSet((Migrant(tiny, n) for n in numbers), random=tiny.random)) == 0
    made = [
        tiny.agents,
        tiny.agents.select(lambda a: a.age > -1),
        tiny.agents.select(where=lambda p: p.age > -1),
        tiny.agents.select(),
        tiny.agents.shuffle(),
        tiny.agents.sort("age"),
        tiny.agents.sort(lambda a: a.age),
        tiny.agents.do("step"),
        tiny.agents.shuffle_do("step"),
        tiny.agents.set("spells", 1),
        tiny.agents.copy(),
        copy.copy(tiny.agents),
        tiny.agents | tiny.agents,
        tiny.agents & tiny.agents,
        tiny.agents - [],
        tiny.agents ^ [],
        next(iter(tiny.agents.groupby("gone").groups.values())),
        next(iter(tiny.agents.groupby(lambda _: 1).groups.values())),
    ]
    gc.collect()
    assert [(type(s), len(s)) for s in made] == [(PersonSet, 20)] * len(made)


def test_views_are_kept_until_the_person_leaves(tiny: mesa.Model) -> None:
    number = int(tiny.people.person[3])
    tiny.agents[3].pos = "here"
    gc.collect()
    assert tiny.agents[3] is view(tiny, number)
    assert tiny.agents[3].pos == "here"
    gone = weakref.ref(tiny.agents[3])
    tiny.leave(number)
    gc.collect()
    assert gone() is None
    assert not view(tiny, number).in_model
    assert number not in tiny.views


def test_rows_of_persons_found_and_not(tiny: mesa.Model) -> None:
    people = tiny.people
    numbers = people.person[[7, 3]]
    assert people.find(np.array([numbers[0], 4, numbers[1], 10**9])).tolist() == [7, -1, 3, -1]
    assert people.rows_of(numbers).tolist() == [people.row_of(int(n)) for n in numbers] == [7, 3]
    assert people.row_of(4) == -1
    assert People().find(numbers).tolist() == [-1, -1]
    with pytest.raises(KeyError, match="no person 4 in the model"):
        people.rows_of(np.array([numbers[0], 4]))
    people.gone[3] = True
    people.compact()
    assert people.find(numbers).tolist() == [6, -1]
    assert people.row_of(int(numbers[1])) == -1


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


def test_in_place(tiny: mesa.Model) -> None:
    for change in (
        lambda s: s.select(where=lambda p: p.place == Place.VBL, inplace=True),
        lambda s: s.sort("age", inplace=True),
        lambda s: s.shuffle(inplace=True),
    ):
        mine = tiny.agents.copy()
        tiny.random.seed(4)
        assert change(mine) is mine
        tiny.random.seed(4)
        assert _ids(mine) != _ids(tiny.agents)


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
def test_who_leaves_drops_out_of_every_set(tiny: mesa.Model, compacted: bool) -> None:
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


def test_who_leaves_meanwhile_is_passed_over(tiny: mesa.Model) -> None:
    seen = []

    def last_takes_next(agent: Migrant) -> None:
        seen.append(agent.unique_id)
        later = [n for n in tiny.agents.persons.tolist() if n not in seen]
        if later:
            tiny.leave(later[0])

    numbers = _ids(tiny.agents)
    tiny.agents.do(last_takes_next)
    assert seen == numbers[::2]


def test_values_are_set_for_all_or_for_none(tiny: mesa.Model) -> None:
    mine = tiny.agents.sort("unique_id", ascending=True)
    mine.set("spells", np.arange(20))
    assert [a.spells for a in mine] == list(range(20))
    mine.set("place", [Place.STREET] * 20).set("pos", 4)
    assert set(tiny.people.place.tolist()) == {Place.STREET}
    assert tiny.agents[0].pos == 4
    before = tiny.people.spells.tolist()
    for name, value, error, says in (
        ("spells", np.arange(19), ValueError, r"one value or 20, not an array of shape \(19,\)"),
        ("spells", [*range(19), 256], ValueError, "from 0 to 255, not 256"),
        ("place", [LegalPhase.OBLIGED] * 20, TypeError, "a code of Place"),
        ("birth_week", 0, AttributeError, "fixed at entry"),
        ("gone", True, AttributeError, "leave through the model's phases"),
        ("age", 3, AttributeError, "can't be set"),
        ("spels", 3, AttributeError, "did you mean 'spells'"),
    ):
        with pytest.raises(error, match=says):
            mine.set(name, value)
        with pytest.raises(AttributeError, match="persons have no attribute"):
            mine.select(at_most=0).set("nothing_like_it", 1)
    assert tiny.people.spells.tolist() == before


def test_unknown_names_and_options_are_refused_even_of_nobody(tiny: mesa.Model) -> None:
    nobody = tiny.agents.select(at_most=0)
    for ask in (nobody.get, nobody.array, nobody.groupby):
        with pytest.raises(AttributeError, match="did you mean 'place'"):
            ask("plase")
    with pytest.raises(AttributeError, match="did you mean 'place'"):
        tiny.agents.select(where=lambda p: p.plase == 3)
    with pytest.raises(TypeError, match="True or False for each person, not uint8"):
        tiny.agents.select(where=lambda p: p.place)
    with pytest.raises(ValueError, match=r"shape \(3,\) for a set of 20"):
        tiny.agents.select(where=np.ones(3, dtype=bool))
    with pytest.raises(ValueError, match="handle_missing"):
        tiny.agents.get("place", handle_missing="ignore")
    with pytest.raises(ValueError, match="result_type"):
        tiny.agents.groupby("place", result_type="set")
    with pytest.raises(KeyError, match="no person 4"):
        PersonSet(tiny, np.array([5, 4]))


def test_arrays_are_copies_in_the_order_of_the_set(tiny: mesa.Model) -> None:
    mine = tiny.agents.sort("age")
    ages = mine.array("age")
    assert ages.tolist() == mine.get("age") == sorted(ages.tolist(), reverse=True)
    for name in ("spells", "unique_id"):
        everybody = tiny.agents
        column = everybody.array(name)
        column[:] = 0
        assert everybody.array(name).any()


def test_python_scalars_come_out(tiny: mesa.Model) -> None:
    assert {type(v) for v in tiny.agents.get("frailty")} == {float}
    assert {type(v) for v in tiny.agents.get("place")} == {Place}
    assert {type(k) for k in tiny.agents.groupby("place").groups} == {Place}
    assert {type(k) for k in tiny.agents.groupby("country").groups} == {int}
    assert type(tiny.agents.agg("spells", np.max)) is int
    assert isinstance(tiny.agents.groupby("place"), GroupBy)


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))],  # noqa: S301  # ours
)
def test_deepcopy_and_pickle_keep_who_and_in_which_order(
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
