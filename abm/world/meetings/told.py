"""What counsellors tell: of the chance of a permit, and of the country of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....agents.codes import Stance
from ....agents.rules.counselling import told_hope, told_livelihood
from ..help.training import training

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World

    Array = NDArray[np.float64]


def of_hope(world: World, rows: Rows) -> Array:
    """Return the chance of a permit that clients are told of."""
    people, now = world.people, world.now
    return told_hope(
        world.organisations.stance[people.helper[rows]] == Stance.LEGAL_FIRST,
        world.origin.safety[people.country[rows]],
        now.number("reexamination_line"),
        now.number("hope_in_repeat_procedure"),
    )


def of_origin(world: World, rows: Rows) -> tuple[Array, Array]:
    """Return safety and livelihood at origin as clients are told: the truth, and their plan."""
    people, now = world.people, world.now
    country, helper = people.country[rows], people.helper[rows]
    plan = world.organisations.numbers(now, "plan_livelihood")[helper]
    plan = plan + training(now).there[helper] * now.number("training_livelihood")
    return world.origin.safety[country], told_livelihood(world.origin.livelihood[country], plan)
