"""What the state and municipalities spend, and households on journeys, at unit prices by week.

Prices are those of things done: a week in reception, a talk, a journey. None is the price
of a departure, and nothing here divides money by departures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ....agents.codes import Outcome, Payer, Place
from ....agents.places import HELD, MUNICIPAL_SHELTER, STATE_SHELTER
from ..calendar import WEEKS_PER_YEAR
from ..events import Event, Mark
from ..values import Derived

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..events import EventLog
    from ..state import World
    from ..values import Values

DAYS: Final = 7  # in a week
POSTS: Final = (
    "reception",
    "detention",
    "municipal_shelter",
    "case_managers",
    "counselling",
    "cash",
    "in_kind",
    "assisted_journeys",
    "state_tickets",
    "removals",
    "own_journeys",
)
NOT_PUBLIC: Final = ("own_journeys",)  # households pay it
JOURNEYS: Final = {  # posts of departures, and the records of their prices
    "assisted_journeys": "price_assisted_journey_eur",
    "state_tickets": "journey_home_eur",
    "removals": "price_removal_eur",
    "own_journeys": "journey_home_eur",
}
BY_PLACE: Final = {
    "reception": STATE_SHELTER,
    "detention": HELD,
    "municipal_shelter": MUNICIPAL_SHELTER,
}
# posts that are 0 where nobody weighs
ONLY_WEIGHED: Final = ("counselling", "cash", "in_kind", "state_tickets", "own_journeys")


class Accounts:
    """Euros by week and post."""

    def __init__(self, weeks: int) -> None:
        self._euros = np.zeros((weeks, len(POSTS)))
        self._each = np.zeros((weeks, len(JOURNEYS)))
        self._weeks: list[int] = []
        self._prices = Derived(weekly_prices)

    def __call__(self, world: World, by_place: NDArray[np.integer]) -> None:
        """Add what a week costs, except departures, which `frame` adds.

        Parameters
        ----------
        by_place : ndarray of int, shape (places,)
            Agents by place in that week.
        """
        now, row = world.now, self._euros[len(self._weeks)]
        row[:] = self._prices.at(now) @ by_place
        row[POSTS.index("counselling")] = np.sum(world.organisations.served) * now.number(
            "price_session_eur"
        )
        paid = np.count_nonzero(world.people.living_allowance & world.adult(slice(None)))
        row[POSTS.index("municipal_shelter")] += paid * now.number("pocket_money_eur_week")
        row[POSTS.index("cash")] = world.returns.cash_eur
        row[POSTS.index("in_kind")] = world.returns.in_kind_eur
        row *= world.scale
        row[POSTS.index("case_managers")] = (  # a number of real persons at any scale
            now.number("case_managers") * now.number("price_case_manager_eur_year") / WEEKS_PER_YEAR
        )
        self._each[len(self._weeks)] = [
            now.number(price) * world.scale for price in JOURNEYS.values()
        ]
        self._weeks.append(world.week)

    def frame(self, log: EventLog) -> pd.DataFrame:
        """Return spending by week and post; departures in `log` are paid for in their week.

        Returns
        -------
        pandas.DataFrame
            Columns `week` (int), `post` (str) and `euros` (float, the scale applied).
        """
        euros = self._euros[: len(self._weeks)].copy()
        left = log.column("kind") == Event.LEFT
        week = log.column("week")[left].astype(np.int64) - (self._weeks or [0])[0]
        forced = log.column("outcome")[left] == Outcome.FORCED
        payer = log.column("payer")[left]
        through_iom = (log.column("marks")[left].astype(np.uint8) & Mark.IOM) > 0
        paid = {
            "assisted_journeys": through_iom & (payer != Payer.OWN) & (payer != Payer.STATE),
            "state_tickets": (payer == Payer.STATE) & ~forced,
            "removals": forced,
            "own_journeys": payer == Payer.OWN,
        }
        for number, post in enumerate(JOURNEYS):
            count = np.bincount(week[paid[post]], minlength=len(euros))
            euros[:, POSTS.index(post)] = count * self._each[: len(euros), number]
        return pd.DataFrame(
            {
                "week": np.repeat(np.array(self._weeks, dtype=np.int64), len(POSTS)),
                "post": np.tile(np.array(POSTS, dtype=object), len(euros)),
                "euros": euros.ravel(),
            }
        )


def weekly_prices(now: Values) -> NDArray[np.float64]:
    """Return what a week at a place costs for one person.

    Returns
    -------
    ndarray of float, shape (posts, places)
        Euros a week; 0 where a post does not pay for a place.
    """
    prices = np.zeros((len(POSTS), len(Place)))
    for post, price in (
        ("reception", now.number("price_reception_eur_week")),
        ("detention", now.number("price_detention_eur_day") * DAYS),
    ):
        prices[POSTS.index(post), list(BY_PLACE[post])] = price
    shelter = POSTS.index("municipal_shelter")
    prices[shelter, Place.NIGHT_SHELTER] = now.number("price_night_shelter_eur_day") * DAYS
    prices[shelter, Place.GUIDED_SHELTER] = now.number("price_guided_shelter_eur_day") * DAYS
    return prices
