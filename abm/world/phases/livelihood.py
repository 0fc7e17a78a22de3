"""Money, what kin expect, and ties over a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.budget import week_of_money
from ....agents.codes import Place
from ....agents.course import toward
from ..chance import Decision
from .health import by_place, weekly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def change_livelihood(world: World, place: NDArray[np.intp]) -> None:
    """Let adults live on what comes in, kin expect, and ties grow and fade.

    Parameters
    ----------
    world : World
        The state of the world.
    place : ndarray of intp, shape (n,)
        Codes of the place of all rows.
    """
    here = np.flatnonzero(place != Place.ORIGIN)
    _money(world, place, here[world.adult(here)])
    _wanted(world, here)
    _ties(world, place)


def _money(world: World, place: NDArray[np.intp], rows: Rows) -> None:
    """Pay needs from allowance, informal income and savings; repay and save the rest.

    Kin expect more every week that nothing comes; savings and what is repaid ease it.
    """
    people, now = world.people, world.now
    where = place[rows]
    income = (now.number("pocket_money_eur_week") * by_place(now, "allowance_by_place"))[where]
    informal = now.number("informal_income_eur_week") * by_place(now, "informal_by_place")
    income += informal[where] * people.ties_nl[rows]
    need = (now.number("subsistence_eur_week") * by_place(now, "need_by_place"))[where]
    owed = people.debt_eur[rows].astype(np.float64)
    savings, debt, _ = week_of_money(
        people.savings_eur[rows], owed, income, need, now.number("repaid_share")
    )
    people.income_eur[rows] = income
    people.savings_eur[rows] = savings
    people.debt_eur[rows] = debt
    easing = now.number("social_debt_easing_eur")
    expected = people.social_debt[rows] * (1.0 - np.minimum((owed - debt) / easing, 1.0))
    rate = weekly(now.number("social_debt_half_weeks"))
    people.social_debt[rows] = toward(expected, easing / (easing + savings), rate)


def _wanted(world: World, rows: Rows) -> None:
    """Let kin at origin begin or cease to want a household back."""
    people = world.people
    hazard = np.array(
        [world.now.number("hazard_wanted_at_home"), world.now.number("hazard_no_longer_wanted")]
    )
    wanted = people.wanted_at_home[rows]
    turned = world.draw(Decision.WANTED_OR_NOT, rows) < -np.expm1(-hazard)[wanted.view(np.uint8)]
    people.wanted_at_home[rows] = wanted ^ turned


def _ties(world: World, place: NDArray[np.intp]) -> None:
    """Let ties here grow toward what the place allows, and ties at origin fade with hope."""
    people, now = world.people, world.now
    here = place != Place.ORIGIN
    rate = weekly(now.number("ties_nl_half_weeks")) * here
    people.ties_nl[:] = toward(people.ties_nl, by_place(now, "ties_nl_by_place")[place], rate)
    slow = weekly(now.number("ties_origin_half_weeks_hopeless"))
    fast = weekly(now.number("ties_origin_half_weeks_hopeful"))
    people.ties_origin *= 1.0 - here * (slow + (fast - slow) * people.hope)
