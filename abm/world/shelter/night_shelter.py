"""Night shelter: open to all, or for some weeks to people who work on their return.

The agreement of 22 April 2015 let five cities offer a bed for a limited number of weeks to
people who work on return; Ter Apel comes after it, then the street. Amsterdam took in everybody
(s0 C1 S12, L1262-1278, L1505-1513).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase, Place, Stage
from ..chance import Decision
from ..events import Event
from .lottery import agents_of, drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

    Gate = Callable[[World, Rows], NDArray[np.bool_]]


def condition(world: World) -> float:
    """Return the share of places, and of households, for which the condition is made."""
    return world.now.number("night_shelter_condition") if world.weighs else 0.0


def bound(world: World, rows: Rows) -> NDArray[np.bool_]:
    """Return to whom the condition is put: the same for a household as long as the share is.

    It stands for the city in which the household is. Shelter for families with minors is a duty
    by a ruling, so they are asked nothing.
    """
    share = condition(world)
    if share <= 0.0:
        return np.zeros(len(rows), dtype=np.bool_)
    return (world.draw_once(Decision.NIGHT_SHELTER_TERMS, rows) < share) & ~world.with_minor(rows)


def end_turns(world: World, gate: Gate) -> None:
    """End the weeks of people on condition: to a freedom-restricting location, or the street.

    People who are inside when the condition comes have the weeks too. Files of those who go to
    the street close as not found, unless an appeal, a deferral or cooperation keeps them open.

    Parameters
    ----------
    gate : callable
        Takes the world and rows, and returns whom a freedom-restricting location admits.
    """
    people = world.people
    inside = world.rows((people.place == Place.NIGHT_SHELTER) & (people.closed_week < world.week))
    inside = inside[bound(world, inside) & (people.phase[inside] == LegalPhase.OBLIGED)]
    begin(world, inside[people.night_turn[inside] == 0])
    past = world.week - people.night_turn[inside] >= world.now.number("night_shelter_weeks")
    over = inside[past]
    obliged = (people.phase[over] == LegalPhase.OBLIGED) & people.spell_open[over]
    admitted = np.zeros(len(over), dtype=np.bool_)
    admitted[obliged] = gate(world, over[obliged])
    world.note(Event.SIGNED, over[admitted & people.cooperates[over]])
    world.move(over[admitted], Place.VBL)
    world.move(over[~admitted], Place.STREET)
    stays_open = people.appeals[over] | people.cooperates[over] | world.deferred(over)
    world.vanish(over[obliged & ~admitted & ~stays_open])


def begin(world: World, rows: Rows) -> None:
    """Begin the weeks of people on condition, with the case manager: a file is open then."""
    if not len(rows):
        return
    people = world.people
    people.night_turn[rows] = world.week
    world.open_files(rows[~people.spell_open[rows]])
    world.note(Event.TURN_BEGUN, rows)


def admit(world: World, rows: Rows) -> None:
    """Give free places to people on the street, by two lotteries: open, and on condition.

    On condition come people under a duty to leave who consider return, once in their life.
    """
    people = world.people
    places, share = world.now.number("night_shelter_capacity"), condition(world)
    inside = world.rows(people.place == Place.NIGHT_SHELTER)
    held = int(np.count_nonzero(bound(world, inside)))
    asked = bound(world, rows)
    to_all = agents_of(world, places * (1.0 - share))
    free = to_all - (len(inside) - held)
    anybody = drawn(world, Decision.NIGHT_SHELTER_LOTTERY, rows[~asked], free)
    able = asked & (people.stage[rows] >= Stage.CONSIDERING) & (people.night_turn[rows] == 0)
    able &= people.phase[rows] == LegalPhase.OBLIGED
    free = agents_of(world, places) - to_all - held
    on_condition = drawn(world, Decision.NIGHT_SHELTER_LOTTERY, rows[able], free)
    world.move(anybody, Place.NIGHT_SHELTER)
    world.move(on_condition, Place.NIGHT_SHELTER)
    begin(world, on_condition)
