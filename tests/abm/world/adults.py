"""Worlds of a few adults under a duty to leave, with values by hand where a test needs them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.evidence.registry import registry
from terugkeer.abm.evidence.timeline import Timeline
from terugkeer.abm.world.calendar import first_week, sunday
from terugkeer.abm.world.chance import Chance, hash_numbers
from terugkeer.abm.world.countries.origin import Conditions
from terugkeer.abm.world.decision.weighing import Weights
from terugkeer.abm.world.events import MEMBERS
from terugkeer.abm.world.help.organisations import Organisations
from terugkeer.abm.world.state import World
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import LegalPhase, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terugkeer.abm.world.events import Event

WEEK = first_week(2012)
CHANCE = Chance(3, WEEK + 60)
BIRTH = WEEK - 2000  # of adults
CHILD = WEEK - 500  # of minors
SURE = 100.0  # a hazard that always strikes
RICH = 1e6  # euro: enough for the journey of any household


@lru_cache(maxsize=1)
def _recorded() -> Mapping[str, object]:
    return Timeline(registry()).at(sunday(WEEK))


def adults(
    n: int = 1, size: int = 1, values: Mapping[str, object] | None = None, **columns: object
) -> World:
    """Return households of a size, of adults with an open file in a private network.

    Parameters
    ----------
    n, size : int, optional
        Households, and persons in each.
    values : mapping of str to object, optional
        Values in place of those of the records, within their bounds or not.
    **columns : array_like, scalar or shape (n * size,)
        Columns that differ from the usual.
    """
    origin = Conditions(np.array([0.5]), np.array([0.5]), np.array([0.5]))
    world = World(CHANCE, Values({**_recorded(), **(values or {})}), WEEK, 1.0, Weights([]), origin)
    world.organisations = Organisations(np.array([0]))
    world.organisations.look_up(world.now)
    household = np.repeat(np.arange(n) + 1, size)
    person = household * MEMBERS + np.tile(np.arange(size), n)
    usual = {
        "person": person,
        "household": household,
        "household_key": hash_numbers(household),
        "key": hash_numbers(person),
        "household_size": size,
        "birth_week": BIRTH,
        "youngest_birth_week": BIRTH,
        "phase": LegalPhase.OBLIGED,
        "phase_since": WEEK - 10,
        "place": Place.PRIVATE_NETWORK,
        "place_since": WEEK - 10,
        "spell_open": True,
        "spell_since": WEEK - 10,
        "spells": 1,
        "closed_week": -1,
        "price_share": 1.0,
        "physical": 1.0,
    }
    world.people.add(usual | columns)
    world.entered = len(person)
    return world


def hazards_only(values: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return values under which nobody weighs."""
    return {"decision": "hazards", **(values or {})}


def happened(world: World, event: Event) -> list[int]:
    """Return the households of the persons to whom something happened, in order of the log."""
    kinds, persons = world.log.column("kind"), world.log.column("person")
    return [int(person) // MEMBERS for person in persons[kinds == event]]
