"""What adults weigh: each variable of the factor catalogue as a function of their state.

Variables lie between 0 and 1, except money, which the factor's transform scales, and
variables whose sign an alternative of a switch turns. A new variable is one function and
one entry of `VARIABLES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ....agents.age import age_years
from ....agents.codes import LegalPhase, Place, Stage
from ....agents.places import FAMILIES_OR_VBL, IS_HELD, IS_REFUSED, SHELTERED, WITHOUT_END, table
from ....agents.rules.course import halved
from ....agents.rules.reservation import working
from ..earnings import earnings
from ..switches import chosen
from .moderators import left_by_fear
from .price import added_by_help

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .adults import Adults

    Array = NDArray[np.float64]
    Variable = Callable[[Adults], Array]

_SHELTERED: Final = table(*SHELTERED)
_WITHOUT_END: Final = table(*WITHOUT_END)
_TOGETHER: Final = table(*FAMILIES_OR_VBL)
_CAN_BE_HELD: Final = table(
    Place.AZC_DEPARTURE_TERM, Place.VBL, Place.REPORTING_DUTY, Place.PRIVATE_NETWORK, Place.STREET
)


def column(name: str) -> Variable:
    """Return a variable that is a column of persons, unchanged."""
    return lambda adults: adults.state(name)


def believed_danger(adults: Adults) -> Array:
    """Return how dangerous adults believe the origin to be, worse in poor mental health."""
    return adults.danger


def believed_livelihood(adults: Adults) -> Array:
    """Return the livelihood that adults believe possible at origin, less in poor mental health."""
    return np.clip(adults.state("believed_livelihood") - adults.pessimism, 0.0, 1.0)


def gloom(adults: Adults) -> Array:
    """Return gloom about a life in illegality, as far as fear lets it act (s1 D1, s4 D3)."""
    bleak = 1.0 - adults.state("illegality_prospects")
    return np.asarray(bleak * left_by_fear(adults.world, adults.danger))


def threat_unafraid(adults: Adults) -> Array:
    """Return the part of the believed threat of removal that presses toward return (s4 D5)."""
    return adults.threat[0]


def threat_afraid(adults: Adults) -> Array:
    """Return the part of the believed threat of removal that presses out of sight (s1 D5)."""
    return adults.threat[1]


def prospect_of_detention(adults: Adults) -> Array:
    """Return the believed prospect of detention, where detention is possible (s4 D24b).

    It is the part of the threat of removal that presses toward return, so fear and the switch
    `threat` act on both alike.
    """
    near = _CAN_BE_HELD[adults.place] & adults.world.people.spell_open[adults.rows]
    near &= IS_REFUSED[adults.phase] & ~adults.with_minor
    return near * adults.threat[0]


def acceptance(adults: Adults) -> Array:
    """Return how far a refusal is accepted: felt justice once no procedure is left (s2 D13)."""
    exhausted = IS_REFUSED[adults.phase] & ~adults.world.people.appeals[adults.rows]
    return exhausted * adults.state("justice")


def shelter_ends_return(adults: Adults) -> Array:
    """Return the nearness of the end of shelter, as far as it presses toward return."""
    return adults.end_of_shelter[0]


def shelter_ends_hiding(adults: Adults) -> Array:
    """Return the nearness of the end of shelter, as far as it presses out of sight."""
    return adults.end_of_shelter[1]


def sheltered_without_end(adults: Adults) -> Array:
    """Return 1 where shelter has no end, if the switch says that this removes urgency."""
    there = _WITHOUT_END[adults.place].astype(np.float64)
    return np.asarray(chosen(adults.world.now, "calm_or_urgency")(there)[0])


def colocation(adults: Adults) -> Array:
    """Return the share of neighbours who do not consider return; a switch sets its sign.

    Neighbours are all persons in the same kind of location for people who must
    leave; in other places there are none (s2 D8b, s0 F40).
    """
    people = adults.world.people
    sign = float(chosen(adults.world.now, "co_location")())
    if not sign:
        return np.zeros(len(adults.rows))
    n = len(Place)
    together = np.flatnonzero(_TOGETHER[people.place])
    place = people.place[together]
    unwilling = place[people.stage[together] == Stage.NOT_CONSIDERING]
    share = np.bincount(unwilling, minlength=n) / np.maximum(np.bincount(place, minlength=n), 1)
    near = 1.0 - adults.world.now.number("placed_apart_share")
    return np.asarray(sign * near * np.where(_TOGETHER, share, 0.0)[adults.place])


def detention_experience(adults: Adults) -> Array:
    """Return the effect of past detentions on willingness; a switch sets its sign."""
    now = adults.world.now
    past = adults.world.people.detentions[adults.rows]
    late = now.number("detention_experience_late")
    return np.asarray(chosen(now, "detention_experience")(past, late))


def plan(adults: Adults) -> Array:
    """Return 1 for adults who plan to return: a plan holds them to it (s4 D30)."""
    return (adults.world.people.stage[adults.rows] >= Stage.INTENDING).astype(np.float64)


def assistance(adults: Adults) -> Array:
    """Return how far help meets a person's price, from the stage the switch `assistance` says."""
    world = adults.world
    gate = chosen(world.now, "assistance")(world.people.stage[adults.rows])
    found = np.zeros(len(adults.rows))
    at = np.flatnonzero(gate)  # whole households: a stage is theirs together
    if len(at):
        found[at] = gate[at] * added_by_help(world, adults.rows[at])
    return found


