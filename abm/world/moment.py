"""The state of the world in a week, and what phases ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .blocks import starts
from .calendar import WEEKS_PER_YEAR
from .events import EventLog
from .persons.people import People
from .switches import chosen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .chance import Chance, Decision
    from .origin import Conditions
    from .values import Values

    Rows = NDArray[np.intp]


class Moment:
    """Persons, chance, values and the log, to be read.

    Parameters
    ----------
    chance : Chance
        Keyed draws.
    values : Values
        Values in force at the start.
    week : int
        First week, since Monday 1 January 2001.
    scale : float
        Persons for each agent.
    origin : Conditions
        What is true of countries of origin.
    """

    listed: NDArray[np.float64]  # share of each list of countries, as `scheme_lists` tells

    def __init__(
        self, chance: Chance, values: Values, week: int, scale: float, origin: Conditions
    ) -> None:
        self.people = People()
        self.chance = chance
        self.now = values
        self.week = week
        self.scale = scale
        self.origin = origin
        self.enforcement = 1.0
        self.log = EventLog(judged=self.weighs)

    @property
    def weighs(self) -> bool:
        """Whether households weigh their options; else bare hazards decide for them."""
        weighs: bool = chosen(self.now, "decision")()
        return weighs

    def rows(self, mask: NDArray[np.bool_]) -> Rows:
        """Return the rows of a mask over place, phase or file.

        Who has gone stands at `ORIGIN`, `RETURNED` and without a file until
        the hole is filled, so a mask of anything else holds nobody gone.

        Parameters
        ----------
        mask : ndarray of bool, shape (n,)
            Over all rows.

        Returns
        -------
        ndarray of intp
            Rows.
        """
        return mask.nonzero()[0]

    def household_of(self, rows: Rows) -> NDArray[np.intp]:
        """Return the number of each row's household, counted from 0 in the order of rows.

        Members of a household must stand side by side.
        """
        return np.cumsum(starts(self.people.household[rows])) - 1

    def draw(self, decision: Decision, rows: Rows) -> NDArray[np.float64]:
        """Return this week's uniform of each row's household.

        Parameters
        ----------
        decision : Decision
            What is decided.
        rows : ndarray of intp, shape (n,)
            Rows.

        Returns
        -------
        ndarray of float64, shape (n,)
            Equal for members of a household.
        """
        return self.chance.uniform(decision, self.week, self.people.household_key[rows])

    def draw_once(self, decision: Decision, rows: Rows) -> NDArray[np.float64]:
        """Return the uniform of each row's household that stays the same for life.

        Parameters
        ----------
        decision : Decision
            What is decided.
        rows : ndarray of intp, shape (n,)
            Rows.

        Returns
        -------
        ndarray of float64, shape (n,)
            Equal for members of a household and in every week.
        """
        return self.chance.uniform(decision, 0, self.people.household_key[rows])

    def happens(self, decision: Decision, rows: Rows, hazard: float | NDArray[np.floating]) -> Rows:
        """Return the rows to which an event of some weekly hazard happens this week.

        Parameters
        ----------
        decision : Decision
            What is decided.
        rows : ndarray of intp, shape (n,)
            Rows at risk.
        hazard : float or ndarray of float, shape (n,)
            Hazard in 1/week.

        Returns
        -------
        ndarray of intp
            A part of `rows`.
        """
        if not len(rows):
            return rows
        return rows[self.draw(decision, rows) < -np.expm1(-hazard)]

    def weeks_in_phase(self, rows: Rows) -> NDArray[np.int32]:
        """Return weeks since the legal phase began.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,)
            Rows.

        Returns
        -------
        ndarray of int32, shape (n,)
            Weeks.
        """
        return np.asarray(self.week - self.people.phase_since[rows], dtype=np.int32)

    def weeks_at_place(self, rows: Rows) -> NDArray[np.int32]:
        """Return weeks since the stay at the place began.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,)
            Rows.

        Returns
        -------
        ndarray of int32, shape (n,)
            Weeks.
        """
        weeks = self.week - self.people.place_since[rows]
        return np.asarray(np.maximum(weeks, 0), dtype=np.int32)  # a stay may begin next week

    def adult(self, rows: Rows | slice) -> NDArray[np.bool_]:
        """Return who is of age.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,), or slice
            Rows.

        Returns
        -------
        ndarray of bool, shape (n,)
            True from the week of coming of age.
        """
        weeks = int(self.now.number("majority_years") * WEEKS_PER_YEAR)  # weeks of birth are whole
        return np.asarray(self.week - self.people.birth_week[rows] >= weeks)

    def with_minor(self, rows: Rows) -> NDArray[np.bool_]:
        """Return whether the household's youngest is a minor.

        Parameters
        ----------
        rows : ndarray of intp, shape (n,)
            Rows.

        Returns
        -------
        ndarray of bool, shape (n,)
            True for all members of such a household.
        """
        weeks = self.now.number("majority_years") * WEEKS_PER_YEAR
        return np.asarray(self.week - self.people.youngest_birth_week[rows] < weeks)
