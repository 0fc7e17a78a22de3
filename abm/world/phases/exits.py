"""Phase 11, exit: the race of causes, and what each does to a file and a life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Destination, Outcome, Phase, Place
from ....agents.exits import race
from ..chance import Decision
from .weigh import Cause

if TYPE_CHECKING:
    from ..state import Rows, World

DRAWS: Final = {
    Cause.INDEPENDENT: Decision.EXIT_INDEPENDENT,
    Cause.FORCED: Decision.EXIT_FORCED,
    Cause.UNOBSERVED: Decision.EXIT_UNOBSERVED,
    Cause.PERMIT: Decision.EXIT_PERMIT,
    Cause.OTHER: Decision.EXIT_OTHER,
    Cause.ONWARD: Decision.EXIT_ONWARD,
    Cause.HOME_UNOBSERVED: Decision.EXIT_HOME_UNOBSERVED,
}


def exits(world: World) -> None:
    """Run the race of the week among those whom no earlier phase has moved on.

    Parameters
    ----------
    world : World
        The state of the world, with the hazards that `weigh` has set.
    """
    people = world.people
    settled = people.gone | (people.phase == Phase.RETURNED) | (people.closed_week == world.week)
    first = race(
        len(people),
        (
            (rows, world.draw(DRAWS[cause], rows), hazard)
            for cause, (rows, hazard) in zip(Cause, world.hazards, strict=True)
        ),
    )
    first[settled] = -1
    rows_of = {cause: np.flatnonzero(first == cause) for cause in Cause}
    _independent(world, rows_of[Cause.INDEPENDENT])
    forced = rows_of[Cause.FORCED]
    abroad = np.where(people.dublin[forced], Destination.MEMBER_STATE, Destination.ORIGIN)
    world.close_files(forced, Outcome.FORCED, abroad, Place.ORIGIN)
    _unobserved(world, rows_of[Cause.UNOBSERVED])
    world.close_files(rows_of[Cause.PERMIT], Outcome.PERMIT, Destination.PERMIT, Place.AZC)
    world.close_files(rows_of[Cause.OTHER], Outcome.OTHER, Destination.OTHER, Place.AZC)
    for cause, destination in (
        (Cause.ONWARD, Destination.ONWARD),
        (Cause.HOME_UNOBSERVED, Destination.HOME_UNOBSERVED),
    ):
        world.leave(rows_of[cause], Outcome.UNOBSERVED, destination, with_file=False)


def _independent(world: World, rows: Rows) -> None:
    """Depart independently: with a file it closes; without one IOM alone records it."""
    with_file = world.people.spell_open[rows]
    world.close_files(rows[with_file], Outcome.INDEPENDENT, Destination.ORIGIN, Place.ORIGIN)
    world.leave(
        rows[~with_file], Outcome.INDEPENDENT, Destination.ORIGIN, with_file=False, iom=True
    )


def _unobserved(world: World, rows: Rows) -> None:
    """Leave the state's view; before a file is opened nothing is recorded."""
    with_file = world.people.spell_open[rows]
    world.vanish(rows[with_file])
    unseen = rows[~with_file]
    destination, to_place = world.hiding_place(unseen)
    stays = destination == Destination.NETHERLANDS
    world.move(unseen[stays], to_place[stays])
    world.leave(unseen[~stays], Outcome.UNOBSERVED, destination[~stays], with_file=False)
