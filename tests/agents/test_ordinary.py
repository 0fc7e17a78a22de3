"""Ordinary agents: numbered within their model, which they don't keep alive."""

from __future__ import annotations

import gc
import weakref

import mesa
from terugkeer.agents.ordinary import OrdinaryAgent

from tests.agents.few import Few


def test_agents_are_registered_and_numbered_from_one_in_each_model() -> None:
    one, other = Few(), Few()
    agents = [OrdinaryAgent(one), OrdinaryAgent(one), OrdinaryAgent(other)]
    assert [each.unique_id for each in agents] == [1, 2, 1]
    assert all(isinstance(each, mesa.Agent) for each in agents)
    assert len(one.agents) == 2


def test_a_model_that_nobody_uses_is_freed() -> None:
    model = Few()
    OrdinaryAgent(model)
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
