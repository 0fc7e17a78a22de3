"""A model as small as sets of persons allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
import pytest
from terugkeer.abm.world.persons.agent_set import PersonSet
from terugkeer.abm.world.persons.people import People
from terugkeer.agents.codes import OriginGroup
from terugkeer.agents.country import CountryOfOrigin

if TYPE_CHECKING:
    from collections.abc import Callable

    from terugkeer.agents.migrant import Migrant

COUNTRIES = ("Iraq", "Georgia", "Afghanistan")


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
        for person in np.asarray(persons).tolist():
            self.views.pop(person, None)


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


@pytest.fixture(scope="session")
def make_tiny() -> Callable[..., Tiny]:
    def make(n: int = 20, seed: int = 0) -> Tiny:
        return Tiny(_columns(n, seed), rng=seed)

    return make


@pytest.fixture
def tiny(make_tiny: Callable[..., Tiny]) -> Tiny:
    return make_tiny()
