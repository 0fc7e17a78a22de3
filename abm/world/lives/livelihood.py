"""Money, what kin expect, and ties over a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....agents.codes import Place
from ....agents.rules.budget import week_of_money
from ....agents.rules.course import move
from ....agents.rules.reservation import asked, working
from ..chance import Decision
from ..earnings import earnings
from .health import by_place, weekly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Rows
    from ..state import World


def change_livelihood(world: World, place: NDArray[np.intp]) -> None:
    """Let money come and go, kin expect money or a return, and ties grow and fade.

    `place` holds the codes of the place of all rows.
    """
    _money(world, place)
    _wanted(world, np.flatnonzero(place != Place.ORIGIN))
    _ties(world, place)


def _money(world: World, place: NDArray[np.intp]) -> None:
    """Pay needs from allowance, informal income and savings; repay and save the rest.

    Minors have no money of their own. Social debt, what kin expect, grows every week in
    which they get nothing; savings and repayments ease it. The price for which people would
    return falls while they live from own work, and rises while they do not.
    """
    people, now = world.people, world.now
    adult = world.adult(slice(None))
    full = now.number("pocket_money_eur_week")
    allowance = by_place(now, "allowance_by_place") * full
    need = by_place(now, "need_by_place") * now.number("subsistence_eur_week")
    earned = earnings(world, place, people.phase, people.ties_nl)
    income = (allowance[place] + earned + people.living_allowance * np.float32(full)) * adult
    savings, debt, _ = week_of_money(
        people.savings_eur, people.debt_eur, income, need[place] * adult, now.number("repaid_share")
    )
    easing = now.number("social_debt_easing_eur")
    eased = np.minimum((people.debt_eur - debt) / easing, 1.0).astype(np.float32)
    people.social_debt -= people.social_debt * eased
    expected = (easing / (easing + savings)).astype(np.float32)
    rate = np.float32(weekly(now.number("social_debt_half_weeks")))
    move(people.social_debt, expected, rate * (adult & (place != Place.ORIGIN)))
    people.income_eur[:] = np.where(place == Place.ORIGIN, people.income_eur, income)
    people.savings_eur[:] = savings
    people.debt_eur[:] = debt
    at_work = working(earned, now.number("subsistence_eur_week"))
    target = asked(at_work, now.number("reservation_share_at_work")).astype(np.float32)
    rate = np.float32(weekly(now.number("reservation_half_weeks")))
    move(people.price_share, target, rate * (adult & (place != Place.ORIGIN)))


def _wanted(world: World, rows: Rows) -> None:
    """Let kin at origin begin or stop to want a household back."""
    people = world.people
    hazard = np.array(
        [world.now.number("hazard_wanted_at_home"), world.now.number("hazard_no_longer_wanted")]
    )
    wanted = people.wanted_at_home[rows]
    turned = world.draw(Decision.WANTED_OR_NOT, rows) < -np.expm1(-hazard)[wanted.view(np.uint8)]
    people.wanted_at_home[rows] = wanted ^ turned


def _ties(world: World, place: NDArray[np.intp]) -> None:
    """Let ties here move toward the level of the place; ties at origin fade, faster with hope."""
    people, now = world.people, world.now
    here = (place != Place.ORIGIN).astype(np.float32)
    rate = np.float32(weekly(now.number("ties_nl_half_weeks")))
    move(people.ties_nl, by_place(now, "ties_nl_by_place")[place], rate * here)
    slow = weekly(now.number("ties_origin_half_weeks_hopeless"))
    fast = weekly(now.number("ties_origin_half_weeks_hopeful"))
    fading = people.hope * np.float32(fast - slow)
    fading += np.float32(slow)
    fading *= here
    people.ties_origin -= people.ties_origin * fading
