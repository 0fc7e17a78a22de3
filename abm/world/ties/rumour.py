"""The rumour of a pardon: how it travels over ties, and which households have heard it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Tie
from ..chance import Decision
from .network import KIND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment
    from .network import Network


def spread(world: Moment, network: Network) -> None:
    """Let the rumour begin in some households, be forgotten by some, and travel over ties.

    It begins in proportion to `pardon_hope`, the hope that it gives: without hope of a
    pardon nobody speaks of one. Everybody passes it on, but it gives hope only to families.
    """
    now = world.now
    if not len(network.key):
        return
    trust = now.vector("tie_trust")[KIND - Tie.KIN]
    carries = network.carries * network.here
    tied = network.partner >= 0
    told = np.append(carries, False)[network.partner] @ trust
    told += np.bincount(
        network.partner[tied],
        (carries[:, np.newaxis] * trust)[tied],
        minlength=len(carries),
    )
    hazard = now.number("rumour_told_hazard") * told
    begins = now.number("rumour_begins_hazard") * now.number("pardon_hope")
    ends = 1.0 / now.number("rumour_kept_weeks")
    network.carries[_happens(world, network, Decision.RUMOUR_ENDS, np.full(len(carries), ends))] = (
        False
    )
    network.carries[_happens(world, network, Decision.RUMOUR_TOLD, hazard)] = True
    begun = _happens(world, network, Decision.RUMOUR_BEGINS, np.full(len(carries), begins))
    network.carries[begun] = True
    network.carries &= network.here


def has_heard(world: Moment, network: Network) -> NDArray[np.bool_]:
    """Return, over all rows, whose household has heard the rumour and not forgotten it.

    Nobody has where there is no network.
    """
    return np.append(network.carries, False)[network.find(world.people.household)]


def _happens(
    world: Moment, network: Network, decision: Decision, hazard: NDArray[np.float64]
) -> NDArray[np.bool_]:
    uniform = world.chance.uniform(decision, world.week, network.key)
    return np.asarray(uniform < -np.expm1(-hazard))
