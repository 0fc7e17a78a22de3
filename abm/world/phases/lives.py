"""What a week does to persons' state, where households weigh what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..lives.health import change_health
from ..lives.livelihood import change_livelihood
from ..lives.outlook import change_outlook

if TYPE_CHECKING:
    from ..state import World

LIVED: Final = (
    "mental",
    "physical",
    "agency",
    "debt_eur",
    "social_debt",
    "savings_eur",
    "income_eur",
    "ties_nl",
    "ties_origin",
    "wanted_at_home",
    "believed_safety",
    "believed_livelihood",
    "illegality_prospects",
    "threat",
    "hope",
    "knowledge",
    "justice",
    "trust_state",
    "trust_iom",
    "trust_ngo",
)


def live(world: World) -> None:
    """Let health, money, ties and outlook of everybody who is here run their course.

    Who has returned or gone stands at the origin, where nothing moves.

    Parameters
    ----------
    world : World
        The state of the world.
    """
    place = world.people.place.astype(np.intp)
    change_health(world, place)
    change_livelihood(world, place)
    change_outlook(world, place)
