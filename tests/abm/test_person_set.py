"""A set of persons does what Mesa's agent set does, over columns."""

from __future__ import annotations

import copy
import gc
import inspect
import pickle
import weakref
from random import Random
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa.agent import AgentSet
from terugkeer.abm.world.empty_step import agent_create_ns, empty_step_ns, view_create_ns
from terugkeer.abm.world.people import People
from terugkeer.abm.world.person_groups import GroupBy
from terugkeer.abm.world.person_set import PersonSet
from terugkeer.abm.world.views import forget, view
from terugkeer.agents.codes import OriginGroup, Phase, Place
from terugkeer.agents.country import CountryOfOrigin
from terugkeer.agents.migrant import Migrant
from terugkeer.agents.ordinary import OrdinaryAgent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COUNTRIES = ("Iraq", "Georgia", "Afghanistan")
NAMES = [
    "place",
    "phase",
    "country",
    "frailty",
    "document",
    "spells",
    "birth_week",
    "household_size",
    "age",
    "country_name",
    "unique_id",
]


class Tiny(mesa.Model):
    """As much of a model as sets of persons need."""

    def __init__(self, columns: dict[str, Any], rng: int = 1) -> None:
        super().__init__(rng=rng)
        self.people = People(4)
        self.people.add(columns)
        self.views: dict[int, Migrant] = {}
        self.week = 700
        self.countries = COUNTRIES
        self.origins = [
            CountryOfOrigin(self, name, i, OriginGroup.NOT_SAFE) for i, name in enumerate(COUNTRIES)
        ]

    @property
    def agents(self) -> PersonSet:
        return PersonSet.of_model(self)

    def leave(self, *persons: int) -> None:
        self.people.gone[self.people.rows_of(np.array(persons))] = True
        forget(self.views, persons)


class Eager(mesa.Agent):
    """The same person as an ordinary agent of a stock model."""

    def __init__(self, model: mesa.Model, number: int, values: dict[str, Any]) -> None:
        super().__init__(model)
        self.unique_id = number
        self.__dict__.update(values)

    def years(self, more: float = 0.0) -> float:
        return self.age + more


def _columns(n: int, seed: int = 0) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    return {
        "person": draw.permutation(np.arange(n) * 16 + 5),
        "place": draw.integers(0, 4, n),
        "phase": draw.integers(0, 3, n),
        "country": draw.integers(0, 3, n),
        "frailty": draw.choice([0.1, 0.5, 1.3], n),
        "document": draw.random(n) < 0.5,
        "spells": draw.integers(0, 256, n),
        "birth_week": draw.integers(-2000, 600, n),
        "household_size": draw.integers(200, 256, n),
    }


def _twins(n: int, seed: int = 0) -> tuple[Tiny, mesa.Model]:
    tiny = Tiny(_columns(n, seed), rng=seed)
    stock = mesa.Model(rng=seed)
    for person in tiny.agents:
        Eager(stock, person.unique_id, {k: getattr(person, k) for k in NAMES if k != "unique_id"})
    return tiny, stock


def _ids(agents: Iterable[mesa.Agent]) -> list[int]:
    return [agent.unique_id for agent in agents]


@pytest.fixture
def tiny() -> Tiny:
    return Tiny(_columns(20))


def test_no_method_of_mesas_set_is_left_to_mesa() -> None:
    # What is inherited would work on weak references, of which there are none.
    classes = [c for c in AgentSet.__mro__ if c.__module__.startswith("mesa")]
    names = {name for c in classes for name, made in vars(c).items() if inspect.isfunction(made)}
    names -= {"__init_subclass__"}
    left = {n for n in names if getattr(PersonSet, n) is getattr(AgentSet, n)}
    assert "select" in names
    assert left == set()


def test_a_stock_set_over_views_nobody_keeps_is_empty_and_ours_is_not(tiny: Tiny) -> None:
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


