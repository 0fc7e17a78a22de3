"""What adults weigh: each variable of the factor catalogue as a function of their state.

Variables lie between 0 and 1, except where money or age is scaled by the factor's
transform and where an alternative of a switch turns the sign. A new variable is
one function and one entry of `VARIABLES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ...agents.age import age_years
from ...agents.assistance import accepted
from ...agents.codes import Phase, Place, Stage
from ...agents.course import halved
from .moderators import left_by_fear, turned_by_fear
from .moment import places
from .switches import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .moment import Moment, Rows

    Variable = Callable[[Moment, Rows], NDArray[np.float64]]

ROOFED: Final = places(
    Place.AZC,
    Place.AZC_DEPARTURE_TERM,
    Place.VBL,
    Place.FAMILY_LOCATION,
    Place.NIGHT_SHELTER,
    Place.GUIDED_SHELTER,
)
WITHOUT_END: Final = places(Place.FAMILY_LOCATION, Place.GUIDED_SHELTER)
CAN_BE_HELD: Final = places(
    Place.AZC_DEPARTURE_TERM, Place.VBL, Place.REPORTING_DUTY, Place.PRIVATE_NETWORK, Place.STREET
)
TOGETHER: Final = places(Place.VBL, Place.FAMILY_LOCATION)
_FINAL: Final = np.isin(list(Phase), [Phase.DEPARTURE_TERM, Phase.OBLIGED])


def column(name: str) -> Variable:
    """Return a variable that is a column of persons as it stands.

    Parameters
    ----------
    name : str
        Name of the column.

    Returns
    -------
    callable
        The variable.
    """

    def values(world: Moment, rows: Rows) -> NDArray[np.float64]:
        return np.asarray(getattr(world.people, name)[rows], dtype=np.float64)

    return values


def believed_danger(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return how dangerous persons believe the origin to be for them.

    `1 - believed safety`, worse by `health_pessimism * (1 - mental health)`.

    Parameters
    ----------
    world : Moment
        The state of the world.
    rows : ndarray of intp, shape (n,)
        Rows of adults.

    Returns
    -------
    ndarray of float, shape (n,)
        Inside [0, 1].
    """
    danger = 1.0 - world.people.believed_safety[rows] + _pessimism(world, rows)
    return np.asarray(np.clip(danger, 0.0, 1.0), dtype=np.float64)


