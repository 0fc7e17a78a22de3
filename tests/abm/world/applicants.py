"""A small world of applicants: a couple with a child, and a man alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from terugkeer.abm.world.help.schemes import open_to
from terugkeer.agents.codes import Application, Background, LegalPhase, Place, Scheme, Stage

from tests.abm.world.small_world import change, young_world

if TYPE_CHECKING:
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World

YOUNG, GROWN = 500, 2000  # weeks of age
FAMILY, SINGLE = slice(0, 3), 3
EVERYBODY = np.arange(4)
NO_CAP = change("in_kind_budget", 1_000_000)  # places of help in kind for everybody
SURE = (
    change("application_hazard", 100.0),
    change("refused_otherwise_share", 0.0),
    change("earlier_support_share", 0.0),
    NO_CAP,
)


def make_world(*changes: Override, **columns: object) -> World:
    """Return a couple with a child and a man alone, of asylum background, all on every list."""
    world = young_world(*SURE, *changes)
    world.people.add(
        {
            "person": np.array([0, 1, 2, 16]),
            "household": np.array([0, 0, 0, 1]),
            "household_key": np.array([7, 7, 7, 8], dtype=np.uint64),
            "key": np.arange(4, dtype=np.uint64),
            "household_size": np.array([3, 3, 3, 1]),
            "birth_week": world.week - np.array([GROWN, GROWN, YOUNG, GROWN]),
            "youngest_birth_week": world.week - np.array([YOUNG, YOUNG, YOUNG, GROWN]),
            "arrival_week": world.week - 52,
            "background": Background.ASYLUM,
            "phase": LegalPhase.OBLIGED,
            "phase_since": world.week - 1,
            "place": Place.PRIVATE_NETWORK,
            "stage": Stage.PREPARING,
            "stage_since": world.week,
            "spells": 1,
            "identified": True,
            "knowledge": 1.0,
            "reservation_eur": 2000.0,
            "price_share": 1.0,
            "spell_open": True,
            "spell_since": world.week,
        }
        | columns
    )
    world.entered = 4
    world.in_kind_places.fill(world.now, world.week, world.scale)
    return world


def schemes_of(*changes: Override, **columns: object) -> Scheme:
    """Return what is open to the man alone."""
    world = make_world(*changes, **columns)
    return Scheme(int(open_to(world, EVERYBODY)[SINGLE]))


def pending(world: World, applied: Scheme) -> None:
    """Let everybody have applied this week."""
    world.people.applied[:] = applied
    world.people.applied_week[:] = world.week
    world.people.application[:] = Application.PENDING
