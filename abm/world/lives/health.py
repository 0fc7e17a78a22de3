"""Health and agency over a week: effects of the place, the length of stay and activation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.codes import Place
from ....agents.places import HELD, IS_STATE_SHELTER, UNSHELTERED, table
from ....agents.rules.course import halved, move
from ..switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..state import World
    from ..values import Values

_HARSH: Final = table(*UNSHELTERED, *HELD)
LONGEST_STAY: Final = 1040  # weeks; beyond twenty years a longer stay makes no difference


def by_place(now: Values, name: str) -> NDArray[np.float32]:
    """Return the values of a record by code of the place, with 0 at the origin.

    The record has one number for each place in the Netherlands, in the order of codes.
    """
    values = np.zeros(len(Place), dtype=np.float32)
    values[: Place.ORIGIN] = now.vector(name)
    return values


def weekly(half_weeks: float) -> float:
    """Return the share of a distance that is covered in a week: `1 - 2**(-1 / half_weeks)`.

    Half of the distance is covered in `half_weeks`, which is above 0.
    """
    return float(halved(1.0, half_weeks))


def change_health(world: World, place: NDArray[np.intp]) -> None:
    """Let mental and physical health and agency move toward what the place allows.

    Each has a level by place, shifted by a person's resilience. Reception with
    little to do lowers mental health and agency, more so the longer the stay
    (s0 F6, s2 D8a). Activation prevents that loss, for agency only if the switch
    `activation` says so. On the street, in night shelter and when held, change is faster.
    `place` holds the codes of the place of all rows.
    """
    people, now = world.people, world.now
    pace = np.where(
        _HARSH, weekly(now.number("harsh_half_weeks")), weekly(now.number("health_half_weeks"))
    ).astype(np.float32)
    pace[Place.ORIGIN] = 0.0
    rate = pace[place]
    shift = people.resilience * np.float32(now.number("resilience_effect"))
    stay = np.clip(world.week - people.arrival_week, 0, LONGEST_STAY)
    grown = halved(np.arange(LONGEST_STAY + 1), now.number("inactivity_half_weeks"))
    toll = grown.astype(np.float32)[stay]
    idle = IS_STATE_SHELTER.astype(np.float32)
    active = by_place(now, "activation_intensity")
    less = idle * (1.0 - active)
    to_agency, _ = chosen(now, "activation")()
    lost_mental = np.float32(now.number("inactivity_mental")) * less
    lost_agency = np.float32(now.number("inactivity_agency")) * (less if to_agency else idle)
    for column, levels, lost in (
        (people.mental, "mental_by_place", lost_mental),
        (people.physical, "physical_by_place", np.zeros_like(idle)),
        (people.agency, "agency_by_place", lost_agency),
    ):
        target = by_place(now, levels)[place]
        target += shift
        if levels == "agency_by_place":
            target -= by_place(now, "confined_agency")[place]
        if lost.any():
            target -= lost[place] * toll
        np.clip(target, 0.0, 1.0, out=target)
        move(column, target, rate)