def test_views_are_kept_until_the_person_leaves(tiny: Tiny) -> None:
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


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 25), seed=st.integers(0, 2**16), data=st.data())
def test_the_same_as_a_stock_set_over_eager_agents(n: int, seed: int, data: st.DataObject) -> None:
    tiny, stock = _twins(n, seed)
    name = data.draw(st.sampled_from(NAMES))
    other = data.draw(st.sampled_from(NAMES))
    ascending = data.draw(st.booleans())
    at_most = data.draw(st.sampled_from([0, 1, 3, 2.5, 0.0, 0.3, 1.0, float("inf"), -1]))
    ours, theirs = tiny.agents, stock.agents

    assert ours.get(name) == theirs.get(name)
    assert ours.get([name, other]) == theirs.get([name, other])
    assert ours.get("nobody", "default", 7) == theirs.get("nobody", "default", 7)
    assert _ids(ours.sort(name, ascending)) == _ids(theirs.sort(name, ascending))
    key = lambda a: (a.spells % 5, a.place)  # noqa: E731  # one for both
    assert _ids(ours.sort(key, ascending)) == _ids(theirs.sort(key, ascending))
    assert _ids(ours.select(at_most=at_most)) == _ids(theirs.select(at_most=at_most))
    street = lambda a: a.place == Place.FAMILY_LOCATION  # noqa: E731
    chosen = theirs.select(street, at_most=at_most)
    assert _ids(ours.select(street, at_most=at_most)) == _ids(chosen)
    where = lambda p: p.place == Place.FAMILY_LOCATION  # noqa: E731
    assert _ids(ours.select(at_most=at_most, where=where)) == _ids(chosen)
    mask = ours.array("place") == Place.FAMILY_LOCATION
    assert _ids(ours.select(at_most=at_most, where=mask)) == _ids(chosen)
    assert len(ours.select(agent_type=CountryOfOrigin)) == 0
    assert _ids(ours.select(agent_type=mesa.Agent)) == _ids(theirs.select(agent_type=mesa.Agent))
    assert ours.map(lambda a: a.age + 1) == theirs.map("years", 1)

    for by in (name, lambda a: a.spells % 3):
        groups = ours.groupby(by)
        stocks = theirs.groupby(by)
        assert isinstance(groups, type(stocks))
        assert [(k, _ids(g)) for k, g in groups] == [(k, _ids(g)) for k, g in stocks]
        assert groups.count() == stocks.count()
        assert groups.agg("household_size", sum) == stocks.agg("household_size", sum)
        assert groups.agg("frailty", np.mean) == stocks.agg("frailty", np.mean)
        assert groups.map(len) == stocks.map(len)
        lists = ours.groupby(by, result_type="list").groups
        assert {k: _ids(v) for k, v in lists.items()} == {k: _ids(g) for k, g in stocks}

    if n and name != "country_name":
        for func in (min, max, sum, len, np.mean, np.max, np.sum, np.median, np.unique):
            assert np.array_equal(ours.agg(name, func), theirs.agg(name, func))
        assert ours.agg(name, [min, np.std]) == theirs.agg(name, [min, np.std])
    assert ours.agg(name, lambda v: v[:1] if v else None) == theirs.agg(
        name, lambda v: v[:1] if v else None
    )

    for _ in range(2):
        assert _ids(ours.shuffle()) == _ids(theirs.shuffle())
    seen: dict[str, list[int]] = {"ours": [], "theirs": []}
    ours.shuffle_do(lambda a, to: seen[to].append(a.unique_id), "ours")
    theirs.shuffle_do(lambda a, to: seen[to].append(a.unique_id), to="theirs")
    ours.do(lambda a: seen["ours"].append(a.unique_id))
    theirs.do(lambda a: seen["theirs"].append(a.unique_id))
    assert seen["ours"] == seen["theirs"]
    assert tiny.random.random() == stock.random.random()

    ours.set("spells", 3).select(street).set("place", Place.VBL)
    theirs.set("spells", 3).select(street).set("place", Place.VBL)
    assert tiny.agents.get(["spells", "place"]) == stock.agents.get(["spells", "place"])


@pytest.mark.filterwarnings("ignore:No Agents specified:UserWarning")  # of the stock set
@settings(max_examples=40, deadline=None)
@given(a=st.sets(st.integers(0, 9)), b=st.sets(st.integers(0, 9)))
def test_set_algebra_is_that_of_a_stock_set(a: set[int], b: set[int]) -> None:
    tiny, stock = _twins(10)
    ours, theirs = tiny.agents.to_list(), list(stock.agents)
    a1, b1 = (PersonSet(tiny, [ours[i] for i in sorted(s)]) for s in (a, b))
    a2, b2 = (AgentSet([theirs[i] for i in sorted(s)], random=stock.random) for s in (a, b))
    for op in ("__and__", "__or__", "__sub__", "__xor__"):
        result = getattr(a1, op)(b1)
        assert type(result) is PersonSet
        assert _ids(result) == _ids(getattr(a2, op)(b2))
        changed = a1.copy()
        changed = getattr(changed, "__i" + op[2:])(b1)
        assert set(_ids(changed)) == set(_ids(result))
        assert _ids(a1) == _ids(a2)
    assert (a1 == b1) == (a == b)
    assert (a1 <= b1) == (a <= b)
    assert a1.isdisjoint(b1) == a.isdisjoint(b)
    assert _ids(a1 & {ours[0]}) == _ids(a2 & {theirs[0]})


def test_rows_of_persons_found_and_not(tiny: Tiny) -> None:
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


def test_indexing_membership_and_list(tiny: Tiny) -> None:
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
    assert Migrant(Tiny(_columns(20)), listed[4].unique_id) not in everybody
    assert tiny.origins[0] not in everybody
    assert repr(everybody) == "<PersonSet of 20 persons>"


def test_a_set_of_ones_own_can_be_changed(tiny: Tiny) -> None:
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
        mine.add(Tiny(_columns(20)).agents[0])
    with pytest.raises(KeyError, match="no person 4 in the model"):
        mine.add(Migrant(tiny, 4))


def test_in_place(tiny: Tiny) -> None:
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
    tiny: Tiny, change: Callable[[PersonSet], object]
) -> None:
    with pytest.raises(TypeError, match=r"change a copy, as in model.agents.copy\(\)"):
        change(tiny.agents)
    assert len(tiny.agents) == 20


