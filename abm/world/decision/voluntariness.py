"""Voluntariness: how freely each adult leaves independently, judged at the departure.

Marks describe a departure and change nothing. A household leaves together, its
adults are judged apart (MODEL section 8; glossary: voluntariness).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Option, Place
from ....agents.places import ASYLUM_CENTRE, IS_PROCEDURE, WITHOUT_END, table
from ..events import Mark
from .weighing import available, constants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from .weighing import Weights

# reception that lasts as long as a procedure does, whatever is announced after it
_WITHOUT_END: Final = table(*WITHOUT_END)
_ASYLUM_CENTRE: Final = table(*ASYLUM_CENTRE)


def judged(world: Moment, weights: Weights, rows: Rows) -> NDArray[np.uint8]:
    """Return the marks of how freely persons leave, for adults and where people weigh.

    Being free of detention and destitution is not among them: the place of the
    departure tells it.

    Parameters
    ----------
    world : Moment
        The state of the world.
    rows : ndarray of intp, shape (n,)
        Rows of persons about to leave independently.

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
    for mark, holds in (
        (Mark.INFORMED, informed(world, adults)),
        (Mark.ALTERNATIVE, liveable_alternative(world, adults)),
        (Mark.WILLING, own_first_choice(world, weights, adults)),
    ):
        marks[adult] |= holds * np.uint8(mark)
    return marks


def informed(world: Moment, adults: Rows) -> NDArray[np.bool_]:
    """Return who knows enough of support: `knowledge >= informed_from`.

    Parameters
    ----------
    world : Moment
        The state of the world.
    adults : ndarray of intp, shape (m,)
        Rows.

    Returns
    -------
    ndarray of bool, shape (m,)
        By person, also within a household.
    """
    return np.asarray(world.people.knowledge[adults] >= world.now.number("informed_from"))


def liveable_alternative(world: Moment, adults: Rows) -> NDArray[np.bool_]:
    """Return who could have stayed with a roof and needs met.

    In reception with a procedure pending; in shelter without an announced end;
    or in a private network with an income of at least `needs_met_from` times
    what life there costs.

    Parameters
    ----------
    world : Moment
        The state of the world.
    adults : ndarray of intp, shape (m,)
        Rows.

    Returns
    -------
    ndarray of bool, shape (m,)
        By person. Nobody who is held, on the street or in night shelter.
    """
    people, now = world.people, world.now
    place = people.place[adults]
    sheltered = _WITHOUT_END[place] | (_ASYLUM_CENTRE[place] & IS_PROCEDURE[people.phase[adults]])
    need = now.vector("need_by_place")[Place.PRIVATE_NETWORK] * now.number("subsistence_eur_week")
    covered = people.income_eur[adults] >= now.number("needs_met_from") * need
    return np.asarray(sheltered | ((place == Place.PRIVATE_NETWORK) & covered))


def own_first_choice(world: Moment, weights: Weights, adults: Rows) -> NDArray[np.bool_]:
    """Return for whom return is worth at least as much as any other open option.

    Worth is a person's own, as of the week of departure and without noise:
    neither what the household makes of it nor how the choice was drawn.

    Parameters
    ----------
    world : Moment
        The state of the world.
    adults : ndarray of intp, shape (m,)
        Rows.

    Returns
    -------
    ndarray of bool, shape (m,)
        By person, also within a household.
    """
    utilities = weights.product(world, adults, forces=False)[: len(Option)]
    utilities += constants(world, adults)
    best = np.where(available(world, adults), utilities, -np.inf).max(axis=0)
    return np.asarray(utilities[Option.RETURN] >= best)
