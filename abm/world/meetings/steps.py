"""The steps of persons through each scheme of assistance, noted when first reached.

Noting a step changes nothing but the log and the column that remembers it: no draw,
no choice and no hazard reads them (ODD: Observation).
"""

from __future__ import annotations

import functools
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Application, Scheme, Stage
from ..decision.price import price
from ..events import Event
from ..help.knowledge import knows_of_support, mean_of_adults
from ..help.schemes import by_own_means, choose, open_to, promised_cash, sees_in_kind, worth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

    Bits = NDArray[np.uint8]
    Packed = NDArray[np.uint32]


class Step(IntEnum):
    """Steps that the column `scheme_steps` remembers, each with a bit for each scheme."""

    ELIGIBLE = 0
    KNOWS = 1
    CONSIDERS = 2
    MET_PRICE = 3
    READY = 4


BEFORE_APPLYING: Final = (Step.ELIGIBLE, Step.KNOWS, Step.CONSIDERS)
SCHEMES: Final = len(Scheme)  # bits that a step takes; `NONE` is no member
_ALL: Final = np.uint32((1 << SCHEMES) - 1)
_IN_KIND: Final = np.uint8(Scheme.IN_KIND)
_DISCRETIONARY: Final = np.uint8(Scheme.DISCRETIONARY)


def bits_of(packed: Packed, step: Step) -> Bits:
    """Return for which schemes a step is among packed ones, as bits of `Scheme`."""
    return np.asarray((packed >> np.uint32(SCHEMES * step)) & _ALL, dtype=np.uint8)


def pack(schemes: Mapping[Step, Bits]) -> Packed:
    """Return one number for each person, with the bits of schemes of each step."""
    shifted = [bits.astype(np.uint32) << np.uint32(SCHEMES * s) for s, bits in schemes.items()]
    return functools.reduce(np.bitwise_or, shifted)


def note_weighing(world: World, rows: Rows) -> None:
    """Note the steps of households that have just weighed their options.

    They are nested: a household is eligible for what is open to it, whether it sees it or not;
    knows of it if it knows of support and, of help in kind, sees it; considers it if it considers
    return by now; and has its price met if it would take the scheme, or was granted it, and all
    that it gets is worth at least the mean price of its adults. Schemes of which no offer
    counts (after a refusal, for households that never turn to IOM) meet no price. What a case
    manager has promised is open to whom it was promised, who know of it.

    Parameters
    ----------
    rows : ndarray of intp, shape (n,)
        Whole households, ascending.
    """
    people = world.people
    promised = _promised(world, rows)
    opened = open_to(world, rows, in_sight=False) | promised
    seen = opened & ~np.where(sees_in_kind(world, rows), np.uint8(0), _IN_KIND)
    known = np.where(knows_of_support(world, rows), seen, promised)
    considered = np.where(people.stage[rows] >= Stage.CONSIDERING, known, np.uint8(0))
    _note(
        world,
        rows,
        pack(
            {
                Step.ELIGIBLE: opened,
                Step.KNOWS: known,
                Step.CONSIDERS: considered,
                Step.MET_PRICE: considered & _price_met(world, rows, seen, considered),
            }
        ),
    )


def note_application(world: World, rows: Rows, schemes: Bits) -> None:
    """Note that households that apply for open schemes, or are granted them, know and consider."""
    if len(rows):
        _note(world, rows, pack(dict.fromkeys(BEFORE_APPLYING, schemes)))


def note_ready(world: World, rows: Rows) -> None:
    """Note who is ready to leave with what was granted or promised: papers and help are there."""
    if not len(rows):
        return
    granted = world.people.application[rows] == Application.GRANTED
    schemes = np.where(granted, world.people.applied[rows], np.uint8(0)) | _promised(world, rows)
    _note(world, rows, pack(dict.fromkeys((*BEFORE_APPLYING, Step.READY), schemes)))


def _promised(world: World, rows: Rows) -> Bits:
    return np.asarray((world.people.discretionary_eur[rows] > 0.0) * _DISCRETIONARY)


def _price_met(world: World, rows: Rows, seen: Bits, considered: Bits) -> Bits:
    """Return the schemes with which what a household gets meets its price.

    `worth(cash + promise, in kind) >= mean price of the adults`: of what is granted, or else of
    what the household would take. After a refusal, and for households that leave by their own
    means, no offer counts but a promise. Households to which money plays no role are left out,
    and those of which nothing new could be said.
    """
    people = world.people
    found = np.zeros(len(rows), dtype=np.uint8)
    unsaid = considered & ~bits_of(people.scheme_steps[rows], Step.MET_PRICE)
    at = _whole(world, rows, unsaid > 0)
    barred = people.application[rows[at]] == Application.REFUSED
    barred |= by_own_means(world, rows[at])
    offers = np.where(barred, seen[at] & _DISCRETIONARY, seen[at])
    asked = mean_of_adults(world, rows[at], price(world, rows[at]))
    new = _whole(world, rows[at], ((unsaid[at] & offers) > 0) & (asked < np.inf))
    at, offers, asked = at[new], offers[new], asked[new]
    if not len(at):
        return found
    rows = rows[at]
    offer = choose(world, rows, offers)
    granted = people.application[rows] == Application.GRANTED
    cash = np.where(granted, people.cash_eur[rows], offer.cash) + promised_cash(world, rows)
    in_kind = np.where(granted, people.in_kind_eur[rows], offer.in_kind)
    taken = np.where(granted, people.applied[rows], offer.schemes) | _promised(world, rows)
    found[at] = np.where(worth(world, cash, in_kind) >= asked, taken, np.uint8(0))
    return found


def _whole(world: World, rows: Rows, those: NDArray[np.bool_]) -> Rows:
    """Return the places in `rows` of all members of households of which any member is meant."""
    household = world.household_of(rows)
    return np.flatnonzero(np.bincount(household, those)[household])


def _note(world: World, rows: Rows, reached: Packed) -> None:
    """Log the schemes for which a step is reached for the first time, and remember them."""
    people = world.people
    new = reached & ~people.scheme_steps[rows]
    at = np.flatnonzero(new)
    if not len(at):
        return
    rows, new = rows[at], new[at]
    people.scheme_steps[rows] |= new
    for step in Step:
        schemes = bits_of(new, step)
        first = np.flatnonzero(schemes)
        if len(first):
            world.note(Event[step.name], rows[first], scheme=schemes[first])
