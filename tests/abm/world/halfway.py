"""A small world of four grown persons, halfway on every scale, to whom weeks happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from terugkeer.abm.world.persons.columns import written_in
from terugkeer.agents.codes import Route, Track

from tests.abm.world.clients import WEEK, world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from terugkeer.abm.evidence.override import Override
    from terugkeer.abm.world.state import World
    from terugkeer.agents.codes import Place

# what the week moves in lives: all of the phase `change` but places and weeks without shelter
LIVED: Final = tuple(
    name
    for name in written_in("change")
    if name not in {"place", "place_since", "choice", "unsheltered_weeks"}
)
MONEY: Final = ("debt_eur", "savings_eur", "income_eur", "journey_cost_eur")
SCALES: Final = tuple(name for name in LIVED if name not in {*MONEY, "wanted_at_home"})


def by_place(world: World, name: str, place: Place) -> float:
    """Return a place's number in a record with one for each place."""
    return float(world.now.vector(name)[place])


def share(half_weeks: float) -> float:
    """Return the share of a distance that is covered in a week."""
    return float(1.0 - 2.0 ** (-1.0 / half_weeks))


def places(world: World) -> NDArray[np.intp]:
    """Return the codes of the places of all rows."""
    return world.people.place.astype(np.intp)


def make_world(*changes: Override, **columns: object) -> World:
    """Return a world of four grown persons in private networks, halfway on every scale."""
    halfway: dict[str, Any] = dict.fromkeys(SCALES, 0.5)
    halfway |= {
        "birth_week": WEEK - 2000,
        "youngest_birth_week": WEEK - 2000,
        "arrival_week": WEEK - 52,
        "phase_since": WEEK - 20,
        "spell_since": WEEK - 20,
        "spell_open": True,
        "spells": 1,
        "route": Route.ASYLUM,
        "track": Track.GENERAL,
        "place_since": WEEK - 10,
    }
    return world_of(*changes, **halfway | columns)


def world_under(values: Mapping[str, object], **columns: object) -> World:
    """Return such a world under values that may lie beyond the limits of their records."""
    world = make_world(**columns)
    world.now.update(values)
    return world
