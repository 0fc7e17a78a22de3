"""A set of persons is Mesa's agent set over columns."""

from __future__ import annotations

import copy
import gc
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mesa.agent import AgentSet
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.agents.codes import Place
from terugkeer.agents.migrant import Migrant

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def test_a_person_who_leaves_meanwhile_is_passed_over(tiny: mesa.Model) -> None:
    seen = []

    def last_takes_next(agent: Migrant) -> None:
        seen.append(agent.unique_id)
        later = [n for n in tiny.agents.persons.tolist() if n not in seen]
        if later:
            tiny.leave(later[0])

    numbers = _ids(tiny.agents)
    tiny.agents.do(last_takes_next)
    assert seen == numbers[::2]


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
