"""A world whose open files are all alike, made from one lived run."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from terugkeer.agents.codes import LegalPhase, Place, Stage

from tests.abm.world.small_world import model_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World


CLEARED: Final = (
    *("cooperates", "refusals", "reading", "document", "dublin", "frailty", "identified", "met"),
    *("referred", "awaits", "helper", "discretionary_eur", "held_talks"),
)


@lru_cache(maxsize=1)
def lived_in() -> World:
    """Return a world after sixty weeks; nobody may change it."""
    model = model_of(scale=50.0)
    for _ in range(60):
        model.step()
    return model.world


def world_of(*changes: Override, place: Place = Place.AZC_DEPARTURE_TERM) -> World:
    """Return a world whose open files are all alike: in a place, refused, after two talks."""
    world = deepcopy(lived_in())
    world.now.update({each.target: each.value for each in changes})
    people = world.people
    files = files_of(world)
    people.place[files] = place
    people.phase[files] = LegalPhase.DEPARTURE_TERM
    people.stage[files] = Stage.NOT_CONSIDERING
    people.talks[files] = 2
    people.talked_week[files] = world.week - 1
    people.place_since[files] = people.phase_since[files] = world.week - 1
    for name in (
        "cooperates",
        "refusals",
        "reading",
        "document",
        "dublin",
        "frailty",
        "identified",
        "met",
    ):
        getattr(people, name)[files] = 0
    for name in ("referred", "awaits", "helper", "discretionary_eur", "held_talks"):
        getattr(people, name)[files] = 0
    for name in ("hope", "knowledge", "justice", "trust_state", "illegality_prospects"):
        getattr(people, name)[files] = 0.5
    return world


def files_of(world: World) -> NDArray[np.intp]:
    """Return the rows with an open file."""
    return world.rows(world.people.spell_open)
