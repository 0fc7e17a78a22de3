"""Phase 9, prepare: travel documents and agreements of origin or member states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Place
from ....agents.exits import centred_contrast
from ..chance import Decision
from ..moment import places

if TYPE_CHECKING:
    from ..state import World

HELD: Final = places(Place.DETENTION, Place.CLOSED_FAMILY)


def prepare(world: World) -> None:
    """Let documents come in, by cooperation, ease of agreement and group of origin.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    people = world.people
    now = world.now
    rows = world.rows(people.spell_open & ~people.document)
    held = HELD[people.place[rows]]
    safe, unsafe = centred_contrast(
        now.number("safe_ratio_forced"), now.number("safe_country_weight")
    )
    contrast = np.array([safe, unsafe])[people.origin_group[rows]]
    unwilling = np.where(
        held, now.number("document_hazard_detained"), now.number("document_hazard_unwilling")
    )
    hazard = np.select(
        [people.dublin[rows], people.cooperates[rows]],
        [now.number("document_hazard_dublin"), now.number("document_hazard_cooperating")],
        unwilling * people.frailty[rows] * contrast,
    )
    people.document[world.happens(Decision.DOCUMENT, rows, hazard)] = True
