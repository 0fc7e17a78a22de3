"""Voluntariness: how freely each adult returns independently, judged at the departure.

Marks describe a departure and change nothing. A household leaves together, but each
adult is judged alone (ODD: Voluntariness; glossary: voluntariness).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Option, Place
from ....agents.places import ASYLUM_CENTRE, IS_PROCEDURE, WITHOUT_END, table
from ..events import Mark
from ..help.knowledge import known_of_support
from .weighing import available, constants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from .weighing import Weights

# reception without an announced end; asylum centres, where it lasts as long as a procedure
_WITHOUT_END: Final = table(*WITHOUT_END)
_ASYLUM_CENTRE: Final = table(*ASYLUM_CENTRE)


def judged(
    world: Moment, weights: Weights, rows: Rows, *, announced: bool = False
) -> NDArray[np.uint8]:
    """Return marks of how freely persons return; `rows` are about to return independently.

    Being free of detention and destitution is not among them: the place of the
    departure shows it.

    Parameters
    ----------
    announced : bool, optional
        Whether they have been told of their removal: then staying was no alternative, and nobody
        counts as willing.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Sums of `Mark.INFORMED`, `Mark.ALTERNATIVE` and `Mark.WILLING`; 0 for
        children, and for everybody under `decision = hazards`.
    """
    marks = np.zeros(len(rows), dtype=np.uint8)
    if not len(rows) or not world.weighs:
        return marks
    adult = np.flatnonzero(world.adult(rows))
    adults = rows[adult]
    marks[adult] |= informed(world, adults) * np.uint8(Mark.INFORMED)
    if not announced:
        marks[adult] |= liveable_alternative(world, adults) * np.uint8(Mark.ALTERNATIVE)
        marks[adult] |= own_first_choice(world, weights, adults) * np.uint8(Mark.WILLING)
    return marks


def informed(world: Moment, adults: Rows) -> NDArray[np.bool_]:
    """Return which adults know enough of support: `known_of_support >= informed_from`."""
    return np.asarray(known_of_support(world, adults) >= world.now.number("informed_from"))


def liveable_alternative(world: Moment, adults: Rows) -> NDArray[np.bool_]:
    """Return which adults could have stayed with a roof and with their needs met.

    They are in reception with a procedure pending; or in shelter without an announced
    end; or in a private network with an income of at least `needs_met_from` times
    what life there costs. Persons who are held, on the street or in night shelter are not.
    """
    people, now = world.people, world.now
    place = people.place[adults]
    sheltered = _WITHOUT_END[place] | (_ASYLUM_CENTRE[place] & IS_PROCEDURE[people.phase[adults]])
    need = now.vector("need_by_place")[Place.PRIVATE_NETWORK] * now.number("subsistence_eur_week")
    covered = people.income_eur[adults] >= now.number("needs_met_from") * need
    return np.asarray(sheltered | ((place == Place.PRIVATE_NETWORK) & covered))


def own_first_choice(world: Moment, weights: Weights, adults: Rows) -> NDArray[np.bool_]:
    """Return to which adults return is worth at least as much as any other open option.

    It is the adult's own worth in the week of departure, without noise: neither the
    rule of the household nor the draw of its choice counts.
    """
    utilities = weights.product(world, adults, forces=False)[: len(Option)]
    utilities += constants(world, adults)
    best = np.where(available(world, adults), utilities, -np.inf).max(axis=0)
    return np.asarray(utilities[Option.RETURN] >= best)
