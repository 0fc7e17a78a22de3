"""Small worlds of clients, for tests of counsellors."""

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
from terugkeer.abm.world.help.kinds import CAPACITY
from terugkeer.abm.world.help.organisations import Organisations
from terugkeer.abm.world.meetings.methods import USES
from terugkeer.abm.world.meetings.sessions import hold_sessions
from terugkeer.abm.world.state import World
from terugkeer.abm.world.values import Values
from terugkeer.agents.codes import LegalPhase, Organisation, Place
from terugkeer.agents.kinds import HELPERS, KIND_OF, KINDS

from tests.abm.world.small_world import change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terugkeer.abm.evidence.override import Override

WEEK = first_week(2012)
CHANCE = Chance(3, WEEK + 120)
NOBODY_HELPS = tuple(change(name, 0) for name in CAPACITY.values())
SAFE, DANGEROUS = 0, 1
NO_RATE = (0.0,) * len(KINDS)
NOWHERE = (0.0,) * len(HELPERS)


def entries(organisation: Organisation, value: float, other: float = 0.0) -> tuple[float, ...]:
    """Return a list of kinds of organisations that is the same but for the kind of one."""
    return tuple(value if each == KIND_OF[organisation] else other for each in KINDS)


def alone(organisation: Organisation, value: float, other: float = 0.0) -> tuple[float, ...]:
    """Return a list of organisations that is the same but for one."""
    return tuple(value if each == organisation else other for each in HELPERS)


@lru_cache(maxsize=64)
def _in_force(*changes: Override) -> Mapping[str, object]:
    return Timeline(registry(), changes).at(sunday(WEEK))


def world_of(*changes: Override, n: int = 4, size: int = 1, **columns: object) -> World:
    """Return households of a size, all alike: trustful, without hope, refused, in reception."""
    values = Values(_in_force(*changes))
    origin = Conditions(np.array([0.8, 0.1]), np.array([0.7, 0.2]), np.array([0.5, 0.5]))
    world = World(CHANCE, values, WEEK, 1.0, Weights([]), origin)
    world.organisations = Organisations(np.array([SAFE]))
    world.organisations.look_up(values)
    person = (np.repeat(np.arange(n) + 1, size) * MEMBERS) + np.tile(np.arange(size), n)
    alike = {
        "person": person,
        "household": person // MEMBERS,
        "household_key": hash_numbers(person // MEMBERS),
        "phase": LegalPhase.OBLIGED,
        "place": Place.PRIVATE_NETWORK,
        "phase_since": WEEK - 10,
        "trust_state": 1.0,
        "trust_iom": 1.0,
        "trust_ngo": 1.0,
        "justice": 1.0,
        "believed_safety": 0.4,
        "believed_livelihood": 0.4,
        "illegality_prospects": 0.5,
        "agency": 0.5,
        "price_share": 1.0,
    }
    world.people.add(alike | columns)
    return world


def everybody(world: World) -> np.ndarray:
    return np.arange(len(world.people))


def session(organisation: Organisation, *changes: Override, **columns: object) -> World:
    """Return a world in which everybody has had one session with an organisation.

    No method is followed and nobody mediates, unless changes say so.
    """
    plain = (
        change("helper_skill", entries(organisation, 1.0, 1.0)),
        change("helper_training", entries(organisation, 0.0)),
        change("mediation_share", NOWHERE),
        *(change(use, NOWHERE) for use in USES.values()),
    )
    world = world_of(*plain, *changes, helper=organisation, **columns)
    hold_sessions(world, everybody(world))
    return world


def number(name: str) -> float:
    return Values(Timeline(registry()).at(sunday(WEEK))).number(name)


def number_of(name: str, organisation: Organisation) -> float:
    """Return the entry of an organisation's kind in a record."""
    listed = Values(Timeline(registry()).at(sunday(WEEK))).vector(name)
    return float(listed[KIND_OF[organisation] - 1])