def entry_ban(adults: Adults) -> Array:
    """Return 1 while leaving in time still avoids an entry ban (s4 F14).

    It is assumed that a ban has been imposed on whoever has been detained (the source says only
    "after imposition"); then nothing is left to avoid.
    """
    in_force = adults.world.now.flag("entry_ban_in_force")
    avoidable = adults.phase == LegalPhase.DEPARTURE_TERM
    avoidable &= adults.world.people.detentions[adults.rows] == 0
    return np.asarray(avoidable * float(in_force))


def distrust_of_institutions(adults: Adults) -> Array:
    """Return distrust of the origin's institutions (s3 D13)."""
    country = adults.world.people.country[adults.rows]
    return np.asarray(1.0 - adults.world.origin.institutions[country])


def activated(adults: Adults) -> Array:
    """Return how far activation fills the time, if the switch lets it move willingness."""
    _, direct = chosen(adults.world.now, "activation")()
    intensity = np.append(adults.world.now.vector("activation_intensity"), 0.0)  # none at origin
    return np.asarray(intensity[adults.place] * float(direct))


def age(adults: Adults) -> Array:
    """Return decades of age beyond the middle; a switch sets the sign."""
    world = adults.world
    years = age_years(world.people.birth_week[adults.rows], world.week)
    return np.asarray(chosen(world.now, "age")(years, world.now.number("age_middle")))


def rooting(adults: Adults) -> Array:
    """Return how far adults have taken root here over their weeks of stay (s4 D15)."""
    weeks = adults.world.week - adults.world.people.arrival_week[adults.rows]
    return np.asarray(halved(weeks, adults.world.now.number("rooting_half_weeks")))


def children(adults: Adults) -> Array:
    """Return 1 for adults whose household has a minor child (s4 D8)."""
    return adults.with_minor.astype(np.float64)


def school_children(adults: Adults) -> Array:
    """Return 1 for adults of a household with a child of school age (x5 A1)."""
    world = adults.world
    years = age_years(world.people.eldest_birth_week[adults.rows], world.week)
    at_school = (years >= world.now.number("school_age_from")) & adults.with_minor
    return at_school.astype(np.float64)


def care(adults: Adults) -> Array:
    """Return the need of care that keeps a person here, if the switch lets it act (s4 D4)."""
    need = 1.0 - adults.state("physical")
    return np.asarray(chosen(adults.world.now, "health_acts")(need))


def income(adults: Adults) -> Array:
    """Return the share of the week's needs that own income covers, at most 1 (s4 D10).

    An allowance does not count: persons lose it by going out of sight. Persons who are
    held count what they could earn outside.
    """
    where = np.where(IS_HELD[adults.place], np.uint8(Place.PRIVATE_NETWORK), adults.place)
    earned = earnings(adults.world, where, adults.phase, adults.state("ties_nl"))
    found = working(earned, adults.world.now.number("subsistence_eur_week"))
    return np.asarray(found, dtype=np.float64)


def roof(adults: Adults) -> Array:
    """Return 1 in state or municipal shelter, which persons lose by going out of sight."""
    return _SHELTERED[adults.place].astype(np.float64)


VARIABLES: Final[dict[str, Variable]] = {
    "wanted_at_home": column("wanted_at_home"),
    "debt_eur": column("debt_eur"),
    "social_debt": column("social_debt"),
    "ties_origin": column("ties_origin"),
    "ties_nl": column("ties_nl"),
    "hope": column("hope"),
    "journey_cost_eur": column("journey_cost_eur"),
    "woman": column("female"),
    **{
        function.__name__: function
        for function in (
            believed_danger,
            believed_livelihood,
            gloom,
            threat_unafraid,
            threat_afraid,
            prospect_of_detention,
            acceptance,
            shelter_ends_return,
            shelter_ends_hiding,
            sheltered_without_end,
            colocation,
            detention_experience,
            plan,
            assistance,
            entry_ban,
            distrust_of_institutions,
            activated,
            age,
            rooting,
            children,
            school_children,
            care,
            income,
            roof,
        )
    },
}
