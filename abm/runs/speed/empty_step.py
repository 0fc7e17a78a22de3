"""What Mesa's agents cost by themselves: the yardstick of the benchmark."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from statistics import median
from time import process_time_ns
from typing import TYPE_CHECKING

import mesa
import numpy as np

from ...world.persons.agent_set import PersonSet
from ...world.persons.people import People

if TYPE_CHECKING:
    from ....agents.migrant import Migrant


class _Idle(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """An agent whose step does nothing."""

    def step(self) -> None:
        """Do nothing."""


@dataclass
class _Stage:
    """As much of a model as views need."""

    people: People
    views: dict[int, Migrant] = field(default_factory=dict)
    week: int = 0
    countries: tuple[str, ...] = ("country",)
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311  # no secret
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))


def empty_step_ns(agents: int, steps: int) -> float:
    """Return the nanoseconds that Mesa needs to activate one agent with an empty `step`.

    A plain `mesa.Model` holds agents of one class whose `step` does nothing. The
    processor's time is taken over `model.agents.shuffle_do("step")`, Mesa's activation
    in random order, after one call without a clock; the median of the calls is told. What
    an agent costs depends on how many there are, since many outgrow the processor's cache:
    a yardstick needs as many agents as what it is held against. Creating them isn't included.

    Parameters
    ----------
    agents : int
        Agents in the model.
    steps : int
        Timed calls.
    """
    model = mesa.Model(rng=0)
    _Idle.create_agents(model, agents)
    model.agents.shuffle_do("step")
    taken = []
    for _ in range(steps):
        start = process_time_ns()
        model.agents.shuffle_do("step")
        taken.append(process_time_ns() - start)
    _release(model)
    return median(taken) / agents


def view_create_ns(agents: int = 10_000, rounds: int = 5) -> float:
    """Return the nanoseconds that the first look at one person as a Mesa agent takes.

    The processor's time is taken while a set of persons without views is gone through once: the
    table of rows is built, and each view is made and kept. The median of the rounds
    is told.

    Parameters
    ----------
    agents : int, optional
        Persons in the set.
    rounds : int, optional
        Timed calls, each over a new set.
    """
    taken = []
    for _ in range(rounds):
        people = People(agents)
        people.add({"person": np.arange(agents, dtype=np.int64)})
        everybody = PersonSet.of_model(_Stage(people))
        start = process_time_ns()
        everybody.to_list()
        taken.append(process_time_ns() - start)
    return median(taken) / agents


def _release(model: mesa.Model) -> None:
    """Let go of a model that Mesa before 3.4.2 would keep alive."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
