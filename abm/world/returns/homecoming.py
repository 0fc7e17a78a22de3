"""Going home: what persons leave with and come home to, and how dangerous the origin is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ....agents.age import age_years
from ....agents.codes import Outcome, Place, Stage
from ....agents.places import table
from ....agents.rules.after_return import danger_band, pack_danger
from ....agents.rules.course import halved
from ..chance import Decision
from ..help.kinds import by_organisation
from ..help.schemes import cash_paid_later
from .reintegration import skills_at_return

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows

    Array = NDArray[np.float64]

# records of the effects, in the order of `conditions`
EFFECTS: Final = (
    "embedded_chosen",
    "embedded_forced",
    "embedded_prepared",
    "embedded_work",
    "embedded_worked_at_origin",
    "embedded_schooling",
    "embedded_skills",
    "embedded_agency",
    "embedded_lived_independently",
    "embedded_man",
    "embedded_middle_age",
    "embedded_in_kind",
    "embedded_in_kind_skilled",
    "embedded_cash_without_plan",
    "embedded_debt",
    "embedded_ties",
    "embedded_wanted",
    "embedded_health",
    "embedded_safety",
    "embedded_livelihood",
    "embedded_plan_carried_out",
    "embedded_plan_nothing",
    "embedded_aftercare",
)
# conditions that change after the return: their places in `EFFECTS`
CARRIED_OUT, NOTHING, AFTERCARE = (
    EFFECTS.index(f"embedded_{each}") for each in ("plan_carried_out", "plan_nothing", "aftercare")
)
_ON_ONE_S_OWN: Final = table(Place.PRIVATE_NETWORK, Place.REPORTING_DUTY)


class Leaving(NamedTuple):
    """Persons who go home, as they were when they left; rows hold for this week only."""

    rows: Rows
    place: NDArray[np.uint8]
    outcome: NDArray[np.uint8]


def conditions(
    world: Moment, leaving: Leaving, granted: NDArray[np.bool_], independent: NDArray[np.bool_]
) -> Array:
    """Return what persons leave with and come home to, in the order of `EFFECTS`.

    `granted` marks those who leave with support, `independent` those who return independently.

    Returns
    -------
    ndarray of float64, shape (n, conditions)
        Each from 0 to 1; help in kind 1 at its customary amount and less than 2 at any. Nothing
        has come of plans yet; aftercare begins in full.
    """
    people, now, rows = world.people, world.now, leaving.rows
    preparing = independent & (people.stage[rows] == Stage.PREPARING)
    weeks = np.where(preparing, world.week - people.stage_since[rows], 0)
    prepared = halved(weeks, now.number("embedded_prepared_half_weeks"))
    earned = np.append(now.vector("informal_by_place"), 0.0)[leaving.place]
    earned *= now.number("informal_income_eur_week") * people.ties_nl[rows]
    in_kind = np.where(granted, people.in_kind_eur[rows], 0.0)
    in_kind_worth = 2.0 * in_kind / (in_kind + now.number("embedded_in_kind_customary_eur"))
    cash_alone = granted & (people.cash_eur[rows] > 0.0) & (in_kind == 0.0)
    skills = skills_at_return(world, rows, independent)
    nothing_yet = np.zeros(len(rows))
    debt = people.debt_eur[rows].astype(np.float64)
    years = age_years(people.birth_week[rows], world.week)
    low, high = now.vector("embedded_middle_age_years")
    share = by_organisation(now, "aftercare_share")[people.helper[rows]]
    aftercare = independent & (world.draw_once(Decision.AFTERCARE, rows) < share)
    country = people.country[rows]
    # own reasons as last weighed, since the marks of `voluntariness` must change no life
    against = people.stay[rows] + people.deter[rows]
    found = np.empty((len(EFFECTS), len(rows)))
    for row, column in zip(
        found,
        (
            independent & (people.push[rows] + people.pull[rows] > against),
            leaving.outcome == Outcome.FORCED,
            prepared,
            np.minimum(earned / now.number("subsistence_eur_week"), 1.0),
            people.worked_at_origin[rows],
            people.schooling[rows],
            skills,
            people.agency[rows],
            _ON_ONE_S_OWN[leaving.place],
            ~people.female[rows],
            (years >= low) & (years < high),
            in_kind_worth,
            in_kind_worth * skills,
            cash_alone * ~people.planned[rows] * (1.0 - cash_paid_later(now)),
            debt / (debt + now.number("embedded_debt_half_eur")),
            people.ties_origin[rows],
            people.wanted_at_home[rows],
            people.mental[rows],
            world.origin.safety[country],
            world.origin.livelihood[country],
            nothing_yet,
            nothing_yet,
            aftercare,
        ),
        strict=True,
    ):
        row[:] = column
    return found.T


def of_adults(latent: Array, household: NDArray[np.intp], adult: NDArray[np.bool_]) -> Array:
    """Return embeddedness; minors get the mean of the adults of their household.

    Parameters
    ----------
    latent : ndarray of float64, shape (n, 3)
        Embeddedness of each person on its own, in standard deviations.
    household : ndarray of intp, shape (n,)
        Numbers from 0.
    adult : ndarray of bool, shape (n,)
        True for persons of age.

    Returns
    -------
    ndarray of float64, shape (n, 3)
        Unchanged for adults, and for minors in a household without adults.
    """
    adults = np.bincount(household, adult)
    with_adult = ~adult & (adults[household] > 0)
    if not with_adult.any():
        return latent
    found = latent.copy()
    for dimension in range(latent.shape[1]):
        sums = np.bincount(household, latent[:, dimension] * adult)
        mean = sums / np.maximum(adults, 1.0)
        found[with_adult, dimension] = mean[household[with_adult]]
    return found


def of_households(hazard: Array, household: NDArray[np.intp]) -> Array:
    """Return the mean hazard of each person's household, by follow-up.

    Parameters
    ----------
    hazard : ndarray of float64, shape (follow-ups, n)
        Of each person on its own, 1/week.
    household : ndarray of intp, shape (n,)
        Numbers from 0.

    Returns
    -------
    ndarray of float64, shape (follow-ups, n)
        The same for a household, so that it leaves together.
    """
    members = np.bincount(household)
    return np.stack([(np.bincount(household, each) / members)[household] for each in hazard])


def danger(world: Moment, rows: Rows) -> NDArray[np.uint8]:
    """Return the bands of danger of the origin: as it is, and as adults believe it.

    Returns
    -------
    ndarray of uint8, shape (n,)
        Packed by `pack_danger`; minors have no belief; 0 for everybody where nobody weighs.
    """
    if not len(rows) or not world.weighs:
        return np.zeros(len(rows), dtype=np.uint8)
    people, edges = world.people, world.now.vector("danger_edges")
    real = danger_band(1.0 - world.origin.safety[people.country[rows]], edges)
    believed = danger_band(1.0 - people.believed_safety[rows], edges)
    return pack_danger(real, believed * world.adult(rows).view(np.uint8))
