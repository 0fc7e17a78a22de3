"""Mesa gets from persons in columns what it gets from ordinary agents."""

from __future__ import annotations

import gc
import inspect
import weakref
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa.agent import AgentSet
from terugkeer.abm.runs.speed.empty_step import empty_step_ns, view_create_ns
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.agents.codes import OriginGroup, Place
from terugkeer.agents.country import CountryOfOrigin
from terugkeer.agents.migrant import Migrant
from terugkeer.agents.ordinary import OrdinaryAgent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    MakeTiny = Callable[..., mesa.Model]

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
    "returned",
    "unique_id",
]


class Eager(mesa.Agent):
    """The same person as an ordinary agent of a stock model."""

    def __init__(self, model: mesa.Model, number: int, values: dict[str, Any]) -> None:
        super().__init__(model)
        self.unique_id = number
        self.__dict__.update(values)

    def years(self, more: float = 0.0) -> float:
        return self.age + more


def _twins(make_tiny: MakeTiny, n: int, seed: int = 0) -> tuple[mesa.Model, mesa.Model]:
    tiny = make_tiny(n, seed)
    stock = mesa.Model(rng=seed)
    for person in tiny.agents:
        Eager(stock, person.unique_id, {k: getattr(person, k) for k in NAMES if k != "unique_id"})
    return tiny, stock


def _ids(agents: Iterable[mesa.Agent]) -> list[int]:
    return [agent.unique_id for agent in agents]


def test_no_method_of_mesas_set_is_left_to_mesa() -> None:
    # What is inherited would work on weak references, of which there are none.
    classes = [c for c in AgentSet.__mro__ if c.__module__.startswith("mesa")]
    names = {name for c in classes for name, made in vars(c).items() if inspect.isfunction(made)}
    names -= {"__init_subclass__"}
    left = {n for n in names if getattr(PersonSet, n) is getattr(AgentSet, n)}
    assert "select" in names
    assert left == set()


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 25), seed=st.integers(0, 2**16), data=st.data())
def test_the_same_as_a_stock_set_over_eager_agents(
    make_tiny: MakeTiny, n: int, seed: int, data: st.DataObject
) -> None:
    tiny, stock = _twins(make_tiny, n, seed)
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
    street = lambda a: a.place == Place.FAMILY_LOCATION  # noqa: E731 - handed on as a value
    chosen = theirs.select(street, at_most=at_most)
    assert _ids(ours.select(street, at_most=at_most)) == _ids(chosen)
    where = lambda p: p.place == Place.FAMILY_LOCATION  # noqa: E731 - same
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
def test_set_algebra_is_that_of_a_stock_set(make_tiny: MakeTiny, a: set[int], b: set[int]) -> None:
    tiny, stock = _twins(make_tiny, 10)
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


def test_data_collector(tiny: mesa.Model) -> None:
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
    assert countries["name"].tolist() == [*tiny.countries, *tiny.countries]


def test_a_misspelt_reporter_does_not_pass_for_a_column(tiny: mesa.Model) -> None:
    collector = mesa.DataCollector(agent_reporters={"place": lambda a: a.plase})
    with pytest.raises(AttributeError, match="did you mean 'place'"):
        collector.collect(tiny)


def test_countries_are_ordinary_agents_numbered_within_their_model(
    make_tiny: MakeTiny,
) -> None:
    first, second = make_tiny(2), make_tiny(2)
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


def test_a_thousand_models_do_not_stay_alive(make_tiny: MakeTiny) -> None:
    alive: weakref.WeakSet[mesa.Model] = weakref.WeakSet()
    for _ in range(1000):
        model = make_tiny(3)
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
    assert 0 < view_create_ns(200) < 1e6
    assert len(getattr(mesa.Agent, "_ids", {})) == before
