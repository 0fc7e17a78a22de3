"""What case managers do with files: the tree of `agents.rules.tree`, applied to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import LegalPhase, Place
from ....agents.places import IS_PROCEDURE
from ....agents.rules.tree import File, decide
from .case_managers import SETTING_OF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows


def removable(world: Moment, rows: Rows) -> NDArray[np.bool_]:
    """Return which persons a case manager thinks can be removed, apart from legal obstacles.

    These are persons with a document or agreement, or with an origin that agrees with
    ease (s1 C3).
    """
    people = world.people
    ease = world.now.number("removable_ease")
    return people.document[rows] | people.dublin[rows] | (people.frailty[rows] >= ease)


def measures(world: Moment, rows: Rows) -> NDArray[np.uint8]:
    """Return what case managers do with open files as they stand: codes of `Measure`."""
    if not len(rows):
        return np.zeros(0, dtype=np.uint8)
    people, now = world.people, world.now
    in_vbl = people.place[rows] == Place.VBL
    weeks = np.where(in_vbl, world.weeks_at_place(rows), world.weeks_in_phase(rows))
    clock = np.where(in_vbl, now.number("vbl_weeks"), now.number("departure_term_weeks"))
    in_term = in_vbl | (people.phase[rows] == LegalPhase.DEPARTURE_TERM)
    file = File(
        reading=people.reading[rows],
        removable=removable(world, rows),
        setting=SETTING_OF[people.place[rows]],
        refusals=people.refusals[rows],
        imminent=people.document[rows],  # that of a member state brings a flight near too
        feasible=world.shows_identity(rows),
        extended=in_term & (weeks >= clock + now.number("term_extension_weeks")),
        pending=IS_PROCEDURE[people.phase[rows]],
    )
    return decide(file, now.number("refusals_enough"), now.number("refusals_few"))