@pytest.mark.parametrize("compacted", [False, True])
def test_who_leaves_drops_out_of_every_set(tiny: Tiny, compacted: bool) -> None:
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


def test_who_leaves_meanwhile_is_passed_over(tiny: Tiny) -> None:
    seen = []

    def last_takes_next(agent: Migrant) -> None:
        seen.append(agent.unique_id)
        later = [n for n in tiny.agents.persons.tolist() if n not in seen]
        if later:
            tiny.leave(later[0])

    numbers = _ids(tiny.agents)
    tiny.agents.do(last_takes_next)
    assert seen == numbers[::2]


def test_values_are_set_for_all_or_for_none(tiny: Tiny) -> None:
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
        ("place", [Phase.OBLIGED] * 20, TypeError, "a code of Place"),
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


def test_unknown_names_and_options_are_refused_even_of_nobody(tiny: Tiny) -> None:
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


def test_arrays_are_copies_in_the_order_of_the_set(tiny: Tiny) -> None:
    mine = tiny.agents.sort("age")
    ages = mine.array("age")
    assert ages.tolist() == mine.get("age") == sorted(ages.tolist(), reverse=True)
    for name in ("spells", "unique_id"):
        everybody = tiny.agents
        column = everybody.array(name)
        column[:] = 0
        assert everybody.array(name).any()


def test_python_scalars_come_out(tiny: Tiny) -> None:
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
    tiny: Tiny, again: Callable[[PersonSet], PersonSet]
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


def test_data_collector(tiny: Tiny) -> None:
    collector = mesa.DataCollector(
        model_reporters={
            "persons": lambda m: len(m.agents),
            "age": lambda m: m.agents.agg("age", np.mean),
            "week": "week",
        },
        agent_reporters={
            "place": "place",
            "frailty": "frailty",
            "dublin": "dublin",
            "age": "age",
            "country": "country_name",
            "key": lambda a: a.key,
        },
        agenttype_reporters={
            Migrant: {"place": "place"},
            CountryOfOrigin: {"name": "name", "group": lambda c: c.origin_group},
        },
    )
    collector.collect(tiny)
    left = int(tiny.people.person[0])
    tiny.leave(left)
    tiny.step()
    collector.collect(tiny)
    assert collector.model_vars["persons"] == [20, 19]
    records = [row for rows in collector._agent_records.values() for row in rows]
    assert len(records) == 39
    assert {type(value) for row in records for value in row} <= {int, float, bool, str, Place}
    frame = collector.get_agent_vars_dataframe()
    assert frame.loc[1, "place"].tolist() == tiny.agents.get("place")
    assert left in frame.loc[0].index
    assert left not in frame.loc[1].index
    assert len(collector.get_agenttype_vars_dataframe(Migrant)) == 39
    countries = collector.get_agenttype_vars_dataframe(CountryOfOrigin)
    assert countries["name"].tolist() == [*COUNTRIES, *COUNTRIES]


def test_a_misspelt_reporter_does_not_pass_for_a_column(tiny: Tiny) -> None:
    collector = mesa.DataCollector(agent_reporters={"place": lambda a: a.plase})
    with pytest.raises(AttributeError, match="did you mean 'place'"):
        collector.collect(tiny)


def test_countries_are_ordinary_agents_numbered_within_their_model() -> None:
    first, second = Tiny(_columns(2)), Tiny(_columns(2))
    assert _ids(first.origins) == _ids(second.origins) == [1, 2, 3]
    assert list(first.agents_by_type[CountryOfOrigin]) == first.origins
    country = first.origins[1]
    assert (country.name, country.index, country.origin_group) == (
        "Georgia",
        1,
        OriginGroup.NOT_SAFE,
    )
    assert isinstance(country, OrdinaryAgent)
    country.remove()
    assert len(first.agents_by_type[CountryOfOrigin]) == 2


def test_a_thousand_models_do_not_stay_alive() -> None:
    columns = _columns(3)
    alive: weakref.WeakSet[Tiny] = weakref.WeakSet()
    for _ in range(1000):
        model = Tiny(columns)
        model.agents.sort("age").do("step")
        alive.add(model)
    del model
    gc.collect()
    assert len(alive) == 0


@pytest.mark.skipif(not hasattr(mesa.Agent, "_ids"), reason="this Mesa doesn't keep models")
def test_models_of_plain_agents_would_stay_alive() -> None:
    model = mesa.Model(rng=1)
    mesa.Agent(model)
    kept = weakref.ref(model)
    del model
    gc.collect()
    assert kept() is not None
    mesa.Agent._ids.pop(kept())


def test_what_agents_cost_is_measured_and_released() -> None:
    before = len(getattr(mesa.Agent, "_ids", {}))
    assert 0 < empty_step_ns(200, 2) < 1e6
    assert 0 < agent_create_ns(200) < 1e6
    assert 0 < view_create_ns(200) < 1e6
    assert len(getattr(mesa.Agent, "_ids", {})) == before


def test_random_is_the_models(tiny: Tiny) -> None:
    assert isinstance(tiny.agents.random, Random)
    assert tiny.agents.random is tiny.random
