"""Places of help in kind: an account that the budget of the year fills week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ..calendar import first_week, year_of
from ..chance import Decision
from ..matching import while_it_lasts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..moment import Moment, Rows
    from ..values import Values

EUROS: Final = 1000  # the budget is in thousands of euro


def places_a_year(now: Values) -> float:
    """Return how many persons a year can be given help in kind.

    `budget * factor / cost`: the budget of the year, times what others add to it, over what one
    person costs. 0 without a budget.
    """
    budget = now.number("in_kind_budget") * EUROS
    return budget * now.number("in_kind_cofinance_factor") / now.number("in_kind_place_eur")


class InKindPlaces:
    """Places of help in kind that are left, in simulated persons.

    Each week the account gets its share of the places of the year. What is not used stays until
    the end of the calendar year (in whole weeks) and lapses then; a debt is carried over.
    """

    def __init__(self) -> None:
        self.left = 0.0
        self._year = 0

    def fill(self, now: Values, week: int, scale: float) -> None:
        """Add the share of a week, and let what an earlier year has left lapse.

        Parameters
        ----------
        week : int
            The week; each is to be filled once, in order.
        scale : float
            Persons for each simulated person.
        """
        year = year_of(week)
        if year != self._year:
            self._year, self.left = year, min(self.left, 0.0)
        weeks = first_week(year + 1) - first_week(year)
        self.left += places_a_year(now) / weeks / scale

    def give(self, world: Moment, rows: Rows) -> NDArray[np.bool_]:
        """Give places by keyed lottery to households that seek one, and take them off the account.

        A place that is given is spent, also if its household changes its mind later.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,)
            Whole households, ascending.

        Returns
        -------
        ndarray of bool, shape (n,)
            Who gets a place: whole households.
        """
        drawn = world.draw(Decision.IN_KIND_LOTTERY, rows)
        found = while_it_lasts(world.people.household[rows], drawn, self.left)
        self.left -= float(np.count_nonzero(found))
        return found