def believed_livelihood(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return which livelihood persons believe possible at origin, less in poor health."""
    livelihood = world.people.believed_livelihood[rows] - _pessimism(world, rows)
    return np.asarray(np.clip(livelihood, 0.0, 1.0), dtype=np.float64)


def _pessimism(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return by how much poor mental health darkens beliefs about the origin."""
    share = world.now.number("health_pessimism")
    return share * (1.0 - world.people.mental[rows].astype(np.float64))


def gloom(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return gloom about a life in illegality, as far as fear lets it act (s1 D1, s4 D3)."""
    bleak = 1.0 - world.people.illegality_prospects[rows].astype(np.float64)
    return bleak * left_by_fear(world, believed_danger(world, rows))


def threat_unafraid(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the part of the believed threat of removal that presses toward return."""
    threat = world.people.threat[rows].astype(np.float64)
    to_return, _ = chosen(world.now, "threat")(threat, _turned(world, rows))
    return np.asarray(to_return)


def threat_afraid(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the part of the believed threat of removal that presses out of sight."""
    threat = world.people.threat[rows].astype(np.float64)
    _, to_hiding = chosen(world.now, "threat")(threat, _turned(world, rows))
    return np.asarray(to_hiding)


def _turned(world: Moment, rows: Rows) -> NDArray[np.float64]:
    return turned_by_fear(world, believed_danger(world, rows))


def prospect_of_detention(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the believed prospect of detention where detention can follow (s4 D24b)."""
    people = world.people
    near = CAN_BE_HELD[people.place[rows]] & people.spell_open[rows] & ~world.with_minor(rows)
    near &= _FINAL[people.phase[rows]]
    return np.asarray(near * people.threat[rows].astype(np.float64))


def acceptance(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return how far a final rejection is accepted: felt justice once no procedure is left."""
    people = world.people
    return np.asarray(people.justice[rows] * _FINAL[people.phase[rows]].astype(np.float64))


def shelter_ends_return(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the nearness of the end of shelter, as far as it presses toward return."""
    return np.asarray(chosen(world.now, "shelter_end")(_nearness_of_end(world, rows))[0])


def shelter_ends_hiding(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the nearness of the end of shelter, as far as it presses out of sight."""
    return np.asarray(chosen(world.now, "shelter_end")(_nearness_of_end(world, rows))[1])


def _nearness_of_end(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 0 while the end of shelter is far, 1 in its last week; families keep theirs."""
    people, now = world.people, world.now
    place = people.place[rows]
    left = np.select(
        [place == Place.AZC_DEPARTURE_TERM, place == Place.VBL],
        [
            now.number("departure_term_weeks") - world.weeks_in_phase(rows),
            now.number("vbl_weeks") - world.weeks_at_place(rows),
        ],
        default=np.inf,
    )
    left[world.with_minor(rows) & now.flag("family_location_open")] = np.inf
    near = 1.0 - np.maximum(left - 1.0, 0.0) / now.number("shelter_end_foresight_weeks")
    return np.clip(near, 0.0, 1.0)


def sheltered_without_end(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 where shelter has no end and the reading says that this removes urgency."""
    there = WITHOUT_END[world.people.place[rows]].astype(np.float64)
    return np.asarray(chosen(world.now, "calm_or_urgency")(there)[0])


def colocation(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the share of neighbours who do not consider return, signed by the reading.

    Neighbours are all persons in the same kind of location for people who must
    leave; elsewhere there are none.
    """
    people = world.people
    sign = float(chosen(world.now, "co_location")())
    if not sign:
        return np.zeros(len(rows))
    n = len(Place)
    all_there = np.bincount(people.place, minlength=n)
    unwilling = np.bincount(people.place[people.stage == Stage.NOT_CONSIDERING], minlength=n)
    share = np.where(TOGETHER, unwilling / np.maximum(all_there, 1), 0.0)
    return sign * share[people.place[rows]]


def detention_experience(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return what past detentions do to willingness, signed by the reading of the switch."""
    reading = chosen(world.now, "detention_experience")
    return np.asarray(
        reading(world.people.detentions[rows], world.now.number("detention_experience_late"))
    )


def plan(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 for those who have a plan to return: it keeps them at it."""
    return (world.people.stage[rows] >= Stage.INTENDING).astype(np.float64)


def assistance(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return how far assistance on offer meets a person's price, behind the gate of the switch."""
    people, now = world.people, world.now
    gate = chosen(now, "assistance")(people.stage[rows])
    value = accepted(
        offer_to_adult(world),
        people.reservation_eur[rows].astype(np.float64),
        now.number("reservation_steepness"),
    )
    return np.asarray(gate * value)


def offer_to_adult(world: Moment) -> float:
    """Return what assistance on offer is worth to one adult, in euro of cash.

    Parameters
    ----------
    world : Moment
        The state of the world.

    Returns
    -------
    float
        Euro.
    """
    now = world.now
    return float(
        chosen(now, "stacking")(
            now.number("assistance_cash_adult"),
            now.number("assistance_in_kind"),
            preference=now.text("cash_or_in_kind"),
            discount=now.number("less_preferred_discount"),
            diminishing_share=now.number("stacking_diminishing_share"),
            combinable=now.flag("in_kind_combinable"),
        )
    )


def entry_ban(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 while leaving in time still avoids an entry ban (s4 F14)."""
    in_term = world.people.phase[rows] == Phase.DEPARTURE_TERM
    return np.asarray(in_term.astype(np.float64) * world.now.flag("entry_ban_in_force"))


def distrust_of_institutions(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return distrust of the origin's institutions (s3 D13)."""
    return np.asarray(1.0 - world.origin.institutions[world.people.country[rows]])


def activated(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return how far activation fills the time, where it is read to move willingness itself."""
    _, direct = chosen(world.now, "activation")()
    intensity = np.append(world.now.vector("activation_intensity"), 0.0)  # none at origin
    return intensity[world.people.place[rows]] * float(direct)


def woman(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 for women (s4 D7)."""
    return world.people.female[rows].astype(np.float64)


def age(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return age in years beyond the middle, signed by the reading of who is more willing."""
    years = age_years(world.people.birth_week[rows], world.week)
    return np.asarray(chosen(world.now, "age")(years, world.now.number("age_middle")))


def rooting(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return how far a person is rooted here after the weeks of stay (s4 D15)."""
    weeks = world.week - world.people.arrival_week[rows]
    return np.asarray(halved(weeks, world.now.number("rooting_half_weeks")))


def children(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 for adults whose household has a minor child (s4 D8)."""
    return world.with_minor(rows).astype(np.float64)


def school_children(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 for adults of a household with a child of school age (x5 A1)."""
    people = world.people
    years = age_years(people.eldest_birth_week[rows], world.week)
    at_school = years >= world.now.number("school_age_from")
    return (at_school & world.with_minor(rows)).astype(np.float64)


def care(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the need of care that keeps a person here, where the reading has it."""
    ill = 1.0 - world.people.physical[rows].astype(np.float64)
    return np.asarray(chosen(world.now, "health_acts")(ill))


def income(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return the share of the week's needs that income covers, at most 1."""
    covered = world.people.income_eur[rows] / world.now.number("subsistence_eur_week")
    return np.asarray(np.minimum(covered, 1.0), dtype=np.float64)


def roof(world: Moment, rows: Rows) -> NDArray[np.float64]:
    """Return 1 in state or municipal shelter, which who goes out of sight gives up."""
    return ROOFED[world.people.place[rows]].astype(np.float64)


VARIABLES: Final[dict[str, Variable]] = {
    **{
        name: column(name)
        for name in (
            "wanted_at_home",
            "debt_eur",
            "social_debt",
            "ties_origin",
            "ties_nl",
            "hope",
            "journey_cost_eur",
        )
    },
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
            woman,
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
